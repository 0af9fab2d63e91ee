"""A profile as plain JSON values and back, exactly: terms as trees, fractions as text.

Read back it is the same profile. What is read is refused by the name of the field that is wrong.
Source: docs/rules/rates.md §9.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from typing import Any

from casetracker.domain.errors import InvalidInput
from casetracker.domain.rates.facts import INSTANTS
from casetracker.domain.rates.metric import Metric, Profile, Score
from casetracker.domain.rates.soundness import require_sound
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
from casetracker.domain.vocabulary import Aggregation, Satisfaction, Track

Plain = dict[str, Any]


def definition_of(profile: Profile) -> Plain:
    """The whole profile as values that JSON can hold."""
    return {
        "code": profile.code,
        "name": profile.name_zh,
        "version": profile.version,
        "effective_from": profile.effective_from.isoformat(),
        "track": str(profile.track),
        "population": plain_term(profile.population),
        "exclusions": sorted(str(one) for one in profile.exclusions),
        "month_start_day": profile.month_start_day,
        "cut_off_hour": profile.cut_off_hour,
        "decimals": profile.decimals,
        "aggregation": str(profile.aggregation),
        "metrics": [_plain_metric(metric) for metric in profile.metrics],
        "score": None if profile.score is None else _plain_score(profile.score),
    }


def profile_from(plain: Mapping[str, Any]) -> Profile:
    """The profile of a definition.

    Raises InvalidInput under the field's name, such as `metrics.satisfaction.numerator`, for what
    cannot be read and for what no profile may say (`soundness`).
    """
    profile = Profile(
        code=_field(plain, "code", str),
        name_zh=_field(plain, "name", str),
        version=_field(plain, "version", str),
        effective_from=_field(plain, "effective_from", date.fromisoformat),
        track=_field(plain, "track", Track),
        metrics=_field(plain, "metrics", lambda rows: tuple(_metric(row) for row in rows)),
        population=_field(plain, "population", _term),
        exclusions=_field(plain, "exclusions", frozenset),
        month_start_day=_field(plain, "month_start_day", int),
        cut_off_hour=_field(plain, "cut_off_hour", _optional(int)),
        decimals=_field(plain, "decimals", int),
        aggregation=_field(plain, "aggregation", Aggregation),
        score=_field(plain, "score", _optional(_score)),
    )
    require_sound(profile)
    return profile


def _plain_metric(metric: Metric) -> Plain:
    weights = metric.weights
    return {
        "code": metric.code,
        "name": metric.name_zh,
        "numerator": None if metric.numerator is None else plain_term(metric.numerator),
        "denominator": None if metric.denominator is None else plain_term(metric.denominator),
        "weights": None if weights is None else _plain_points(weights),
        "window": metric.window,
        "empty": None if metric.empty is None else str(metric.empty),
        "text": metric.definition_zh,
        "source": metric.source,
    }


def _metric(plain: Mapping[str, Any]) -> Metric:
    code = _field(plain, "code", str)
    with _under(code):
        return Metric(
            code=code,
            name_zh=_field(plain, "name", str),
            numerator=_field(plain, "numerator", _optional(_term)),
            denominator=_field(plain, "denominator", _optional(_term)),
            weights=_field(plain, "weights", _optional(_weights)),
            window=_field(plain, "window", _instant),
            empty=_field(plain, "empty", _optional(Fraction)),
            definition_zh=_field(plain, "text", str),
            source=_field(plain, "source", str),
        )


def _plain_score(score: Score) -> Plain:
    return {
        "weights": _plain_points(score.weights),
        "flat": _plain_points(score.flat),
        "share": _plain_points(score.share),
        "text": score.definition_zh,
        "source": score.source,
    }


def _score(plain: Mapping[str, Any]) -> Score:
    return Score(
        weights=_field(plain, "weights", _points),
        flat=_field(plain, "flat", _points),
        share=_field(plain, "share", _points),
        definition_zh=_field(plain, "text", str),
        source=_field(plain, "source", str),
    )


def _plain_points(points: Mapping[Any, Fraction]) -> dict[str, str]:
    return {str(name): str(Fraction(value)) for name, value in points.items()}


def _points(plain: Mapping[str, str]) -> dict[str, Fraction]:
    return {name: Fraction(value) for name, value in plain.items()}


def _weights(plain: Mapping[str, str]) -> dict[Satisfaction, Fraction]:
    return {Satisfaction(name): Fraction(value) for name, value in plain.items()}


def _instant(name: str) -> str:
    if name not in INSTANTS:
        raise ValueError(name)
    return name


def plain_term(term: Expr) -> Plain:
    """The term as a tree of plain values, always the same for the same term."""
    match term:
        case IsSet(fact):
            return {"is_set": fact}
        case Is(fact):
            return {"is": fact}
        case OneOf(fact, values):
            return {"one_of": [fact, sorted(str(value) for value in values)]}
        case AtLeast(fact, number):
            return {"at_least": [fact, number]}
        case NotAfter(first, second):
            return {"not_after": [first, second]}
        case AllOf(terms):
            return {"all": [plain_term(each) for each in terms]}
        case AnyOf(terms):
            return {"any": [plain_term(each) for each in terms]}
        case Not(inner):
            return {"not": plain_term(inner)}


_READERS: Mapping[str, Callable[[Any], Expr]] = {
    "is_set": IsSet,
    "is": Is,
    "one_of": lambda told: OneOf(told[0], frozenset(told[1])),
    "at_least": lambda told: AtLeast(told[0], int(told[1])),
    "not_after": lambda told: NotAfter(told[0], told[1]),
    "all": lambda told: AllOf(tuple(_term(each) for each in told)),
    "any": lambda told: AnyOf(tuple(_term(each) for each in told)),
    "not": lambda told: Not(_term(told)),
}


def _term(plain: Mapping[str, Any]) -> Expr:
    [(kind, told)] = plain.items()
    return _READERS[kind](told)


def _optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _field(plain: Mapping[str, Any], name: str, read: Callable[[Any], Any]) -> Any:
    """What stands under a name, read; refused under that name."""
    with _under(name):
        return read(plain[name])


@contextmanager
def _under(name: str) -> Iterator[None]:
    """Refusals carry the name of the field in which they arose."""
    try:
        yield
    except InvalidInput as error:
        problems = {f"{name}.{field}": code for field, code in error.problems.items()}
        raise InvalidInput(problems) from None
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        raise InvalidInput({name: "bad_definition"}) from None
