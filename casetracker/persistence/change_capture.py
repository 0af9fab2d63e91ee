"""Triggers that keep, for every case whose facts change, what they were before.

They are made from the columns of `changed_cases` after every run of migrations, which take them
away first: a rebuilt table loses its triggers, and a new fact needs nothing but its column there.
Afterwards the sums are made anew. The races are thought through in docs/decisions/0016.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

TABLE = "changed_cases"
_OWN = {"case_id", "was_known", "touched"}
_VERBS = ("insert", "update", "delete")
_WATCHED = ("cases", "petitions")
_FORGETTING = ("DELETE FROM figure_sums", "DELETE FROM figure_sets", "DELETE FROM changed_cases")
_AGAIN = "ON CONFLICT (case_id) DO UPDATE SET touched = changed_cases.touched + 1"


@dataclass(frozen=True, slots=True)
class _Facts:
    """The copied columns: those of the case, and those of the petition beside it."""

    of_case: tuple[str, ...]
    of_petition: tuple[str, ...]

    def image(self, case: str, petition: str | None, source: str) -> str:
        """An INSERT of what the case was; `case` and `petition` name where its columns stand."""
        columns = ", ".join(self.of_case + self.of_petition)
        values = [f"{case}.{name}" for name in self.of_case]
        values += [f"{petition}.{name}" if petition else "NULL" for name in self.of_petition]
        return (
            f"INSERT INTO {TABLE} (case_id, was_known, touched, {columns}) "
            f"SELECT {case}.id, true, 1, {', '.join(values)} FROM {source} {_AGAIN};"
        )

    def of(self, table: str) -> tuple[str, ...]:
        return self.of_case if table == "cases" else self.of_petition

    def before(self, table: str, verb: str) -> str:
        """The statement that keeps what the case was before this row was written."""
        if table == "petitions":
            row = "NEW" if verb == "insert" else "OLD"
            source = f"cases AS was WHERE was.id = {row}.case_id"
            return self.image("was", None if verb == "insert" else "OLD", source)
        if verb == "insert":
            return (
                f"INSERT INTO {TABLE} (case_id, was_known, touched) "
                f"VALUES (NEW.id, false, 1) {_AGAIN};"
            )
        beside = "(SELECT 1) AS one LEFT JOIN petitions AS beside ON beside.case_id = OLD.id"
        return self.image("OLD", "beside", f"{beside} WHERE true")


def take_away(connection: Connection) -> None:
    """No change is noted any more."""
    for table, verb in _pairs():
        name = _name(table, verb)
        if connection.dialect.name == "sqlite":
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        else:
            connection.execute(text(f"DROP FUNCTION IF EXISTS {name}() CASCADE"))


def put_back(connection: Connection) -> None:
    """Changes are noted again, if the database has the table for them."""
    known = inspect(connection)
    if not known.has_table(TABLE):
        return
    copied = [one["name"] for one in known.get_columns(TABLE) if one["name"] not in _OWN]
    of_case = {one["name"] for one in known.get_columns("cases")}
    facts = _Facts(
        tuple(name for name in copied if name in of_case),
        tuple(name for name in copied if name not in of_case),
    )
    for table, verb in _pairs():
        for statement in _made(connection, facts, table, verb):
            connection.exec_driver_sql(statement)


def forget(connection: Connection) -> None:
    """Sums and noted changes away: whoever rolls begins with the cases as they stand."""
    if not inspect(connection).has_table(TABLE):
        return
    for statement in _FORGETTING:
        connection.execute(text(statement))


def _pairs() -> Iterable[tuple[str, str]]:
    return ((table, verb) for table in _WATCHED for verb in _VERBS)


def _name(table: str, verb: str) -> str:
    return f"{table}_{verb}_noted"


def _made(connection: Connection, facts: _Facts, table: str, verb: str) -> Sequence[str]:
    name, body = _name(table, verb), facts.before(table, verb)
    if connection.dialect.name == "sqlite":
        when = " OR ".join(f"OLD.{fact} IS NOT NEW.{fact}" for fact in facts.of(table))
        return [f"CREATE TRIGGER {name} {_event(facts, table, verb, when)} BEGIN {body} END"]
    columns = facts.of(table)
    old, new = (", ".join(f"{row}.{fact}" for fact in columns) for row in ("OLD", "NEW"))
    event = _event(facts, table, verb, f"ROW({old}) IS DISTINCT FROM ROW({new})")
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"{_lock(table, verb)} {body} RETURN NULL; END $$",
        f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION {name}()",
    ]


def _event(facts: _Facts, table: str, verb: str, when: str) -> str:
    """Updates count where a fact really becomes another."""
    if verb != "update":
        return f"AFTER {verb} ON {table} FOR EACH ROW"
    return f"AFTER UPDATE OF {', '.join(facts.of(table))} ON {table} FOR EACH ROW WHEN ({when})"


def _lock(table: str, verb: str) -> str:
    """Who changes a petition holds its case, so that the two halves of an image are of one time."""
    if table != "petitions":
        return ""
    row = "NEW" if verb == "insert" else "OLD"
    return f"PERFORM 1 FROM cases WHERE id = {row}.case_id FOR NO KEY UPDATE;"
