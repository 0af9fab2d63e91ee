"""The floor: what a case costs in bare Flask with the driver and nothing else.

One durable transaction with the case row and one event row; a page of the newest open cases with
their number. No checks, no ORM, no history, no rights.
"""

import os
import sqlite3
import threading
from datetime import UTC, datetime

import psycopg
from flask import Flask, render_template_string, request

URL = os.environ["FLOOR_URL"]
IS_SQLITE = URL.startswith("sqlite")
MARK = "?" if IS_SQLITE else "%s"
SCHEMA = (
    "CREATE TABLE floor_case (id {serial}, number TEXT, title TEXT, content TEXT, is_open BOOLEAN, "
    "due_at TIMESTAMP)",
    "CREATE TABLE floor_event (id {serial}, case_id BIGINT, at TIMESTAMP, what TEXT)",
    "CREATE INDEX floor_open ON floor_case (due_at, id) WHERE is_open",
)
PAGE = """<!doctype html><title>工单</title><p>{{ total }}</p><table>{% for row in rows %}
<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"""

app = Flask(__name__)


class Sqlite:
    def __init__(self) -> None:
        self.db = sqlite3.connect(URL.removeprefix("sqlite:///"), isolation_level=None, timeout=5,
                                  check_same_thread=False)  # fmt: skip
        self.turn = threading.Lock()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000"):
            self.db.execute(f"PRAGMA {pragma}")

    def add(self, title: str, content: str) -> int:
        with self.turn:
            return self._add(title, content, datetime.now(UTC))

    def _add(self, title: str, content: str, now: datetime) -> int:
        self.db.execute("BEGIN IMMEDIATE")
        found = self.db.execute(
            "INSERT INTO floor_case(number, title, content, is_open, due_at) "
            "VALUES (?, ?, ?, 1, ?) RETURNING id", ("F1", title, content, now.isoformat()),
        ).fetchone()[0]  # fmt: skip
        self.db.execute(
            "INSERT INTO floor_event(case_id, at, what) VALUES (?, ?, 'register')",
            (found, now.isoformat()),
        )
        self.db.execute("COMMIT")
        return found

    def page(self) -> tuple[int, list]:
        with self.turn:
            total = self.db.execute("SELECT count(*) FROM floor_case WHERE is_open").fetchone()[0]
            return total, self.db.execute(ROWS).fetchall()


class Postgres:
    def __init__(self) -> None:
        plain = URL.replace("postgresql+psycopg://", "postgresql://")
        self.plain = plain
        self.local = threading.local()

    def connection(self) -> psycopg.Connection:
        """One per thread, kept; as a context it ends the transaction and stays open."""
        if not hasattr(self.local, "db"):
            self.local.db = psycopg.connect(self.plain)
        return self.local.db

    def add(self, title: str, content: str) -> int:
        now = datetime.now(UTC)
        db = self.connection()
        with db.transaction():
            found = db.execute(
                "INSERT INTO floor_case(number, title, content, is_open, due_at) "
                "VALUES ('F1', %s, %s, true, %s) RETURNING id", (title, content, now),
            ).fetchone()[0]  # fmt: skip
            db.execute(
                "INSERT INTO floor_event(case_id, at, what) VALUES (%s, %s, 'register')",
                (found, now),
            )
        return found

    def page(self) -> tuple[int, list]:
        db = self.connection()
        with db.transaction():
            total = db.execute("SELECT count(*) FROM floor_case WHERE is_open").fetchone()[0]
            return total, db.execute(ROWS).fetchall()


ROWS = "SELECT number, title, due_at FROM floor_case WHERE is_open ORDER BY due_at, id LIMIT 50"
_store: Sqlite | Postgres | None = None


def store() -> Sqlite | Postgres:
    global _store
    if _store is None:
        _store = Sqlite() if IS_SQLITE else Postgres()
    return _store


def prepare(cases: int) -> None:
    """Tables with as many cases as the product has, a twelfth of them open."""
    rows = [("F", "路灯不亮", "内容" * 100, n % 12 == 0, datetime.now(UTC)) for n in range(cases)]
    insert = (
        "INSERT INTO floor_case(number, title, content, is_open, due_at) "
        f"VALUES ({', '.join([MARK] * 5)})"
    )
    if IS_SQLITE:
        db = sqlite3.connect(URL.removeprefix("sqlite:///"))
        serial = "INTEGER PRIMARY KEY"
    else:
        db = psycopg.connect(URL.replace("postgresql+psycopg://", "postgresql://"))
        serial = "BIGSERIAL PRIMARY KEY"
    cursor = db.cursor()
    for statement in SCHEMA:
        cursor.execute(statement.format(serial=serial))
    cursor.executemany(insert, [(*row[:4], row[4].isoformat()) for row in rows])
    db.commit()
    db.close()


@app.post("/cases")
def add_case() -> tuple[dict, int]:
    body = request.get_json()
    return {"id": store().add(body["content"][:30], body["content"])}, 201


@app.get("/cases")
def list_cases() -> str:
    total, rows = store().page()
    return render_template_string(PAGE, total=total, rows=rows)


@app.get("/healthz")
def health() -> str:
    return "ok"
