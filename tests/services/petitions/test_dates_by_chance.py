"""Odd dates of petitions, by chance: each is what a second reckoning says."""

import random
from datetime import datetime, timedelta

from casetracker.domain.vocabulary import ClockStatus
from tests.engines import in_turn
from tests.factories.petition_days import (
    CHINA,
    calendar_days,
    dates,
    end_of,
    newest,
    received,
    working_days,
)
from tests.factories.petitions import classify, draft, serve
from tests.factories.street import Street
from tests.services.petitions.test_the_way import findings


@in_turn("seed", range(3))
def test_every_date_is_what_a_second_reckoning_says(years: Street, seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(8):
        _one_by_chance(years, draw)
    assert findings(years) == []


def _one_by_chance(street: Street, draw: random.Random) -> None:
    year = draw.choice((2019, 2025, 2026))
    first = datetime(year, 1, 1, tzinfo=CHINA)
    moment = first + timedelta(days=draw.randrange(150), seconds=draw.randrange(86_400))
    number = received(street, moment, petition={"sender": "区信访局"})
    assert dates(street, number, "notify15") == calendar_days(moment.date(), 15)
    assert dates(street, number, "objection5")[1] == working_days(moment, 5)

    simple = draw.random() < 0.3
    accepted = moment + timedelta(days=draw.randrange(14), seconds=draw.randrange(86_400))
    street.now = accepted + timedelta(days=draw.randrange(3))
    classify(street, number)
    street.act("clerk", number, "accept", simple=simple, accepted_at=accepted.isoformat())
    if simple:
        assert dates(street, number, "simple10")[1] == working_days(accepted, 10)
    else:
        assert dates(street, number, "handle60") == calendar_days(accepted.date(), 60)
    _assigned_and_extended(street, draw, number, accepted, simple=simple)
    _served_and_reviewed(street, draw, number, simple=simple)


def _assigned_and_extended(
    street: Street, draw: random.Random, number: str, accepted: datetime, *, simple: bool
) -> None:
    street.now += timedelta(days=draw.randrange(3))
    street.act("clerk", number, "assign", unit="东风社区", recusal_checked=True)
    assert dates(street, number, "investigate") == calendar_days(
        street.now.astimezone(CHINA).date(), 30
    )
    days = draw.choice((0, 7, 30))
    if simple or not days:
        return
    ask = {"days": days, "reason": "expert_opinion", "text": "需鉴定"}
    street.act("handler", number, "request_extension", **ask)
    street.act("leader", number, "decide_extension", granted=True, note="同意")
    assert dates(street, number, "handle60") == calendar_days(accepted.date(), 60 + days)


def _served_and_reviewed(street: Street, draw: random.Random, number: str, *, simple: bool) -> None:
    draft(street, number)
    if not simple:
        street.act("adviser", number, "legal_check", granted=True, note="同意")
    street.act("leader", number, "sign_off", granted=True)
    served = street.now + timedelta(days=draw.randrange(80), hours=draw.randrange(24))
    street.now = served + timedelta(days=draw.randrange(5))
    serve(street, number, served_at=served.isoformat())
    main = newest(street, number, "simple10" if simple else "handle60")
    assert main.stopped_at == served
    assert (main.status is ClockStatus.MET) == (served <= main.due_at)
    served_on = served.astimezone(CHINA).date()
    assert dates(street, number, "req_review30") == calendar_days(served_on, 30)
    assert dates(street, number, "evaluate") == calendar_days(served_on, 30)

    asked = served + timedelta(days=draw.randrange(45))
    street.now = asked + timedelta(days=draw.randrange(5))
    done = street.act("clerk", number, "request_review", requested_at=asked.isoformat())
    assert done.facts["late"] is (asked > end_of(calendar_days(served_on, 30)[1]))
    asked_on = asked.astimezone(CHINA).date()
    assert dates(street, number, "review30") == calendar_days(asked_on, 30)
    answered = asked + timedelta(days=draw.randrange(40))
    street.now = answered + timedelta(hours=1)
    street.act("clerk", number, "decide_review", outcome="upheld", text="维持",
               served_at=answered.isoformat())  # fmt: skip
    answered_on = answered.astimezone(CHINA).date()
    assert dates(street, number, "req_rereview30") == calendar_days(answered_on, 30)
