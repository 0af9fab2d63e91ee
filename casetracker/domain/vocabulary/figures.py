"""What figures are made and told by."""

from enum import StrEnum


class Aggregation(StrEnum):
    """What the total of a rate is (docs/rules/rates.md §9)."""

    POOLED = "pooled"  # the cases of all units together
    MEAN = "mean"  # the arithmetic mean of the units' rates


class Dimension(StrEnum):
    """What the lines of a table of figures are."""

    UNIT = "unit"
    UNIT_GROUP = "unit_group"
    CHANNEL = "channel"
    SOURCE_LEVEL = "source_level"
    CATEGORY = "category"
    TRACK = "track"


class Basis(StrEnum):
    """Which figures of a month: counted now, as they were frozen, or corrected last."""

    LIVE = "live"
    FROZEN = "frozen"
    CORRECTED = "corrected"


class ProfileStatus(StrEnum):
    """Where a version of a profile stands (docs/rules/rates.md §9)."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"
