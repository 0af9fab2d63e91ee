"""Brakes for runaway programs: they hold, they say how long, and they fail open."""

import time

import pytest
import time_machine
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from casetracker.web import rate_limits
from casetracker.web.rate_limits import API, SEARCH, RateLimits
from tests.api.conftest import problem


class Counting(FixedWindowRateLimiter):
    """A counter that knows how often it was asked."""

    calls = 0

    def hit(self, *args, **kwargs):
        self.calls += 1
        return super().hit(*args, **kwargs)


class Broken(Counting):
    """One whose Redis is away."""

    def hit(self, *_args, **_kwargs):
        self.calls += 1
        raise ConnectionError


def in_memory(**per_minute: int) -> RateLimits:
    return RateLimits(
        shared=FixedWindowRateLimiter(MemoryStorage()),
        per_minute={name: RateLimitItemPerMinute(count) for name, count in per_minute.items()},
    )


def test_a_program_beyond_its_allowance_is_told_how_long_to_wait(program, app, monkeypatch):
    monkeypatch.setitem(app.extensions, rate_limits.EXTENSION, in_memory(api=3))
    operator = program("operator")
    assert [operator.get("/units").status_code for _ in range(3)] == [200] * 3
    response = operator.get("/units")
    problem(response, 429, "http_429")
    assert int(response.headers["Retry-After"]) >= 1
    assert program("dispatcher").get("/units").status_code == 200, "others are not held up"


def test_searching_has_a_brake_of_its_own(program, app, monkeypatch):
    monkeypatch.setitem(app.extensions, rate_limits.EXTENSION, in_memory(search=1))
    operator = program("operator")
    assert operator.get("/cases", q="路灯").status_code == 200
    problem(operator.get("/cases", q="路灯"), 429, "http_429")
    assert operator.get("/cases").status_code == 200


def test_the_brakes_follow_the_settings(app, settings):
    limits = app.extensions[rate_limits.EXTENSION]
    assert limits.per_minute[API].amount == settings.api_per_minute
    assert limits.per_minute[SEARCH].amount == settings.searches_per_minute


def test_a_brake_of_zero_is_off():
    limits = in_memory()
    for _ in range(50):
        limits.spend(API, "account:1")


def test_without_redis_each_process_counts_for_itself_and_asks_again_later(monkeypatch):
    monkeypatch.setattr(rate_limits, "TELL_EVERY_S", 0.0)
    broken = Broken(MemoryStorage())
    limits = RateLimits(shared=broken, per_minute={API: RateLimitItemPerMinute(3)})
    limits.spend(API, "account:1")
    limits.spend(API, "account:1")
    assert broken.calls == 1, "a dead Redis is not asked for every request"
    limits.shared_again_at = 0.0
    limits.spend(API, "account:1")
    assert broken.calls == 2
    with pytest.raises(TooManyRequests):
        limits.spend(API, "account:1")


def test_what_went_through_elsewhere_counts_too(monkeypatch):
    monkeypatch.setattr(rate_limits, "TELL_EVERY_S", 0.0)
    one, other = in_memory(api=3), in_memory(api=3)
    other.shared = one.shared
    for limits in (one, other, one):
        limits.spend(API, "account:1")
    with pytest.raises(TooManyRequests) as stopped:
        other.spend(API, "account:1")
    assert 1 <= stopped.value.retry_after <= 62


def test_a_burst_asks_redis_a_few_times_only():
    counted = Counting(MemoryStorage())
    limits = RateLimits(shared=counted, per_minute={API: RateLimitItemPerMinute(500)})
    for _ in range(400):
        limits.spend(API, "account:1")
    assert counted.calls <= 3


def test_a_new_minute_gives_a_new_allowance(monkeypatch):
    limits = in_memory(api=1)
    limits.spend(API, "account:1")
    with pytest.raises(TooManyRequests):
        limits.spend(API, "account:1")
    later = time.monotonic() + 61
    monkeypatch.setattr(rate_limits, "clock", lambda: later)
    limits.shared.storage.reset()
    limits.spend(API, "account:1")
    assert len(limits._spent) == 1, "what is over is forgotten"


def test_a_clock_that_is_set_back_stops_nobody_for_longer_than_a_minute():
    limits = in_memory(api=1)
    limits.spend(API, "account:1")
    with time_machine.travel(time.time() - 3600), pytest.raises(TooManyRequests) as stopped:
        limits.spend(API, "account:1")
    assert stopped.value.retry_after <= 62
