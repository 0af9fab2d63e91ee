"""How strict accounts are: lives of sessions and passwords, second factor, cost of a hash.

Set once by the app from its settings. Source: docs/settings.md; GB/T 22239-2019 8.1.4 (等保三级).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from casetracker.domain.vocabulary import Role

WITH_SECOND_FACTOR = frozenset(
    {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR, Role.DISCIPLINE}
)
"""Roles that administer, watch or read the confidential lane."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPolicy:
    """`password_life` None: passwords do not grow old. `forces_second_factor` for some roles."""

    session_idle: timedelta = timedelta(minutes=30)
    session_life: timedelta = timedelta(hours=12)
    password_profile: str = "dengbao"  # noqa: S105 - the name of a rule, no password
    forces_second_factor: bool = True
    hash_rounds: int = 3

    @property
    def password_life(self) -> timedelta | None:
        return timedelta(days=90) if self.password_profile == "dengbao" else None  # noqa: S105

    def is_password_old(self, changed_at: datetime, now: datetime) -> bool:
        return self.password_life is not None and now > changed_at + self.password_life

    def needs_second_factor(self, roles: frozenset[Role]) -> bool:
        return self.forces_second_factor and bool(roles & WITH_SECOND_FACTOR)


class _Holder:
    policy = AccountPolicy()


def use_policy(policy: AccountPolicy) -> None:
    """Called once by the app."""
    _Holder.policy = policy


def policy() -> AccountPolicy:
    return _Holder.policy
