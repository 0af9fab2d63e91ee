"""What stands in each table that is taken out, and what never does."""

import pytest

from casetracker.domain.errors import GuardRefused, NotFound, NotPermitted
from casetracker.domain.exports import ExportKind
from casetracker.domain.oversight_vocabulary import WatchList
from casetracker.services.exports.sources import SOURCES
from casetracker.services.oversight.watch_lists import watch_list
from tests.factories import ledgers
from tests.factories.exports import job, made, order
from tests.factories.petitions import classify, petition
from tests.factories.street import Street

pytestmark = pytest.mark.usefixtures("store")


def test_figures_and_the_table_of_a_month_are_exported_too(street: Street) -> None:
    number = street.register().number
    behind = {"month": "2026-03", "metric": "received", "part": "numerator", "by": "unit"}
    rows = made(street, kind=ExportKind.FIGURE, asked=behind)
    assert [row[0] for row in rows[1:]] == [number]
    head, *lines = made(street, kind=ExportKind.MONTHLY, asked={"month": "2026-03"})
    assert head[:2] == ["分行", "受理量"]
    assert lines[-1][:2] == ["合计", "1"]


def test_each_list_of_the_supervisor_is_exported_with_the_reason_of_its_rows(
    street: Street,
) -> None:
    number = street.worked("signed", content="张三电话13812345678，三栋路灯不亮。")
    street.wait(days=20)
    head, *rows = made(street, kind="watched", asked={"name": "overdue"})
    assert len(head) == len(rows[0])
    [row] = [dict(zip(head, row, strict=True)) for row in rows]
    assert (row["编号"], row["单位"]) == (number, "东风社区")
    assert "超" in row["原因"]
    assert "13812345678" not in "".join(rows[0])
    street.worked("to_review")
    for name in WatchList:
        asked = {"name": name.value}
        listed = watch_list(street.ctx("supervisor"), name).total
        source = SOURCES[ExportKind.WATCHED]
        question = source.model.model_validate(asked)
        lines = list(source.lines(street.ctx("supervisor"), question))
        assert len(lines) == source.count(street.ctx("supervisor"), question) == listed
    with pytest.raises(GuardRefused, match="nothing_to_export"):
        order(street, "other_head", kind="watched", asked={"name": "overdue"})


def test_what_comes_up_again_is_exported_by_group_and_by_case(street: Street) -> None:
    called = {"petitioner": {"name": "王五", "phone": "13912345678"}}
    place = {"location": {"address": "长青街12号3栋502室"}}
    first = street.register(**called, **place, title="王五 13912345678 反映路灯").number
    last = street.register(**called, **place).number
    street.register()
    head, *rows = made(street, kind="repeated", asked={"by": "person"})
    [group] = [dict(zip(head, row, strict=True)) for row in rows]
    assert (group["最近一件"], group["诉求人"], group["件数"]) == (last, "王*", "2")
    assert "502" not in group["地点"]
    head, *cases = made(street, kind="repeated", asked={"by": "person", "number": first})
    assert [row[head.index("编号")] for row in cases] == [last, first]
    assert "13912345678" not in str(cases)
    for number in ("XF2026-000999", accused(street)):
        with pytest.raises(NotFound):
            order(street, kind="repeated", asked={"by": "person", "number": number})


def accused(street: Street) -> str:
    """A petition that lies in the confidential lane."""
    number = petition(street).number
    classify(street, number, petition_class="accusation", subroute=None, reason="反映违纪。")
    return number


def test_the_daily_list_of_sensitive_times_is_exported_whole(street: Street) -> None:
    many = {"channel": "visit", "persons": 12, "petition": {"representative": True}}
    crowd = petition(street, **many, title="李四 13977665544 反映").number
    petition(street)
    ledgers.old_case(street)
    head, *rows = made(street, "clerk", kind="daily_watch")
    lines = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(one["清单"], one["信访件"], one["人数"]) for one in lines] == [
        ("要关注的信访件", crowd, "12"),
        ("在册积案", "", ""),
    ]
    assert lines[0]["关注原因"] == "集体访"
    assert "13977665544" not in str(rows)


def test_ledgers_are_exported_as_they_are_read_and_name_nobody(street: Street) -> None:
    ledgers.visit(street, matter="诸葛亮，电话13977665544，反映=cmd堆物。")
    row_id = ledgers.reception(street)
    ledgers.reception(street, day="2026-03-04")
    street.wait(days=2)
    ledgers.entry(street, row_id)
    ledgers.undertaking(street)
    ledgers.old_case(street)
    asked: dict[str, dict[str, str]] = {
        "visits": {"since": "2026-03-01", "until": "2026-03-31"},
        "receptions": {"year": "2026"},
        "undertakings": {},
        "old_cases": {},
    }
    for kind, question in asked.items():
        head, *rows = made(street, "clerk", kind=kind, asked=question)
        assert len(rows) == (2 if kind == "receptions" else 1), kind
        assert all(len(row) == len(head) for row in rows)
        told = "".join(rows[0])
        assert "诸葛亮" not in rows[0]
        assert "13977665544" not in told
    with pytest.raises(NotPermitted):
        order(street, "head", kind="visits", asked=asked["visits"])
    with pytest.raises(GuardRefused, match="nothing_to_export"):
        order(street, "clerk", kind="letters", asked={"year": "2026"})


def test_whose_visit_was_searched_for_stands_in_no_log(street: Street) -> None:
    ledgers.visit(street)
    number = order(street, "clerk", kind="visits", asked={"who": "诸葛亮"})
    assert job(street, number).about == "含搜索词"
