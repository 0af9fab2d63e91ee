"""Which of many cases are about the same matter, also when residents word it differently.

The measure and the thresholds are those of `domain.repeats`; here pairs worth comparing are found
without comparing all with all: cases that share a run of signs which few others have (the name of
an estate, a shop, a road), or an address. Source: docs/rules/insight.md 2.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from casetracker.domain import repeats

RUN = 4
"""Signs in a row that make a name: 丽发新城, 凉塘路口."""
COMMON_SHARE, COMMON_LEAST = 50, 40
"""What more than one case in 50 says, and more than 40 do, is a turn of phrase and no name."""
LEAST_SHARED = 2
"""Rare runs that two cases share, so that their words are worth comparing."""
SAME_SPOT = "same_place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A case as it is compared; `title` and `content` are plain text, `received_at` is aware.

    `area_id` is the community that the matter lies in, where it is known.
    """

    case_id: int
    title: str
    content: str
    category_id: int | None
    area_id: int | None
    place: str | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Tie:
    """Why two cases belong together: how alike their words are (0 to 1), the name that both say,
    and facts in common (codes of `repeats.WEIGHTS`)."""

    similarity: float
    name: str
    facts: tuple[str, ...]


Pair = tuple[int, int]
"""Places of two cases in the sequence, the lower first."""


def ties_among(cases: Sequence[Told]) -> dict[Pair, Tie]:
    """The pairs that a rule of `domain.repeats` holds for, and why; deterministic."""
    read = [_Read.of(case) for case in cases]
    said = Counter(run for one in read for run in one.runs)
    most = max(COMMON_LEAST, len(read) // COMMON_SHARE)
    phrases = frozenset(run for run, times in said.items() if times > most)
    names = {run for run, times in said.items() if 1 < times <= most}
    found: dict[Pair, Tie] = {}
    for one, other in _worth_comparing(read, names):
        tie = _tie(read[one], read[other], phrases)
        if tie is not None:
            found[one, other] = tie
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """A case with its words worked out once."""

    told: Told
    title: str
    text: str
    grams: repeats.Grams
    runs: frozenset[str]
    place: str

    @classmethod
    def of(cls, told: Told) -> "_Read":
        text = repeats.compared(f"{told.title} {told.content}")
        title, place = repeats.plain(told.title), repeats.plain(told.place or "")
        runs = {text[at : at + RUN] for at in range(len(text) - RUN + 1)}
        if place:
            runs.add(f"@{place}")
        return cls(told, title, text, repeats.grams(text), frozenset(runs), place)


def _worth_comparing(read: Sequence[_Read], names: set[str]) -> Iterator[Pair]:
    """Pairs that share an address or at least two rare runs of signs, each once, in order."""
    together: defaultdict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(read):
        shared: list[int] = []
        for run in one.runs & names:
            shared += together[run] * _weight(run)
            together[run].append(at)
        for other, times in sorted(Counter(shared).items()):
            if times >= LEAST_SHARED:
                yield other, at


def _weight(run: str) -> int:
    """An address counts for as many runs as make a pair worth comparing."""
    return LEAST_SHARED if run.startswith("@") else 1


def _tie(one: _Read, other: _Read, phrases: frozenset[str]) -> Tie | None:
    if _lie_apart(one.told, other.told):
        return None
    alike = repeats.jaccard(one.grams, other.grams)
    if alike < _LEAST:
        return None
    name = _common_name(one, other, phrases)
    facts = _in_common(one, other, name)
    apart = abs(one.told.received_at - other.told.received_at)
    holds = any(
        alike >= rule.similarity and apart <= timedelta(days=rule.within_days)
        for rule in repeats.rules_for(facts)
    )
    return Tie(alike, name, facts) if holds else None


_LEAST = min(rule.similarity for rule in repeats.RULES if not rule.same_person)


def _lie_apart(one: Told, other: Told) -> bool:
    """Whether the two are known to lie in different communities: then no words make them one."""
    return None not in (one.area_id, other.area_id) and one.area_id != other.area_id


def _in_common(one: _Read, other: _Read, name: str) -> tuple[str, ...]:
    """The same place is the same address, or a name that both say and one has in its title."""
    same_address = bool(one.place) and one.place == other.place
    names_it = bool(name) and (name in one.title or name in other.title)
    category = one.told.category_id
    common = (
        (SAME_SPOT, same_address or names_it),
        ("same_category", category is not None and category == other.told.category_id),
    )
    return tuple(code for code, holds in common if holds)


def _common_name(one: _Read, other: _Read, phrases: frozenset[str]) -> str:
    """The longest name that both say, first one of a title; empty where they share none."""
    for text, whole in ((one.title, other.text), (other.title, one.text), (one.text, other.text)):
        name = _longest_common(text, whole, phrases)
        if name:
            return name
    return ""


def _longest_common(text: str, whole: str, phrases: frozenset[str]) -> str:
    """The longest run of the text that stands in the whole too and holds no turn of phrase."""
    best, start = "", 0
    while start + max(len(best) + 1, RUN) <= len(text):
        end = start + RUN
        while (
            end <= len(text) and text[end - RUN : end] not in phrases and text[start:end] in whole
        ):
            end += 1
        if end - 1 - start >= max(RUN, len(best) + 1):
            best = text[start : end - 1]
        start += 1
    return best
