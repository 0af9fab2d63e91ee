"""处理意见: drafted in its four parts, checked for legality, signed and numbered.

Source: 《信访工作条例》 art. 32, 35; 北京市信访条例 art. 50; docs/rules/petition.md §5.
"""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.errors import GuardRefused, InvalidInput
from casetracker.domain.petition_vocabulary import (
    OpinionOutcome,
    PaperKind,
    PetitionClass,
    Subroute,
)
from casetracker.domain.repeats import similarity
from casetracker.domain.vocabulary import Action, Role
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Opinion, Petition
from casetracker.services.commands.petitions import CheckLegality, DraftOpinion, SignOff
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.steps.papers.issuing import issue_paper
from casetracker.services.steps.petitions.work import PetitionWork
from casetracker.services.steps.replies import reply_hash
from casetracker.services.use_case import use_case

BASICALLY_THE_SAME = 0.9
"""Share of neighbouring characters that two opinions have in common."""
TO_BE_CARRIED_OUT = frozenset({OpinionOutcome.SUPPORTED, OpinionOutcome.PARTLY})
REMEDY = (
    "如不服本意见，可以自收到本意见书之日起三十日内向{organ}书面申请复查；"
    "逾期不申请的，按照《信访工作条例》有关规定办理。"
)
PLAIN_REMEDY = "如对本答复有疑问，可以向本机关查询；电话：{phone}。"


@use_case
def draft(
    ctx: Context, session: Session, number: str, command: DraftOpinion, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """拟写处理意见 or 答复: an opinion goes to the legal adviser, a reply straight to signature."""
    petition = PetitionWork.open(ctx, session, number, version)
    work = petition.work
    is_reply = _is_reply(petition)
    step = work.require(Action.DRAFT, "reply" if is_reply else "")
    _check(petition, command, is_reply=is_reply)
    _refuse_the_same(petition, command)
    session.add(
        Opinion(
            case_id=work.case.id,
            round=work.case.round,
            draft_no=_next_draft(petition),
            is_reply=is_reply,
            request=command.request,
            facts=command.facts,
            opinion=command.opinion,
            basis=command.basis,
            remedy=command.remedy or remedy_of(petition),
            outcome=command.outcome,
            advice=command.advice,
            execute_by=command.execute_by,
            text_hash=reply_hash(command.facts + command.opinion),
            drafted_by=ctx.actor.account_id,
            drafted_at=ctx.now,
        )
    )
    payload = {"outcome": command.outcome, "advice": command.advice, "round": work.case.round}
    work.advance(step, payload=payload, text=command.opinion)
    return work.outcome()


def _is_reply(petition: PetitionWork) -> bool:
    """A suggestion, a duty or the simple procedure ends in a reply, not in an opinion."""
    row = petition.row
    direct = row.petition_class is PetitionClass.SUGGESTION or row.subroute is Subroute.DUTY
    return direct or row.is_simple


def _check(petition: PetitionWork, command: DraftOpinion, *, is_reply: bool) -> None:
    problems: dict[str, str] = {}
    is_suggestion = petition.row.petition_class is PetitionClass.SUGGESTION
    if is_suggestion and command.advice is None:
        problems["advice"] = "required"
    if not is_suggestion and command.outcome is None:
        problems["outcome"] = "required"
    needs_day = command.outcome in TO_BE_CARRIED_OUT and not is_reply
    if needs_day and command.execute_by is None:
        problems["execute_by"] = "required"
    if command.execute_by and command.execute_by < local_date(petition.work.ctx.now):
        problems["execute_by"] = "in_the_past"
    if problems:
        raise InvalidInput(problems)


def _refuse_the_same(petition: PetitionWork, command: DraftOpinion) -> None:
    """Ordered to be handled anew, it may not come out the same or basically the same (art. 50)."""
    work = petition.work
    served = work.session.scalars(
        select(Opinion.opinion).where(
            Opinion.case_id == work.case.id,
            Opinion.round < work.case.round,
            Opinion.served_at.is_not(None),
        )
    )
    if any(similarity(command.opinion, earlier) >= BASICALLY_THE_SAME for earlier in served):
        raise InvalidInput({"opinion": "same_as_before"})


def _next_draft(petition: PetitionWork) -> int:
    work = petition.work
    last = work.session.scalar(
        select(func.max(Opinion.draft_no)).where(
            Opinion.case_id == work.case.id, Opinion.round == work.case.round
        )
    )
    return (last or 0) + 1


def remedy_of(petition: PetitionWork) -> str:
    """What the petitioner may do against it, as the law has it where nothing else is said."""
    settings = petition.work.ref.settings
    row = petition.row
    if row.petition_class is PetitionClass.SUGGESTION:
        return PLAIN_REMEDY.format(phone=settings["petition_phone"])
    return REMEDY.format(organ=settings["review_organ"])


@use_case
def check_legality(
    ctx: Context, session: Session, number: str, command: CheckLegality, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """合法性审核 by somebody other than the drafter."""
    petition = PetitionWork.open(ctx, session, number, version)
    work = petition.work
    step = work.require(Action.LEGAL_CHECK, "passed" if command.granted else "sent_back")
    opinion = the_draft(petition)
    opinion.checked_by, opinion.checked_at = ctx.actor.account_id, ctx.now
    opinion.check_passed, opinion.check_note = command.granted, command.note
    work.advance(step, payload={"draft": opinion.draft_no}, text=command.note)
    return work.outcome()


@use_case
def sign_off(
    ctx: Context, session: Session, number: str, command: SignOff, *, version: int | None = None
) -> Outcome:
    """签发: numbered at signature; an important one, or one handled anew, by the head himself."""
    petition = PetitionWork.open(ctx, session, number, version)
    work = petition.work
    step = work.require(Action.SIGN_OFF, "signed" if command.granted else "sent_back")
    if command.granted and needs_the_head(petition) and Role.LEADER not in ctx.actor.roles:
        raise GuardRefused("leader_must_sign")
    if not command.granted and command.note is None:
        raise InvalidInput({"note": "required"})
    opinion = the_draft(petition)
    opinion.signed_by, opinion.signed_at = ctx.actor.account_id, ctx.now
    opinion.is_signed, opinion.sign_note = command.granted, command.note
    payload: dict[str, Any] = {"number": None}
    if command.granted:
        kind = PaperKind.REPLY if opinion.is_reply else PaperKind.OPINION
        issued = issue_paper(work, kind, enter=False)
        opinion.number = petition.row.opinion_number = issued.number
        payload = {**issued.payload, "number": issued.number}
    work.advance(step, payload=payload, text=command.note)
    return work.outcome(paper_number=opinion.number)


def needs_the_head(petition: PetitionWork) -> bool:
    return head_signs(petition.work.case, petition.row)


def head_signs(case: Case, row: Petition) -> bool:
    """An important or collective one, and one that is handled anew, is signed by the head."""
    return case.is_important or row.is_collective or case.round > 1


def the_draft(petition: PetitionWork) -> Opinion:
    """This round's latest opinion. GuardRefused when there is none."""
    opinion = petition.opinion()
    if opinion is None:
        raise GuardRefused("no_draft")
    return opinion
