"""How supervision rises: 电话催办 → 书面催办通知书 → 督办单 → 挂牌督办 → 约谈 → 通报.

Source: docs/rules/supervision.md 2; a city bureau's rules for 12345: a written notice on the day
after expiry, public criticism when it is late again.
"""

from collections.abc import Iterable

from casetracker.domain.vocabulary import SuperviseLevel

LADDER = tuple(SuperviseLevel)
"""The levels from the lightest to the gravest."""
BY_ITSELF = LADDER.index(SuperviseLevel.ORDER)
"""As far as the system goes without a person: public listing, a talk and blame are people's."""


def next_level(first: SuperviseLevel, earlier: Iterable[SuperviseLevel]) -> SuperviseLevel:
    """One rung above the gravest order on the case so far; the trigger's own where none was."""
    gravest = max((LADDER.index(level) for level in earlier), default=-1)
    return LADDER[min(max(gravest + 1, LADDER.index(first)), len(LADDER) - 1)]


def level_by_rule(first: SuperviseLevel, earlier: Iterable[SuperviseLevel]) -> SuperviseLevel:
    """The same for an order that the system writes."""
    return LADDER[min(LADDER.index(next_level(first, earlier)), BY_ITSELF)]
