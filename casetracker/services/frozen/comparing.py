"""A frozen month against the street as it is now: figures, and the cases that moved them.

Compared with the last correction, where there is one. A case that the reader may not see is named
nowhere. Source: docs/rules/rates.md 10.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import NotFound
from casetracker.domain.frozen.changes import (
    CaseLine,
    FigureLine,
    MonthChanges,
    ProfileChanges,
    rate_in_words,
)
from casetracker.domain.frozen.differences import (
    CaseMove,
    FigureChange,
    case_moves,
    table_changes,
)
from casetracker.domain.frozen.roll import CaseRoll
from casetracker.domain.history import document_hash
from casetracker.domain.permissions import Right, Scope
from casetracker.domain.rates import Profile
from casetracker.domain.reports.behind import DENOMINATOR, NUMERATOR
from casetracker.domain.vocabulary import Dimension, Satisfaction
from casetracker.labels import label
from casetracker.persistence.case import Case
from casetracker.persistence.frozen import FrozenFigures
from casetracker.persistence.queries.frozen_months import (
    corrections_of,
    frozen_month,
    states_of,
)
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.context import Context, require_right
from casetracker.services.frozen.kept_changes import changes_as_json
from casetracker.services.frozen.month_figures import MonthFigures, live_figures
from casetracker.services.frozen.steps_since import steps_since
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query
from casetracker.stats.pooling import SCORE

MOST_CASES = 2000
"""Cases that a comparison names, in the order of their registration; all are counted."""

AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Comparison:
    """What moved, and the figures of now that a correction would keep."""

    changes: MonthChanges
    figures: tuple[MonthFigures, ...]

    @property
    def mark(self) -> str:
        """The same as long as nothing else moved."""
        plain = changes_as_json(replace(self.changes, as_of=self.changes.since))
        return document_hash(plain)[:24]


@query
def compare_month(ctx: Context, session: Session, month: str) -> Comparison:
    """Raises NotPermitted, NotFound for a month that is not frozen, Conflict."""
    require_right(ctx, Right.REPORTS)
    row = frozen_month(session, month)
    if row is None:
        raise NotFound(month=month)
    corrections = corrections_of(session, month)
    number = corrections[-1].number if corrections else 0
    since = corrections[-1].issued_at if corrections else row.frozen_at
    figures, changes = [], []
    for before in states_of(session, month, number).values():
        after = live_figures(ctx, session, month, before.profile)
        figures.append(after)
        changes.append(_changes(ctx, session, before, after, since))
    return Comparison(MonthChanges(month, number, since, ctx.now, tuple(changes)), tuple(figures))


def _changes(
    ctx: Context, session: Session, before: FrozenFigures, after: MonthFigures, since: datetime
) -> ProfileChanges:
    moves = list(case_moves(CaseRoll.from_json(before.roll), after.roll))
    numbers = _numbers(session, scope_of(ctx.actor, reference(session)), moves)
    names = Names(after, before.tables)
    seen = [move for move in moves if move.case_id in numbers]
    return ProfileChanges(
        profile=before.profile,
        name=after.profile.name_zh,
        version=before.version,
        figures=tuple(_figures(after, before.tables)),
        cases=tuple(_cases(session, names, seen[:MOST_CASES], numbers, since)),
        case_count=len(seen),
    )


def _figures(after: MonthFigures, before: Mapping[str, Any]) -> Iterator[FigureLine]:
    for by, one in table_changes(before, after.tables):
        said = partial(rate_in_words, decimals=after.profile.decimals, is_score=one.metric == SCORE)
        name, of = _metric_name(after, one.metric), label(Dimension(by))
        line = FigureLine(one.label, name, said(one.before), said(one.after), of)
        yield line if one.metric == SCORE else _listed(line, after.profile, by, one)


def _listed(line: FigureLine, profile: Profile, by: str, one: FigureChange) -> FigureLine:
    """With the names of the list of its cases."""
    part = NUMERATOR if profile.metric(one.metric).is_count else DENOMINATOR
    among = {} if one.label is None else {"by": by, "key": one.key or ""}
    return replace(line, code=one.metric, part=part, among=among)


def _metric_name(figures: MonthFigures, code: str) -> str:
    return "综合成绩" if code == SCORE else figures.profile.metric(code).name_zh


def _numbers(session: Session, scope: Scope, moves: Sequence[CaseMove]) -> dict[int, str]:
    """Numbers of the cases that the reader may see."""
    numbers: dict[int, str] = {}
    ids = [move.case_id for move in moves]
    for start in range(0, len(ids), AT_A_TIME):
        batch = ids[start : start + AT_A_TIME]
        query = select(Case.id, Case.number).where(Case.id.in_(batch), visible(scope))
        numbers |= {row.id: row.number for row in session.execute(query)}
    return numbers


@dataclass(frozen=True, slots=True)
class Names:
    """What metrics and rows are called, in the tables of now and of then."""

    figures: MonthFigures
    before: Mapping[str, Any]

    def metric(self, code: str) -> str:
        return _metric_name(self.figures, code)

    def row(self, by: str, key: str | None) -> str:
        for tables in (self.figures.tables, self.before):
            for row in tables[by]["rows"]:
                if row["key"] == key:
                    return str(row["label"])
        return key or "—"


def _cases(
    session: Session,
    names: Names,
    moves: Sequence[CaseMove],
    numbers: Mapping[int, str],
    since: datetime,
) -> Iterator[CaseLine]:
    steps = steps_since(session, moves, since)
    for move in moves:
        yield CaseLine(
            move.case_id,
            numbers[move.case_id],
            tuple(_moved(names, move)),
            steps.get(move.case_id, ()),
        )


def _moved(names: Names, move: CaseMove) -> Iterator[str]:
    """`计入分子 → 剔除：受理量、满意率`, `承办单位：东风社区 → 新河社区`."""
    metrics: dict[str, list[str]] = {}
    for one in move.moves:
        way = f"{label(one.before)} → {label(one.after)}"
        metrics.setdefault(way, []).append(names.metric(one.metric))
    for way, named in metrics.items():
        yield f"{way}：{'、'.join(named)}"
    for by, before, after in move.rows:
        if by != Dimension.UNIT_GROUP:  # the unit says it
            rows = (names.row(by, key) for key in (before, after))
            yield f"{label(Dimension(by))}：{' → '.join(rows)}"
    if move.answers is not None:
        words = (label(Satisfaction(one)) if one else "无评价" for one in move.answers)
        yield f"评价：{' → '.join(words)}"
