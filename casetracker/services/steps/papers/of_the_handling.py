"""Values that papers take from the handling: opinion, requests, orders, records, reviews."""

from collections.abc import Callable

from casetracker.domain.papers.writing import written_day
from casetracker.domain.petition_vocabulary import RecordKind, ReviewStage
from casetracker.domain.vocabulary import ExtensionReason, RequestKind, ReturnReason
from casetracker.labels import label
from casetracker.persistence.petition import Opinion, PetitionRecord, PetitionReview
from casetracker.persistence.working import DecisionRequest, SupervisionOrder
from casetracker.services.steps.papers.of_the_case import main_clock
from casetracker.services.steps.papers.of_the_file import progress
from casetracker.services.steps.papers.subject import Subject, Values, day_text, moment_text


def opinion(subject: Subject) -> Values:
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


def execution(subject: Subject) -> Values:
    return {"decision": opinion(subject).get("decision", "")}


def request(kind: RequestKind) -> Callable[[Subject], Values]:
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


def extension(subject: Subject) -> Values:
    """The date before the extension is worked out from the start; the new one is kept."""
    clock = main_clock(subject)
    values = request(RequestKind.EXTENSION)(subject)
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


def order(subject: Subject) -> Values:
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
        **progress(subject),
        "feedback": row.feedback or "",
    }


def record(*kinds: RecordKind) -> Callable[[Subject], Values]:
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


def reviews(subject: Subject) -> Values:
    numbers = {row.stage: row.number or "" for row in subject.rows(PetitionReview)}
    last = subject.last(PetitionReview)
    return {
        "review_number": numbers.get(ReviewStage.REVIEW, ""),
        "final_review_number": numbers.get(ReviewStage.FINAL_REVIEW, ""),
        "to_organ": last.organ if last else subject.ref.settings["review_organ"],
        "reason": (last.reason or "") if last else "",
    }
