"""The conditions on rows of the petition table; each gives None or a stable code."""

from casetracker.domain.petition_facts import PetitionFacts
from casetracker.domain.petition_vocabulary import PetitionClass, Subroute
from casetracker.domain.workflow import ActorFacts, CaseFacts

_NOTHING = PetitionFacts()


def facts(case: CaseFacts) -> PetitionFacts:
    return case.petition or _NOTHING


def is_classified(case: CaseFacts, actor: ActorFacts) -> str | None:
    return None if facts(case).petition_class else "classify_first"


def ends_in_an_opinion(case: CaseFacts, actor: ActorFacts) -> str | None:
    """Only appeals of sub-route 6 are accepted and have sixty days (art. 31(6), 34)."""
    petition = facts(case)
    is_opinion = (
        petition.petition_class is PetitionClass.APPEAL and petition.subroute is Subroute.OPINION
    )
    return None if is_opinion else "not_subroute_six"


def is_answered_directly(case: CaseFacts, actor: ActorFacts) -> str | None:
    """Suggestions (art. 29) and duties of the office itself (art. 31(5)) are worked on at once."""
    petition = facts(case)
    is_suggestion = petition.petition_class is PetitionClass.SUGGESTION
    is_duty = petition.subroute is Subroute.DUTY
    return None if is_suggestion or is_duty else "accept_first"


def has_a_statutory_route(case: CaseFacts, actor: ActorFacts) -> str | None:
    """Art. 31 (1) to (5): another procedure is the way."""
    petition = facts(case)
    elsewhere = petition.subroute is not None and petition.subroute is not Subroute.OPINION
    return None if elsewhere else "no_statutory_route"


def was_sent_here(case: CaseFacts, actor: ActorFacts) -> str | None:
    """Only what another organ sent down can be objected to (art. 23(3))."""
    return None if facts(case).was_sent_here else "not_sent_here"


def objection_in_time(case: CaseFacts, actor: ActorFacts) -> str | None:
    return None if facts(case).objection_window_open else "objection_too_late"


def not_the_drafter(case: CaseFacts, actor: ActorFacts) -> str | None:
    """Nobody checks or signs the opinion that they drafted."""
    same = actor.account_id is not None and actor.account_id == facts(case).drafted_by
    return "own_draft" if same else None


def not_the_checker(case: CaseFacts, actor: ActorFacts) -> str | None:
    """The legality is checked by one, the opinion signed by another."""
    same = actor.account_id is not None and actor.account_id == facts(case).checked_by
    return "own_check" if same else None


def not_recused(case: CaseFacts, actor: ActorFacts) -> str | None:
    """Whoever has an interest in the matter keeps out of it (art. 28(3))."""
    return "recused" if actor.account_id in facts(case).recused else None


def evaluation_in_time(case: CaseFacts, actor: ActorFacts) -> str | None:
    return None if facts(case).evaluation_window_open else "evaluation_too_late"


def judged_unhappily(case: CaseFacts, actor: ActorFacts) -> str | None:
    """The unit objects to a 不满意 that the petitioner gave it, to nothing else."""
    return None if facts(case).is_unhappy else "not_judged_unhappily"


def not_settled(case: CaseFacts, actor: ActorFacts) -> str | None:
    return "settled_already" if facts(case).is_settled else None
