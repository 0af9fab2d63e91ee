"""接访登记: what a leader received in a session, with the instruction and what came of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import GuardRefused, NotFound
from casetracker.domain.permissions import Right
from casetracker.persistence.database import locked
from casetracker.persistence.ledgers import ReceptionEntry, ReceptionSession
from casetracker.services import lookup
from casetracker.services.access_log import note_access
from casetracker.services.commands.ledgers import KeepEntry, LinkCase
from casetracker.services.context import Context, require_right
from casetracker.services.ledgers.persons import given_by, person_columns
from casetracker.services.ledgers.reader import Reader, require_own_or_keeper
from casetracker.services.ledgers.receptions import mark_held, session_to_keep
from casetracker.services.outcome import Made
from casetracker.services.use_case import use_case


@use_case
def hold_session(ctx: Context, session: Session, row_id: int) -> None:
    """接访结束: it took place, also where nobody came."""
    row = session_to_keep(session, row_id)
    require_own_or_keeper(ctx, row.leader_id)
    mark_held(ctx, row)
    note_access(ctx, session, Access.LEDGER_KEPT, f"接访结束 {row_id}")


@use_case
def add_entry(ctx: Context, session: Session, row_id: int, command: KeepEntry) -> Made:
    """登记接访; the first entry says that the session took place."""
    row = session_to_keep(session, row_id)
    require_own_or_keeper(ctx, row.leader_id)
    mark_held(ctx, row)
    entry = ReceptionEntry(session_id=row.id, entered_by=ctx.actor.account_id, entered_at=ctx.now)
    _fill(Reader.of(ctx, session), entry, command)
    session.add(entry)
    session.flush()
    note_access(ctx, session, Access.LEDGER_KEPT, f"登记接访事项 {entry.id}")
    return Made(str(entry.id))


@use_case
def change_entry(ctx: Context, session: Session, entry_id: int, command: KeepEntry) -> None:
    """Instruction, report and the rest; a person left blank stays as they are kept."""
    entry = entry_to_keep(ctx, session, entry_id)
    _fill(Reader.of(ctx, session), entry, command)
    note_access(ctx, session, Access.LEDGER_KEPT, f"更改接访事项 {entry_id}")


@use_case
def link_entry(ctx: Context, session: Session, entry_id: int, command: LinkCase) -> None:
    """The petition that this reception led to."""
    require_right(ctx, Right.LEDGERS_KEEP)
    entry = entry_to_keep(ctx, session, entry_id)
    if entry.case_id is not None:
        raise GuardRefused("visit_linked")
    case = Reader.of(ctx, session).case_named(command.number)
    entry.case_id = case.id
    words = f"接访事项 {entry_id} 关联信访件"
    note_access(ctx, session, Access.LEDGER_KEPT, words, case_number=case.number)


@use_case
def unlink_entry(ctx: Context, session: Session, entry_id: int) -> None:
    """A link made by mistake is cut; the petition itself stays."""
    require_right(ctx, Right.LEDGERS_KEEP)
    entry = entry_to_keep(ctx, session, entry_id)
    seen = Reader.of(ctx, session).linked([entry.case_id]).get(entry.case_id or 0)
    if seen is None:
        return
    entry.case_id = None
    words = f"接访事项 {entry_id} 取消关联信访件"
    note_access(ctx, session, Access.LEDGER_KEPT, words, case_number=seen.number)


def entry_to_keep(ctx: Context, session: Session, entry_id: int) -> ReceptionEntry:
    """The row, locked, for the office or the leader of its session. Raises NotFound."""
    wanted = select(ReceptionEntry).where(ReceptionEntry.id == entry_id)
    entry = session.scalar(locked(session, wanted))
    if entry is None:
        raise NotFound(id=entry_id)
    held = session.get_one(ReceptionSession, entry.session_id)
    require_own_or_keeper(ctx, held.leader_id)
    return entry


def _fill(reader: Reader, entry: ReceptionEntry, command: KeepEntry) -> None:
    unit = command.unit and lookup.handling_unit(reader.ref, "unit", command.unit)
    columns = person_columns(command.visitor) if given_by(command.visitor) else {}
    for name, value in columns.items():
        setattr(entry, name, value)
    entry.persons, entry.matter, entry.matter_place = (
        command.persons, command.matter, command.matter_place,
    )  # fmt: skip
    entry.cause, entry.instruction = command.cause, command.instruction
    entry.unit_id, entry.due_on = unit.id if unit else None, command.due_on
    entry.report, entry.satisfaction = command.report, command.satisfaction
