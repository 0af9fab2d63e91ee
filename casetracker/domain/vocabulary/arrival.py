"""What a matter is and how it came in."""

from enum import StrEnum


class Track(StrEnum):
    """The two kinds of matter; each has its own transition table."""

    HOTLINE = "hotline"
    PETITION = "petition"


class Channel(StrEnum):
    """Where a resident spoke up."""

    MAYOR_LINE = "mayor_line"
    DISTRICT_LINE = "district_line"
    HOTLINE_12345 = "hotline_12345"
    MESSAGE_BOARD = "message_board"
    NEIGHBOURHOOD = "neighbourhood"
    PETITION_ONLINE = "petition_online"
    LETTER = "letter"
    VISIT = "visit"
    CALL = "call"
    WINDOW = "window"
    LEADER_RECEPTION = "leader_reception"
    LEADER_NOTE = "leader_note"
    FORWARDED = "forwarded"
    GRID = "grid"
    PATROL = "patrol"
    COMMUNITY = "community"
    PORTAL = "portal"
    MEDIA = "media"
    DEPUTIES = "deputies"


class SourceLevel(StrEnum):
    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    DISTRICT = "district"
    STREET = "street"


class Kind(StrEnum):
    CONSULT = "consult"
    HELP = "help"
    COMPLAINT = "complaint"
    REPORT = "report"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    OTHER = "other"


class Urgency(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"
    CRITICAL = "critical"


class RiskTag(StrEnum):
    THREAT = "threat"
    COLLECTIVE = "collective"
    LEVEL_SKIPPING = "level_skipping"
    EXTREME = "extreme"
    MEDIA = "media"
    MINOR = "minor"
    SPECIAL_GROUP = "special_group"
