"""How far an actor sees: from roles and unit to the plain facts that queries filter by."""

from casetracker.domain.permissions import REACH, Reach, Scope
from casetracker.domain.vocabulary import Part, Role, Track
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference
from casetracker.persistence.working import Assignment
from casetracker.services.context import Actor


def scope_of(actor: Actor, ref: Reference) -> Scope:
    """The union of what the actor's roles reach."""
    reaches = {REACH[role] for role in actor.roles}
    lane = Reach.LANE in reaches
    if Reach.ALL in reaches:
        return Scope(sees_all=True, sees_lane=lane, account_id=actor.account_id)
    units: frozenset[int] = frozenset()
    own: frozenset[int] = frozenset()
    if Reach.LINE in reaches and actor.account_id is not None:
        units |= ref.led_by(actor.account_id)
    if actor.unit_id is not None:
        units |= ref.with_children(actor.unit_id) if Reach.UNIT in reaches else frozenset()
        own = frozenset({actor.unit_id}) if Reach.OWN in reaches else frozenset()
    scope = Scope(
        sees_petitions=Reach.PETITIONS in reaches,
        sees_drafts=Reach.DRAFTS in reaches,
        sees_lane=lane,
        units=units,
        own_units=own,
        account_id=actor.account_id,
    )
    return Scope() if scope.is_empty else scope


def role_reaches(
    role: Role, actor: Actor, ref: Reference, case: Case, parts: list[Assignment], *, any_part: bool
) -> bool:
    """Whether this role of the actor extends to acting on this case."""
    reach = REACH[role]
    if case.is_sealed or reach is Reach.LANE:
        return case.is_sealed and (reach is Reach.LANE or role is Role.SYSTEM)
    if reach is Reach.ALL or role in (Role.RESIDENT, Role.SYSTEM):
        return True
    if reach in (Reach.PETITIONS, Reach.DRAFTS):
        return case.track is Track.PETITION
    units = {case.lead_unit_id} if case.lead_unit_id else set()
    if any_part:
        units |= {part.unit_id for part in parts if part.part is not Part.LEAD}
    if reach is Reach.LINE:
        return actor.account_id is not None and bool(units & ref.led_by(actor.account_id))
    if actor.unit_id is None:
        return False
    if reach is Reach.UNIT:
        return bool(units & ref.with_children(actor.unit_id))
    mine = case.handler_id in (None, actor.account_id) or any_part
    return reach is Reach.OWN and mine and actor.unit_id in units
