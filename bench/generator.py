"""Deterministic cases straight into the tables: enough for lists, months and scans to be honest.

Chinese texts of about 200 characters, 50 units, 60 categories, 24 months, a twelfth still open.
Every case has its person, its clocks and a chained first entry; statistics facts lie around the
dates that a worked case would have.
"""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from bench.multiplying import SEED, multiply
from casetracker.domain.vocabulary import (
    Channel,
    ClockStatus,
    Kind,
    Part,
    Role,
    Satisfaction,
    State,
    Track,
    UnitKind,
    Urgency,
)
from casetracker.persistence import search_index
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case, NumberSeries, Petitioner
from casetracker.persistence.change_capture import forget, put_back, take_away
from casetracker.persistence.clock import Clock
from casetracker.persistence.database import db
from casetracker.persistence.organisation import Category, Unit
from casetracker.persistence.queries.reference import touch
from casetracker.persistence.sealing import keyring
from casetracker.persistence.timeline import TimelineEntry
from casetracker.persistence.working import Assignment

UNITS, CATEGORIES, MONTHS, BATCH = 50, 60, 24, 2000
SENTENCES = (
    "小区门口的路灯已经有半个多月不亮，晚上老人小孩出行很不安全。",
    "工地每天夜里十二点以后还在施工，噪声很大，全楼住户无法休息。",
    "楼道里堆满杂物和电动车，存在严重的消防隐患，多次反映无人处理。",
    "下水道堵塞，雨天污水倒灌进一楼住户家中，气味难闻，请尽快疏通。",
    "物业公司擅自提高停车费，没有公示收费依据，希望有关部门核实。",
    "菜场门口流动摊贩占道经营，早晚高峰车辆无法通行，请加强管理。",
    "还建房交付三年仍未办理产权证，孩子上学受影响，请答复办理进度。",
    "垃圾清运不及时，夏天蚊蝇多、异味大，希望增加清运次数并消毒。",
)


def text_of(draw: random.Random, place: int) -> str:
    return f"第{place}件：" + "".join(draw.choices(SENTENCES, k=6))


def fill(session: Session, *, cases: int, now: datetime) -> None:
    """Units, people, categories and `cases` cases, committed in batches; no change is noted."""
    units = _organisation(session, now)
    categories = _categories(session, units)
    touch(session, now)
    session.commit()
    take_away(session.connection())
    drawn = min(cases, SEED)
    add_cases(session, range(drawn), now=now, units=units, categories=categories)
    multiply(session, drawn, cases)
    _go_on_after(session, now, cases)
    put_back(session.connection())
    forget(session.connection())
    session.commit()
    _vacuum(session)


def add_cases(
    session: Session, places: range, *, now: datetime, units: list[int], categories: list[int],
    open_share: float = 1 / 12,
) -> None:  # fmt: skip
    """Cases numbered by their places, for units and categories that are there; committed."""
    draw = random.Random(20261124 + places.start)
    for start in range(places.start, places.stop, BATCH):
        batch = range(start, min(start + BATCH, places.stop))
        _batch(session, draw, batch, now, open_share, units, categories)
    _go_on_after(session, now, places.stop)


def _go_on_after(session: Session, now: datetime, last_place: int) -> None:
    """The next case follows; rows came with their ids."""
    session.merge(NumberSeries(name=f"RX{now.year}", last=last_place))
    if session.get_bind().dialect.name != "sqlite":
        for table in ("petitioners", "cases"):
            last = f"(SELECT max(id) FROM {table})"
            session.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {last})"))
    session.commit()


def _vacuum(session: Session) -> None:
    """What PostgreSQL does by itself in time."""
    if session.get_bind().dialect.name == "sqlite":
        return
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def _organisation(session: Session, now: datetime) -> list[int]:
    street = Unit(code="street", name="基准街道", kind=UnitKind.STREET, handles_cases=False)
    session.add(street)
    session.flush()
    rows = [
        Unit(code=f"u{n:02d}", name=f"第{n}社区", kind=UnitKind.COMMUNITY, parent_id=street.id)
        for n in range(UNITS)
    ]
    session.add_all(rows)
    session.flush()
    session.add_all(
        Account(
            username=f"head{n:02d}", name=f"负责人{n}", unit_id=row.id, password_hash="-",
            roles=frozenset({Role.UNIT_HEAD}), password_changed_at=now, created_at=now,
        )
        for n, row in enumerate(rows)
    )  # fmt: skip
    session.flush()
    return [row.id for row in rows]


def _categories(session: Session, units: list[int]) -> list[int]:
    rows = [
        Category(
            code=f"{n:04d}", name=f"分类{n}", level=1, default_unit_id=units[n % UNITS],
            valid_from=date(2019, 1, 1),
        )
        for n in range(CATEGORIES)
    ]  # fmt: skip
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def _batch(
    session: Session, draw: random.Random, places: range, now: datetime, open_share: float,
    units: list[int], categories: list[int],
) -> None:  # fmt: skip
    people, cases, clocks, entries, parts = [], [], [], [], []
    for place in places:
        key = place + 1
        phone = f"139{draw.randrange(10**8):08d}"
        index = keyring().blind_index(phone, field="petitioners.phone")
        people.append({"id": key, "name": "张三", "phone": phone, "phone_index": index,
                       "is_confidential": False, "wants_no_calls": False})  # fmt: skip
        row = _case(draw, place, now, open_share, units, categories)
        cases.append(row)
        clocks.append(_clock(row, now))
        entries.append(_entry(row))
        parts.append({"case_id": key, "unit_id": row["lead_unit_id"], "part": Part.LEAD,
                      "assigned_at": row["dispatched_at"]})  # fmt: skip
    for table, rows in (
        (Petitioner, people), (Case, cases), (Clock, clocks), (TimelineEntry, entries),
        (Assignment, parts),
    ):  # fmt: skip
        session.execute(insert(table), rows)
    for row in cases:
        search_index.write(session, row["id"], f"{row['number']} {row['content']}", is_new=True)
    session.commit()


def _case(
    draw: random.Random, place: int, now: datetime, open_share: float,
    units: list[int], categories: list[int],
) -> dict[str, Any]:  # fmt: skip
    is_open = draw.random() < open_share
    span = MONTHS * 30 * 86400
    age = draw.randrange(86400, 20 * 86400) if is_open else draw.randrange(20 * 86400, span)
    received = (now - timedelta(seconds=age)).replace(microsecond=0)
    handled = received + timedelta(days=draw.randrange(1, 9))
    due = received + timedelta(days=7)
    content = text_of(draw, place)
    done = None if is_open else handled
    return {
        "id": place + 1, "number": f"RX{now.year}-{place + 1:06d}", "track": Track.HOTLINE,
        "state": State.HANDLING if is_open else State.CLOSED, "is_open": is_open, "version": 1,
        "head_hash": f"{place:064d}", "channel": draw.choice(list(Channel)[:8]),
        "kind": draw.choice(list(Kind)), "urgency": Urgency.NORMAL, "is_important": False,
        "risk_tags": frozenset(), "category_id": draw.choice(categories), "title": content[:30],
        "content": content, "persons": 1, "petitioner_id": place + 1, "is_imported": True,
        "lead_unit_id": draw.choice(units), "is_designated": False, "round": 1,
        "next_due_at": due if is_open else None,
        "next_warn_at": due - timedelta(days=2) if is_open else None,
        "received_at": received, "dispatched_at": received + timedelta(hours=1),
        "sign_due_at": received + timedelta(hours=5), "signed_at": received + timedelta(hours=2),
        "contact_due_at": received + timedelta(days=1),
        "contacted_at": received + timedelta(hours=draw.randrange(3, 40)),
        "handle_due_at": due, "replied_at": done,
        "closed_at": handled + timedelta(days=1) if done else None,
        "surveyable": True if done else None, "callback_valid": bool(done and place % 5),
        "satisfaction": draw.choice(list(Satisfaction)) if done and place % 5 else None,
        "resolved": bool(place % 7) if done and place % 5 else None, "is_dissatisfied": False,
        "redo_count": int(place % 40 == 0), "return_count": int(place % 25 == 0),
        "return_granted_count": int(place % 50 == 0), "urge_count": 0,
        "repeat_count": 0, "judged_unreasonable": False,
    }  # fmt: skip


def _clock(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    running = row["is_open"]
    return {
        "case_id": row["id"], "limit_code": "handle", "rule_code": f"handle:{row['kind']}",
        "unit_id": row["lead_unit_id"], "round": 1, "started_at": row["dispatched_at"],
        "status": ClockStatus.RUNNING if running else ClockStatus.MET,
        "due_raw": row["handle_due_at"], "due_legal": row["handle_due_at"],
        "due_at": row["handle_due_at"], "warn_at": row["handle_due_at"] - timedelta(days=2),
        "provisional": False, "calendar_version": "", "extended_days": 0, "due_version": 1,
        "stopped_at": row["replied_at"],
        "next_reminder_at": now + timedelta(days=1) if running else None,
    }  # fmt: skip


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "case_id": row["id"], "seq": 1, "at": row["received_at"], "actor_name": "系统",
        "actor_role": Role.SYSTEM, "action": "register", "outcome": "", "from_state": None,
        "to_state": row["state"], "visibility": "public", "payload": {}, "door": "bench",
        "prev_hash": "0" * 64, "hash": row["head_hash"],
    }  # fmt: skip


def bodies() -> Iterator[dict[str, Any]]:
    """What clients send to be registered, endlessly."""
    draw = random.Random(1)
    place = 0
    while True:
        place += 1
        yield {
            "track": "hotline", "channel": "mayor_line", "kind": draw.choice(["help", "complaint"]),
            "category": f"{draw.randrange(CATEGORIES):04d}", "content": text_of(draw, place),
            "petitioner": {"name": "李四", "phone": f"138{draw.randrange(10**8):08d}"},
            "location": {"address": f"东风路{place}号"},
        }  # fmt: skip
