"""基层治理 in the 通报 and the year: the same figures as their own pages."""

import pytest

from casetracker.domain.papers.content import Paragraph
from casetracker.domain.reports.facts import Wording
from casetracker.domain.reports.notice import report_content
from casetracker.domain.reports.periods import Span, report_period
from casetracker.services.commands.searching import AnnualQuestion
from casetracker.services.reports.gathering import report_facts
from casetracker.services.reports.keeping import facts_as_json, facts_from_json
from casetracker.services.reports.workbook.making import report_workbook
from casetracker.services.reports.year import year_report
from tests.factories.patrol import inspection, worked
from tests.factories.street import Street

MARCH = report_period(Span.MONTH, "2026-03")
HERE = {"address": "东风社区三栋", "unit": "东风社区"}

pytestmark = pytest.mark.usefixtures("store")


def test_the_month_and_the_year_say_what_their_pages_say(street: Street) -> None:
    street.worked("closed", location=HERE)
    street.register(location=HERE)
    inspection(street)
    worked(street, "rectified")
    worked(street, "notified")
    street.wait(days=30)
    facts = report_facts(street.ctx("leader"), MARCH)
    assert facts_from_json(facts_as_json(facts)) == facts
    said = "".join(
        one.text for one in report_content(facts, Wording()).blocks if isinstance(one, Paragraph)
    )
    assert "社区（大队）化解1件，街道办结0件，转区直部门0件，在办1件" in said
    assert "小事不出村100.0%（1/1）" in said
    assert "开展安全检查1家次" in said
    assert "期内整改1处，整改率50.0%（1/2），至今整改1处；超过整改期限的1处。" in said
    assert report_workbook(facts)
    year = year_report(street.ctx("leader"), AnnualQuestion.model_validate({"year": 2026}))
    assert "其中社区（大队）化解1件，街道办结0件，转区直部门0件，尚未答复1件；" in year.paragraph
    assert "开展安全检查1家次，排查隐患2处，整改1处" in year.paragraph
