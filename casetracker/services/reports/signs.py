"""Signs in the month's figures that a person looked at and chose to have in the report.

Only while they are past their threshold. Source: docs/rules/appraisal.md §5(4).
"""

from collections.abc import Iterator, Mapping

from sqlalchemy import select

from casetracker.domain.honesty import INDICATORS, Indicator
from casetracker.domain.rates import WUHAN_DEFAULT, period_of
from casetracker.domain.reports.facts import Sign
from casetracker.domain.reports.periods import ReportPeriod, Span
from casetracker.persistence.appraisal import HonestyCheck
from casetracker.services.reports.asking import Asking
from casetracker.stats.honesty import sign_counts


def signs_of(asking: Asking, period: ReportPeriod) -> tuple[Sign, ...]:
    """In the order of the indicators and the units; none for a week or a day."""
    if period.span is not Span.MONTH:
        return ()
    looked = _latest(asking, period.key)
    wanted = [one for one in INDICATORS if any(code == one.code for code, _ in looked)]
    return tuple(sign for one in wanted for sign in _of(asking, period.key, one, looked))


def _latest(asking: Asking, month: str) -> Mapping[tuple[str, int], HonestyCheck]:
    """By indicator and unit the last look, where it chose the report."""
    rows = asking.session.scalars(
        select(HonestyCheck).where(HonestyCheck.month == month).order_by(HonestyCheck.id)
    )
    last = {(row.indicator, row.unit_id): row for row in rows}
    return {key: row for key, row in last.items() if row.in_report}


def _of(
    asking: Asking, month: str, indicator: Indicator, looked: Mapping[tuple[str, int], HonestyCheck]
) -> Iterator[Sign]:
    counts = sign_counts(asking.session, asking.scope, indicator, period_of(WUHAN_DEFAULT, month))
    for one in sorted(counts, key=lambda count: count.unit_id or 0):
        check = looked.get((indicator.code, one.unit_id or 0))
        if check and indicator.is_past(one.found, one.counted, one.satisfied):
            unit = asking.ref.units[check.unit_id]
            yield Sign(
                indicator.name_zh, unit.name, one.found, one.counted, check.note,
                indicator.code, unit.code,
            )  # fmt: skip
