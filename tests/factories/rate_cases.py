"""Random case rows for statistics: every fact drawn on its own, legal or not."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.rates.facts import OF_PETITIONS
from casetracker.domain.vocabulary import (
    OPEN_STATES,
    Channel,
    ExcludeReason,
    Kind,
    Result,
    Satisfaction,
    State,
    Track,
    Urgency,
)
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.petition import Petition

START = datetime(2026, 1, 15, tzinfo=UTC)


def random_case(
    draw: random.Random, place: int, units: list[int], person: int, track: Track
) -> Case:
    """One row whose instants lie around February and March 2026."""

    def maybe(value: Any, chance: float = 0.7) -> Any:
        return value if draw.random() < chance else None

    def instant() -> datetime:
        return START + timedelta(minutes=draw.randrange(80 * 24 * 60))

    state = draw.choice(list(State))
    return Case(
        number=f"{track[0].upper()}{place:06d}",
        track=track,
        state=state,
        is_open=state in OPEN_STATES,
        version=1,
        head_hash="0" * 64,
        channel=draw.choice(list(Channel)),
        kind=draw.choice(list(Kind)),
        urgency=Urgency.NORMAL,
        title="t",
        content="c",
        petitioner_id=person,
        lead_unit_id=maybe(draw.choice(units), 0.9),
        received_at=instant(),
        dispatched_at=maybe(instant()),
        sign_due_at=maybe(instant()),
        signed_at=maybe(instant()),
        contact_due_at=maybe(instant()),
        contacted_at=maybe(instant()),
        handle_due_at=maybe(instant(), 0.9),
        replied_at=maybe(instant()),
        closed_at=maybe(instant()),
        result=maybe(draw.choice(list(Result))),
        surveyable=draw.choice([True, False, None]),
        callback_valid=draw.choice([True, True, False, None]),
        callback_contacted=draw.choice([True, False, None]),
        resolved=draw.choice([True, False, None]),
        satisfaction=maybe(draw.choice(list(Satisfaction))),
        redo_count=draw.choice([0, 0, 1, 2]),
        return_count=draw.choice([0, 0, 1]),
        return_granted_count=draw.choice([0, 0, 1]),
        excluded=maybe(draw.choice(list(ExcludeReason)), 0.15),
    )


@dataclass(frozen=True)
class Facts:
    """A case with its petition, read as one by the name of a fact."""

    case: Case
    petition: Petition | None

    def __getattr__(self, name: str) -> Any:
        if name in OF_PETITIONS:
            return getattr(self.petition, name) if self.petition else None
        return getattr(self.case, name)


def random_petition(draw: random.Random, case: Case) -> Petition:
    """The petition side of a row; limits and acts around February and March 2026."""

    def maybe() -> datetime | None:
        instant = START + timedelta(minutes=draw.randrange(80 * 24 * 60))
        return instant if draw.random() < 0.7 else None

    instants = sorted(name for name in OF_PETITIONS if name.endswith("_at"))
    return Petition(
        case_id=case.id,
        office_satisfaction=draw.choice([None, *Satisfaction]),
        **{name: maybe() for name in instants},
    )


def facts_in(session: Session) -> list[Facts]:
    """Every case there is, in the order in which they were added."""
    rows = select(Case, Petition).outerjoin(Petition, Petition.case_id == Case.id)
    return [Facts(*row) for row in session.execute(rows.order_by(Case.id))]


def add_random_petitions(
    session: Session, units: list[int], *, seed: int, count: int
) -> list[Facts]:
    """`count` petitions with every fact drawn on its own."""
    cases = add_random_cases(session, units, seed=seed, count=count, track=Track.PETITION)
    draw = random.Random(seed)
    found = [Facts(case, random_petition(draw, case)) for case in cases]
    session.add_all(one.petition for one in found)
    session.commit()
    return found


def add_random_cases(
    session: Session, units: list[int], *, seed: int, count: int, track: Track = Track.HOTLINE
) -> list[Case]:
    """`count` rows, some of which repeat or were grouped into earlier ones."""
    draw = random.Random(seed)
    person = Petitioner()
    session.add(person)
    session.flush()
    rows = [random_case(draw, place, units, person.id, track) for place in range(count)]
    session.add_all(rows)
    session.flush()
    for place, row in enumerate(rows[1:], start=1):
        earlier = rows[draw.randrange(place)].id
        row.repeat_of_id = earlier if draw.random() < 0.1 else None
        row.grouped_into_id = earlier if draw.random() < 0.1 else None
    session.commit()
    return rows
