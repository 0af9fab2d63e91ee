"""A small street with people in every role, and a clock that tests move by hand."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from casetracker.domain.vocabulary import Action, Role, UnitKind
from casetracker.persistence.account import Account
from casetracker.persistence.calendar_day import CalendarDay, CalendarVersion
from casetracker.persistence.case import Case
from casetracker.persistence.organisation import Category, Unit
from casetracker.persistence.queries.reference import touch
from casetracker.persistence.working import Attachment
from casetracker.services.commands.intake import RegisterCase
from casetracker.services.context import Actor, Context
from casetracker.services.outcome import Outcome
from casetracker.services.receiving.intake import register_case
from casetracker.services.steps.actions import ACTIONS
from tests.calendars import published_year

MONDAY_MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)  # 2026-03-02, a Monday, 09:30 in Shanghai

PEOPLE = {
    "operator": (Role.OPERATOR, "street"),
    "second_operator": (Role.OPERATOR, "street"),
    "dispatcher": (Role.DISPATCHER, "centre"),
    "supervisor": (Role.SUPERVISOR, "street"),
    "caller": (Role.FOLLOW_UP, "street"),
    "deputy": (Role.DEPUTY_LEADER, "street"),
    "leader": (Role.LEADER, "street"),
    "head": (Role.UNIT_HEAD, "dongfeng"),
    "handler": (Role.HANDLER, "dongfeng"),
    "second_handler": (Role.HANDLER, "dongfeng"),
    "other_head": (Role.UNIT_HEAD, "xinhe"),
    "other_handler": (Role.HANDLER, "xinhe"),
    "admin": (Role.SYSTEM_ADMIN, "street"),
    "security": (Role.SECURITY_ADMIN, "street"),
    "auditor": (Role.AUDITOR, "street"),
    "discipline": (Role.DISCIPLINE, "street"),
    "clerk": (Role.PETITION_CLERK, "street"),
    "second_clerk": (Role.PETITION_CLERK, "street"),
    "adviser": (Role.LEGAL_ADVISER, "street"),
}
UNITS = {
    "street": ("测试街道", UnitKind.STREET, None, False),
    "centre": ("民呼我应指挥中心", UnitKind.CENTRE, "street", True),
    "public_works": ("公共管理办公室", UnitKind.OFFICE, "street", True),
    "dongfeng": ("东风社区", UnitKind.COMMUNITY, "street", True),
    "xinhe": ("新河社区", UnitKind.COMMUNITY, "street", True),
}


@dataclass
class Street:
    """The street of one test; `now` moves only when the test says so."""

    session: Session
    now: datetime = MONDAY_MORNING
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Actor] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    calls: int = 0

    def ctx(self, who: str, **more: Any) -> Context:
        """That person, now."""
        return Context(self.people[who], self.now, request_id="test", door="test", **more)

    def again(self, session: Session) -> "Street":
        """The same street in the session of one test, where what it does is undone."""
        units = {unit.code: unit for unit in session.scalars(select(Unit))}
        categories = {one.code: one for one in session.scalars(select(Category))}
        return replace(self, session=session, units=units, categories=categories)

    def wait(self, **time: float) -> None:
        """Let time pass: `hours=2`, `days=1` …"""
        self.now += timedelta(**time)

    def register(self, who: str = "operator", **body: Any) -> Outcome:
        """Log a case; `body` overrides fields of a plain request for help."""
        self.calls += 1
        plain = {
            "track": "hotline",
            "channel": "mayor_line",
            "kind": "help",
            "content": f"第{self.calls}件:东风小区三栋门口的路灯不亮,晚上出行不安全。",
            "petitioner": {"name": "张三", "phone": "13812345678"},
        }
        return register_case(self.ctx(who), RegisterCase.model_validate({**plain, **body}))

    def act(self, who: str, number: str, action: str, /, **body: Any) -> Outcome:
        """That person takes the action on the case now."""
        spec = ACTIONS[Action(action)]
        return spec.run(self.ctx(who), number, spec.command.model_validate(body))

    def case(self, number: str) -> Case:
        self.session.expire_all()
        return self.session.query(Case).filter_by(number=number).one()

    def add_evidence(self, number: str) -> None:
        case = self.case(number)
        self.calls += 1
        self.session.add(
            Attachment(
                case_id=case.id,
                purpose="evidence",
                filename="现场.jpg",
                mime="image/jpeg",
                size=1,
                sha256="0" * 64,
                storage_name=f"{number}-{self.calls}",
                round=case.round,
                uploaded_at=self.now,
            )
        )
        self.session.commit()

    def worked(self, until: str, **body: Any) -> str:
        """A case taken along the usual way up to a state; its number."""
        number = self.register(**body).number
        for state, step in USUAL_WAY:
            if state == until:
                return number
            step(self, number)
        return number


def _submit(street: Street, number: str) -> None:
    street.add_evidence(number)
    street.calls += 1
    street.act("handler", number, "submit", result="resolved", text=f"已修好(第{street.calls}次)。")


USUAL_WAY = (
    ("to_dispatch", lambda s, n: s.act("dispatcher", n, "dispatch", unit="东风社区")),
    ("to_sign", lambda s, n: s.act("handler", n, "sign_for")),
    ("signed", lambda s, n: s.act("handler", n, "contact", outcome="reached")),
    ("handling", _submit),
    ("to_review", lambda s, n: s.act("head", n, "approve", via="phone")),
    (
        "to_follow_up",
        lambda s, n: s.act(
            "caller", n, "follow_up", validity="valid", contacted=True, resolved=True,
            satisfaction="satisfied",
        ),
    ),
    ("closed", lambda s, n: None),
)  # fmt: skip


def new_street(session: Session, years: tuple[int, ...] = (2025, 2026)) -> Street:
    """The street with its people, categories and calendar, committed."""
    street = Street(session)
    _add_units(street)
    _add_people(street)
    _add_categories(street)
    _add_years(session, years)
    touch(session, street.now)
    session.commit()
    return street


def _add_units(street: Street) -> None:
    for code, (name, kind, parent, handles) in UNITS.items():
        street.units[code] = Unit(
            code=code,
            name=name,
            kind=kind,
            parent_id=street.units[parent].id if parent else None,
            handles_cases=handles,
            is_active=True,
        )
        street.session.add(street.units[code])
        if parent is None:
            street.session.flush()
    street.session.flush()


def _add_people(street: Street) -> None:
    accounts = [
        Account(
            username=username,
            name=f"{username}先生",
            unit_id=street.units[unit].id,
            roles=frozenset({role}),
            password_hash="not used",
            password_changed_at=street.now,
            must_change_password=False,
            created_at=street.now,
        )
        for username, (role, unit) in PEOPLE.items()
    ]
    street.session.add_all(accounts)
    street.session.flush()
    street.people |= {
        one.username: Actor(one.id, one.name, one.unit_id, one.roles, one.username)
        for one in accounts
    }
    deputy = street.people["deputy"].account_id
    for code in ("dongfeng", "xinhe", "public_works"):
        street.units[code].deputy_leader_id = deputy


def _add_categories(street: Street) -> None:
    for code, name in (("02", "市政设施"), ("04", "噪声与污染")):
        street.categories[code] = Category(
            code=code, name=name, level=1, valid_from=date(2019, 1, 1)
        )
    street.session.add_all(street.categories.values())
    street.session.flush()
    for code, name in (("0203", "路灯"), ("0201", "道路破损"), ("0401", "施工噪声")):
        street.categories[code] = Category(
            code=code,
            name=name,
            level=2,
            parent_id=street.categories[code[:2]].id,
            default_unit_id=street.units["public_works"].id,
            valid_from=date(2019, 1, 1),
        )
    street.session.add_all(street.categories.values())
    street.session.flush()


def _add_years(session: Session, years: tuple[int, ...]) -> None:
    notices = [published_year(year) for year in years]
    versions = [
        CalendarVersion(year=year, version=1, source=notice.source, loaded_at=MONDAY_MORNING)
        for year, notice in zip(years, notices, strict=True)
    ]
    session.add_all(versions)
    session.flush()
    session.execute(
        insert(CalendarDay),
        [
            {
                "version_id": version.id,
                "day": day,
                "is_workday": on,
                "name": notice.names.get(day, ""),
            }
            for version, notice in zip(versions, notices, strict=True)
            for on, days in ((False, notice.holidays), (True, notice.make_up_days))
            for day in days
        ],
    )
