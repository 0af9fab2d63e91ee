"""What became of a month since it was frozen: figures that moved, and the cases that moved them.

Figures are the plain form of a rate (`value`, `numerator`, `denominator`, `excluded`) as doors
give and months keep it. Source: docs/rules/rates.md 10.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from casetracker.domain.frozen.roll import CaseRoll, Member, RollMark

Rate = Mapping[str, Any]
Table = Mapping[str, Any]
"""A month's table: `rows` with `key`, `label`, `metrics`, and a `total` with `metrics`."""

ABSENT = Member(0, 0, (), None, None, "")


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure of a row, or of the total where `label` is None; None where there was no row."""

    key: str | None
    label: str | None
    metric: str
    before: Rate | None
    after: Rate | None


@dataclass(frozen=True, slots=True)
class Move:
    """A case's part in one figure before and after."""

    metric: str
    before: RollMark
    after: RollMark


@dataclass(frozen=True, slots=True)
class CaseMove:
    """A case that came in, went out or changed; `version` of its history before, 0 if not there.

    `rows` are the lines it moved between: dimension, key before and after. `answers` is its
    satisfaction before and after, where that changed.
    """

    case_id: int
    version: int
    moves: tuple[Move, ...]
    rows: tuple[tuple[str, str | None, str | None], ...]
    answers: tuple[str | None, str | None] | None

    @property
    def is_new(self) -> bool:
        return self.version == 0


def table_changes(
    before: Mapping[str, Table], after: Mapping[str, Table]
) -> Iterator[tuple[str, FigureChange]]:
    """The totals that differ, then the rows of each dimension that both have, with its name.

    A table of a single row says no more than the total.
    """
    for place, by in enumerate(one for one in after if one in before):
        changes = list(figure_changes(before[by], after[by]))
        totals = [one for one in changes if one.label is None]
        if place == 0:
            yield from ((by, one) for one in totals)
        if len({row["key"] for table in (before, after) for row in table[by]["rows"]}) > 1:
            yield from ((by, one) for one in changes if one.label is not None)


def figure_changes(before: Table, after: Table) -> Iterator[FigureChange]:
    """The totals that differ, then the rows; a row without any case is as good as none."""
    yield from _changes(None, None, before["total"]["metrics"], after["total"]["metrics"])
    old, new = ({row["key"]: row for row in table["rows"]} for table in (before, after))
    for key in sorted(old.keys() | new.keys(), key=lambda key: (key is None, key or "")):
        label = (new.get(key) or old[key])["label"]
        metrics = (found.get(key, {}).get("metrics", {}) for found in (old, new))
        yield from _changes(key, label, *metrics)


def _changes(
    key: str | None, label: str | None, before: Mapping[str, Rate], after: Mapping[str, Rate]
) -> Iterator[FigureChange]:
    for metric in dict.fromkeys((*before, *after)):
        old, new = before.get(metric), after.get(metric)
        if old != new and not (_is_empty(old) and _is_empty(new)):
            yield FigureChange(key, label, metric, old, new)


def _is_empty(rate: Rate | None) -> bool:
    return rate is None or not (rate["numerator"] or rate["denominator"] or rate["excluded"])


def case_moves(before: CaseRoll, after: CaseRoll) -> Iterator[CaseMove]:
    """Every case whose part, row or answer is another one than before."""
    is_alike = (before.dimensions, before.metrics) == (after.dimensions, after.metrics)
    old = {one.case_id: one for one in before.members}
    new = {one.case_id: one for one in after.members}
    for case_id in dict.fromkeys((*old, *new)):
        then, now = old.get(case_id, ABSENT), new.get(case_id, ABSENT)
        if is_alike and then[2:] == now[2:]:  # nearly all of them
            continue
        move = CaseMove(
            case_id,
            then.version,
            tuple(_moves(_parts(before, then), _parts(after, now))),
            _rows(before, then, after, now),
            _answers(then, now),
        )
        if move.moves or move.rows or move.answers:
            yield move


def _parts(roll: CaseRoll, member: Member) -> dict[str, RollMark]:
    parts = member.parts or RollMark.OUTSIDE * len(roll.metrics)
    return {metric: RollMark(part) for metric, part in zip(roll.metrics, parts, strict=True)}


def _moves(before: Mapping[str, RollMark], after: Mapping[str, RollMark]) -> Iterator[Move]:
    for metric in dict.fromkeys((*before, *after)):
        move = Move(
            metric,
            before.get(metric, RollMark.OUTSIDE),
            after.get(metric, RollMark.OUTSIDE),
        )
        if move.before is not move.after:
            yield move


def _rows(
    before: CaseRoll, then: Member, after: CaseRoll, now: Member
) -> tuple[tuple[str, str | None, str | None], ...]:
    """Lines between which a case moved that stood there before and stands there now."""
    if ABSENT in (then, now):
        return ()
    old = dict(zip(before.dimensions, then.keys, strict=True))
    new = dict(zip(after.dimensions, now.keys, strict=True))
    return tuple((by, old[by], new[by]) for by in old if by in new and old[by] != new[by])


def _answers(then: Member, now: Member) -> tuple[str | None, str | None] | None:
    if ABSENT in (then, now) or then.satisfaction == now.satisfaction:
        return None
    return then.satisfaction, now.satisfaction
