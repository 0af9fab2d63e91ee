"""Gateways that keep what they are given and fail as told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from casetracker.services.channels import Channels, channels, use_channels


@dataclass
class FakeGateway:
    """A ledger of what arrived; `failures` are raised one a call, after noting if `takes_first`."""

    is_on: bool = True
    ledger: list[Any] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)
    calls: int = 0
    takes_first: bool = False

    def send(self, message: Any) -> None:
        self.calls += 1
        failure = self.failures.pop(0) if self.failures else None
        if failure is None or self.takes_first:
            self.ledger.append(message)
        if failure is not None:
            raise failure


@dataclass
class Outside:
    """Everything that leaves the house in one test."""

    mail: FakeGateway = field(default_factory=FakeGateway)
    sms: FakeGateway = field(default_factory=FakeGateway)


@contextmanager
def fake_gateways() -> Iterator[Outside]:
    """Both channels on and faked, the real ones back afterwards."""
    before, outside = channels(), Outside()
    use_channels(Channels(outside.mail, outside.sms, "https://minhu.test"))
    try:
        yield outside
    finally:
        use_channels(before)
