"""Every operation of the API, in the order of its document."""

from casetracker.api import (
    attachments,
    case_actions,
    case_reads,
    cases,
    deadlines,
    hazards,
    reference,
    statistics,
)

OPERATIONS = (
    *cases.OPERATIONS,
    *case_reads.OPERATIONS,
    *case_actions.OPERATIONS,
    *attachments.OPERATIONS,
    *deadlines.OPERATIONS,
    *hazards.OPERATIONS,
    *statistics.OPERATIONS,
    *reference.OPERATIONS,
)
