"""No page and no answer costs more when there are ten times as many cases (B11).

Counted are the statements and the rows that came back, for somebody who sees the whole street.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, func, insert, select, text, update
from sqlalchemy.engine.cursor import CursorFetchStrategy

from bench.generator import add_cases
from casetracker.domain.days import end_of_day
from casetracker.domain.petition_vocabulary import Disposal, PetitionClass, Subroute
from casetracker.domain.vocabulary import ClockStatus, State, Track
from casetracker.persistence.case import Case
from casetracker.persistence.change_capture import put_back, take_away
from casetracker.persistence.clock import Clock
from casetracker.persistence.organisation import Category, Unit
from casetracker.persistence.petition import Opinion, Petition
from casetracker.services.context import SYSTEM, Context
from casetracker.services.people.api_clients import issue_token
from tests.factories.street import Street

SignIn = Callable[[str], FlaskClient]

FEW, MANY = 1_000, 10_000
DESK = {
    "supervisor": (
        "/ops/", "/ops/cases", "/ops/cases?open=1", "/ops/cases?standing=overdue",
        "/ops/cases?q=路灯", "/ops/cases?channel=mayor_line&sort=-received",
        "/ops/cases/{number}", "/ops/oversight", "/ops/statistics?month=2026-02", "/ops/inbox",
        "/ops/statistics/honesty?month=2026-02", "/ops/oversight/suggestions",
    ),
    "operator": ("/ops/", "/ops/cases/new"),
    "dispatcher": ("/ops/", "/ops/dispatch", "/ops/upstream"),
    "caller": ("/ops/", "/ops/calls"),
    "deputy": ("/ops/", "/ops/approvals"),
    "clerk": (
        "/ops/", "/ops/petitions", "/ops/petitions?open=1", "/ops/petitions?queue=to_notify",
        "/ops/petitions?subroute=6&sort=-received", "/ops/petitions?q=路灯", "/ops/petitions/new",
        "/ops/petitions/notices", "/ops/petitions/opinions", "/ops/cases/{petition}",
    ),
    "leader": ("/ops/", "/ops/petitions/signing", "/ops/petitions?queue=to_sign_off"),
    "adviser": ("/ops/", "/ops/petitions?queue=to_check"),
}  # fmt: skip
PROGRAMS = (
    "/cases", "/cases?q=路灯&limit=20", "/cases/{number}", "/cases/{number}/events",
    "/cases/{number}/deadlines", "/statistics/monthly?month=2026-02", "/units", "/categories",
    "/statistics/monthly/cases?month=2026-02&metric=received",
)  # fmt: skip
SCOPES = ("cases:read", "cases:write", "statistics:read", "reference:read")
NEW_CASE = {
    "track": "hotline", "channel": "mayor_line", "kind": "help",
    "content": "小区门口的路灯不亮。", "category": "0203",
}  # fmt: skip


ANALYSED = (
    "cases", "clocks", "petitioners", "assignments", "timeline_entries", "petitions", "opinions",
)  # fmt: skip
PETITION_DESKS = (State.REGISTERED, State.TO_CHECK, State.TO_SIGN_OFF)


@pytest.fixture(scope="session")
def engine_name() -> str:
    return "postgresql"  # the statements are the same on both


class Cost:
    """What went to the database and came back."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.rows = 0


def turn_into_petitions(street: Street) -> None:
    """A third of the cases becomes open petitions, so many that every page of theirs is full."""
    session, now = street.session, street.now
    due = end_of_day(now.date() + timedelta(days=5))
    is_new = Case.is_imported & (Case.id % 6 >= 4) & (Case.track == Track.HOTLINE)
    ids = session.scalars(select(Case.id).where(is_new)).all()
    for place, state in enumerate(PETITION_DESKS):
        chosen = update(Case).where(is_new, Case.id // 6 % len(PETITION_DESKS) == place)
        session.execute(chosen.values(state=state))
    now_open = {"track": Track.PETITION, "is_open": True, "next_due_at": due,
                "received_at": now - timedelta(days=1)}  # fmt: skip
    session.execute(update(Case).where(is_new).values(**now_open))
    session.execute(insert(Petition), [
        {"case_id": one, "disposal": Disposal.ACCEPTED, "subroute": Subroute.OPINION,
         "petition_class": PetitionClass.APPEAL, "is_collective": False, "is_joint": False,
         "is_oral": False, "is_simple": False}
        for one in ids
    ])  # fmt: skip
    session.execute(insert(Opinion), [
        {"case_id": one, "round": 1, "draft_no": 1, "request": "请求。", "facts": "事实。",
         "opinion": "意见。", "basis": "依据。", "remedy": "救济。", "text_hash": "0" * 64,
         "is_reply": False, "drafted_at": now}
        for one in ids
    ])  # fmt: skip
    limits = update(Clock).where(Clock.limit_code == "handle", Clock.case_id.in_(ids))
    running = {"due_raw": due, "due_legal": due, "due_at": due, "status": ClockStatus.RUNNING}
    for rest, code in enumerate(("notify15", "handle60")):
        kind = {"limit_code": code, "rule_code": code, **running}
        session.execute(limits.where(Clock.case_id % 2 == rest).values(**kind))


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Cost]:
    cost = Cost()

    def note(_connection, _cursor, statement: str, *_rest) -> None:
        cost.statements.append(statement)

    def count_rows(name: str) -> None:
        fetch = getattr(CursorFetchStrategy, name)

        def counted(self, *args, **more):
            found = fetch(self, *args, **more)
            cost.rows += found is not None if name == "fetchone" else len(found)
            return found

        patched.setattr(CursorFetchStrategy, name, counted)

    with monkeypatch.context() as patched:
        for name in ("fetchone", "fetchmany", "fetchall"):
            count_rows(name)
        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield cost
        finally:
            event.remove(Engine, "before_cursor_execute", note)


def add(street: Street, places: range) -> None:
    """So many imported cases, half of them open, with work for every desk."""
    session = street.session
    take_away(session.connection())  # nothing is rolled up, and noting takes long
    units = session.scalars(select(Unit.id).where(Unit.handles_cases)).all()
    categories = session.scalars(select(Category.id)).all()
    add_cases(session, places, now=street.now, open_share=0.5, units=units, categories=categories)
    states = (State.TO_DISPATCH, State.TO_SIGN, State.TO_REVIEW, State.TO_FOLLOW_UP)
    for place, state in enumerate(states):  # the rest is handled
        of_the_desk = update(Case).where(Case.is_open, Case.is_imported, Case.id % 6 == place)
        session.execute(of_the_desk.values(state=state))
    turn_into_petitions(street)
    put_back(session.connection())
    for table in ANALYSED:
        session.execute(text(f"ANALYZE {table}"))  # as a database does in time
    session.commit()


Call = tuple[str, Callable[[], Any]]
"""What is asked, by a name; its answer."""


class Everybody:
    """People at the desk and programs, each with everything that they open."""

    def __init__(self, street: Street, sign_in_as: SignIn, program: FlaskClient) -> None:
        self.numbers = {
            name: f"RX{street.now.year}-{place:06d}"
            for name, place in (("number", 7), ("petition", 11))
        }
        self.browsers = {who: sign_in_as(who) for who in DESK}
        self.program = program
        ctx = Context(SYSTEM, street.now, door="test")
        self.headers = {
            who: {"Authorization": f"Bearer {issue_token(ctx, who, SCOPES, who)}"}
            for who in ("supervisor", "operator")
        }

    def calls(self) -> Iterator[Call]:
        for who, paths in DESK.items():
            for path in paths:
                address = path.format(**self.numbers)
                yield f"{who} {path}", partial(self.browsers[who].get, address)
        for path in PROGRAMS:
            address = "/api/v1" + path.format(**self.numbers)
            yield path, partial(self.program.get, address, headers=self.headers["supervisor"])
        log = partial(self.program.post, "/api/v1/cases", headers=self.headers["operator"])
        yield "POST", partial(log, json=NEW_CASE)


def costs(calls: Iterator[Call], monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[int, int]]:
    """Statements and rows of each call, with what a process keeps from one request to the next."""
    found = {}
    for name, call in calls:
        call()
        with counting(monkeypatch) as cost:
            answer = call()
        assert answer.status_code in (200, 201), (name, answer.get_data(as_text=True)[:300])
        found[name] = (len(cost.statements), cost.rows)
    return found


def test_ten_times_as_many_cases_cost_no_statement_and_no_row_more(
    street: Street,
    sign_in_as: SignIn,
    new_client: Callable[[], FlaskClient],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    everybody = Everybody(street, sign_in_as, new_client())
    add(street, range(FEW))
    for _ in range(60):  # the operator has more open of their own than a page shows
        street.register()
    few = costs(everybody.calls(), monkeypatch)
    add(street, range(street.session.scalar(select(func.max(Case.id))), MANY))
    assert costs(everybody.calls(), monkeypatch) == few
