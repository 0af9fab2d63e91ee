"""One page for every action of a case: its form, and what came back when it was refused."""

from typing import Any

from flask import Blueprint, flash, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.errors import NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Action, FilePurpose, RequestStatus
from casetracker.labels import label
from casetracker.labels.refusals import refusal_sentence
from casetracker.ops import petition_forms
from casetracker.ops.acting import blank, case_url, file_lines, seen_version, take
from casetracker.ops.choices import choices_for, parts_of
from casetracker.ops.controls import Control, controls_of, defaults_of
from casetracker.ops.lane_pages import is_handed_over, to_the_neutral_page
from casetracker.ops.petition_beside import petition_action
from casetracker.ops.petitioner import TO_CONTACT, has_more_to_show, petitioner_of
from casetracker.ops.sent_files import keep_sent_files, sent_files
from casetracker.services.case_reading.case_file import CaseFile, PersonView, RequestView
from casetracker.services.case_reading.judgements import JudgementView, judgements_of_case
from casetracker.services.case_reading.opening import open_case_file
from casetracker.services.case_reading.revealing import reveal_person
from casetracker.services.context import Context
from casetracker.services.desks.decisions import DECIDED_BY
from casetracker.services.desks.petition_help import PetitionHelp, help_for
from casetracker.services.desks.reply_words import reply_words
from casetracker.services.receiving.drafts import draft_of, drop_draft
from casetracker.services.steps.actions import ACTIONS
from casetracker.web.context import current_context
from casetracker.web.forms import Form
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to

pages = Blueprint("actions", __name__, url_prefix="/cases/<number>/actions")

HINTS: dict[str, str] = {
    "submit": "直接回答诉求：查了什么、做了什么、结果如何；办不了的说明依据。没有照片的附上材料。",
    "approve": "审核通过即视为答复已送达诉求人，办理时限停止计算。",
    "request_return": "写明不属于本单位职责的依据（权责清单、文件名称）。",
    "decline": "写明应当去哪里反映，怎么联系。",
    "request_extension": "同意后新期限 = 原期限 + 延期工作日。",
    "follow_up": "只有“有效”回访才能记录满意度；未接通的如实选择。",
}
"""What to mind, by action code."""
WRITTEN = frozenset({Action.SUBMIT, Action.ANSWER})
"""Actions whose text is the reply itself: templates are offered beside it."""
PHOTOGRAPHED = frozenset({Action.SUBMIT, Action.LOG})
"""Actions whose form takes photos and papers along."""
MET = frozenset({Action.CONTACT, Action.FOLLOW_UP, Action.SERVE})
"""Actions for which somebody is called or met: who it is stands on the page."""
OF_ITS_UNITS = frozenset({Action.SUPERVISE, Action.ARRIVE, Action.SCORE_UNIT})
"""Actions whose unit is one that takes part already."""
NO_EVIDENCE = frozenset({"evidence_needed", "new_evidence_needed"})
ANSWERS = frozenset({"granted", "accepted", "new_due_at"})
FROM_THE_ADDRESS = {Action.GROUP: "into"}
"""What a link to the form may fill in: the case that a list proposes to group into."""
DECIDING = frozenset({"granted", "refused", "accepted", "sent_back"})
"""Fields that decide what somebody asked or reported, and the outcomes that they lead to."""


@pages.get("/<action>")
@requires(Right.CASES_LIST)
def show(number: str, action: str) -> ResponseReturnValue:
    return _page(number, _known(action))


@pages.post("/<action>")
@requires(Right.CASES_LIST)
def act(number: str, action: str) -> ResponseReturnValue:
    known = _known(action)
    given = petition_forms.read(known, request.form)
    form, outcome = take(number, known, _version_with_files(number, known), **given)
    if outcome is None:
        return make_response(_page(number, known, form), form.status)
    ctx = current_context("ops")
    drop_draft(ctx, _draft_name(number, known))
    if is_handed_over(ctx, outcome):
        return to_the_neutral_page()
    flash(f"{number} {label(known)}已办理，现为“{label(outcome.state)}”。", "success")
    return redirect_to(case_url(number), "/ops/cases")


@pages.post("/<action>/reveal")
@requires(Right.PERSON_REVEAL)
def reveal(number: str, action: str) -> ResponseReturnValue:
    """The telephone number where somebody is about to call; every look is recorded."""
    known = _known(action)
    person = reveal_person(current_context("ops"), number, TO_CONTACT)
    return _page(number, known, revealed=person)


def _version_with_files(number: str, action: Action) -> int | None:
    """The version that the page showed, moved on by the files that come with the form.

    Nothing is kept with a page that somebody else's work has overtaken.
    """
    seen = seen_version()
    if action not in PHOTOGRAPHED or not sent_files():
        return seen
    if seen != open_case_file(current_context("ops"), number).head.version:
        return seen
    kept = keep_sent_files(number, FilePurpose.EVIDENCE)
    return kept[-1].version if kept else seen


def _draft_name(number: str, action: Action) -> str:
    return f"{action}.{number}"


def _known(action: str) -> Action:
    """Raises NotFound for what is no action of the desk."""
    if action not in {known.value for known in ACTIONS}:
        raise NotFound(action=action)
    return Action(action)


def _page(
    number: str,
    action: Action,
    form: Form[Any] | None = None,
    revealed: PersonView | None = None,
) -> str:
    ctx = current_context("ops")
    file = open_case_file(ctx, number)
    offer = file.offer(action)
    hand = help_for(ctx, number) if file.petition else PetitionHelp()
    kept = draft_of(ctx, _draft_name(number, action)) if form is None else None
    takes_files = action in PHOTOGRAPHED and file.offer(Action.ATTACH) is not None
    waits_for_files = takes_files and offer is not None and offer.refusal in NO_EVIDENCE
    return render_template(
        "ops/cases/action.html",
        file=file,
        action=action,
        offer=offer,
        hint=(petition_forms.HINTS if file.petition else HINTS).get(action),
        why_not=refusal_sentence(offer.refusal)
        if offer and offer.refusal and not waits_for_files
        else None,
        form=_form(form, file, action, hand, kept),
        draft_name=_draft_name(number, action),
        saved_at=kept[1] if kept else None,
        due=_due(file),
        evidence=file_lines(file) if takes_files else None,
        person=petitioner_of(file, revealed) if action in MET else None,
        may_reveal=ctx.actor.may(Right.PERSON_REVEAL) and has_more_to_show(file),
        controls=petition_forms.shaped(file, offer, action, _controls(file, action), hand),
        beside=petition_action(file, action, hand),
        asked=_waiting(file, action),
        judgement=_judgement(ctx, number, action),
        draft=file.draft,
        reply=file.reply,
        words=reply_words(ctx, file.head) if action in WRITTEN else [],
        case_url=case_url(number),
    )


def _form(
    sent: Form[Any] | None,
    file: CaseFile,
    action: Action,
    hand: PetitionHelp,
    kept: tuple[dict[str, Any], Any] | None,
) -> Form[Any]:
    """What was sent with its errors, or what the form begins with and was typed before."""
    if sent is not None:
        sent.errors = petition_forms.errors_on_page(action, sent.errors)
        return sent
    defaults = {**defaults_of(ACTIONS[action].command), **_proposed(action)}
    return blank(action, **{**defaults, **petition_forms.start(file, action, hand), **_typed(kept)})


def _proposed(action: Action) -> dict[str, str]:
    name = FROM_THE_ADDRESS.get(action)
    given = request.args.get(name, "")[:40] if name else ""
    return {name: given} if name and given else {}


def _typed(kept: tuple[dict[str, Any], Any] | None) -> dict[str, Any]:
    return {name: value for name, value in kept[0].items() if name != "version"} if kept else {}


def _waiting(file: CaseFile, action: Action) -> RequestView | None:
    """The request that the action decides."""
    kind = next((kind for kind, step in DECIDED_BY.items() if step is action), None)
    return file.pending(kind) if kind else None


def _judgement(ctx: Context, number: str, action: Action) -> JudgementView | None:
    """What the panel found whose judgement waits to be confirmed."""
    if action is not Action.CONFIRM_JUDGEMENT:
        return None
    found = judgements_of_case(ctx, number)
    return next((one for one in found if one.status is RequestStatus.PENDING), None)


def _due(file: CaseFile) -> dict[str, Any] | None:
    head = file.head
    if head.due_at is None or head.standing is None:
        return None
    return {"standing": head.standing, "due_at": head.due_at}


def _controls(file: CaseFile, action: Action) -> list[Control]:
    """The fields of the form; an answer is asked for only where the actor may give it now."""
    choices = {**choices_for(file), "order": lambda: _open_orders(file)}
    if action in OF_ITS_UNITS:
        choices["unit"] = lambda: parts_of(file)
    controls = controls_of(ACTIONS[action].command, choices)
    offer = file.offer(action)
    if offer is None or not offer.is_allowed or DECIDING & set(offer.outcomes):
        return controls
    return [control for control in controls if control.name not in ANSWERS]


def _open_orders(file: CaseFile) -> list[tuple[str, str]]:
    return [
        (order.number, f"{order.number} {label(order.level)}")
        for order in file.orders
        if order.closed_at is None
    ]
