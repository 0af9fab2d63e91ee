"""What stands beside the form of a petition's action: the draft, the request, earlier words."""

from collections.abc import Mapping
from typing import Any

from casetracker.domain.vocabulary import Action, RequestKind
from casetracker.labels import label
from casetracker.ops.acting import case_url
from casetracker.services.case_reading.case_file import CaseFile
from casetracker.services.case_reading.petition_file import OpinionView
from casetracker.services.desks.petition_help import PetitionHelp

WITH_DRAFT = frozenset({Action.LEGAL_CHECK, Action.SIGN_OFF})
DECIDED: Mapping[Action, RequestKind] = {
    Action.DECIDE_EXTENSION: RequestKind.EXTENSION,
    Action.MARK_SETTLED: RequestKind.SETTLEMENT,
}


def petition_action(file: CaseFile, action: Action, hand: PetitionHelp) -> dict[str, Any] | None:
    """Context of `ops/petitions/_action.html`; None for a case of the hotline."""
    petition = file.petition
    if petition is None:
        return None
    papers_url = f"{case_url(file.head.number)}/papers"
    expected = hand.expected_paper if action is Action.SERVE else None
    return {
        "opinion": petition.latest if action in WITH_DRAFT else None,
        "request": file.pending(DECIDED[action]) if action in DECIDED else None,
        "earlier": _earlier(file) if action is Action.DRAFT else [],
        "records": petition.records if action in {*WITH_DRAFT, Action.DRAFT} else (),
        "paper": label(expected) if expected else None,
        "paper_url": f"{papers_url}/{expected}" if expected else None,
        "papers_url": papers_url if action is Action.SERVE else None,
    }


def _earlier(file: CaseFile) -> list[tuple[str, str | None, OpinionView]]:
    """What was sent back or served before: heading, remark, version; the newest first."""
    petition = file.petition
    assert petition is not None
    found: list[tuple[str, str | None, OpinionView]] = []
    for one in reversed(petition.opinions):
        if one.served_at is not None:
            found.append(("前次意见（不得相同）", None, one))
        elif one.is_signed is False:
            found.append(("签发时退回", one.sign_note, one))
        elif one.check_passed is False:
            found.append(("合法性审核退回", one.check_note, one))
    return found
