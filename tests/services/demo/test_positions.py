"""Communities of the demonstration street lie apart from each other, and matters within theirs."""

from itertools import combinations
from math import cos, dist, radians

from casetracker.services.demo.organisation import AREAS
from casetracker.services.demo.positions import position


def _spot(area: str, number: int) -> tuple[float, float]:
    found = position(area, number)
    return found["lat"], found["lon"] * cos(radians(found["lat"]))


def test_a_matter_lies_nearer_to_its_own_community_than_to_any_other() -> None:
    middles = {area: _spot(area, 0) for area in AREAS}
    apart = min(dist(one, other) for one, other in combinations(middles.values(), 2))
    for area in AREAS:
        assert all(dist(_spot(area, number), middles[area]) < apart / 2 for number in range(30))


def test_the_same_matter_lies_in_the_same_place_every_time() -> None:
    assert position(AREAS[0], 7) == position(AREAS[0], 7) != position(AREAS[0], 8)
