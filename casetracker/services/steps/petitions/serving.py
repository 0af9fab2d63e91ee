"""送达: only what reached the petitioner stops a limit; and what was promised is seen through.

The entry may come later than the act: the date on the receipt counts.
Source: 《信访工作条例》 art. 23, 32(2), 34; docs/rules/petition.md §5.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from casetracker.domain.days import end_of_day
from casetracker.domain.errors import InvalidInput
from casetracker.domain.petition_vocabulary import Disposal, PaperKind, ServiceMethod
from casetracker.domain.vocabulary import Action, State, Visibility
from casetracker.persistence.case import Petitioner
from casetracker.persistence.petition import Petition
from casetracker.services.commands.petitions import ReportExecution, ServePaper
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome, iso
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.papers.serving import record_service
from casetracker.services.steps.petitions.opinions import TO_BE_CARRIED_OUT, the_draft
from casetracker.services.steps.petitions.work import PetitionWork
from casetracker.services.use_case import use_case

NOTICE_OF = {
    Disposal.REFUSED: PaperKind.REFUSAL_NOTICE,
    Disposal.REFUSED_AGAIN: PaperKind.REFUSED_AGAIN_NOTICE,
    Disposal.REDIRECTED: PaperKind.REDIRECT_NOTICE,
    Disposal.FORWARDED: PaperKind.FORWARD_NOTICE,
    Disposal.ASSIGNED_DOWN: PaperKind.FORWARD_NOTICE,
    Disposal.ACCEPTED: PaperKind.ACCEPTANCE_NOTICE,
    Disposal.ACCEPTED_SIMPLE: PaperKind.ACCEPTANCE_NOTICE,
}
"""The paper by which the petitioner is told what was decided after triage."""
NOTICES = frozenset({*NOTICE_OF.values(), PaperKind.RECEPTION_NOTICE})


@use_case
def serve(
    ctx: Context, session: Session, number: str, command: ServePaper, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """送达: the opinion, the notice, or another paper; which one the state asks for if not said."""
    petition = PetitionWork.open(ctx, session, number, version)
    work, row = petition.work, petition.row
    kind = command.kind or expected_paper(petition)
    outcome = _outcome(petition, kind)
    step = work.require(Action.SERVE, outcome)
    if command.method is ServiceMethod.NOT_OWED:
        _check_not_owed(work, outcome)
    at = petition.moment("served_at", command.served_at, since=_since(petition, outcome))
    _date(petition, outcome, at)
    served = record_service(work, kind, command, at)
    payload = {
        "paper": kind, "method": command.method, "served_at": iso(at), "number": _number(petition),
        "service": served and served.id,
    }  # fmt: skip
    if outcome == "supported" and row.execute_by is not None:
        work.clocks.start_stated("execute", end_of_day(row.execute_by), at=at)
    elif outcome == "assigned_down" and row.report_due_on is not None:
        work.clocks.start_stated("assign_due", end_of_day(row.report_due_on), at=at)
    work.advance(
        step, payload=payload, text=_receipt(command), visibility=Visibility.PUBLIC,
        at=petition.earlier(at, ctx.now),
    )  # fmt: skip
    if outcome in ("opinion", "supported"):
        _open_judging(petition)
    return work.outcome(paper=kind)


def _open_judging(petition: PetitionWork) -> None:
    """Until somebody is judged the end of the window stands for it (docs/rules/rates.md X10)."""
    window_ends = petition.work.clocks.live("evaluate")[0].due_at
    petition.row.judged_at = petition.row.judged_at or window_ends
    petition.row.office_judged_at = petition.row.office_judged_at or window_ends


def _check_not_owed(work: CaseWork, outcome: str) -> None:
    """Only a notice may go unserved, and only to somebody whose name or address is unclear."""
    person = work.session.get(Petitioner, work.case.petitioner_id)
    is_known = person is not None and person.name and (person.address or person.phone)
    if is_known or outcome in ("opinion", "supported", "paper"):
        raise InvalidInput({"method": "notice_is_owed"})


def expected_paper(petition: PetitionWork) -> PaperKind:
    """The paper that has to reach the petitioner now."""
    work, row = petition.work, petition.row
    if work.case.state is State.TO_SERVE:
        return PaperKind.REPLY if the_draft(petition).is_reply else PaperKind.OPINION
    if row.notified_at is None and row.disposal is not None:
        return NOTICE_OF.get(row.disposal, PaperKind.RECEPTION_NOTICE)
    if row.notified_at is None:
        return PaperKind.RECEPTION_NOTICE
    return PaperKind.EXTENSION_NOTICE


def _outcome(petition: PetitionWork, kind: PaperKind) -> str:
    """What serving this paper means here."""
    work, row = petition.work, petition.row
    if work.case.state is State.TO_SERVE and kind in (PaperKind.OPINION, PaperKind.REPLY):
        opinion = the_draft(petition)
        followed = opinion.outcome in TO_BE_CARRIED_OUT and not opinion.is_reply
        return "supported" if followed else "opinion"
    if work.case.state is State.TO_NOTIFY and row.disposal and kind is NOTICE_OF[row.disposal]:
        return str(row.disposal)
    return "notice" if kind in NOTICES else "paper"


def _since(petition: PetitionWork, outcome: str) -> datetime | None:
    """What is served was there before: an opinion is not served before it was signed."""
    if outcome in ("opinion", "supported"):
        return the_draft(petition).signed_at
    return petition.row.accepted_at if outcome == "notice" else None


def _date(petition: PetitionWork, outcome: str, at: datetime) -> None:
    work, row = petition.work, petition.row
    if outcome in ("opinion", "supported"):
        opinion = the_draft(petition)
        opinion.served_at = at
        row.served_at, row.execute_by, row.executed_at = at, opinion.execute_by, None
        work.case.replied_at = work.case.replied_at or at
        row.notified_at = row.notified_at or at
    elif outcome != "paper":
        if row.notified_at is not None and outcome == "notice":
            raise InvalidInput({"kind": "notice_served_already"})
        row.notified_at = row.notified_at or at


def _number(petition: PetitionWork) -> str | None:
    is_opinion = petition.work.case.state is State.TO_SERVE
    return petition.row.opinion_number if is_opinion else None


def _receipt(command: ServePaper) -> str:
    """The receipt in words: kept beside the entry, encrypted."""
    said = [f"签收人：{command.receiver}"]
    if command.witness:
        said.append(f"见证人：{command.witness}")
    if command.note:
        said.append(command.note)
    return "；".join(said)


@use_case
def execute(
    ctx: Context, session: Session, number: str, command: ReportExecution, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """执行情况: how far what was supported is carried out; `done` ends it."""
    petition = PetitionWork.open(ctx, session, number, version)
    work = petition.work
    is_done = command.done and work.case.state is State.EXECUTING
    step = work.require(Action.EXECUTE, "done" if is_done else "progress")
    if command.done:
        petition.row.executed_at = ctx.now
        work.clocks.stop(("execute",))
    work.advance(step, payload={"done": command.done}, text=command.text)
    return work.outcome()


def carries_out(row: Petition) -> bool:
    """Whether something that was promised is still to be carried out."""
    return row.execute_by is not None and row.executed_at is None
