"""The pages of papers: a list, a form filled beforehand, a preview, files, and registers."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from casetracker.gateways.file_store import FileStore
from tests.factories import ledgers
from tests.factories.papers import text_of_docx, text_of_pdf
from tests.factories.petitions import row_of, serve, worked
from tests.factories.street import Street
from tests.pages import fields_of, submit, visit

SignIn = Callable[[str], FlaskClient]


@pytest.fixture(autouse=True)
def _own_store(store: FileStore, real_papers: None) -> None:
    """Files of one test lie apart from those of others, and are laid out."""


def test_a_notice_is_filled_previewed_issued_and_opened(street: Street, sign_in_as: SignIn) -> None:
    number = worked(street, "accepted")
    browser = sign_in_as("clerk")
    listed = visit(browser, f"/ops/cases/{number}/papers")
    assert "还没有出具文书" in listed.text
    url = f"/ops/cases/{number}/papers/acceptance_notice"
    form = visit(browser, url)
    assert "李四" not in form.text, "names stand in the paper, not in the form"
    seen = browser.post(
        url, data={**fields_of(form.form(url)), "unit": "东风社区", "do": "preview"}
    )
    assert seen.mimetype == "application/pdf"
    assert "未出具" in text_of_pdf(seen.data)
    done = submit(browser, visit(browser, url), url, unit="东风社区", do="issue")
    assert "街信〔2026〕1号已出具" in done.text
    assert "待送达" in done.text
    links = {link.get("href") for link in done.root.all("a") if "/ops/papers/" in link.get("href")}
    reads = {link.rpartition(".")[2]: browser.get(link, buffered=True).data for link in links}
    assert "李四" in text_of_pdf(reads["pdf"])
    assert "李四" in text_of_docx(reads["docx"])
    serve(street, number)
    assert "直接送达" in visit(browser, f"/ops/cases/{number}/papers").text


def test_what_is_missing_is_named_and_nothing_typed_is_lost(
    street: Street, sign_in_as: SignIn
) -> None:
    number = worked(street, "classified")
    browser = sign_in_as("clerk")
    url = f"/ops/cases/{number}/papers/assignment_letter"
    page = submit(browser, visit(browser, url), url, to_organ="区住房局", do="issue")
    assert page.status == 400
    assert "区住房局" in [field.get("value") for field in page.root.all("input")]
    assert "办理要求" in page.text
    early = f"/ops/cases/{number}/papers/acceptance_notice"
    page = submit(browser, visit(browser, early), early, unit="东风社区", do="issue")
    assert page.status in (409, 422)
    assert "受理日期" in page.text


@pytest.mark.parametrize("address", ["opinion", "nonsense"])
def test_there_is_no_form_for_what_is_not_issued_by_hand(
    street: Street, sign_in_as: SignIn, address: str
) -> None:
    number = worked(street, "accepted")
    assert sign_in_as("clerk").get(f"/ops/cases/{number}/papers/{address}").status_code == 404


def test_nobody_finds_the_papers_of_a_sealed_case_but_its_officers(
    street: Street, sign_in_as: SignIn
) -> None:
    number = worked(street, "to_serve")
    paper = f"/ops/papers/{_paper_id(street, number)}.pdf"
    assert sign_in_as("clerk").get(paper, buffered=True).status_code == 200
    street.act("clerk", number, "transfer_confidential", reason="反映干部违纪。")
    for who in ("clerk", "leader", "operator", "supervisor", "head"):
        browser = sign_in_as(who)
        assert browser.get(paper, buffered=True).status_code == 404
        assert browser.get(f"/ops/cases/{number}/papers").status_code == 404
    officer = sign_in_as("discipline")
    assert "检举控告移送单" in visit(officer, f"/ops/cases/{number}/papers").text


def _paper_id(street: Street, number: str) -> int:
    from casetracker.persistence.papers import Paper

    case = street.case(number)
    return street.session.query(Paper).filter_by(case_id=case.id).one().id


def test_a_register_of_the_month_counts_matters_and_persons_apart(
    street: Street, sign_in_as: SignIn
) -> None:
    first, second = worked(street, "served"), worked(street, "accepted", persons=3)
    ledgers.visit(street)
    browser = sign_in_as("clerk")
    read = text_of_pdf(browser.get("/ops/registers/petitions.pdf?month=2026-03").data)
    assert "登记2件次4人次" in read
    assert first in read
    assert second in read
    assert row_of(street, first).served_at is not None
    docx = text_of_docx(browser.get("/ops/registers/petitions.docx?month=2026-03").data)
    assert "李四" in docx
    visits = text_of_pdf(browser.get("/ops/registers/visits.pdf?month=2026-03").data)
    assert "来访接待登记簿（2026年3月）" in visits
    assert "接待1批次" in visits


def test_a_register_leaves_out_what_the_reader_does_not_see(
    street: Street, sign_in_as: SignIn
) -> None:
    number = worked(street, "accepted")
    street.act("clerk", number, "transfer_confidential", reason="反映干部违纪。")
    read = text_of_pdf(sign_in_as("clerk").get("/ops/registers/petitions.pdf?month=2026-03").data)
    assert number not in read
    assert "登记0件次" in read


def test_a_month_of_nonsense_is_refused_beside_its_field(sign_in_as: SignIn) -> None:
    answer = sign_in_as("clerk").get("/ops/registers/petitions.pdf?month=2026-13")
    assert answer.status_code == 400
    assert "月份" in answer.get_data(as_text=True)


@pytest.mark.parametrize("who", ["handler", "admin", "discipline"])
def test_registers_are_not_for_everybody(sign_in_as: SignIn, who: str) -> None:
    browser = sign_in_as(who)
    assert browser.get("/ops/registers").status_code == 403
    assert browser.get("/ops/registers/petitions.pdf").status_code == 403
