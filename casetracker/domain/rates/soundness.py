"""What no profile may say, whoever wrote it: above all that somebody was satisfied unasked.

Fields are named as in the definition (`definitions`), problems by their codes.
Source: docs/rules/rates.md §1, §9.
"""

from collections.abc import Iterator
from fractions import Fraction

from casetracker.domain.errors import InvalidInput
from casetracker.domain.rates.facts import OF_PETITIONS
from casetracker.domain.rates.metric import Metric, Profile, Score
from casetracker.domain.rates.registry import PROFILES
from casetracker.domain.rates.terms import (
    AllOf,
    AnyOf,
    AtLeast,
    Expr,
    Is,
    IsSet,
    Not,
    NotAfter,
    OneOf,
)
from casetracker.domain.vocabulary import ExcludeReason, Satisfaction, Track

SATISFIED = {"satisfaction": "satisfaction", "satisfaction_office": "office_satisfaction"}
"""Metrics that say somebody was satisfied, and the fact in which the answer stands."""
TOOK_PART = {"answer": "satisfaction", "answer_office": "office_satisfaction"}
"""Metrics that say somebody answered."""
FULL_SCORE = 100
LAST_START_DAY = 28
"""Every month has it."""
MOST_DECIMALS = 2

Faults = Iterator[tuple[str, str]]


def require_sound(profile: Profile) -> None:
    """Raises InvalidInput, which names every field that is wrong."""
    faults = dict(_faults(profile))
    if faults:
        raise InvalidInput(faults)


def _faults(profile: Profile) -> Faults:
    if not 1 <= profile.month_start_day <= LAST_START_DAY:
        yield "month_start_day", "bad_start_day"
    if profile.cut_off_hour is not None and not 0 <= profile.cut_off_hour <= 23:
        yield "cut_off_hour", "bad_cut_off_hour"
    if not 0 <= profile.decimals <= MOST_DECIMALS:
        yield "decimals", "bad_decimals"
    if not profile.exclusions <= set(ExcludeReason):
        yield "exclusions", "bad_definition"
    if not _within_track(profile):
        yield "population", "not_of_its_track"
    codes = [metric.code for metric in profile.metrics]
    if codes != _codes_of(profile.track):
        yield "metrics", "metrics_missing"
        return
    for metric in profile.metrics:
        for field, problem in _faults_of_metric(metric, profile.track):
            yield f"metrics.{metric.code}.{field}", problem
    if profile.score is not None:
        yield from _faults_of_score(profile, profile.score)


def _codes_of(track: str) -> list[str]:
    """Pages, papers and clients know each track's metrics by their codes: none may be missing."""
    shipped = next(one for one in PROFILES.values() if one.track == track)
    return [metric.code for metric in shipped.metrics]


def _within_track(profile: Profile) -> bool:
    terms = profile.population.terms if isinstance(profile.population, AllOf) else ()
    return OneOf("track", frozenset({profile.track})) in (profile.population, *terms)


def _faults_of_metric(metric: Metric, track: str) -> Faults:
    if not metric.name_zh.strip():
        yield "name", "required"
    for field, term in (("numerator", metric.numerator), ("denominator", metric.denominator)):
        if term is not None and not _known_to(track, facts_in(term)):
            yield field, "fact_of_other_track"
    if not _known_to(track, {metric.window}):
        yield "window", "fact_of_other_track"
    if metric.empty is not None and not 0 <= metric.empty <= 1:
        yield "empty", "bad_definition"
    yield from _faults_of_weights(metric)
    yield from _unasked(metric)


def _known_to(track: str, facts: set[str]) -> bool:
    """Facts of petitions stand on their own table, which hotline cases have no row in."""
    return track == Track.PETITION or not facts & OF_PETITIONS


def _faults_of_weights(metric: Metric) -> Faults:
    if metric.weights is None:
        return
    if metric.code != "satisfaction":
        yield "numerator", "weights_of_satisfaction"
    if not all(0 <= weight <= 1 for weight in metric.weights.values()):
        yield "weights", "bad_weight"
    if metric.weights.get(Satisfaction.DISSATISFIED):
        yield "weights", "dissatisfied_counted"


def _unasked(metric: Metric) -> Faults:
    """Nobody who was not asked, not reached or did not answer is satisfied, or took part."""
    asks = SATISFIED.get(metric.code) or TOOK_PART.get(metric.code)
    if asks is None:
        return
    if metric.denominator is None:
        yield "denominator", "needs_denominator"
    if metric.empty:
        yield "empty", "nobody_asked_counted"
    if metric.numerator is None:
        return
    if not _only_answers(metric.numerator, asks, told=metric.code in SATISFIED):
        yield "numerator", "unasked_counted"


def _only_answers(term: Expr, asks: str, *, told: bool) -> bool:
    """Whether nobody without an answer fulfils it; `told`: nobody who was dissatisfied either."""
    match term:
        case OneOf(fact, values):
            return fact == asks and not (told and Satisfaction.DISSATISFIED in values)
        case IsSet(fact):
            return fact == asks and not told
        case AllOf(terms):
            return any(_only_answers(each, asks, told=told) for each in terms)
        case AnyOf(terms):
            return bool(terms) and all(_only_answers(each, asks, told=told) for each in terms)
        case _:
            return False


def _faults_of_score(profile: Profile, score: Score) -> Faults:
    parts = [*score.weights.items(), *score.flat.items(), *score.share.items()]
    rates = {metric.code for metric in profile.metrics if not metric.is_count}
    if not {code for code, _ in parts} <= {metric.code for metric in profile.metrics}:
        yield "score", "bad_definition"
    if not score.weights or not {*score.weights, *score.flat} <= rates:
        yield "score", "score_needs_rates"
    if not set(score.share) <= {metric.code for metric in profile.metrics} - rates:
        yield "score", "share_of_a_count"
    if any(points <= 0 for _, points in parts) or _sum(parts) > FULL_SCORE:
        yield "score", "bad_points"


def _sum(parts: list[tuple[str, Fraction]]) -> Fraction:
    return sum((points for _, points in parts), Fraction(0))


def facts_in(term: Expr) -> set[str]:
    """The facts of a case that a condition looks at."""
    match term:
        case IsSet(fact) | Is(fact) | OneOf(fact, _) | AtLeast(fact, _):
            return {fact}
        case NotAfter(first, second):
            return {first, second}
        case AllOf(terms) | AnyOf(terms):
            return set().union(*(facts_in(each) for each in terms))
        case Not(inner):
            return facts_in(inner)
