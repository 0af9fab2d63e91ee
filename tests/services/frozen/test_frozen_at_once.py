"""Two people freeze, correct or write at the same moment: one order of the two holds."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from casetracker.domain.errors import Conflict, GuardRefused
from casetracker.domain.frozen.roll import CaseRoll
from casetracker.domain.reports.facts import Wording
from casetracker.domain.reports.periods import Span, report_period
from casetracker.persistence.case import Case
from casetracker.persistence.database import db
from casetracker.persistence.queries.frozen_months import frozen_month
from casetracker.services.commands.reports import CorrectMonth, WriteWording
from casetracker.services.context import ClientKey
from casetracker.services.frozen import correcting, freezing, month_figures
from casetracker.services.frozen.comparing import compare_month
from casetracker.services.frozen.correcting import correct_month
from casetracker.services.frozen.freezing import freeze_month
from casetracker.services.reports.wordings import kept_wording, write_wording
from casetracker.services.verifying.findings import Sight
from casetracker.services.verifying.frozen import counted_again, sealed
from tests.databases import Databases, environment
from tests.factories.at_once import at_once
from tests.factories.frozen import print_blank
from tests.factories.processes import shared_street
from tests.factories.street import Street


@pytest.fixture(scope="module")
def street(
    databases: Databases,
    engine_name: str,
    tmp_path_factory: pytest.TempPathFactory,
    papers_not_laid_out: None,
) -> Iterator[Street]:
    """One street in April for all of them: each freezes months of its own."""
    url = databases.new(engine_name)
    with shared_street(environment(url, tmp_path_factory.mktemp("data"))) as shared:
        shared.street.worked("closed")
        shared.street.wait(days=31)
        yield shared.street
    databases.drop(url)


@pytest.fixture(autouse=True)
def _own_store(monkeypatch: pytest.MonkeyPatch) -> None:
    """In place of the neighbours' fixture: this product has a store of its own."""
    print_blank(monkeypatch)


@contextmanager
def meeting(module: Any, name: str) -> Iterator[None]:
    """Both come to the function before either goes in."""
    barrier, inner = threading.Barrier(2, timeout=20), getattr(module, name)

    def waiting(*given: Any, **more: Any) -> Any:
        barrier.wait()
        return inner(*given, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, waiting)
        yield


def outcomes(told: list[Exception | None]) -> set[str]:
    """`done`, or the code of the refusal."""
    return {"done" if one is None else getattr(one, "code", repr(one)) for one in told}


def freezing_by(street: Street, who: str, month: str, key: str | None = None) -> Callable[[], None]:
    ctx = street.ctx(who, key=ClientKey(key, "h") if key else None)
    return lambda: freeze_month(ctx, month)


def test_two_who_freeze_a_month_freeze_it_once(street: Street) -> None:
    with meeting(freezing, "_keep"):
        told = at_once(*(freezing_by(street, who, "2026-01") for who in ("leader", "supervisor")))
    assert outcomes(told) == {"done", "month_is_frozen"}
    assert whole(street)


def test_one_press_sent_twice_is_done_twice_and_refused_never(street: Street) -> None:
    with meeting(freezing, "_keep"):
        told = at_once(*[freezing_by(street, "leader", "2025-12", "form:freeze")] * 2)
    assert told == [None, None]
    assert whole(street)


def test_two_who_correct_a_month_correct_it_once(street: Street) -> None:
    freeze_month(street.ctx("leader"), "2026-03")
    case = street.session.query(Case).one()
    case.excluded = "misrouted"
    street.session.commit()
    seen = compare_month(street.ctx("leader"), "2026-03").mark

    def correct(who: str, key: str) -> Callable[[], None]:
        ctx = street.ctx(who, key=ClientKey(key, "h"))
        return lambda: correct_month(ctx, "2026-03", CorrectMonth(reason=who), seen)

    with meeting(correcting, "_keep"):
        told = at_once(correct("leader", "form:a"), correct("supervisor", "form:b"))
    assert outcomes(told) == {"done", "changes_moved_on"}
    case = street.session.query(Case).one()
    case.excluded = None
    street.session.commit()
    seen = compare_month(street.ctx("leader"), "2026-03").mark
    with meeting(correcting, "_keep"):
        told = at_once(*[correct("leader", "form:c")] * 2)
    assert told == [None, None]
    assert whole(street)


@pytest.mark.parametrize("month", ["2025-09", "2025-10", "2025-11"])
def test_no_words_are_lost_while_a_month_is_frozen(street: Street, month: str) -> None:
    period = report_period(Span.MONTH, month)
    words = WriteWording(problems="新写的问题。")

    def write() -> None:
        write_wording(street.ctx("supervisor"), period, words, Wording(), 0)

    froze, wrote = at_once(freezing_by(street, "leader", month), write)
    assert froze is None or (isinstance(froze, Conflict) and wrote is None)
    assert wrote is None or isinstance(wrote, GuardRefused)
    row = frozen_month(db.session(), month)
    kept = kept_wording(street.ctx("leader"), period).words
    assert (row is None) == (froze is not None)
    if row is not None:
        assert row.words["problems"] == kept.problems
    assert kept.problems == (None if wrote else "新写的问题。")


@pytest.mark.parametrize("times", [1, 3], ids=["once", "all the time"])
def test_figures_that_move_while_they_are_read_are_read_again(
    street: Street, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """Somebody writes between the sums and the roll, which then hold other cases."""
    read, looks = month_figures._roll, []

    def roll(*given: Any) -> CaseRoll:
        looks.append(given)
        found = read(*given)
        return replace(found, members=found.members[1:]) if len(looks) <= times else found

    monkeypatch.setattr(month_figures, "_roll", roll)
    if times == 1:
        assert month_figures.live_figures(
            street.ctx("leader"), db.session(), "2026-03", "WUHAN_DEFAULT"
        ).roll.members
        return
    with pytest.raises(Conflict) as refusal:
        month_figures.live_figures(street.ctx("leader"), db.session(), "2026-03", "WUHAN_DEFAULT")
    assert refusal.value.code == "figures_in_motion"


def whole(street: Street) -> bool:
    db.session.rollback()
    sight = Sight(db.session(), street.now)
    return [*sealed(sight), *counted_again(sight)] == []
