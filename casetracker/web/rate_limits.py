"""Brakes for runaway programs: so many requests a minute, counted in Redis, else in memory.

A convenience, so it fails open: without Redis each process counts for itself. What guards secrets
(sign-in, query code, reveal) is counted in the database by `services.attempts` and fails closed.
"""

import logging
import time
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, current_app
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from casetracker.config import Settings

log = logging.getLogger("casetracker.rate_limits")
EXTENSION = "rate_limits"
API, SEARCH = "api", "search"
AGAIN_AFTER_S = 30
"""How long memory stands in before Redis is tried again."""
PATIENCE_S = 0.2


@dataclass(slots=True)
class RateLimits:
    """Counters per brake and principal; a brake of 0 a minute is off."""

    shared: FixedWindowRateLimiter
    per_minute: dict[str, RateLimitItem]
    own: FixedWindowRateLimiter = field(
        default_factory=lambda: FixedWindowRateLimiter(MemoryStorage())
    )
    shared_again_at: float = 0.0

    def spend(self, brake: str, principal: str) -> None:
        """Count one request. Raises TooManyRequests with the seconds to wait."""
        item = self.per_minute.get(brake)
        if item is None:
            return
        counter = self._hit(item, brake, principal)
        if counter is not None:
            ends_at = counter.get_window_stats(item, brake, principal).reset_time
            raise TooManyRequests(retry_after=max(1, int(ends_at - time.time()) + 1))

    def _hit(self, item: RateLimitItem, *names: str) -> FixedWindowRateLimiter | None:
        """The counter that says it is too much; None while it is not."""
        if time.monotonic() >= self.shared_again_at:
            try:
                return None if self.shared.hit(item, *names) else self.shared
            except Exception:  # whatever Redis does, nobody's work stops for a brake
                log.warning("counting requests in memory for a while", exc_info=True)
                self.shared_again_at = time.monotonic() + AGAIN_AFTER_S
        return None if self.own.hit(item, *names) else self.own


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
