"""A copied profile changed piece by piece; each change gives a sound profile or is refused.

Its words are made from what was chosen, so that they cannot say anything else.
Source: docs/rules/rates.md §9.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from casetracker.domain.errors import InvalidInput
from casetracker.domain.rates.choices import CONDITIONS, WEIGHTED, WINDOWS
from casetracker.domain.rates.metric import Metric, Profile, Score
from casetracker.domain.rates.soundness import require_sound
from casetracker.domain.rates.terms import Expr
from casetracker.domain.vocabulary import Satisfaction

ANSWERS: Mapping[Satisfaction, str] = {
    Satisfaction.SATISFIED: "满意",
    Satisfaction.BASICALLY: "基本满意",
    Satisfaction.FAIR: "一般",
}
"""Answers that may have a weight; 不满意 never has."""


OF_THE_OFFICE = "本街道自定"
"""The source of a definition that was changed without naming a document."""
OF_A_MONTH = "归月"
"""After the instant that places a case."""


class Scoring(StrEnum):
    """How a metric earns points of the score."""

    NONE = "none"
    RATE = "rate"  # points times the rate
    FLAT = "flat"  # all of them where there is anything to judge
    SHARE = "share"  # points times the unit's part in the count of its group


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricDraft:
    """What was chosen for a metric: codes of `choices`; a plain count has no denominator.

    `basis` is the document that says so; None keeps the one given before while nothing is counted
    otherwise.
    """

    name: str
    numerator: str
    denominator: str | None
    window: str
    weights: Mapping[Satisfaction, Fraction] = field(default_factory=dict)
    empty: Fraction | None = None
    scoring: Scoring = Scoring.NONE
    points: Fraction | None = None
    basis: str | None = None


def copy_of(profile: Profile, *, code: str, version: str, name: str, start: date) -> Profile:
    """The same definitions as a version of their own."""
    return replace(profile, code=code, version=version, name_zh=name, effective_from=start)


def with_metric(profile: Profile, code: str, draft: MetricDraft) -> Profile:
    """The profile with that metric as drafted. Raises InvalidInput by the draft's field names."""
    metric = _drafted(profile, profile.metric(code), draft)
    metrics = tuple(metric if one.code == code else one for one in profile.metrics)
    changed = replace(profile, metrics=metrics, score=_score(profile, code, draft))
    if changed.score is not None:
        changed = replace(changed, score=_worded(changed, changed.score))
    _require_sound(changed, code)
    return changed


def _drafted(profile: Profile, metric: Metric, draft: MetricDraft) -> Metric:
    weighted = draft.numerator == WEIGHTED
    if weighted and not any(draft.weights.values()):
        raise InvalidInput({"satisfied": "weights_needed"})
    if draft.window not in WINDOWS[profile.track]:
        raise InvalidInput({"window": "unknown_choice"})
    denominator = None if metric.is_count else _chosen(profile, "denominator", draft.denominator)
    drafted = replace(
        metric,
        name_zh=draft.name,
        numerator=None if weighted else _chosen(profile, "numerator", draft.numerator),
        denominator=denominator,
        weights=_kept(draft.weights) if weighted else None,
        window=draft.window,
        empty=None if metric.is_count else draft.empty,
        source=draft.basis or metric.source,
    )
    if replace(drafted, name_zh=metric.name_zh, source=metric.source) == metric:
        return drafted
    return replace(
        drafted, definition_zh=_words(profile, draft), source=draft.basis or OF_THE_OFFICE
    )


def _chosen(profile: Profile, field: str, code: str | None) -> Expr:
    if code is None:
        raise InvalidInput({field: "required"})
    if code not in CONDITIONS[profile.track]:
        raise InvalidInput({field: "unknown_choice"})
    return CONDITIONS[profile.track][code].term


def _kept(weights: Mapping[Satisfaction, Fraction]) -> dict[Satisfaction, Fraction]:
    return {answer: weight for answer, weight in weights.items() if weight}


def _words(profile: Profile, draft: MetricDraft) -> str:
    """`(满意×1+基本满意×0.9) ÷ 有效回访；按登记时间归月`."""
    conditions = CONDITIONS[profile.track]
    if draft.numerator == WEIGHTED:
        parts = "+".join(
            f"{ANSWERS[answer]}×{number_words(weight)}"
            for answer, weight in _kept(draft.weights).items()
        )
        top = f"({parts})"
    else:
        top = conditions[draft.numerator].words
    below = f" ÷ {conditions[draft.denominator].words}" if draft.denominator else ""
    return f"{top}{below}；按{WINDOWS[profile.track][draft.window]}{OF_A_MONTH}"


def number_words(number: Fraction) -> str:
    """`0.9`, `1`, or `1/3` where decimals do not end."""
    decimal = f"{float(number):.6g}"
    return decimal if Fraction(decimal) == number else str(number)


def _score(profile: Profile, code: str, draft: MetricDraft) -> Score | None:
    """The score with this metric's part as drafted; none where no part is left."""
    old = profile.score
    parts: dict[Scoring, dict[str, Fraction]] = {
        Scoring.RATE: dict(old.weights) if old else {},
        Scoring.FLAT: dict(old.flat) if old else {},
        Scoring.SHARE: dict(old.share) if old else {},
    }
    for part in parts.values():
        part.pop(code, None)
    if draft.scoring is not Scoring.NONE:
        if draft.points is None:
            raise InvalidInput({"points": "points_needed"})
        parts[draft.scoring][code] = draft.points
    if not any(parts.values()):
        return None
    source = old.source if old else profile.metric(code).source
    return Score(
        weights=parts[Scoring.RATE],
        flat=parts[Scoring.FLAT],
        share=parts[Scoring.SHARE],
        source=draft.basis or source,
        definition_zh=old.definition_zh if old else "",
    )


def _worded(profile: Profile, score: Score) -> Score:
    """The score with its words: `响应率×10 + 解决率×50 + 满意率×40`."""
    said = {"": score.weights, "占本组比重": score.share}
    parts = [
        f"{profile.metric(code).name_zh}{words}×{number_words(points)}"
        for words, among in said.items()
        for code, points in among.items()
    ]
    parts += [
        f"有{profile.metric(code).name_zh}的得{number_words(points)}"
        for code, points in score.flat.items()
    ]
    return replace(score, definition_zh=f"综合成绩 = {' + '.join(parts)}")


def scoring_of(profile: Profile, code: str) -> tuple[Scoring, Fraction | None]:
    """How the metric earns points now, and how many."""
    score = profile.score
    if score is not None:
        ways = {
            Scoring.RATE: score.weights, Scoring.FLAT: score.flat, Scoring.SHARE: score.share,
        }  # fmt: skip
        for way, part in ways.items():
            if code in part:
                return way, part[code]
    return Scoring.NONE, None


def _require_sound(profile: Profile, code: str) -> None:
    """Refusals under the draft's own field names."""
    try:
        require_sound(profile)
    except InvalidInput as error:
        own = f"metrics.{code}."
        names = {"weights": "satisfied", "score": "points"}
        fields = {name.removeprefix(own): problem for name, problem in error.problems.items()}
        raise InvalidInput({names.get(n, n): problem for n, problem in fields.items()}) from None
