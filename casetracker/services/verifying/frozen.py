"""M1, M2: frozen months and corrections are as they were kept, and agree with their cases.

Source: docs/rules/rates.md 10.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from sqlalchemy import select

from casetracker.domain.frozen.roll import CaseRoll, Recount
from casetracker.persistence.frozen import FrozenFigures, FrozenMonth, MonthCorrection
from casetracker.persistence.queries.frozen_months import AS_FROZEN, files_of, states_of
from casetracker.services.frozen.correcting import hash_before
from casetracker.services.frozen.seals import correction_hash, month_hash
from casetracker.services.verifying.findings import Finding, Sight


def sealed(sight: Sight) -> Iterator[Finding]:
    """M1: the hash over all that is kept still holds, and no correction is missing."""
    session = sight.session
    for row in session.scalars(select(FrozenMonth).order_by(FrozenMonth.month)):
        printed = files_of(session, row.month, AS_FROZEN)
        if month_hash(row, states_of(session, row.month, AS_FROZEN), printed) != row.sha256:
            yield Finding("M1", "冻结的月份被改动", detail=row.month)
        yield from _corrections(sight, row.month)


def _corrections(sight: Sight, month: str) -> Iterator[Finding]:
    session = sight.session
    query = select(MonthCorrection).where(MonthCorrection.month == month)
    for place, row in enumerate(session.scalars(query.order_by(MonthCorrection.number)), 1):
        named = f"{month} 第{row.number}次"
        if row.number != place:
            yield Finding("M1", "更正缺号", detail=named)
            return
        states = states_of(session, month, row.number)
        printed = files_of(session, month, row.number)
        before = hash_before(session, month, row.number)
        if correction_hash(row, states, printed, before) != row.sha256:
            yield Finding("M1", "更正被改动", detail=named)


def counted_again(sight: Sight) -> Iterator[Finding]:
    """M2: every kept figure is what its kept cases make it."""
    for row in sight.session.scalars(select(FrozenFigures).execution_options(yield_per=1)):
        for by, key, metric in _wrong(row, CaseRoll.from_json(row.roll)):
            where = f"{row.month} {row.profile} {by} {key or '-'} {metric}"
            yield Finding("M2", "冻结的数字与名单不符", detail=where)


def _wrong(row: FrozenFigures, roll: CaseRoll) -> Iterator[tuple[str, str | None, str]]:
    """Dimension, key and metric of each figure that its cases do not make."""
    whole = roll.recount()
    weights_of = {one["code"]: _exact(one["weights"]) for one in row.definition["metrics"]}
    for by, table in row.tables.items():
        found = roll.recount(by)
        for metric in roll.metrics:
            weights = weights_of[metric]
            if not _agree(table["total"], metric, whole[None, metric], weights):
                yield by, None, metric
            for line in table["rows"]:
                if not _agree(line, metric, found[line["key"], metric], weights):
                    yield by, line["key"], metric


def _exact(weights: Mapping[str, str] | None) -> Mapping[str, Fraction] | None:
    if weights is None:
        return None
    return {answer: Fraction(text) for answer, text in weights.items()}


def _agree(
    line: Mapping[str, Any], metric: str, counted: Recount, weights: Mapping[str, Fraction] | None
) -> bool:
    told = line["metrics"][metric]
    denominator = None if told["denominator"] is None else counted.denominator
    made = (float(counted.credit(weights)), denominator, counted.excluded)
    return made == (told["numerator"], told["denominator"], told["excluded"])
