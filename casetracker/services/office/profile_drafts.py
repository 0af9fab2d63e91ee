"""A profile copied and changed while it is a draft; every change logged with before and after.

Source: docs/rules/rates.md §9.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local
from casetracker.domain.errors import Conflict, InvalidInput, NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.rates import PROFILES, Profile, following_month
from casetracker.domain.rates.definitions import definition_of, profile_from
from casetracker.domain.rates.drafting import MetricDraft, Scoring, copy_of, with_metric
from casetracker.domain.rates.soundness import require_sound
from casetracker.domain.vocabulary import ProfileStatus, Satisfaction
from casetracker.persistence.database import locked, take_turns
from casetracker.persistence.metric_profiles import MetricProfile
from casetracker.services.commands.profiles import (
    CopyProfile,
    EditCount,
    EditProfile,
    EditRate,
    EditWeightedRate,
)
from casetracker.services.context import Context, require_right
from casetracker.services.office.changes import Facts, record_change
from casetracker.services.office.metric_profiles import version_lines
from casetracker.services.office.profile_words import definition_facts
from casetracker.services.outcome import Made
from casetracker.services.use_case import use_case

Change = Callable[[Profile], Profile]


@use_case
def copy_profile(ctx: Context, session: Session, command: CopyProfile) -> Made:
    """复制口径; the draft is found by `CODE/VERSION`."""
    require_right(ctx, Right.RULES_MANAGE)
    take_turns(session, "metric_profiles")
    lines = {f"{one.profile.code}/{one.profile.version}": one for one in version_lines(ctx)}
    if command.source not in lines:
        raise InvalidInput({"source": "unknown_choice"})
    source = lines[command.source].profile
    code = command.code or source.code
    if command.code and any(one.profile.code == code for one in lines.values()):
        raise InvalidInput({"code": "profile_code_taken"})
    taken = {one.profile.version for one in lines.values() if one.profile.code == code}
    draft = copy_of(
        source, code=code, version=_next_version(ctx, taken), name=command.name,
        start=_next_month(ctx),
    )  # fmt: skip
    assert ctx.actor.account_id is not None, "only people have the right"
    row = MetricProfile(
        code=draft.code,
        version=draft.version,
        track=draft.track,
        name=draft.name_zh,
        definition=definition_of(draft),
        copied_from=f"{source.name_zh} {source.version}",
        status=ProfileStatus.DRAFT,
        made_by=ctx.actor.account_id,
        made_at=ctx.now,
    )
    session.add(row)
    session.flush()
    after: Facts = {"名称": draft.name_zh, "复制自": row.copied_from}
    record_change(ctx, session, Access.PROFILE_CHANGED, subject_of(row), {}, after)
    return Made(f"{row.code}/{row.version}")


def _next_version(ctx: Context, taken: set[str]) -> str:
    """`2026.3`: the year in which it is made, and a number."""
    year = local(ctx.now).year
    return next(name for n in range(1, len(taken) + 2) if (name := f"{year}.{n}") not in taken)


def _next_month(ctx: Context) -> date:
    """Where a draft would begin; the month is decided when it is put in force."""
    return first_day(following_month(f"{local(ctx.now):%Y-%m}"))


def first_day(month: str) -> date:
    """Of a month written YYYY-MM."""
    return date.fromisoformat(f"{month}-01")


def subject_of(row: MetricProfile) -> str:
    """As the log names it."""
    return f"统计口径 {row.code} {row.version}"


@use_case
def edit_profile(
    ctx: Context, session: Session, code: str, version: str, command: EditProfile
) -> None:
    """修改口径的基本设置."""

    def change(profile: Profile) -> Profile:
        return replace(
            profile,
            name_zh=command.name,
            month_start_day=command.month_start_day,
            cut_off_hour=command.cut_off_hour,
            decimals=command.decimals,
            aggregation=command.aggregation,
            exclusions=frozenset(command.exclusions),
        )

    _change_draft(ctx, session, open_draft(ctx, session, code, version, command.version), change)


@use_case
def edit_metric(
    ctx: Context, session: Session, code: str, version: str, metric: str,
    command: EditRate | EditWeightedRate | EditCount,
) -> None:  # fmt: skip
    """修改一项指标; a count stays a count and a rate a rate."""
    row = open_draft(ctx, session, code, version, command.version)
    if all(one["code"] != metric for one in row.definition["metrics"]):
        raise NotFound(metric=metric)
    draft = _count_draft(command) if isinstance(command, EditCount) else _rate_draft(command)
    _change_draft(ctx, session, row, lambda profile: with_metric(profile, metric, draft))


def _count_draft(command: EditCount) -> MetricDraft:
    return MetricDraft(
        name=command.name,
        numerator=command.numerator,
        denominator=None,
        window=command.window,
        scoring=Scoring.NONE if command.points is None else Scoring.SHARE,
        points=command.points,
        basis=command.basis,
    )


def _rate_draft(command: EditRate | EditWeightedRate) -> MetricDraft:
    weights = {}
    if isinstance(command, EditWeightedRate):
        weights = {
            Satisfaction.SATISFIED: command.satisfied,
            Satisfaction.BASICALLY: command.basically,
            Satisfaction.FAIR: command.fair,
        }
    return MetricDraft(
        name=command.name,
        numerator=command.numerator,
        denominator=command.denominator,
        window=command.window,
        weights={answer: weight for answer, weight in weights.items() if weight is not None},
        empty=None if command.empty is None else Fraction(command.empty),
        scoring=Scoring.NONE if command.scoring is None else Scoring(command.scoring),
        points=command.points,
        basis=command.basis,
    )


def open_draft(
    ctx: Context, session: Session, code: str, version: str, seen: int | None
) -> MetricProfile:
    """The draft, locked. Raises NotFound, Conflict for one that is none any more or was changed."""
    row = open_version(ctx, session, code, version)
    if row.status is not ProfileStatus.DRAFT:
        raise Conflict("profile_not_draft")
    if seen is not None and seen != row.revision:
        raise Conflict("profile_changed")
    return row


def open_version(ctx: Context, session: Session, code: str, version: str) -> MetricProfile:
    """A version of the office's own, locked. Raises NotFound; Conflict for a shipped one."""
    require_right(ctx, Right.RULES_MANAGE)
    wanted = select(MetricProfile).where(
        MetricProfile.code == code, MetricProfile.version == version
    )
    row = session.scalar(locked(session, wanted))
    if row is None and code in PROFILES and PROFILES[code].version == version:
        raise Conflict("profile_not_draft")
    if row is None:
        raise NotFound(code=code, version=version)
    return row


def _change_draft(ctx: Context, session: Session, row: MetricProfile, change: Change) -> None:
    before = profile_from(row.definition)
    after = change(before)
    require_sound(after)
    row.name, row.definition = after.name_zh, definition_of(after)
    row.revision += 1
    session.flush()
    record_change(
        ctx, session, Access.PROFILE_CHANGED, subject_of(row),
        definition_facts(before), definition_facts(after),
    )  # fmt: skip
