"""Brakes for runaway programs: so many requests a minute, counted by every process and in Redis.

A process counts for itself and tells Redis a few times a second what it has let through, so that
a request pays for no round trip: one process is exact, several together overshoot by a moment.

A convenience, so it fails open: without Redis each process counts for itself. What guards secrets
(sign-in, query code, reveal) is counted in the database by `services.attempts` and fails closed.
"""

import logging
import time
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from casetracker.config import Settings

log = logging.getLogger("casetracker.rate_limits")
EXTENSION = "rate_limits"
API, SEARCH = "api", "search"
AGAIN_AFTER_S = 30
"""How long each process counts alone before Redis is tried again."""
TELL_EVERY_S = 0.25
PATIENCE_S = 0.2
MINUTE_S = 60
clock = time.monotonic
"""A clock that is set back must stop nobody."""


@dataclass(slots=True)
class _Spent:
    """What a principal has spent in a minute; instants are seconds of `clock`."""

    ends_at: float
    here: int = 0
    untold: int = 0
    told_at: float = 0.0
    stopped_until: float = 0.0


@dataclass(slots=True)
class RateLimits:
    """Counters per brake and principal; a brake of 0 a minute is off."""

    shared: FixedWindowRateLimiter
    per_minute: dict[str, RateLimitItem]
    shared_again_at: float = 0.0
    _spent: dict[tuple[str, ...], _Spent] = field(default_factory=dict)

    def spend(self, brake: str, principal: str) -> None:
        """Count one request. Raises TooManyRequests with the seconds to wait."""
        item = self.per_minute.get(brake)
        if item is None:
            return
        now = clock()
        spent = self._spent_until(now, brake, principal)
        spent.here += 1
        spent.untold += 1
        if spent.here > item.amount:
            spent.stopped_until = spent.ends_at
        elif now - spent.told_at >= TELL_EVERY_S and now >= self.shared_again_at:
            self._tell(item, spent, now, brake, principal)
        if now < spent.stopped_until:
            raise TooManyRequests(retry_after=max(1, int(spent.stopped_until - now) + 1))

    def _spent_until(self, now: float, *names: str) -> _Spent:
        """A minute begins with a request; those that are over are forgotten when one begins."""
        spent = self._spent.get(names)
        if spent is None or spent.ends_at <= now:
            running = {key: one for key, one in self._spent.items() if one.ends_at > now}
            spent = _Spent(ends_at=now + MINUTE_S)
            self._spent = {**running, names: spent}
        return spent

    def _tell(self, item: RateLimitItem, spent: _Spent, now: float, *names: str) -> None:
        """Add what went through here to what went through everywhere."""
        cost, spent.untold, spent.told_at = spent.untold, 0, now
        try:
            if not self.shared.hit(item, *names, cost=cost):
                ends_at = self.shared.get_window_stats(item, *names).reset_time
                spent.stopped_until = now + min(MINUTE_S, ends_at - time.time())
        except Exception:  # whatever Redis does, nobody's work stops for a brake
            log.warning("each process counts its own requests for a while", exc_info=True)
            self.shared_again_at = now + AGAIN_AFTER_S


def install_rate_limits(app: Flask, settings: Settings) -> None:
    """Brakes as the settings say; nothing is connected yet."""
    wanted = {API: settings.api_per_minute, SEARCH: settings.searches_per_minute}
    app.extensions[EXTENSION] = RateLimits(
        shared=FixedWindowRateLimiter(_storage(settings.limiter_url)),
        per_minute={n: RateLimitItemPerMinute(count) for n, count in wanted.items() if count},
    )


def brake(name: str, principal: str) -> None:
    """Count one request of a principal. Raises TooManyRequests."""
    limits: RateLimits = current_app.extensions[EXTENSION]
    limits.spend(name, principal)


def _storage(url: str) -> Any:
    return storage_from_string(url, socket_connect_timeout=PATIENCE_S, socket_timeout=PATIENCE_S)
