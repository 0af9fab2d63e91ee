"""A street with sealed cases looks to everybody else as if it had none: page by page, word by word.

Two worlds are compared: one in which accusations of every kind were sealed after they had left
their traces, and the same street without them. Source: docs/rules/petition.md §6.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from casetracker.cli import cli
from casetracker.domain.petition_vocabulary import PaperKind
from casetracker.domain.vocabulary import Action, State
from casetracker.gateways.file_store import FileStore
from casetracker.persistence.database import db
from casetracker.services.context import SYSTEM, Context
from casetracker.services.people.api_clients import issue_token
from casetracker.services.running.ticking import tick
from tests.engines import falls_to
from tests.factories.desk import seat
from tests.factories.petitions import worked
from tests.factories.sealed import ACCUSER, SHARED, UPSTREAM, WORDS, Sealed, seal_some
from tests.factories.street import PEOPLE, Street

pytestmark = pytest.mark.both_engines

EVERYBODY_ELSE = tuple(
    who for who in PEOPLE if who != "discipline" and not who.startswith("second")
)
OF_NO_CASE = frozenset({"static", "ops.sign_in.show", "ops.me.second_factor", "health.ready"})
"""Addresses that say something new each time, and nothing of cases."""
UNSTEADY = (
    (re.compile(r'(name="(?:csrf_token|form_token)" value=")[^"]*'), r"\1"),
    (re.compile(r'(name="csrf-token" content=")[^"]*'), r"\1"),
    (re.compile(r"\b[0-9a-f]{32}\b"), "some id"),
    (re.compile(r"/ops/inbox/[0-9]+"), "/ops/inbox/one"),
)
LATER = timedelta(days=9)


@contextmanager
def undone(street: Street) -> Iterator[None]:
    """What happens inside did not happen."""
    point = db.engines[None].begin_nested()
    try:
        yield
    finally:
        street.session.rollback()
        street.session.expire_all()
        point.rollback()


def steady(text: str) -> str:
    for pattern, put in UNSTEADY:
        text = pattern.sub(put, text)
    return text


def addresses(app: Flask, sealed: Sealed, known: dict[str, str]) -> list[str]:
    """Every page with a number, code or id in it: one of the open desk, and those of the lane."""
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in OF_NO_CASE:
            continue
        found += filled(rule.rule, sealed, known)
    return (
        sorted(set(found)) + QUESTIONS + [f"{one}{n}" for one in NAMING for n in sealed.asked_for]
    )


def filled(rule: str, sealed: Sealed, known: dict[str, str]) -> Iterator[str]:
    """The rule with what its parts may stand for."""
    values = {
        "number": [known["hotline"], known["petition"], *sealed.asked_for],
        "attachment_id": [str(one) for one in sealed.files],
        "paper_id": [str(one) for one in sealed.papers],
        "action": [Action.LOG.value, Action.TRANSFER_CONFIDENTIAL.value],
        "kind": [PaperKind.TRANSFER_SLIP.value],
        "file_format": ["pdf"],
        "register": ["petitions"],
    }  # fmt: skip
    ways = [rule]
    for name in re.findall(r"<(?:[^:<>]+:)?([a-z_]+)>", rule):
        part = re.compile(rf"<(?:[^:<>]+:)?{name}>")
        chosen = sealed.files if "attachments" in rule and name == "id" else ["1"]
        ways = [part.sub(str(one), way) for way in ways for one in values.get(name, chosen)]
    yield from ways


QUESTIONS = [
    *(f"/ops/cases?q={one}" for one in (WORDS, "独角兽", ACCUSER["name"], ACCUSER["phone"])),
    *(f"/ops/petitions?q={one}" for one in (WORDS, "独角兽", ACCUSER["name"], ACCUSER["phone"])),
    f"/ops/cases?q={UPSTREAM}",
    f"/ops/cases?q={SHARED['phone']}",
    *(f"/ops/cases?open={one}" for one in ("", "0", "1")),
    *(f"/ops/petitions?open={one}" for one in ("", "0", "1")),
    *(f"/ops/cases?state={one.value}" for one in (State.IN_LANE, State.TRANSFERRED, State.GROUPED)),
    *(f"/ops/{one}?standing=overdue" for one in ("cases", "petitions", "lane")),
    *(f"/ops/statistics?month=2026-03&by={one}" for one in ("unit", "track", "category")),
    *(f"/ops/statistics/cases?month=2026-03&metric=received&by=track&key={one}"
      for one in ("hotline", "petition")),
    *(f"/ops/statistics/cases?period=2026&profile=XINFANG&metric={one}"
      for one in ("valid", "first_time", "answered", "unfinished")),
    *(f"/ops/visits?who={one}" for one in (ACCUSER["name"], ACCUSER["phone"])),
    "/ops/old-cases?struck=1", "/ops/undertakings?finished=1", "/ops/letters?open=1",
    *(f"/api/v1/cases?{one}" for one in (
        f"q={WORDS}", f"q={ACCUSER['phone']}", "state=in_lane", "state=transferred", "limit=200",
        "track=petition", "track=hotline",
    )),
    "/api/v1/statistics/monthly?month=2026-03&by=track",
    "/api/v1/statistics/annual?year=2026",
    "/api/v1/statistics/monthly/cases?month=2026-03&metric=received&by=unit",
]  # fmt: skip
NAMING = ("/ops/cases?q=", "/ops/petitions?q=", "/ops/admin/audit?number=", "/api/v1/cases?q=")


HOMES = {
    "operator": "/ops/cases", "dispatcher": "/ops/dispatch", "supervisor": "/ops/oversight",
    "caller": "/ops/calls", "deputy": "/ops/approvals", "leader": "/ops/statistics",
    "head": "/ops/cases?open=1", "handler": "/ops/inbox", "admin": "/ops/admin/delivery",
    "security": "/ops/admin/accounts", "auditor": "/ops/admin/audit", "clerk": "/ops/petitions",
    "adviser": "/ops/petitions", "a stranger": "/statistics",
}  # fmt: skip
"""A page that each of them opens."""
PRINTING = ("dispatcher", "head", "supervisor", "leader")


class Reader:
    """One person with a browser and a program; strangers have neither sign-in nor token."""

    def __init__(self, client: FlaskClient, token: str | None) -> None:
        self.client, self.token = client, token

    def get(self, address: str) -> str:
        headers = {}
        if address.startswith("/api/") and self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        answer = self.client.get(address, headers=headers)
        if answer.mimetype == "application/pdf":
            return f"{answer.status_code} pdf"
        return f"{answer.status_code} {answer.headers.get('ETag')} {steady(answer.text)}"


def readers(new_client: Callable[[], FlaskClient], street: Street) -> dict[str, Reader]:
    """All of them, just signed in."""
    found = {"a stranger": Reader(new_client(), None)}
    for who in EVERYBODY_ELSE:
        client = new_client()
        seat(client, street, who)
        ctx = Context(SYSTEM, street.now, door="test")
        found[who] = Reader(client, issue_token(ctx, who, ("all",), who))
    return found


def told(
    reading: dict[str, Reader], asked: list[str], engine_name: str
) -> dict[tuple[str, str], str]:
    """What each reads; a half of them on this engine, at every address."""
    return {
        (who, one): reader.get(one)
        for row, (who, reader) in enumerate(reading.items())
        for column, one in enumerate(asked)
        if falls_to(engine_name, row, column) or HOMES.get(who) == one
    }


@pytest.fixture
def known(street: Street, store: FileStore) -> dict[str, str]:
    """Cases of the open desk that would stand beside the sealed ones."""
    hotline = street.worked("handling", petitioner=SHARED, category="0203")
    street.worked("closed", petitioner=SHARED, category="0203")
    return {"hotline": hotline, "petition": worked(street, "handling", petitioner=SHARED)}


@contextmanager
def world(
    street: Street, clock: time_machine.Traveller, known: dict[str, str], *, sealed: bool
) -> Iterator[Sealed]:
    """Some days later, with what was told and reminded meanwhile."""
    now = street.now
    with undone(street):
        tick(street.ctx("supervisor"))
        found = seal_some(street) if sealed else Sealed()
        street.now = now + LATER
        clock.move_to(street.now)
        tick(street.ctx("supervisor"))
        yield found
    street.now = now
    clock.move_to(now)


def test_no_page_no_answer_of_a_program_and_no_count_differs(
    app: Flask, street: Street, clock: time_machine.Traveller, known: dict[str, str],
    new_client: Callable[[], FlaskClient], engine_name: str,
) -> None:  # fmt: skip
    with world(street, clock, known, sealed=True) as sealed:
        asked = addresses(app, sealed, known)
        with_them = told(readers(new_client, street), asked, engine_name)
    with world(street, clock, known, sealed=False):
        without = told(readers(new_client, street), asked, engine_name)
    assert len(sealed.numbers) == 6
    assert [key for key, text in with_them.items() if text != without[key]] == []
    for who, page in HOMES.items():
        assert with_them[(who, page)].startswith("200"), "otherwise nothing was looked at"


def test_no_export_and_no_report_differs(
    app: Flask, street: Street, clock: time_machine.Traveller, known: dict[str, str],
    tmp_path: Path,
) -> None:  # fmt: skip
    found = []
    for is_sealed in (True, False):
        with world(street, clock, known, sealed=is_sealed):
            found.append({who: printed(app, who, tmp_path / "cases.csv") for who in PRINTING})
    for who in PRINTING:
        assert found[0][who] == found[1][who], who


def printed(app: Flask, who: str, file: Path) -> list[str]:
    """The export of that person, and the figures of the month for everybody and for them."""
    runner = app.test_cli_runner()
    assert runner.invoke(cli, ["cases", "export", "--as", who, "-o", str(file)]).exit_code == 0
    by_track = ["report", "month", "2026-03", "--by", "track"]
    figures = [runner.invoke(cli, [*by_track, *more]).output for more in ([], ["--as", who])]
    return [file.read_text("utf-8-sig"), *figures]
