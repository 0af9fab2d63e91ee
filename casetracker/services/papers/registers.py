"""Registers of a month for printing: the petitions and the visits as they stand now.

Only what the reader sees is in them, and only it is counted. Printing is kept in the access log.
"""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import at, local, local_date
from casetracker.domain.papers.content import PaperContent
from casetracker.domain.papers.registers import (
    PETITION_COLUMNS,
    TITLES,
    VISIT_COLUMNS,
    Register,
    month_days,
    register_content,
)
from casetracker.domain.papers.writing import written_day
from casetracker.domain.permissions import Right
from casetracker.domain.privacy import mask_text
from casetracker.domain.vocabulary import Channel, Track
from casetracker.labels import label
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.petition import Petition
from casetracker.persistence.queries.case_list import shown_name
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.access_log import note_access
from casetracker.services.commands.ledgers import VisitSearch
from casetracker.services.context import Context, require_right
from casetracker.services.ledgers.visit_reading import Totals, VisitLine, list_visits
from casetracker.services.scoping import scope_of
from casetracker.services.steps.papers.making import file_of
from casetracker.services.use_case import query, use_case

LONGEST = 60
_SHORT = {
    Channel.LETTER: "来信",
    Channel.VISIT: "来访",
    Channel.PETITION_ONLINE: "网信",
    Channel.CALL: "来电",
    Channel.FORWARDED: "转办",
    Channel.LEADER_RECEPTION: "接访",
}
_COUNTED = (Channel.LETTER, Channel.VISIT, Channel.PETITION_ONLINE)


def print_register(ctx: Context, register: Register, month: str, file_format: str) -> bytes:
    """The register as `docx` or `pdf`.

    Raises NotPermitted without the right to read ledgers, InvalidInput (`month`).
    """
    first, last = month_days(month)
    content = _content(ctx, register, first, last)
    _note(ctx, f"打印{TITLES[register]} {month}")
    return file_of(content, file_format)


@use_case
def _note(ctx: Context, session: Session, words: str) -> None:
    note_access(ctx, session, Access.CASES_EXPORTED, words)


def _content(ctx: Context, register: Register, first: date, last: date) -> PaperContent:
    if register is Register.VISITS:
        page = list_visits(ctx, VisitSearch(since=first, until=last), page=None)
        rows = [_visit_row(n, line) for n, line in enumerate(page.lines, 1)]
        return register_content(
            register, first, VISIT_COLUMNS, rows, _visit_totals(page.totals), _printed(ctx)
        )
    cases, ref = _petitions(ctx, first, last), _reference(ctx)
    shown = [_petition_row(n, row, ref, ctx) for n, row in enumerate(cases, 1)]
    words = _petition_totals(cases)
    return register_content(register, first, PETITION_COLUMNS, shown, words, _printed(ctx))


@query
def _reference(ctx: Context, session: Session) -> Reference:
    return reference(session)


@query
def _petitions(ctx: Context, session: Session, first: date, last: date) -> Sequence[Any]:
    """Petitions received in the month, in the order of their coming in."""
    require_right(ctx, Right.LEDGERS_READ)
    scope = visible(scope_of(ctx.actor, reference(session)))
    return session.execute(
        select(Case, Petition, Petitioner)
        .join(Petition, Petition.case_id == Case.id)
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .where(
            Case.track == Track.PETITION,
            Case.received_at >= at(first, time()),
            Case.received_at < at(last + timedelta(days=1), time()),
            scope,
        )
        .order_by(Case.received_at, Case.id)
    ).all()


def _petition_row(place: int, row: Any, ref: Reference, ctx: Context) -> tuple[str, ...]:
    case, petition, person = row
    ways = (petition.petition_class, petition.disposal)
    return (
        str(place),
        case.number,
        f"{local(case.received_at):%m-%d}",
        _SHORT.get(case.channel, label(case.channel)),
        _name(person, ctx),
        str(case.persons),
        _short(case.title),
        "重件" if case.repeat_of_id else "初件",
        "、".join(label(way) for way in ways if way) or "待甄别",
        ref.unit_name(case.lead_unit_id) or "",
        _day(case.handle_due_at),
        _day(petition.served_at),
        label(case.state),
    )


def _name(person: Petitioner, ctx: Context) -> str:
    """In full for those who may see it, masked for others, hidden where it was asked for."""
    if person.is_confidential:
        return "保密"
    if ctx.actor.may(Right.PERSON_REVEAL):
        return person.name or "未留姓名"
    return shown_name(person.name, confidential=False)


def _petition_totals(cases: Sequence[Any]) -> str:
    """件次 and 人次 apart, by form and by whether the matter came before."""
    heads = [case for case, _, _ in cases]
    parts = [f"登记 {len(heads)} 件次 {sum(case.persons for case in heads)} 人次"]
    for channel in (*_COUNTED, None):
        own = [case for case in heads if _counted_as(case) is channel]
        word = _SHORT[channel] if channel else "其他"
        parts.append(f"{word} {len(own)} 件次 {sum(case.persons for case in own)} 人次")
    again = sum(case.repeat_of_id is not None for case in heads)
    return "，".join([*parts, f"初件 {len(heads) - again} 件，重件 {again} 件"]) + "。"


def _counted_as(case: Case) -> Channel | None:
    return case.channel if case.channel in _COUNTED else None


def _visit_row(place: int, line: VisitLine) -> tuple[str, ...]:
    return (
        str(place),
        line.number,
        f"{local(line.visited_at):%m-%d %H:%M}",
        "、".join(person.name or "" for person in line.people),
        str(line.persons),
        _short(line.matter or ""),
        line.receiver,
        _short(line.said or ""),
        label(line.result) if line.result else "",
        line.case.number if line.case else "",
    )


def _visit_totals(totals: Totals) -> str:
    return (
        f"接待 {totals.visits} 批次 {totals.persons} 人次，"
        f"其中集体访 {totals.collective_visits} 批次 {totals.collective_persons} 人次。"
    )


def _short(text: str) -> str:
    """The beginning, with numbers masked: a register is left lying about."""
    words = " ".join(mask_text(text[:500]).split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _day(moment: Any) -> str:
    return "" if moment is None else local_date(moment).isoformat()


def _printed(ctx: Context) -> str:
    return f"{ctx.actor.name}于{written_day(local_date(ctx.now))}打印。"
