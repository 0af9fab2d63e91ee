"""What every look at personal data in clear owes: a reason, a place in the hour, a line in the log.

Source: 个人信息保护法 art. 51 and 6; docs/rules/privacy.md.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import InvalidInput, TooManyAttempts
from casetracker.services.access_log import note_access
from casetracker.services.attempts import Allowance, spend
from casetracker.services.context import Context
from casetracker.services.use_case import use_case

LONGEST_REASON = 200


def stated_reason(reason: str) -> str:
    """The reason on one line. Raises InvalidInput where there is none."""
    reason = " ".join(reason.split())[:LONGEST_REASON]
    if not reason:
        raise InvalidInput({"reason": "required"})
    return reason


def count_look(ctx: Context, per_hour: int, words: str, *, case_number: str | None = None) -> None:
    """One more look of this person in this hour; `words` say what at and why.

    Raises TooManyAttempts (code `reveal_limit`) beyond the office's `reveals_per_hour`; the refusal
    is written down.
    """
    allowance = Allowance("reveal", per_hour, timedelta(hours=1))
    try:
        spend(ctx, (allowance,), str(ctx.actor.account_id))
    except TooManyAttempts as error:
        _note_refusal(ctx, words, case_number)
        raise TooManyAttempts("reveal_limit", **error.facts) from None


def note_lane_list(ctx: Context, numbers: Sequence[str]) -> None:
    """A list of the lane was opened: which cases stood on it."""
    note_lane_look(ctx, f"清单 {len(numbers)} 件 {'、'.join(numbers)}".strip())


@use_case
def note_lane_look(
    ctx: Context, session: Session, what: str, *, case_number: str | None = None
) -> None:
    """Every look at the confidential lane is written down, before anything is shown."""
    note_access(ctx, session, Access.LANE_SEEN, what, case_number=case_number)


@use_case
def _note_refusal(ctx: Context, session: Session, words: str, case_number: str | None) -> None:
    said = f"次数已达上限;{words}"
    note_access(ctx, session, Access.PERSON_REVEALED, said, case_number=case_number, success=False)
