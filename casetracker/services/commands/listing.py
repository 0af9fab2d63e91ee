"""What the address of a list page says besides its filters: queue, open ones only, order."""

from casetracker.services.commands.fields import Command, OptionalLine
from casetracker.services.commands.petition_searching import PetitionSearch
from casetracker.services.commands.searching import CaseSearch


class Listed(Command):
    """`queue` is one of the actor's own, `open` 1 for open cases only, `sort` an order."""

    queue: OptionalLine = None
    open: OptionalLine = None
    sort: OptionalLine = None


class ListedCases(CaseSearch, Listed):
    """A list of cases as its page shows it."""


class ListedPetitions(PetitionSearch, Listed):
    """The register of petitions as its page shows it."""
