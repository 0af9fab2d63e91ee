"""Freezing a month (冻结): hotline and petitions as one act of a person, never by itself.

Read, printed and kept as of one moment; from then on neither figures nor words change.
Source: docs/rules/rates.md 10; docs/rules/reports.md 12.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local
from casetracker.domain.errors import Conflict, GuardRefused
from casetracker.domain.permissions import Right
from casetracker.domain.reports.facts import ReportFacts, Wording
from casetracker.domain.reports.periods import Span, report_period
from casetracker.domain.vocabulary import Basis
from casetracker.persistence.database import take_turns
from casetracker.persistence.frozen import FrozenMonth
from casetracker.persistence.queries.frozen_months import AS_FROZEN, frozen_month
from casetracker.services.access_log import note_access
from casetracker.services.context import Context, require_right
from casetracker.services.frozen.keeping import figure_rows, file_rows
from casetracker.services.frozen.month_figures import ATTEMPTS, MonthFigures, live_figures
from casetracker.services.frozen.periods import is_over, profiles_of
from casetracker.services.frozen.seals import month_hash
from casetracker.services.reports.gathering import report_facts
from casetracker.services.reports.keeping import facts_as_json
from casetracker.services.reports.making import MIMES, report_file
from casetracker.services.reports.wordings import KeptWording, kept_wording, turn_of
from casetracker.services.use_case import query, use_case, was_answered


@dataclass(frozen=True, slots=True)
class Draft:
    """All of a month as it was read at one moment."""

    month: str
    facts: ReportFacts
    wording: KeptWording
    hotline: MonthFigures
    petitions: MonthFigures

    @property
    def words(self) -> Wording:
        return self.wording.words


def freeze_month(ctx: Context, month: str) -> None:
    """Freeze a month that is over.

    Raises NotPermitted, InvalidInput for a bad month, GuardRefused (`month_running`,
    `month_is_frozen`), Conflict when somebody wrote meanwhile.
    """
    if was_answered(ctx):
        return
    draft = _read(ctx, month)
    tables = (draft.hotline.tables, draft.petitions.tables)
    files = {one: report_file(draft.facts, draft.words, one, tables) for one in MIMES}
    _keep(ctx, draft, files)


@query
def _read(ctx: Context, session: Session, month: str) -> Draft:
    require_right(ctx, Right.REPORTS)
    period = report_period(Span.MONTH, month)
    profiles = tuple(profiles_of(session, period))
    if not is_over(period, profiles, ctx.now):
        raise GuardRefused("month_running", month=period.name)
    _require_free(session, month)
    for _ in range(ATTEMPTS):
        hotline, petitions = (
            live_figures(ctx, session, month, profile.code) for profile in profiles
        )
        facts = replace(report_facts(ctx, period), basis=Basis.FROZEN)
        if _say_the_same(facts, hotline, petitions):
            return Draft(month, facts, kept_wording(ctx, period), hotline, petitions)
    raise Conflict("figures_in_motion")


def _require_free(session: Session, month: str) -> None:
    row = frozen_month(session, month)
    if row is not None:
        at = f"{local(row.frozen_at):%Y-%m-%d %H:%M}"
        raise GuardRefused("month_is_frozen", who=row.frozen_by_name, at=at)


def _say_the_same(facts: ReportFacts, *figures: MonthFigures) -> bool:
    """The report was counted a moment later; its figures are those of the tables."""
    said = (facts.handled.metrics, facts.petitions.metrics)
    for metrics, found in zip(said, figures, strict=True):
        for one in metrics:
            rate = found.total[one.code]
            if (one.numerator, one.denominator) != (rate["numerator"], rate["denominator"]):
                return False
    return facts.volume.received.now == figures[0].total["received"]["numerator"]


@use_case
def _keep(ctx: Context, session: Session, draft: Draft, files: dict[str, bytes]) -> None:
    period = report_period(Span.MONTH, draft.month)
    take_turns(session, turn_of(period))
    _require_free(session, draft.month)
    now = kept_wording(ctx, period)
    if now.version != draft.wording.version:
        at = "" if now.changed_at is None else f"{local(now.changed_at):%Y-%m-%d %H:%M}"
        raise Conflict("report_changed", who=now.changed_by, at=at)
    states = figure_rows(draft.month, AS_FROZEN, (draft.hotline, draft.petitions))
    printed = file_rows(draft.month, AS_FROZEN, files)
    row = _row(ctx, draft)
    row.sha256 = month_hash(row, states, printed)
    session.add(row)
    session.flush()
    session.add_all([*states.values(), *printed.values()])
    note_access(ctx, session, Access.REPORT_KEPT, f"冻结 {draft.month}，SHA-256 {row.sha256}")


def _row(ctx: Context, draft: Draft) -> FrozenMonth:
    assert ctx.actor.account_id is not None, "only people have the right"
    words: dict[str, Any] = asdict(draft.words)
    return FrozenMonth(
        month=draft.month,
        frozen_at=draft.facts.as_of,
        frozen_by=ctx.actor.account_id,
        frozen_by_name=ctx.actor.name,
        facts=facts_as_json(draft.facts),
        words=words,
    )
