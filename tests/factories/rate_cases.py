"""Random case rows for statistics: every fact drawn on its own, legal or not."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

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

START = datetime(2026, 1, 15, tzinfo=UTC)


def random_case(draw: random.Random, place: int, units: list[int], person: int) -> Case:
    """One row whose instants lie around February and March 2026."""

    def maybe(value: Any, chance: float = 0.7) -> Any:
        return value if draw.random() < chance else None

    def instant() -> datetime:
        return START + timedelta(minutes=draw.randrange(80 * 24 * 60))

    state = draw.choice(list(State))
    return Case(
        number=f"T{place:06d}",
        track=Track.HOTLINE,
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
        excluded=maybe(draw.choice(list(ExcludeReason)), 0.15),
    )


def add_random_cases(session: Session, units: list[int], *, seed: int, count: int) -> list[Case]:
    """`count` rows, some of which repeat or were grouped into earlier ones."""
    draw = random.Random(seed)
    person = Petitioner()
    session.add(person)
    session.flush()
    rows = [random_case(draw, place, units, person.id) for place in range(count)]
    session.add_all(rows)
    session.flush()
    for place, row in enumerate(rows[1:], start=1):
        earlier = rows[draw.randrange(place)].id
        row.repeat_of_id = earlier if draw.random() < 0.1 else None
        row.grouped_into_id = earlier if draw.random() < 0.1 else None
    session.commit()
    return rows
