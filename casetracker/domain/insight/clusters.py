"""Cases of one matter put together around the case that most others are tied to.

Stars, not chains: a case joins by a tie of its own to the middle, and a star joins another only
when most of its cases are tied there. So one small likeness never joins two matters, and why a
case belongs can be said in one sentence.
Source: docs/rules/insight.md 2.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casetracker.domain.insight.alike import Pair, Tie

LONGEST_NAME = 20
"""Signs; what is longer is a sentence that was copied."""
LEAST_PERSONS = 2
"""Residents who raised it, so that it is more than one person's repetition."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Places of the cases, the middle one first, and for each other one the case that it is tied
    to most closely, with the tie."""

    members: tuple[int, ...]
    ties: Mapping[int, tuple[int, Tie]]
    name: str
    """What most of them name; empty where they share words only."""


Beside = Mapping[int, Mapping[int, Tie]]


def clusters_of(ties: Mapping[Pair, Tie], categories: Sequence[int | None]) -> list[Cluster]:
    """Each case in at most one cluster, those with most cases first; `categories` by place."""
    beside: defaultdict[int, dict[int, Tie]] = defaultdict(dict)
    for (one, other), tie in ties.items():
        beside[one][other] = tie
        beside[other][one] = tie
    found: list[Cluster] = []
    for new in (_cluster(group, beside) for group in _groups(beside) if len(group) > 1):
        homes = [home for home in found if _same_matter(home, new, beside, categories)]
        if homes:
            joined = _cluster((*homes[0].members, *new.members), beside)
            found[found.index(homes[0])] = joined
        else:
            found.append(new)
    return sorted(found, key=lambda one: (-len(one.members), one.members))


def _same_matter(
    home: Cluster, new: Cluster, beside: Beside, categories: Sequence[int | None]
) -> bool:
    """Whether two groups are tied, name the same, and no category says they are two matters."""
    one, other = home.name, new.name
    if not one or not other or (one not in other and other not in one):
        return False
    if not any(beside[at].keys() & set(home.members) for at in new.members):
        return False
    sorts = [_usual(categories[at] for at in group.members) for group in (home, new)]
    return None in sorts or sorts[0] == sorts[1]


def _usual(values: Iterable[int | None]) -> int | None:
    """The value that most have; None where most have none."""
    counted = Counter(values)
    return min(counted, key=lambda value: (-counted[value], value or 0))


def _stars(beside: Beside) -> Iterator[list[int]]:
    """The case with most ties and what is tied to it, then the next of what is left."""
    taken: set[int] = set()
    for middle in sorted(beside, key=lambda at: (-len(beside[at]), at)):
        if middle not in taken:
            star = [middle, *(at for at in sorted(beside[middle]) if at not in taken)]
            taken.update(star)
            yield star


def _groups(beside: Beside) -> list[list[int]]:
    """The stars, each put to the group that more than half of it is tied to by ties of its own."""
    groups: list[list[int]] = []
    group_of: dict[int, int] = {}
    for star in _stars(beside):
        homes = Counter(
            home
            for at in star
            for home in {group_of[other] for other in beside[at] if other in group_of}
        )
        home = next((at for at in sorted(homes) if 2 * homes[at] > len(star)), len(groups))
        if home == len(groups):
            groups.append([])
        groups[home] += star
        group_of |= dict.fromkeys(star, home)
    return groups


def _cluster(group: Sequence[int], beside: Beside) -> Cluster:
    """With the closest tie of each member to one that stands before it."""
    ties: dict[int, tuple[int, Tie]] = {}
    for place, at in enumerate(group):
        earlier = [other for other in group[:place] if other in beside[at]] or [
            other for other in group[place + 1 :] if other in beside[at]
        ]
        if place and earlier:
            best = max(earlier, key=lambda other: (beside[at][other].similarity, -other))
            ties[at] = best, beside[at][best]
    names = Counter(tie.name for _, tie in ties.values() if tie.name)
    name = min(names, key=lambda one: (len(one) > LONGEST_NAME, -names[one], -len(one), one),
               default="")  # fmt: skip
    return Cluster(tuple(group), ties, name)


def persons_among(keys: Sequence[Iterable[str]]) -> list[int]:
    """For each case the number of the person behind it, from the keyed indexes that it carries.

    Cases that share any index are one person's; a case without any is one of its own.
    """
    parents = list(range(len(keys)))

    def top(at: int) -> int:
        while parents[at] != at:
            at = parents[at]
        return at

    first: dict[str, int] = {}
    for at, carried in enumerate(keys):
        for key in carried:
            parents[top(at)] = top(first.setdefault(key, at))
    return [top(at) for at in range(len(keys))]
