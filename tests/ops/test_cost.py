"""No page and no answer costs more when there are ten times as many cases (B11).

Counted are the statements and the rows that came back, for somebody who sees the whole street.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, func, select, text, update
from sqlalchemy.engine.cursor import CursorFetchStrategy

from bench.generator import add_cases
from casetracker.domain.vocabulary import State
from casetracker.persistence.case import Case
from casetracker.services.context import SYSTEM, Context
from casetracker.services.people.api_clients import issue_token
from tests.factories.street import Street

FEW, MANY = 1_000, 10_000
DESK = {
    "supervisor": (
        "/ops/", "/ops/cases", "/ops/cases?open=1", "/ops/cases?standing=overdue",
        "/ops/cases?q=路灯", "/ops/cases?channel=mayor_line&sort=-received",
        "/ops/cases/{number}", "/ops/oversight", "/ops/statistics?month=2026-02", "/ops/inbox",
    ),
    "operator": ("/ops/", "/ops/cases/new"),
    "dispatcher": ("/ops/", "/ops/dispatch", "/ops/upstream"),
    "caller": ("/ops/", "/ops/calls"),
    "deputy": ("/ops/", "/ops/approvals"),
}  # fmt: skip
PROGRAMS = (
    "/cases", "/cases?q=路灯&limit=20", "/cases/{number}", "/cases/{number}/events",
    "/cases/{number}/deadlines", "/statistics/monthly?month=2026-02", "/units", "/categories",
    "/statistics/monthly/cases?month=2026-02&metric=received",
)  # fmt: skip
NEW_CASE = {
    "track": "hotline", "channel": "mayor_line", "kind": "help",
    "content": "小区门口的路灯不亮。", "category": "0203",
}  # fmt: skip


class Cost:
    """What went to the database and came back."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.rows = 0


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


def test_ten_times_as_many_cases_cost_no_statement_and_no_row_more(
    street: Street,
    sign_in_as: Callable[[str], FlaskClient],
    new_client: Callable[[], FlaskClient],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browsers = {who: sign_in_as(who) for who in DESK}
    scopes = ["cases:read", "cases:write", "statistics:read", "reference:read"]
    system = Context(SYSTEM, street.now, door="test")
    tokens = {who: issue_token(system, who, scopes, "test") for who in ("supervisor", "operator")}
    program = new_client()

    def costs() -> dict[str, tuple[int, int]]:
        found = {}

        def measured(name: str, call: Callable[[], object]) -> None:
            call()  # what a process keeps from one request to the next is there
            with counting(monkeypatch) as cost:
                answer = call()
            assert answer.status_code in (200, 201), (name, answer.get_data(as_text=True)[:300])
            found[name] = (len(cost.statements), cost.rows)

        number = f"RX{street.now.year}-000007"
        for who, paths in DESK.items():
            for path in paths:
                address = path.format(number=number)
                measured(f"{who} {path}", lambda w=who, a=address: browsers[w].get(a))
        for path in PROGRAMS:
            address = "/api/v1" + path.format(number=number)
            headers = {"Authorization": f"Bearer {tokens['supervisor']}"}
            measured(path, lambda a=address, h=headers: program.get(a, headers=h))
        headers = {"Authorization": f"Bearer {tokens['operator']}"}
        measured("POST", lambda: program.post("/api/v1/cases", json=NEW_CASE, headers=headers))
        return found

    def add(places: range) -> None:
        add_cases(
            street.session, places, now=street.now, open_share=0.5,
            units=[unit.id for unit in street.units.values() if unit.handles_cases],
            categories=[category.id for category in street.categories.values()],
        )  # fmt: skip
        states = (State.TO_DISPATCH, State.TO_SIGN, State.TO_REVIEW, State.TO_FOLLOW_UP)
        for place, state in enumerate(states):  # work for every desk; the rest is handled
            of_the_desk = update(Case).where(Case.is_open, Case.is_imported, Case.id % 6 == place)
            street.session.execute(of_the_desk.values(state=state))
        for table in ("cases", "clocks", "petitioners", "assignments", "timeline_entries"):
            street.session.execute(text(f"ANALYZE {table}"))  # as a database does in time
        street.session.commit()

    add(range(FEW))
    for _ in range(60):  # the operator has more open of their own than a page shows
        street.register()
    few = costs()
    add(range(street.session.scalar(select(func.max(Case.id))), MANY))
    assert costs() == few
