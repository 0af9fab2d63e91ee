"""Whatever a rate may look at can be told in Chinese: every fact under every kind of condition."""

from datetime import UTC, datetime
from itertools import product
from typing import Any, get_args

import pytest

from casetracker.domain.rates.facts import AS_OF, COUNTS, FACTS, FLAGS, INSTANTS
from casetracker.domain.rates.reasons import Leaf
from casetracker.domain.rates.terms import AtLeast, Is, IsSet, NotAfter, OneOf
from casetracker.labels import of_the_facts as words
from casetracker.labels.of_the_reasons import leaf_words

NOW = datetime(2026, 4, 3, 1, 0, tzinfo=UTC)
EARLIER = datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
EMPTY: dict[str, Any] = dict.fromkeys(FACTS)


def conditions() -> list[Leaf]:
    """Every leaf that can be built, whatever the catalogue uses today."""
    compared = product(sorted(INSTANTS), sorted(INSTANTS | {AS_OF}))
    return [
        *(IsSet(name) for name in sorted(FACTS)),
        *(Is(name) for name in sorted(FLAGS)),
        *(AtLeast(name, 1) for name in sorted(COUNTS)),
        *(OneOf(name, frozenset()) for name in sorted(FACTS - INSTANTS - COUNTS - FLAGS)),
        *(NotAfter(first, second) for first, second in compared),
    ]


@pytest.mark.parametrize("kind", get_args(Leaf))
def test_every_condition_on_every_fact_has_words_known_or_not(kind: type[Leaf]) -> None:
    leaves = [leaf for leaf in conditions() if isinstance(leaf, kind)]
    assert leaves
    for leaf in leaves:
        for case in (EMPTY, FULL):
            told = leaf_words(words.Reading(case, NOW, "received_at"), leaf)
            assert told == told.strip() != ""


def _value(name: str) -> Any:
    if name in INSTANTS:
        return EARLIER
    if name in words.CODED:
        return next(iter(words.CODED[name][1]))
    return name in FLAGS or 3


FULL: dict[str, Any] = {name: _value(name) for name in FACTS}
