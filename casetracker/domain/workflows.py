"""Which table of steps a case follows, by its track."""

from collections.abc import Mapping

from casetracker.domain import hotline, petition
from casetracker.domain.vocabulary import Action, Track
from casetracker.domain.workflow import Workflow

WORKFLOWS: Mapping[Track, Workflow] = {
    Track.HOTLINE: hotline.HOTLINE,
    Track.PETITION: petition.PETITION,
}

BY_ANY_PART: Mapping[Track, frozenset[Action]] = {
    Track.HOTLINE: hotline.BY_ANY_PART,
    Track.PETITION: petition.BY_ANY_PART,
}
"""What an assisting unit may do as well as the lead unit; everything else is the lead's."""
