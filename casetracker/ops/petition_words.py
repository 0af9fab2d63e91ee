"""Short words for what a petition is, as lists and heads of pages say them."""

from casetracker.domain.petition_vocabulary import PetitionClass, Subroute
from casetracker.domain.vocabulary import SourceLevel
from casetracker.labels import label

NUMBERS = dict(zip(Subroute, "一二三四五六", strict=True))


def route_name(route: Subroute) -> str:
    """`途径六：听取陈述……`: with the number by which clerks know it."""
    return f"途径{NUMBERS[route]}：{label(route)}"


def class_words(petition_class: PetitionClass | None, route: Subroute | None) -> str:
    """`申诉求决·途径六`, or 待甄别."""
    if petition_class is None:
        return "待甄别"
    words = label(petition_class)
    return f"{words}·途径{NUMBERS[route]}" if route else words


def level_words(level: SourceLevel | None) -> str:
    """`区级`, `国家级`: from how far above it came."""
    return f"{label(level)}级" if level else ""
