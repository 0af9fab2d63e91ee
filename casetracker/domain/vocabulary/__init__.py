"""The words of the field as enums; their values are what API, CLI and imports speak.

One module a family; everybody imports the words from here. Chinese names stand in
`casetracker.labels`. Source: docs/glossary.md.
"""

from casetracker.domain.vocabulary.answers import (
    CallValidity,
    ContactChannel,
    ContactOutcome,
    DissatisfactionReason,
    Result,
    Satisfaction,
)
from casetracker.domain.vocabulary.arrival import (
    Channel,
    Kind,
    RiskTag,
    SourceLevel,
    Track,
    Urgency,
)
from casetracker.domain.vocabulary.figures import (
    Aggregation,
    Basis,
    Dimension,
    ProfileStatus,
)
from casetracker.domain.vocabulary.limits import (
    ClockStatus,
    DayUnit,
)
from casetracker.domain.vocabulary.offices import (
    PeerGroup,
    Role,
    Settlement,
    UnitKind,
)
from casetracker.domain.vocabulary.reasons import (
    DeclineReason,
    ExcludeReason,
    ExtensionReason,
    ReferTarget,
    ReturnReason,
    SuperviseLevel,
    SuperviseTrigger,
)
from casetracker.domain.vocabulary.states import (
    HOTLINE_OPEN,
    HOTLINE_STATES,
    LANE_STATES,
    OPEN_STATES,
    PETITION_ONLY,
    PETITION_OPEN,
    PETITION_STATES,
    State,
)
from casetracker.domain.vocabulary.steps import (
    Action,
    FilePurpose,
    Part,
    RequestKind,
    RequestStatus,
    Visibility,
)

__all__ = [
    "HOTLINE_OPEN",
    "HOTLINE_STATES",
    "LANE_STATES",
    "OPEN_STATES",
    "PETITION_ONLY",
    "PETITION_OPEN",
    "PETITION_STATES",
    "Action",
    "Aggregation",
    "Basis",
    "CallValidity",
    "Channel",
    "ClockStatus",
    "ContactChannel",
    "ContactOutcome",
    "DayUnit",
    "DeclineReason",
    "Dimension",
    "DissatisfactionReason",
    "ExcludeReason",
    "ExtensionReason",
    "FilePurpose",
    "Kind",
    "Part",
    "PeerGroup",
    "ProfileStatus",
    "ReferTarget",
    "RequestKind",
    "RequestStatus",
    "Result",
    "ReturnReason",
    "RiskTag",
    "Role",
    "Satisfaction",
    "Settlement",
    "SourceLevel",
    "State",
    "SuperviseLevel",
    "SuperviseTrigger",
    "Track",
    "UnitKind",
    "Urgency",
    "Visibility",
]
