"""The words of safety patrols (安全检查、隐患排查) as enums.

Chinese names stand in `casetracker.labels`. Source: docs/rules/patrol.md, docs/glossary.md.
"""

from enum import StrEnum


class PlaceKind(StrEnum):
    """What kind of place was looked at."""

    FACTORY = "factory"
    SHOP = "shop"
    CATERING = "catering"
    WAREHOUSE = "warehouse"
    DWELLING = "dwelling"
    RENTAL = "rental"
    CONSTRUCTION = "construction"
    SCHOOL = "school"
    GATHERING = "gathering"
    FARM = "farm"
    PUBLIC = "public"
    OTHER = "other"


class HazardKind(StrEnum):
    """What the danger comes from; also what an inspection looked at."""

    FIRE = "fire"
    ELECTRICITY = "electricity"
    GAS = "gas"
    BUILDING = "building"
    SPECIAL_EQUIPMENT = "special_equipment"
    HAZARDOUS_GOODS = "hazardous_goods"
    TRAFFIC = "traffic"
    WORKPLACE = "workplace"
    WATER = "water"
    OTHER = "other"


class HazardLevel(StrEnum):
    """How grave: `major` needs a stop at once and a plan."""

    ORDINARY = "ordinary"
    MAJOR = "major"


class HazardSource(StrEnum):
    """How a hazard came to light."""

    INSPECTION = "inspection"
    GRID = "grid"
    RESIDENT = "resident"
    SELF_REPORT = "self_report"
    FROM_ABOVE = "from_above"


class HazardState(StrEnum):
    """Where a hazard stands (docs/rules/patrol.md 3)."""

    FOUND = "found"
    NOTIFIED = "notified"
    REPORTED = "reported"
    HANDED_OVER = "handed_over"
    IN_CASE = "in_case"
    RECTIFIED = "rectified"
    DISMISSED = "dismissed"


class HazardStep(StrEnum):
    """What may happen to a hazard."""

    FIND = "find"
    NOTIFY = "notify"
    REPORT = "report"
    PASS = "pass"  # noqa: S105 - a code, no password
    FAIL = "fail"
    HAND_OVER = "hand_over"
    MAKE_CASE = "make_case"
    TAKE_BACK = "take_back"
    DISMISS = "dismiss"
    NOTE = "note"
    CORRECT = "correct"


class PatrolPhoto(StrEnum):
    """What a picture or paper of a patrol shows."""

    FOUND = "found"
    RECTIFIED = "rectified"
