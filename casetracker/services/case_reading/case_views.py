"""From the rows of a case to what may be shown of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from casetracker.domain.deadlines import standing
from casetracker.domain.privacy import mask_address, mask_id_number, mask_phone
from casetracker.domain.vocabulary import ClockStatus, Role, Visibility
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.clock import Clock
from casetracker.persistence.queries.case_file import CaseRows
from casetracker.persistence.queries.case_list import case_standing, shown_name
from casetracker.persistence.queries.reference import Reference
from casetracker.services.case_reading import case_file as view
from casetracker.services.case_reading.filling_views import filled
from casetracker.services.context import Actor

READS_RESTRICTED = frozenset({Role.SUPERVISOR, Role.DEPUTY_LEADER, Role.LEADER, Role.DISCIPLINE})
"""Who reads entries marked 限知, besides whoever wrote them."""


def head(case: Case, ref: Reference, names: dict[int, str], now: datetime) -> view.HeadView:
    category = ref.categories.get(case.category_id or 0)
    unit = ref.units.get(case.lead_unit_id or 0)
    worked_out = {
        "category": category.full_name if category else None,
        "category_code": category.code if category else None,
        "unit": unit.name if unit else None,
        "unit_code": unit.code if unit else None,
        "handler": names.get(case.handler_id or 0),
        "registered_by": names.get(case.registered_by or 0),
        "due_at": case.next_due_at,
        "warn_at": case.next_warn_at,
        "standing": case_standing(case, now),
    }
    return filled(view.HeadView, case, **worked_out)


def person(row: Petitioner, *, revealed: bool = False) -> view.PersonView:
    """Masked, or in full; a resident who asked for confidence is not even masked but covered."""
    if revealed:
        shown = (row.name or "未留姓名", row.phone, row.id_number, row.address)
    elif row.is_confidential:
        shown = ("保密", "保密" if row.phone else None, None, None)
    else:
        shown = (
            shown_name(row.name, confidential=False),
            row.phone and mask_phone(row.phone),
            row.id_number and mask_id_number(row.id_number),
            row.address and mask_address(row.address),
        )
    return view.PersonView(*shown, row.is_confidential, row.wants_no_calls, revealed)


def place(case: Case, ref: Reference) -> view.PlaceView:
    return view.PlaceView(
        case.address, ref.unit_name(case.area_unit_id), case.latitude, case.longitude
    )


def clock(row: Clock, ref: Reference, now: datetime, **more: Any) -> view.ClockView:
    is_met = row.status in (ClockStatus.MET, ClockStatus.MET_LATE)
    until = (row.stopped_at or now) if row.status is ClockStatus.ENDED else now
    stands = standing(
        row.due_at,
        row.warn_at,
        until,
        stopped_at=row.stopped_at if is_met else None,
        paused=row.status is ClockStatus.PAUSED,
    )
    return filled(
        view.ClockView,
        row,
        limit=row.limit_code,
        rule=row.rule_code,
        unit=ref.unit_name(row.unit_id),
        standing=stands,
        from_upstream=row.due_at != row.due_legal,
        **{"steps": (), "source": "", **more},
    )


def timeline(rows: CaseRows, ref: Reference, actor: Actor) -> tuple[view.EntryView, ...]:
    return tuple(_entry(*row, ref=ref, actor=actor) for row in rows.timeline)


def _entry(
    entry: Any, body: str | None, erased_at: datetime | None, *, ref: Reference, actor: Actor
) -> view.EntryView:
    hidden = entry.visibility is Visibility.RESTRICTED and not (
        actor.roles & READS_RESTRICTED or entry.actor_id == actor.account_id is not None
    )
    return filled(
        view.EntryView,
        entry,
        actor=entry.actor_name,
        unit=ref.unit_name(entry.actor_unit_id),
        text=None if hidden else body,
        is_hidden=hidden and body is not None,
        is_erased=erased_at is not None,
    )


def parts(rows: CaseRows, ref: Reference) -> tuple[view.PartView, ...]:
    return tuple(
        filled(view.PartView, row, unit=ref.unit_name(row.unit_id) or "") for row in rows.parts
    )


def requests(rows: CaseRows, ref: Reference) -> tuple[view.RequestView, ...]:
    return tuple(
        filled(
            view.RequestView,
            row,
            requested_by=rows.names.get(row.requested_by or 0),
            unit=ref.unit_name(row.requested_unit_id),
            proposed_unit=ref.unit_name(row.proposed_unit_id),
            decided_by=rows.names.get(row.decided_by or 0),
        )
        for row in rows.requests
    )


def contacts(rows: CaseRows) -> tuple[view.ContactView, ...]:
    return tuple(
        filled(view.ContactView, row, by=rows.names.get(row.by_id or 0)) for row in rows.contacts
    )


def replies(rows: CaseRows) -> tuple[view.ReplyView, ...]:
    return tuple(
        filled(
            view.ReplyView,
            row,
            submitted_by=rows.names.get(row.submitted_by or 0),
            reviewed_by=rows.names.get(row.reviewed_by or 0),
        )
        for row in rows.replies
    )


def follow_ups(rows: CaseRows) -> tuple[view.FollowUpView, ...]:
    return tuple(
        filled(
            view.FollowUpView,
            row,
            by=rows.names.get(row.by_id or 0),
            because=row.dissatisfied_because,
        )
        for row in rows.follow_ups
    )


def orders(rows: CaseRows, ref: Reference) -> tuple[view.OrderView, ...]:
    return tuple(
        filled(
            view.OrderView,
            row,
            unit=ref.unit_name(row.unit_id),
            issued_by=rows.names.get(row.issued_by or 0),
        )
        for row in rows.orders
    )


def files(rows: CaseRows) -> tuple[view.FileView, ...]:
    return tuple(
        filled(view.FileView, row, uploaded_by=rows.names.get(row.uploaded_by or 0))
        for row in rows.files
    )


def links(rows: CaseRows) -> tuple[view.LinkView, ...]:
    return tuple(_link(row, _relation(row, rows)) for row in rows.links)


def history(found: Sequence[Any]) -> tuple[view.LinkView, ...]:
    return tuple(_link(row, "same_person") for row in found)


def _relation(row: Any, rows: CaseRows) -> str:
    case = rows.case
    if row.id in rows.turned_into:
        return "turned_into"
    if rows.petition and row.id == rows.petition.row.from_hotline_id:
        return "turned_from"
    if row.id == case.grouped_into_id:
        return "grouped_into"
    if row.id == case.repeat_of_id:
        return "repeat_of"
    return "grouped" if row.grouped_into_id == case.id else "repeat"


def _link(row: Any, relation: str) -> view.LinkView:
    return view.LinkView(relation, row.number, row.title, row.state, row.received_at)
