"""Papers of a case: filled from it, numbered, kept unchanged, served, and seen by whom they may."""

import hashlib
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from casetracker.domain.access import Access
from casetracker.domain.errors import GuardRefused, InvalidInput, NotFound, NotPermitted
from casetracker.domain.petition_vocabulary import PaperKind, ServiceMethod
from casetracker.domain.vocabulary import Action
from casetracker.gateways.file_store import FileStore
from casetracker.persistence.account import AccessRecord
from casetracker.persistence.papers import Paper, PaperService
from casetracker.persistence.timeline import TimelineEntry
from casetracker.services.commands.ledgers import LinkCase
from casetracker.services.commands.papers import command_of
from casetracker.services.context import Context
from casetracker.services.ledgers.reception_entries import link_entry
from casetracker.services.outcome import Outcome
from casetracker.services.papers.reading import offered_values, open_paper, papers_of, preview
from casetracker.services.steps.papers.issuing import issue
from casetracker.services.stored_files import sweep_orphans
from casetracker.services.verifying.running import verify
from tests.factories import ledgers
from tests.factories.papers import text_of_docx, text_of_pdf
from tests.factories.petitions import assign, petition, row_of, serve, worked
from tests.factories.street import Street

K = PaperKind


@pytest.fixture(autouse=True)
def _own_store(store: FileStore, real_papers: None) -> None:
    """Files of one test lie apart from those of others, and are laid out."""


def issued(street: Street, number: str, kind: K, who: str = "clerk", **fields: Any) -> Outcome:
    replaces = fields.pop("replaces", None)
    command = command_of(kind).model_validate(fields)
    return issue(street.ctx(who), number, kind, command, replaces=replaces)


def row(street: Street, outcome: Outcome) -> Paper:
    return street.session.get_one(Paper, outcome.facts["paper"])


def text_of(street: Street, paper: Paper, who: str = "clerk", file_format: str = "pdf") -> str:
    with open_paper(street.ctx(who), paper.id, file_format).content as content:
        read = {"pdf": text_of_pdf, "docx": text_of_docx}[file_format]
        return read(content.read())


def findings(street: Street) -> list[str]:
    ctx = Context(street.people["admin"], street.now)
    return [f"{f.invariant} {f.kind} {f.detail}" for _, f in verify(ctx) if f is not None]


def test_a_notice_is_filled_from_the_case(street: Street) -> None:
    number = worked(street, "accepted")
    paper = row(street, issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区"))
    for file_format in ("pdf", "docx"):
        read = text_of(street, paper, file_format=file_format)
        for words in (number, "李四", "2026年3月2日", "2026年5月6日", "街信〔2026〕", "测试街道"):
            assert words in read.replace("新沟镇街道办事处", "测试街道"), words


def test_numbers_go_on_by_one_and_the_opinion_takes_its_turn(street: Street) -> None:
    number = worked(street, "accepted")
    first = issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区")
    other = worked(street, "to_serve")
    last = issued(street, number, K.RECEPTION_NOTICE)
    numbers = [first.facts["paper_number"], row_of(street, other).opinion_number]
    assert [*numbers, last.facts["paper_number"]] == [f"街信〔2026〕{n}号" for n in (1, 2, 3)]


def test_a_refused_paper_uses_up_no_number(street: Street) -> None:
    number = petition(street).number
    with pytest.raises(GuardRefused, match="paper_not_ready") as refused:
        issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区")
    assert "受理日期" in refused.value.facts["missing"]
    assert issued(street, number, K.RECEPTION_NOTICE).facts["paper_number"] == "街信〔2026〕1号"


def test_what_the_record_says_cannot_be_typed_over(street: Street) -> None:
    with pytest.raises(ValueError, match="accepted_on"):
        command_of(K.ACCEPTANCE_NOTICE).model_validate({"accepted_on": "2026-01-01"})


def test_a_required_field_is_asked_for_by_name(street: Street) -> None:
    number = worked(street, "accepted")
    with pytest.raises(InvalidInput) as refused:
        issued(street, number, K.FORWARD_SLIP)
    assert set(refused.value.problems) >= {"to_organ", "requirement"}


def test_signing_issues_the_opinion_with_the_words_that_were_signed(street: Street) -> None:
    number = worked(street, "to_serve")
    paper = street.session.scalars(select(Paper).where(Paper.kind == K.OPINION)).one()
    assert paper.number == row_of(street, number).opinion_number
    read = text_of(street, paper)
    assert "三号楼屋面防水层老化" in read
    assert "结论：解释说明。" in read
    assert "三十日内" in read


def test_an_opinion_cannot_be_issued_without_its_signature(street: Street) -> None:
    number = worked(street, "to_sign_off")
    with pytest.raises(GuardRefused, match="paper_by_step"):
        issued(street, number, K.OPINION)


def test_issuing_stands_in_the_history_with_both_hashes(street: Street) -> None:
    number = worked(street, "accepted")
    paper = row(street, issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区"))
    entry = street.session.scalars(
        select(TimelineEntry).where(TimelineEntry.action == Action.ISSUE_PAPER)
    ).one()
    kept = (paper.docx_sha256, paper.pdf_sha256)
    assert (entry.payload["docx_sha256"], entry.payload["pdf_sha256"]) == kept
    assert entry.from_state is entry.to_state
    assert findings(street) == []


@pytest.mark.parametrize("model", [Paper, PaperService])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_what_was_issued(
    street: Street, model: type, verb: str
) -> None:
    number = worked(street, "accepted")
    issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区")
    serve(street, number)
    change = update(model).values(id=model.id + 1) if verb == "update" else delete(model)
    with pytest.raises(DBAPIError, match="never change"):
        street.session.execute(change)
    street.session.rollback()


def test_the_file_is_what_its_hash_says_and_verify_notices_a_change(
    street: Street, store: FileStore
) -> None:
    number = worked(street, "accepted")
    paper = row(street, issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区"))
    file = open_paper(street.ctx("clerk"), paper.id, "pdf")
    with file.content as content:
        assert hashlib.sha256(content.read()).hexdigest() == file.sha256
    place = store.root / paper.pdf_name[:2] / paper.pdf_name
    place.write_bytes(b"%PDF-1.7 other")
    (store.root / paper.docx_name[:2] / paper.docx_name).unlink()
    said = f"第 {paper.id} 份"
    assert sorted(findings(street)) == [f"I6 文书缺失 {said}", f"I6 文书被改动 {said}"]


def test_files_of_papers_are_no_orphans(
    street: Street, store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = worked(street, "accepted")
    issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区")
    monkeypatch.setattr(FileStore, "age_s", lambda *_: 1e9)
    sweep_orphans(street.ctx("admin"))
    assert findings(street) == []


def test_a_correction_is_a_new_paper_that_names_the_old_one(street: Street) -> None:
    number = worked(street, "accepted")
    first = issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区")
    fields = {"unit": "新河社区", "replaces": first.facts["paper"]}
    second = issued(street, number, K.ACCEPTANCE_NOTICE, **fields)
    assert row(street, second).replaces_id == first.facts["paper"]
    lines = papers_of(street.ctx("clerk"), number).papers
    assert [line.is_replaced for line in lines] == [True, False]
    with pytest.raises(GuardRefused, match="paper_already_replaced"):
        issued(street, number, K.ACCEPTANCE_NOTICE, **fields)


def test_a_paper_corrects_only_one_of_its_own_kind_and_case(street: Street) -> None:
    number, other = worked(street, "accepted"), worked(street, "accepted")
    first = issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区").facts["paper"]
    for case, kind in ((other, K.ACCEPTANCE_NOTICE), (number, K.RECEPTION_NOTICE)):
        with pytest.raises(NotFound):
            issued(street, case, kind, unit="东风社区", replaces=first) if kind is (
                K.ACCEPTANCE_NOTICE
            ) else issued(street, case, kind, replaces=first)


def test_serving_is_kept_beside_the_paper_and_fills_the_receipt(street: Street) -> None:
    number = worked(street, "accepted")
    notice = row(street, issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区"))
    serve(street, number, receiver="李四之妻", witness="王五", method="left")
    service = street.session.scalars(select(PaperService)).one()
    assert (service.paper_id, service.method) == (notice.id, ServiceMethod.LEFT)
    receipt = row(street, issued(street, number, K.SERVICE_RECEIPT))
    read = text_of(street, receipt)
    for words in ("留置送达", "李四之妻", "王五", "信访事项受理告知书", notice.number or "?"):
        assert words in read


def test_a_paper_is_not_served_before_the_day_it_bears(street: Street) -> None:
    number = worked(street, "accepted")
    street.wait(days=2)
    issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区")
    with pytest.raises(InvalidInput) as refused:
        serve(street, number, served_at="2026-03-03 10:00")
    assert refused.value.problems == {"served_at": "served_before_issued"}


def test_a_handler_fills_forms_but_issues_no_letters(street: Street) -> None:
    number = worked(street, "notified")
    assign(street, number)
    assert issued(street, number, K.HANDLING_SLIP, "handler", requirement="按期办理。")
    with pytest.raises(NotPermitted):
        issued(street, number, K.RECEPTION_NOTICE, "handler")


def test_who_does_not_see_the_case_sees_no_paper_of_it(street: Street) -> None:
    number = worked(street, "accepted")
    paper = row(street, issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区"))
    for who in ("other_handler", "admin", "discipline"):
        with pytest.raises(NotFound):
            papers_of(street.ctx(who), number)
        with pytest.raises(NotFound):
            open_paper(street.ctx(who), paper.id, "pdf")


def test_papers_of_a_sealed_case_are_the_discipline_officers_alone(street: Street) -> None:
    number = worked(street, "accepted")
    paper = row(street, issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区"))
    street.act("clerk", number, "transfer_confidential", reason="反映社区干部违纪。")
    for who in ("clerk", "leader", "operator", "supervisor", "admin"):
        with pytest.raises(NotFound):
            open_paper(street.ctx(who), paper.id, "pdf")
    known = papers_of(street.ctx("discipline"), number)
    assert [form.kind for form in known.forms] == [K.TRANSFER_SLIP]
    slip = issued(street, number, K.TRANSFER_SLIP, "discipline", to_organ="区纪委监委",
                  accused="某某")  # fmt: skip
    read = text_of(street, row(street, slip), "discipline")
    assert "保密件" in read
    assert "路灯不亮" in read
    assert findings(street) == []


def test_a_look_at_a_paper_is_kept_in_the_access_log(street: Street) -> None:
    number = worked(street, "accepted")
    command = command_of(K.ACCEPTANCE_NOTICE).model_validate({"unit": "东风社区"})
    pdf = preview(street.ctx("clerk"), number, K.ACCEPTANCE_NOTICE, command)
    assert "未出具" in text_of_pdf(pdf)
    assert street.session.scalars(select(Paper)).all() == []
    paper = row(street, issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区"))
    text_of(street, paper)
    looks = street.session.scalars(
        select(AccessRecord.case_number).where(AccessRecord.what == Access.PAPER_READ)
    ).all()
    assert looks == [number, number]


def test_a_form_shows_no_personal_data_before_it_is_issued(street: Street) -> None:
    number = worked(street, "accepted")
    offered = offered_values(street.ctx("clerk"), number, K.FORWARD_SLIP)
    assert "matter" in offered
    assert "李四" not in "".join(offered.values())


def test_who_asked_for_confidentiality_is_named_to_nobody_else(street: Street) -> None:
    body = {"petitioner": {"name": "李四", "confidential": True}}
    number = worked(street, "notified", **body)
    assign(street, number)
    slip = row(street, issued(street, number, K.HANDLING_SLIP, requirement="按期办理。"))
    assert "李四" not in text_of(street, slip)
    assert "李四" in text_of(street, row(street, issued(street, number, K.RECEPTION_NOTICE)))


def test_a_hotline_case_has_its_own_forms_with_the_caller_masked(street: Street) -> None:
    number = street.worked("handling")
    with pytest.raises(GuardRefused, match="paper_not_of_the_case"):
        issued(street, number, K.RECEPTION_NOTICE, "dispatcher")
    slip = row(street, issued(street, number, K.DISPATCH_SLIP, "dispatcher"))
    read = text_of(street, slip, "dispatcher")
    assert "张三" not in read
    assert "13812345678" not in read
    assert "138****5678" in read


def test_an_order_is_printed_under_its_own_number(street: Street) -> None:
    number = street.worked("handling")
    street.act("supervisor", number, "supervise", level="order", trigger="overdue",
               requirement="三日内书面反馈。")  # fmt: skip
    order = row(street, issued(street, number, K.SUPERVISION_ORDER, "supervisor"))
    assert order.number == "DB2026-0001"
    assert order.series is None
    assert "三日内书面反馈。" in text_of(street, order, "supervisor")


def test_the_contents_list_names_what_is_in_the_file(street: Street) -> None:
    number = worked(street, "accepted")
    issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区")
    contents = row(street, issued(street, number, K.CONTENTS_LIST))
    assert "信访事项受理告知书" in text_of(street, contents)


def test_papers_about_a_reception_are_filled_from_the_ledger(street: Street) -> None:
    number = worked(street, "accepted")
    session = ledgers.reception(street)
    street.wait(days=1)
    entry = ledgers.entry(street, session, unit="东风社区")
    link_entry(street.ctx("clerk"), entry, LinkCase(number=number))
    record = row(street, issued(street, number, K.RECEPTION_RECORD))
    read = text_of(street, record)
    for words in ("街道办事处副主任", "反映屋面漏水三年未修。", "限期维修。"):
        assert words in read


def test_an_undertaking_is_printed_with_its_plan(street: Street) -> None:
    number = worked(street, "accepted")
    ledgers.undertaking(street, numbers=number)
    form = row(street, issued(street, number, K.UNDERTAKING_FORM))
    assert "启用维修资金，分两步施工。" in text_of(street, form)
