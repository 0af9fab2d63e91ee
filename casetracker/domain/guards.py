"""The conditions that stand on rows of the transition tables; each gives None or a stable code."""

from casetracker.domain.vocabulary import RequestKind
from casetracker.domain.workflow import ActorFacts, CaseFacts, Guard


def not_the_registrant(case: CaseFacts, actor: ActorFacts) -> str | None:
    """Whoever registered a case may not end it alone (separation, docs/rules/hotline.md)."""
    same = actor.account_id is not None and actor.account_id == case.registered_by
    return "two_people_needed" if same else None


def not_the_submitter(case: CaseFacts, actor: ActorFacts) -> str | None:
    """Nobody approves the reply that they wrote themselves."""
    same = actor.account_id is not None and actor.account_id == case.submitted_by
    return "own_submission" if same else None


def did_not_handle(case: CaseFacts, actor: ActorFacts) -> str | None:
    """Call-backs are made by someone who did not handle the case."""
    return "handler_may_not_call_back" if actor.account_id in case.handled_by else None


def not_designated(case: CaseFacts, actor: ActorFacts) -> str | None:
    """A designated case cannot be returned (潍坊条例 art. 22)."""
    return "designated_no_return" if case.is_designated else None


def inside_return_window(case: CaseFacts, actor: ActorFacts) -> str | None:
    return None if case.return_window_open else "return_window_closed"


def returns_left(case: CaseFacts, actor: ActorFacts) -> str | None:
    """After the agreed number of returns the dispatcher calls the units together."""
    return None if case.returns_left > 0 else "returns_used_up"


def contact_made(case: CaseFacts, actor: ActorFacts) -> str | None:
    """The resident was spoken to, or two attempts at different hours failed."""
    return None if case.contact_is_met else "contact_first"


def has_evidence(case: CaseFacts, actor: ActorFacts) -> str | None:
    return None if case.evidence_count else "evidence_needed"


def has_new_evidence(case: CaseFacts, actor: ActorFacts) -> str | None:
    """A second reply needs something that the first one did not have."""
    return None if case.new_evidence_count else "new_evidence_needed"


def before_due(case: CaseFacts, actor: ActorFacts) -> str | None:
    return None if case.before_handle_due else "after_due"


def from_upstream(case: CaseFacts, actor: ActorFacts) -> str | None:
    return None if case.is_upstream else "not_upstream"


def has_open_order(case: CaseFacts, actor: ActorFacts) -> str | None:
    return None if case.open_orders else "no_open_order"


def is_dissatisfied(case: CaseFacts, actor: ActorFacts) -> str | None:
    return None if case.is_dissatisfied else "not_dissatisfied"


def not_unreasonable(case: CaseFacts, actor: ActorFacts) -> str | None:
    return "judged_unreasonable" if case.judged_unreasonable else None


def is_excluded(case: CaseFacts, actor: ActorFacts) -> str | None:
    return None if case.is_excluded else "not_excluded"


def is_disputed(case: CaseFacts, actor: ActorFacts) -> str | None:
    """Only what the resident or the unit disputes goes before the evaluators."""
    return None if case.is_disputed else "not_disputed"


def appeal_in_time(case: CaseFacts, actor: ActorFacts) -> str | None:
    return None if case.appeal_window_open else "appeal_window_closed"


def afterwords_over(case: CaseFacts, actor: ActorFacts) -> str | None:
    """Neither the unit may still appeal nor the resident still evaluate."""
    return None if case.afterwords_over else "afterwords_open"


def pending(kind: RequestKind) -> Guard:
    """A request of this kind waits for its decision."""

    def guard(case: CaseFacts, actor: ActorFacts) -> str | None:
        return None if kind in case.pending else f"no_pending_{kind}"

    return guard


def not_pending(kind: RequestKind) -> Guard:
    """No request of this kind is waiting already."""

    def guard(case: CaseFacts, actor: ActorFacts) -> str | None:
        return f"pending_{kind}" if kind in case.pending else None

    return guard


def decides_for_another(kind: RequestKind) -> Guard:
    """A request of this kind waits, and whoever asked is not the one who decides."""
    waits = pending(kind)

    def guard(case: CaseFacts, actor: ActorFacts) -> str | None:
        own = actor.account_id is not None and (kind, actor.account_id) in case.requesters
        return waits(case, actor) or ("own_request" if own else None)

    return guard
