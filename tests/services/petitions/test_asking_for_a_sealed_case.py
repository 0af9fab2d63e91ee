"""Whoever names a sealed case is answered as for a number that was never given."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from casetracker.domain.errors import DomainError, InvalidInput, NotFound
from casetracker.domain.vocabulary import Action
from casetracker.persistence.case import Case
from casetracker.services.commands.ledgers import LinkCase, NoteLetter
from casetracker.services.imports.running import import_file
from casetracker.services.ledgers.letters import note_letter
from casetracker.services.ledgers.visits import link_visit
from casetracker.services.steps.actions import ACTIONS
from tests.engines import in_turn
from tests.factories.ledgers import old_case, undertaking, visit
from tests.factories.petitions import petition
from tests.factories.street import PEOPLE, Street
from tests.factories.tables import row, table

NEVER_GIVEN = "XF2026-999999"


@pytest.fixture
def sealed(street: Street) -> str:
    return petition(street, petition={"petition_class": "accusation"}).number


def _link(street: Street, number: str) -> None:
    link_visit(street.ctx("clerk"), visit(street), LinkCase(number=number))


NAMING: dict[str, Callable[[Street, str], Any]] = {
    "a repeat": lambda s, n: s.register(repeat_of=n),
    "grouping": lambda s, n: s.act("dispatcher", s.register().number, "group", into=n, reason="同"),
    "an earlier petition": lambda s, n: s.act(
        "second_clerk", petition(s).number, "refuse_again", prior=n, text="已终结。"
    ),
    "a visit": _link,
    "a leader's note": lambda s, n: note_letter(s.ctx("leader"), NoteLetter(number=n, note="阅。")),
    "an old case": lambda s, n: old_case(s, number=n),
    "an undertaking": lambda s, n: undertaking(s, numbers=n),
}


@pytest.mark.parametrize("name", NAMING)
def test_naming_it_is_naming_nothing(street: Street, sealed: str, name: str) -> None:
    answers = []
    for number in (sealed, NEVER_GIVEN):
        with pytest.raises(InvalidInput) as refused:
            NAMING[name](street, number)
        answers.append(refused.value.problems)
    assert answers[0] == answers[1]
    assert "unknown_case" in answers[0].values()


@in_turn("who", [who for who in PEOPLE if who != "discipline"])
def test_no_action_is_refused_in_another_way(street: Street, sealed: str, who: str) -> None:
    for action in Action:
        spec = ACTIONS.get(action)
        if spec is None:
            continue
        command = spec.command.model_construct(**spec.example)
        answers = [_refusal(street, who, spec.run, number, command) for number in (sealed, "X-1")]
        assert answers[0] == answers[1] == NotFound, action


def _refusal(
    street: Street, who: str, run: Callable[..., Any], number: str, command: Any
) -> type[DomainError]:
    with pytest.raises(DomainError) as refused:
        run(street.ctx(who), number, command)
    return type(refused.value)


def test_a_table_that_is_imported_again_adds_it_no_second_time(
    street: Street, tmp_path: Path
) -> None:
    def bring_in(*rows: dict[str, str]) -> tuple[int, int, list[str]]:
        path = table(tmp_path / "history.csv", rows)
        done = import_file(street.ctx("admin"), path, "history", data_dir=tmp_path)
        return done.added, done.unchanged, [one.reason for one in done.rejected]

    open_row = row("SZ-1", closed_at="", callback_at="", callback_valid="", resolved="",
                   satisfaction="", replied_at="", result="")  # fmt: skip
    assert bring_in(open_row, row("SZ-2")) == (2, 0, [])
    number = street.session.scalars(select(Case.number).where(Case.external_number == "SZ-1")).one()
    street.act("dispatcher", number, "transfer_confidential", reason="属检举控告。")
    assert bring_in(open_row, row("SZ-2")) == (0, 2, [])
    named = {key: bring_in(row(f"SZ-{key}", repeat_of=key)) for key in ("SZ-1", number, "SZ-9")}
    told = {reasons[0].replace(key, "") for key, (_, _, reasons) in named.items()}
    assert len(told) == 1, "a number of the lane is as unknown as any other"
    assert street.session.scalar(select(func.count()).select_from(Case)) == 2
