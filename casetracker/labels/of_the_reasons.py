"""Why a case stands in a figure or not, in Chinese.

A condition is worded by what is true of the case, whether it speaks for counting it or against:
`10月9日 16:20 答复，在期限内`. Source: docs/rules/appraisal.md §1.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from casetracker.domain.rates import Membership, Metric, Profile, month_of
from casetracker.domain.rates.facts import AS_OF, fact
from casetracker.domain.rates.reasons import Leaf, Reason, facts_in
from casetracker.domain.rates.terms import AtLeast, IsSet, NotAfter
from casetracker.labels.of_the_facts import (
    ACTS,
    DATES,
    Reading,
    count_words,
    fact_words,
    instant_words,
)

OUT_OF_BASE = "不在本指标的统计范围"
NO_MONTH = "不计入任何一个月"


def reason_words(
    reading: Reading, metric: Metric, profile: Profile, reason: Reason
) -> tuple[str, ...]:
    """What placed the case, and what decided that it counts, or does not; the exclusion apart."""
    placed = instant_words(reading, metric.window)
    if reason.membership is Membership.OUTSIDE:
        against = leaves_words(reading, reason.outside)
        outside = (*against, OUT_OF_BASE) if against else ()
        return (_not_placed(placed, profile, reason) or placed, *outside)
    decided = leaves_words(reading, (*reason.base, *reason.numerator))
    if metric.weights is None:
        return (placed, *decided)
    return (placed, *decided, f"按 {_number(reason.credit)} 计")


def _not_placed(placed: str, profile: Profile, reason: Reason) -> str | None:
    if reason.is_placed:
        return None
    if reason.instant is None:
        return f"{placed}，{NO_MONTH}"
    return f"{placed}，属于 {month_of(profile, reason.instant)}"


def _number(credit: Fraction) -> str:
    return str(credit) if credit.denominator == 1 else f"{float(credit):g}"


def leaf_words(reading: Reading, leaf: Leaf) -> str:
    """What is true of the case where the condition looks."""
    if isinstance(leaf, NotAfter):
        return _compared(reading, leaf.first, leaf.second)
    if isinstance(leaf, AtLeast):
        return count_words(reading, leaf.fact)
    return fact_words(reading, leaf.fact)


def leaves_words(reading: Reading, leaves: Iterable[Leaf]) -> tuple[str, ...]:
    """The conditions in words, none that another one says as well."""
    return tuple(dict.fromkeys(leaf_words(reading, leaf) for leaf in _telling(reading, leaves)))


def _telling(reading: Reading, leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """Without what looks at less than another one does; the placing instant is told already."""
    kept = list(leaves)
    for leaf in kept:
        looked_at = facts_in(leaf) - {AS_OF}
        told = isinstance(leaf, IsSet) and leaf.fact == reading.placed_by
        if not told and not any(looked_at < facts_in(other) - {AS_OF} for other in kept):
            yield leaf


def _compared(reading: Reading, first: str, second: str) -> str:
    """How the one instant lies to the other."""
    if AS_OF in (first, second):
        return _by_now(reading, first if second == AS_OF else second)
    if second in DATES and first in ACTS:
        return _against_limit(reading, first, second)
    words = f"{instant_words(reading, first)}，{instant_words(reading, second)}"
    one, other = fact(reading.case, first), fact(reading.case, second)
    if one is None or other is None:
        return words
    return f"{words}，{'未晚于后者' if one <= other else '晚于后者'}"


def _by_now(reading: Reading, name: str) -> str:
    """An instant against the moment of reading."""
    value = fact(reading.case, name)
    if name in ACTS:
        is_done = value is not None and value <= reading.as_of
        return instant_words(reading, name) if is_done else f"截至统计时未{ACTS[name]}"
    if value is None:
        return instant_words(reading, name)
    return f"{_named(reading, name)}{'未过' if reading.as_of <= value else '已过'}"


def _against_limit(reading: Reading, act: str, limit: str) -> str:
    done, until = fact(reading.case, act), fact(reading.case, limit)
    words, named = instant_words(reading, act), _named(reading, limit).rstrip()
    if until is None:
        return f"{words}，没有{DATES[limit]}"
    if done is None:
        return f"{words}，{'已过' if until < reading.as_of else '未到'}{named}"
    return f"{words}，在{named}内" if done <= until else f"{words}，超过{named}"


def _named(reading: Reading, date: str) -> str:
    """期限 is enough for the date that placed the case: it was just told."""
    return "期限" if date == reading.placed_by else f"{instant_words(reading, date)} "
