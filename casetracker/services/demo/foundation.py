"""Lays down the demonstration street before its cases: units, people, rules, calendar."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import DomainError
from casetracker.domain.limits import CATALOGUE
from casetracker.persistence.account import Account
from casetracker.persistence.calendar_day import LimitRow
from casetracker.persistence.exchange import ReplyTemplate
from casetracker.persistence.organisation import Category, RoutingRow, Unit
from casetracker.persistence.queries.reference import touch
from casetracker.services.context import Context
from casetracker.services.demo.categories import COMMUNITY_LIST, categories
from casetracker.services.demo.organisation import AREAS, UNITS, DemoPerson, people
from casetracker.services.demo.words import TEMPLATES
from casetracker.services.office.calendar_notices import shipped_notice
from casetracker.services.office.working_calendars import SHIPPED_YEARS, put_notice
from casetracker.services.use_case import use_case

START = date(2018, 1, 1)
LIMITS_SOURCE = "新沟镇街热线工单办理时限表"
CATALOGUE_SOURCE = "新沟镇街诉求派单目录"
COMMUNITY_SOURCE = "新沟镇街社区职责清单"
_CHEAP = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)
"""Enough for passwords that are drawn at random and shown on the screen."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz"


class AlreadyLoaded(DomainError):
    """The database holds an organisation; a demonstration is laid only into an empty one."""

    code = "demo_already_loaded"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """What `demo-accounts.json` tells of one account."""

    username: str
    password: str
    name: str
    roles: tuple[str, ...]
    unit: str

    def as_json(self) -> dict[str, Any]:
        return {
            "username": self.username,
            "password": self.password,
            "name": self.name,
            "roles": list(self.roles),
            "unit": self.unit,
        }


@use_case
def lay_foundation(ctx: Context, session: Session) -> tuple[DemoAccount, ...]:
    """Units, accounts with drawn passwords, categories, calendar, limits, rules, templates.

    Raises AlreadyLoaded when there are units or accounts.
    """
    if session.scalar(select(func.count(Unit.id))) or session.scalar(
        select(func.count(Account.id))
    ):
        raise AlreadyLoaded
    units = _units(session)
    accounts = [_account(ctx, session, person, units) for person in people()]
    _responsible(session, units)
    tree = _categories(session, units)
    _routing(session, tree, units)
    _limits(ctx, session)
    _templates(ctx, session, tree)
    for year in SHIPPED_YEARS:
        notice = shipped_notice(year)
        if notice is not None:
            put_notice(ctx, session, notice)
    touch(session, ctx.now)
    return tuple(accounts)


def _units(session: Session) -> dict[str, Unit]:
    rows: dict[str, Unit] = {}
    for place, unit in enumerate(UNITS):
        row = Unit(
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            parent_id=rows[unit.parent].id if unit.parent else None,
            handles_cases=unit.handles,
            is_active=True,
            phone=f"027-8321{1000 + place}",
        )
        session.add(row)
        session.flush()
        rows[unit.code] = row
    return rows


def _account(
    ctx: Context, session: Session, person: DemoPerson, units: dict[str, Unit]
) -> DemoAccount:
    password = new_password()
    session.add(
        Account(
            username=person.username,
            name=person.name,
            unit_id=units[person.unit].id,
            roles=person.roles,
            password_hash=_CHEAP.hash(password),
            password_changed_at=ctx.now,
            must_change_password=False,
            is_active=True,
            created_at=ctx.now,
        )
    )
    codes = tuple(str(role.value) for role in sorted(person.roles))
    return DemoAccount(person.username, password, person.name, codes, units[person.unit].name)


def new_password() -> str:
    """Easy to type, hard to guess, and within every password rule of ours."""
    words = ["".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(2)]
    return f"{words[0].capitalize()}-{words[1]}-{secrets.randbelow(9000) + 1000}"


def _responsible(session: Session, units: dict[str, Unit]) -> None:
    session.flush()
    ids = {row.username: row.id for row in session.execute(select(Account.username, Account.id))}
    for unit in UNITS:
        if unit.line is not None:
            units[unit.code].deputy_leader_id = ids[unit.line]


def _categories(session: Session, units: dict[str, Unit]) -> dict[str, Category]:
    rows: dict[str, Category] = {}
    for one in categories():
        row = Category(
            code=one.code,
            name=one.name,
            level=2 if one.parent else 1,
            parent_id=rows[one.parent].id if one.parent else None,
            national_l1=one.national_l1,
            national_l2=one.national_l2,
            default_unit_id=units[one.unit].id,
            keywords=one.keywords,
            valid_from=START,
        )
        session.add(row)
        session.flush()
        rows[one.code] = row
    return rows


def _routing(session: Session, tree: dict[str, Category], units: dict[str, Unit]) -> None:
    """Each leaf to its owner; what stands on the communities' list to the community itself."""
    for code, row in tree.items():
        if row.parent_id is not None and row.default_unit_id is not None:
            _rule(session, row, units_id=row.default_unit_id)
        if code in COMMUNITY_LIST:
            for area in AREAS:
                _rule(session, row, units_id=units[area].id, area_id=units[area].id)


def _rule(
    session: Session, category: Category, *, units_id: int, area_id: int | None = None
) -> None:
    session.add(
        RoutingRow(
            category_id=category.id,
            area_unit_id=area_id,
            unit_id=units_id,
            on_community_list=area_id is not None,
            effective_from=START,
            source=COMMUNITY_SOURCE if area_id else CATALOGUE_SOURCE,
        )
    )


def _limits(ctx: Context, session: Session) -> None:
    """The office's own table, as it stands in the catalogue, so that the desk can change it."""
    for code, row in CATALOGUE.items():
        if code.startswith("handle:") and row.amount is not None:
            session.add(
                LimitRow(
                    code=code,
                    amount=row.amount,
                    unit=row.unit,
                    cap_days=row.cap_days,
                    effective_from=START,
                    source=LIMITS_SOURCE,
                    changed_at=ctx.now,
                )
            )


def _templates(ctx: Context, session: Session, tree: dict[str, Category]) -> None:
    for one in TEMPLATES:
        session.add(
            ReplyTemplate(
                name=one.name,
                use=one.use,
                channel=one.channel,
                category_id=tree[one.category].id if one.category else None,
                body=one.body,
                changed_at=ctx.now,
            )
        )
