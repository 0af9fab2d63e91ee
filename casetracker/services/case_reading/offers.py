"""What an actor may do with a case now, what stands against it, and which step comes first."""

from casetracker.domain.vocabulary import Action, Kind, Part, Role, State, Track
from casetracker.domain.workflow import CaseFacts, Transition, missing_guard
from casetracker.services.case_reading.case_file import Offer
from casetracker.services.steps.answering import SIGN_OFF
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.petitions.opinions import needs_the_head
from casetracker.services.steps.petitions.work import PetitionWork

A, S = Action, State
UNIT = frozenset({Role.HANDLER, Role.UNIT_HEAD})
TOLD_LATER = frozenset({S.ACCEPTED, S.HANDLING, S.TO_CHECK, S.TO_SIGN_OFF})
"""States in which the notice may still be outstanding while the matter is worked on."""

OF_A_WHISTLE = frozenset({A.ARRIVE, A.SETTLE_WHISTLE, A.SCORE_UNIT, A.SCORE_STREET})
_NOTHING_TO_DECIDE = "no_pending_"
"""A decision without a request is not offered at all: there is nothing to explain."""
_ABSENT = frozenset(
    {
        *("no_whistle", "no_open_order", "not_dissatisfied", "not_upstream"),
        *("appeal_window_open", "not_excluded", "not_disputed"),
        "not_judged_unhappily",
    }
)
_DECISIONS = (
    A.DECIDE_RETURN,
    A.DECIDE_EXTENSION,
    A.DECIDE_HOLD,
    A.DECIDE_EXCLUSION,
    A.DECIDE_APPEAL,
    A.DECIDE_REINSTATEMENT,
    A.CONFIRM_JUDGEMENT,
    A.MARK_SETTLED,
)

_FIRST: dict[State, tuple[Action, ...]] = {
    S.TO_DISPATCH: (A.DISPATCH,),
    S.TO_SIGN: (A.SIGN_FOR,),
    S.HANDLING: (A.SUBMIT, A.DRAFT),
    S.TO_REVIEW: (A.APPROVE,),
    S.TO_FOLLOW_UP: (A.REDO, A.FOLLOW_UP),
    S.REDO: (A.SUBMIT,),
    S.ON_HOLD: (A.RELEASE,),
    S.CLOSED: (A.ARCHIVE,),
    S.REGISTERED: (A.CLASSIFY,),
    S.CLASSIFIED: (A.ACCEPT, A.ASSIGN, A.REDIRECT, A.FORWARD),
    S.OBJECTION_PENDING: (A.DECIDE_OBJECTION,),
    S.TO_NOTIFY: (A.SERVE,),
    S.AWAITING_REPORT: (A.CONCLUDE,),
    S.ACCEPTED: (A.ASSIGN,),
    S.TO_CHECK: (A.LEGAL_CHECK,),
    S.TO_SIGN_OFF: (A.SIGN_OFF,),
    S.TO_SERVE: (A.SERVE,),
    S.EXECUTING: (A.EXECUTE,),
    S.IN_REVIEW: (A.DECIDE_REVIEW,),
    S.IN_FINAL_REVIEW: (A.DECIDE_FINAL_REVIEW,),
    S.FINALLY_REVIEWED: (A.CONCLUDE,),
    S.CONCLUDED: (A.ARCHIVE,),
    S.IN_LANE: (A.TRANSFER_CONFIDENTIAL,),
}
"""What the state asks for, in the order in which it is looked for."""


def offers_for(work: CaseWork) -> tuple[Offer, ...]:
    """Every action that the table gives the actor in this state, in the order of the table."""
    facts = work.facts()
    found: dict[Action, list[tuple[str, str | None]]] = {}
    for row in work.workflow.rows_from(work.case.state):
        role = work.role_on(row)
        if role is None or row.roles == frozenset({Role.SYSTEM}):
            continue
        found.setdefault(row.action, []).append((row.outcome, _problem(work, row, facts)))
    offers = (_offer(action, rows) for action, rows in found.items())
    return tuple(offer for offer in offers if offer is not None)


def primary_of(work: CaseWork, offers: tuple[Offer, ...]) -> Action | None:
    """The one step that the state asks the actor for; a waiting decision comes first."""
    allowed = {offer.action for offer in offers if offer.is_allowed}
    refused = {offer.action: offer.refusal for offer in offers}
    waiting = {offer.action for offer in offers if "granted" in offer.outcomes}
    for action in (*_DECISIONS, *_first_of(work)):
        if action in allowed and (action in waiting or action not in _DECISIONS):
            return action
        if refused.get(action) == "contact_first":
            return A.CONTACT
        if refused.get(action) in ("evidence_needed", "new_evidence_needed"):
            return action  # the form takes the evidence along
    return None


def _first_of(work: CaseWork) -> tuple[Action, ...]:
    """Of a petition the clerk tells the petitioner first, and leaves the opinion to the unit."""
    first = _FIRST.get(work.case.state, ())
    if work.case.track is not Track.PETITION or work.ctx.actor.roles & UNIT:
        return first
    asked = tuple(action for action in first if action is not A.DRAFT)
    return (A.SERVE, *asked) if _owes_notice(work) else asked


def _owes_notice(work: CaseWork) -> bool:
    """Taken or given to a unit, and the petitioner has it not in writing yet."""
    row = PetitionWork.of(work).row
    return work.case.state in TOLD_LATER and row.disposal is not None and row.notified_at is None


def _problem(work: CaseWork, row: Transition, facts: CaseFacts) -> str | None:
    if row.action is A.ANSWER and work.case.kind is not Kind.CONSULT:
        return "only_consultations"
    if row.action in OF_A_WHISTLE and not _was_whistled(work):
        return "no_whistle"
    problem = missing_guard(row, facts, work.ctx.actor.facts)
    if problem is None and (row.action, row.outcome) == (A.SIGN_OFF, "signed"):
        return _who_signs(work)
    if problem is None and row.action is A.APPROVE and work.case.is_important:
        return None if work.ctx.actor.roles & SIGN_OFF else "leader_must_sign"
    return problem


def _was_whistled(work: CaseWork) -> bool:
    return any(part.part is Part.WHISTLE for part in work.parts)


def _who_signs(work: CaseWork) -> str | None:
    head_only = needs_the_head(PetitionWork.of(work))
    return "leader_must_sign" if head_only and Role.LEADER not in work.ctx.actor.roles else None


def _offer(action: Action, rows: list[tuple[str, str | None]]) -> Offer | None:
    open_rows = tuple(outcome for outcome, problem in rows if problem is None)
    if open_rows:
        return Offer(action, None, open_rows)
    problem = rows[0][1] or ""
    if problem.startswith(_NOTHING_TO_DECIDE) or problem in _ABSENT:
        return None
    if problem == "only_consultations":
        return None
    return Offer(action, problem, ())
