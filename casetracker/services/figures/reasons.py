"""Why a case counts in a figure or not, in words, and who applied for and granted an exclusion.

Source: docs/rules/appraisal.md §1.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from casetracker.domain.days import local_date
from casetracker.domain.rates import Membership, Metric
from casetracker.domain.rates.reasons import Reason, reason_of
from casetracker.domain.vocabulary import ExcludeReason, RequestKind, RequestStatus
from casetracker.labels import label
from casetracker.labels.of_days import day_words
from casetracker.labels.of_the_facts import Reading
from casetracker.labels.of_the_reasons import reason_words
from casetracker.persistence.account import Account
from casetracker.persistence.working import DecisionRequest
from casetracker.stats.facts import facts_of_cases
from casetracker.stats.insights import Asked

FigurePart = Literal["numerator", "denominator", "excluded", "outside"]
"""`denominator` of a case that counts but adds nothing, `outside` of one that does not count."""
UNCOUNTS = (RequestKind.EXCLUSION, RequestKind.APPEAL, RequestKind.JUDGEMENT)
"""Requests that take a case out of the rates when they are granted."""


@dataclass(frozen=True, slots=True)
class ExclusionView:
    """Who asked to leave the case out and on what grounds, and who granted it."""

    requested_by: str | None
    requested_at: datetime
    grounds: str
    decided_by: str | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class InFigure:
    """Where one case stands in one figure, what it adds to the numerator, and why."""

    part: FigurePart
    credit: Fraction
    words: tuple[str, ...]
    exclusion: ExclusionView | None = None


def reasons_of(
    session: Session, place: Asked, metrics: Sequence[Metric], ids: Collection[int]
) -> Mapping[int, Mapping[str, InFigure]]:
    """By id of the case and code of the metric; the scope is the caller's. Two statements."""
    facts = facts_of_cases(session, ids)
    excluded = [id for id, row in facts.items() if row["excluded"] is not None]
    exclusions = _exclusions(session, excluded) if excluded else {}
    return {
        id: {m.code: _standing(place, m, row, exclusions.get(id)) for m in metrics}
        for id, row in facts.items()
    }


def _standing(place: Asked, metric: Metric, row: Any, exclusion: ExclusionView | None) -> InFigure:
    reason = reason_of(metric, place.profile, row, window=place.window, as_of=place.as_of)
    reading = Reading(row, place.as_of, metric.window)
    words = reason_words(reading, metric, place.profile, reason)
    if reason.membership is not Membership.EXCLUDED:
        return InFigure(_part(metric, reason), reason.credit, words)
    told = exclusion_words(row["excluded"], exclusion, place.as_of)
    return InFigure("excluded", Fraction(0), (*words, *told), exclusion)


def _part(metric: Metric, reason: Reason) -> FigurePart:
    if reason.membership is Membership.OUTSIDE:
        return "outside"
    return "numerator" if reason.credit or metric.is_count else "denominator"


def exclusion_words(
    reason: ExcludeReason, view: ExclusionView | None, as_of: datetime
) -> Iterator[str]:
    """`不计考核：法定途径`, `李强 10月2日申请`, `王敏 10月3日同意`."""
    yield f"不计考核：{label(reason)}"
    if view is None:
        yield "没有申请和审批的记录（随历史数据导入）"
        return
    today = local_date(as_of)
    yield f"{view.requested_by or '系统'} {day_words(local_date(view.requested_at), today)}申请"
    if view.decided_at is not None:
        yield f"{view.decided_by or '系统'} {day_words(local_date(view.decided_at), today)}同意"


def _exclusions(session: Session, ids: Collection[int]) -> Mapping[int, ExclusionView]:
    """The last granted request of each case."""
    asker, decider = aliased(Account), aliased(Account)
    rows = session.execute(
        select(
            DecisionRequest.case_id, asker.name, DecisionRequest.requested_at,
            DecisionRequest.reason, decider.name, DecisionRequest.decided_at,
        )
        .outerjoin(asker, asker.id == DecisionRequest.requested_by)
        .outerjoin(decider, decider.id == DecisionRequest.decided_by)
        .where(
            DecisionRequest.case_id.in_(ids),
            DecisionRequest.kind.in_(UNCOUNTS),
            DecisionRequest.status == RequestStatus.GRANTED,
        )
        .order_by(DecisionRequest.decided_at, DecisionRequest.id)
    )  # fmt: skip
    return {row[0]: ExclusionView(*row[1:]) for row in rows}
