"""Values that one kind of paper takes from what was done: opinion, request, order, record."""

from collections.abc import Callable, Mapping

from sqlalchemy import select

from casetracker.domain.papers.writing import written_day
from casetracker.domain.petition_vocabulary import PaperKind, RecordKind, ReviewStage
from casetracker.domain.vocabulary import Action, ExtensionReason, RequestKind, ReturnReason
from casetracker.labels import label
from casetracker.persistence.papers import Paper, PaperService
from casetracker.persistence.petition import Opinion, PetitionRecord, PetitionReview
from casetracker.persistence.timeline import TimelineEntry, TimelineText
from casetracker.persistence.working import Attachment, DecisionRequest, Reply, SupervisionOrder
from casetracker.services.steps.papers.of_the_case import main_clock
from casetracker.services.steps.papers.of_the_ledgers import letter_note, reception, undertaking
from casetracker.services.steps.papers.subject import Subject, Values, day_text, listed, moment_text

K = PaperKind


def _opinion(subject: Subject) -> Values:
    """The newest draft of the round, which the signature makes valid."""
    rows = [row for row in subject.rows(Opinion) if row.round == subject.case.round]
    if not rows:
        return {}
    row = rows[-1]
    return {
        "demands": row.request,
        "facts": row.facts,
        "decision": "\n".join([row.opinion, *_verdict(row)]),
        "basis": row.basis,
        "remedy": row.remedy,
        "execute_by": day_text(row.execute_by),
    }


def _verdict(row: Opinion) -> list[str]:
    """The outcome in so many words, and by when it is carried out (art. 32)."""
    lines = []
    if row.outcome:
        lines.append(f"结论：{label(row.outcome)}。")
    if row.advice:
        lines.append(f"研究结果：{label(row.advice)}。")
    if row.execute_by:
        lines.append(f"支持的事项在{written_day(row.execute_by)}前执行完毕。")
    return lines


def _execution(subject: Subject) -> Values:
    return {"decision": _opinion(subject).get("decision", "")}


def _request(kind: RequestKind) -> Callable[[Subject], Values]:
    def values(subject: Subject) -> Values:
        rows = [row for row in subject.rows(DecisionRequest) if row.kind is kind]
        return _asked(subject, rows[-1]) if rows else {}

    return values


def _asked(subject: Subject, row: DecisionRequest) -> Values:
    return {
        "reason_code": _reason_name(row),
        "reason": row.reason,
        "extended_days": str(row.days) if row.days else "",
        "next_unit": subject.unit_name(row.proposed_unit_id),
        "applicant": subject.name_of(row.requested_by),
        "decision": row.decision_note or "",
        "approver": subject.name_of(row.decided_by),
    }


def _reason_name(row: DecisionRequest) -> str:
    for codes in (ExtensionReason, ReturnReason):
        if row.reason_code in list(codes):
            return label(codes(row.reason_code))
    return row.reason_code or ""


def _extension(subject: Subject) -> Values:
    """The date before the extension is worked out from the start; the new one is kept."""
    clock = main_clock(subject)
    values = _request(RequestKind.EXTENSION)(subject)
    if clock is None:
        return values
    clocks = subject.work.clocks
    first = clocks.compute(clocks.limit(clock.rule_code, clock.started_at), clock.started_at)
    granted = clock.extended_days > 0
    return {
        **values,
        "extended_days": str(clock.extended_days) if granted else values.get("extended_days", ""),
        "original_due_on": day_text(first.due_legal),
        "new_due_on": day_text(clock.due_at) if granted else "",
    }


def _order(subject: Subject) -> Values:
    row = subject.last(SupervisionOrder)
    if row is None:
        return {}
    clocks = [c for c in subject.work.clocks.rows if c.subject_id == row.id]
    due = next((c.due_at for c in clocks if c.limit_code == "supervise"), None)
    return {
        "given_number": row.number,
        "unit": subject.unit_name(row.unit_id),
        "level": label(row.level),
        "trigger": label(row.trigger),
        "requirement": row.requirement,
        "approver": subject.name_of(row.issued_by),
        "report_due_on": day_text(due),
        **_progress(subject),
        "feedback": row.feedback or "",
    }


def _record(*kinds: RecordKind) -> Callable[[Subject], Values]:
    def values(subject: Subject) -> Values:
        rows = [row for row in subject.rows(PetitionRecord) if row.kind in kinds]
        return _recorded(subject, rows[-1]) if rows else {}

    return values


def _recorded(subject: Subject, row: PetitionRecord) -> Values:
    return {
        "began_at": moment_text(row.began_at),
        "ended_at": moment_text(row.ended_at),
        "place": row.place or "",
        "parties": row.participants or "",
        "interviewee": (row.participants or "").replace("\n", "、"),
        "interviewer": subject.name_of(row.recorded_by),
        "text": row.text,
        "dispute": row.text,
        "conclusion": row.conclusion or "",
    }


def _reviews(subject: Subject) -> Values:
    numbers = {row.stage: row.number or "" for row in subject.rows(PetitionReview)}
    last = subject.last(PetitionReview)
    return {
        "review_number": numbers.get(ReviewStage.REVIEW, ""),
        "final_review_number": numbers.get(ReviewStage.FINAL_REVIEW, ""),
        "to_organ": last.organ if last else subject.ref.settings["review_organ"],
        "reason": (last.reason or "") if last else "",
    }


def _instruction(subject: Subject) -> Values:
    """The leader's last word on the case, as the history keeps it, else as a ledger does."""
    entries = [e for e in subject.rows(TimelineEntry) if e.action is Action.INSTRUCT]
    if not entries:
        return letter_note(subject) or reception(subject)
    text = subject.session.get(TimelineText, entries[-1].id)
    return {
        "leader": entries[-1].actor_name,
        "instructed_on": day_text(entries[-1].at),
        "instruction": (text.body if text else None) or "",
    }


def _served(subject: Subject) -> Values:
    """The last paper that has to be served, with how it was, if it was."""
    papers = [row for row in subject.rows(Paper) if row.kind is not K.SERVICE_RECEIPT]
    if not papers:
        return {}
    paper = papers[-1]
    served = [s for s in _services(subject) if s.paper_id == paper.id]
    values = {"paper_title": paper.title, "paper_number": paper.number or ""}
    if served:
        row = served[-1]
        values |= {
            "method": label(row.method),
            "served_at": moment_text(row.served_at),
            "receiver": row.receiver,
            "witness": row.witness or "",
            "note": row.note or "",
        }
    return values


def _services(subject: Subject) -> list[PaperService]:
    query = select(PaperService).join(Paper, Paper.id == PaperService.paper_id)
    return list(subject.session.scalars(query.where(Paper.case_id == subject.case.id)))


def _contents(subject: Subject) -> Values:
    """Everything in the file in order of date: papers first made, then what was handed in."""
    street = subject.ref.settings["street_name"]
    lines = [
        (row.issued_at, row.number or "", street, row.title, row.issued_on, "")
        for row in subject.rows(Paper)
        if row.kind is not K.CONTENTS_LIST
    ]
    lines += [
        (row.uploaded_at, "", subject.name_of(row.uploaded_by) or "信访人", row.filename,
         row.uploaded_at.date(), "附件")
        for row in subject.rows(Attachment)
    ]  # fmt: skip
    lines.sort(key=lambda line: line[0])
    return {
        "items": "\n".join(
            f"{place}|{number}|{author}|{title}|{day}|{note}"
            for place, (_, number, author, title, day, note) in enumerate(lines, 1)
        )
    }


def _answer(subject: Subject) -> Values:
    rows = [row for row in subject.rows(Reply) if row.approved]
    return {"facts": rows[-1].text} if rows else {}


def _earlier(subject: Subject) -> Values:
    """Opinions that were given before, each with number and date."""
    opinions = [row for row in subject.rows(Paper) if row.kind in (K.OPINION, K.REPLY)]
    named = listed(f"{row.title}（{row.number}，{row.issued_on}）" for row in opinions)
    return {"previous": named, "earlier": named}


def _progress(subject: Subject) -> Values:
    return {"facts": f"现为“{label(subject.case.state)}”。"}


VALUES: Mapping[PaperKind, Callable[[Subject], Values]] = {
    K.OPINION: _opinion,
    K.REPLY: _opinion,
    K.EXECUTION_RECORD: _execution,
    K.EXTENSION_NOTICE: _extension,
    K.EXTENSION_APPROVAL: _extension,
    K.EXTENSION_REQUEST: _request(RequestKind.EXTENSION),
    K.RETURN_REQUEST: _request(RequestKind.RETURN),
    K.SUPERVISION_ORDER: _order,
    K.URGING_NOTICE: _progress,
    K.INTERVIEW_RECORD: _record(RecordKind.INTERVIEW),
    K.HEARING_RECORD: _record(RecordKind.HEARING),
    K.MEDIATION_AGREEMENT: _record(RecordKind.MEDIATION),
    K.SETTLEMENT_AGREEMENT: _record(RecordKind.SETTLEMENT),
    K.REVIEW_REQUEST: _reviews,
    K.CONCLUSION_RECORD: _reviews,
    K.INSTRUCTION_COPY: _instruction,
    K.RECEPTION_RECORD: reception,
    K.UNDERTAKING_FORM: undertaking,
    K.SERVICE_RECEIPT: _served,
    K.CONTENTS_LIST: _contents,
    K.HOTLINE_REPLY: _answer,
    K.REFUSED_AGAIN_NOTICE: _earlier,
    K.REGISTRATION_FORM: _earlier,
}
"""What a kind knows beyond the case itself."""
