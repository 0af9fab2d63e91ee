"""The figures of a month and a year as doors give them.

Live figures are counted within what the reader may see; published ones, frozen or corrected, are
those of the whole street. Source: docs/rules/rates.md.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.frozen.plain_rates import plain_rate
from casetracker.domain.rates import Profile, Rate, previous_month
from casetracker.domain.vocabulary import Basis, Dimension
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.searching import (
    AnnualQuestion,
    MonthlyQuestion,
)
from casetracker.services.context import Context
from casetracker.services.figures.published import (
    kept_figures,
    snapshot_of,
)
from casetracker.services.outcome import iso
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query
from casetracker.stats.annual import annual_table
from casetracker.stats.monthly import monthly_table, totals_of
from casetracker.stats.published import Told
from casetracker.stats.tables import Row


@query
def monthly_figures(ctx: Context, session: Session, asked: MonthlyQuestion) -> dict[str, Any]:
    """`{month, profile, definition_version, as_of, rows, total, …}` with the months compared.

    Raises InvalidInput for a bad month or profile, and for a month that is not frozen or corrected;
    NotPermitted for such figures without the right to reports.
    """
    if asked.basis != Basis.LIVE:
        return kept_figures(ctx, session, asked)
    scope = scope_of(ctx.actor, reference(session))
    table = monthly_table(
        session, scope, ctx.now, month=asked.month, profile=asked.profile, by=asked.by
    )
    return {
        "month": table.month,
        "profile": table.profile.code,
        "definition_version": table.profile.version,
        "basis": asked.basis,
        "as_of": iso(table.as_of),
        "by": table.by,
        "rows": [_row(row) for row in table.rows],
        "total": {"metrics": _rates(table.total.metrics)},
        "previous": _told(table.compared[0], table.previous),
        "last_year": _told(table.compared[1], table.last_year),
        "snapshot": snapshot_of(ctx, session, table.month, table.frozen_version),
        "definition": _definition(table.profile),
    }


def tables_of_month(
    ctx: Context, month: str, profile: str | None, first: Dimension = Dimension.UNIT
) -> dict[str, dict[str, Any]]:
    """The live figures in lines of everything they can be broken down by, `first` the first.

    Raises InvalidInput as above.
    """
    asked = (
        MonthlyQuestion(month=month, profile=profile, by=by, basis=Basis.LIVE)
        for by in dict.fromkeys((first, *Dimension))
    )
    return {one.by.value: monthly_figures(ctx, one) for one in asked}


@query
def annual_figures(ctx: Context, session: Session, asked: AnnualQuestion) -> dict[str, Any]:
    """`{year, profile, definition_version, as_of, months, total, definition}`.

    Raises InvalidInput for an unknown profile.
    """
    scope = scope_of(ctx.actor, reference(session))
    table = annual_table(session, scope, ctx.now, year=asked.year, profile=asked.profile)
    return {
        "year": table.year,
        "profile": table.profile.code,
        "definition_version": table.profile.version,
        "as_of": iso(table.as_of),
        "months": [
            {"month": month, **_other(profile, rates)}
            for (month, rates), profile in zip(table.months, table.profiles, strict=True)
        ],
        "total": {"metrics": _rates(table.total)},
        "definition": _definition(table.profile),
    }


@query
def trend_of(
    ctx: Context, session: Session, asked: MonthlyQuestion, count: int
) -> tuple[list[str], list[dict[str, Any]]]:
    """So many months before the asked one, the oldest first, and of each its `metrics` in all and
    the `basis` on which they are told.
    """
    months = [previous_month(asked.month)]
    while len(months) < count:
        months.insert(0, previous_month(months[0]))
    scope = scope_of(ctx.actor, reference(session))
    totals = totals_of(session, scope, ctx.now, months=months, profile=asked.profile)
    return months, [{"metrics": _rates(one.total), "basis": one.basis} for one in totals]


def _told(profile: Profile, told: Told) -> dict[str, Any]:
    """A month that is compared with: as it was published, or as it is now."""
    version = told.state.version if told.state else profile.version
    return {**_other(profile, told.total), "definition_version": version, "basis": told.basis}


def _other(profile: Profile, rates: Mapping[str, Rate]) -> dict[str, Any]:
    """The figures of another month, with the definitions that held for it."""
    return {
        "profile": profile.code,
        "name": profile.name_zh,
        "definition_version": profile.version,
        "metrics": _rates(rates),
    }


def _row(row: Row) -> dict[str, Any]:
    return {"key": row.key, "label": row.label, "metrics": _rates(row.metrics)}


def _rates(rates: Mapping[str, Rate]) -> dict[str, Any]:
    return {code: plain_rate(rate) for code, rate in rates.items()}


def _definition(profile: Profile) -> dict[str, Any]:
    return {
        "name": profile.name_zh,
        "effective_from": profile.effective_from.isoformat(),
        "aggregation": str(profile.aggregation),
        "decimals": profile.decimals,
        "metrics": {
            metric.code: {
                "name": metric.name_zh,
                "text": metric.definition_zh,
                "source": metric.source,
            }
            for metric in profile.metrics
        },
    }
