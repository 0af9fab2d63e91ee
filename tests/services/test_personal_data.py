"""A resident's numbers stay where they are needed: what leaves, what is listed and what is logged
carries them masked or not at all.
"""

import csv
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from casetracker.gateways.errors import OutcomeUnknown, TryAgain
from casetracker.persistence.queries.case_list import CaseFilter
from casetracker.services.context import SYSTEM, Context
from casetracker.services.exports.to_a_path import export_cases
from casetracker.services.notifying.deadline_watch import scan
from casetracker.services.notifying.delivery import drain
from tests.factories.gateways import Outside, fake_gateways
from tests.factories.street import Street

PHONE, IDENTITY = "13977665544", "420103198501010039"
NAME, DOOR = "欧阳小红", "三栋二单元501"
RESIDENT = {"name": NAME, "phone": PHONE, "id_number": IDENTITY, "address": f"东风小区{DOOR}"}
WRITTEN_BY_STAFF = {
    ("cases", "content"), ("assignments", "request"), ("assignments", "answer"),
    ("supervision_orders", "requirement"), ("replies", "text"), ("replies", "inner_note"),
}  # fmt: skip
"""Columns that hold in plain words what somebody wrote, to be read on the case's own page."""


@pytest.fixture
def outside() -> Iterator[Outside]:
    with fake_gateways() as out:
        yield out


@pytest.fixture
def worked(street: Street, outside: Outside) -> str:
    """A case whose numbers are in every field that takes words; everything told that is to be."""
    number = street.register(
        content=f"{PHONE}来电，身份证{IDENTITY}，路灯不亮。", petitioner=RESIDENT
    ).number
    note = f"请联系{PHONE}"
    steps: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("dispatcher", "dispatch", {"unit": "东风社区", "assisting": ["新河社区"], "note": note}),
        ("handler", "sign_for", {}),
        ("handler", "contact", {"outcome": "reached", "note": note}),
        ("handler", "log", {"text": f"{note} {IDENTITY}", "public": True}),
        ("other_handler", "assist_report", {"text": note}),
        ("supervisor", "supervise", {"trigger": "overdue", "requirement": note}),
        ("leader", "instruct", {"text": note}),
        ("operator", "urge", {"text": note}),
    )
    for who, action, body in steps:
        street.act(who, number, action, **body)
    street.wait(days=9)
    street.add_evidence(number)
    told(street)
    street.act("handler", number, "submit", result="resolved", text=note, note=IDENTITY)
    street.act("head", number, "approve")
    answer = {"validity": "valid", "satisfaction": "dissatisfied", "note": note}
    street.act("caller", number, "follow_up", number_called=PHONE, **answer)
    told(street)
    return number


def told(street: Street) -> None:
    for _ in range(3):
        scan(Context(SYSTEM, street.now))
        drain(Context(SYSTEM, street.now))
        street.wait(minutes=20)


def numbers_in(value: Any) -> bool:
    return PHONE in str(value) or IDENTITY in str(value)


def test_messages_name_the_resident_in_no_way_but_their_own_number(
    worked: str, outside: Outside
) -> None:
    assert outside.sms.ledger
    assert {message.to for message in outside.sms.ledger} == {PHONE}
    for message in outside.sms.ledger:
        assert not numbers_in(message.text)
        assert NAME not in message.text
    assert not any(numbers_in(mail) or NAME in str(mail) for mail in outside.mail.ledger)


def test_no_table_holds_the_numbers_but_where_somebody_wrote_them(
    street: Street, worked: str
) -> None:
    found = set()
    session = street.session
    for table in inspect(session.get_bind()).get_table_names():
        for row in session.execute(text(f"SELECT * FROM {table}")).mappings():
            found |= {(table, name) for name, value in row.items() if numbers_in(_read(value))}
    assert found <= WRITTEN_BY_STAFF
    assert ("cases", "content") in found, "the search itself works"


def _read(value: Any) -> str:
    if isinstance(value, memoryview):
        value = bytes(value)
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_an_export_masks_title_and_words(
    street: Street, worked: str, tmp_path: Path, ending: str
) -> None:
    street.register(title=f"回电{PHONE}", content="路灯", petitioner=RESIDENT)
    path = tmp_path / f"cases.{ending}"
    assert export_cases(street.ctx("supervisor"), CaseFilter(), path) == 2
    rows = list(_rows(path))
    assert not any(numbers_in(row) or NAME in str(row) or DOOR in str(row) for row in rows)
    assert any("139****5544" in str(row) for row in rows)


def _rows(path: Path) -> Iterator[Any]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from csv.reader(lines)
        return
    import openpyxl

    yield from openpyxl.load_workbook(path).active.iter_rows(values_only=True)


def test_a_title_made_of_the_content_holds_no_number_not_even_half_of_one(street: Street) -> None:
    for before in ("", "您好，", "路灯不亮已有一周，晚上出行不安全，我的号码"):
        content = f"{before}{IDENTITY}，电话{PHONE}，请尽快。"
        title = street.case(street.register(content=content).number).title
        assert "4201031985" not in title
        assert "1397766" not in title


def test_the_log_holds_no_number(
    street: Street, caplog: pytest.LogCaptureFixture, outside: Outside
) -> None:
    caplog.set_level(logging.DEBUG)
    outside.sms.failures = [TryAgain("503"), OutcomeUnknown("timeout")]
    number = street.register(petitioner=RESIDENT).number
    told(street)
    street.act("operator", number, "withdraw", text=f"{PHONE}撤回")
    assert not any(numbers_in(record.__dict__) for record in caplog.records)
