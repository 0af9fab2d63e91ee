"""All settings as one frozen record; what follows from them stands here too."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from casetracker.config.field_keys import FieldKeys

# Unix socket paths must stay below 108 bytes on Linux, terminating zero included.
LONGEST_SOCKET_PATH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings, checked. Secrets stay out of its printed form."""

    env: str
    data_dir: Path
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    celery_broker_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    secret_key_fallbacks: tuple[str, ...] = field(repr=False)
    field_keys: FieldKeys = field(repr=False)
    trusted_hosts: tuple[str, ...]
    public_url: str
    allow_http: bool
    proxy_count: int
    listen_host: str
    port: int
    web_workers: int
    web_threads: int
    metrics_bind: str
    sms_gateway_url: str
    sms_gateway_key: str = field(repr=False)
    smtp_url: str = field(repr=False)
    mail_from: str
    session_idle_minutes: int
    session_hours: int
    password_profile: str
    api_per_minute: int
    searches_per_minute: int

    @property
    def secure_cookies(self) -> bool:
        """Whether residents and staff reach us by https."""
        return self.public_url.startswith("https://")

    @property
    def limiter_url(self) -> str:
        """`redis_url` in the spelling of the rate limiter, which names unix sockets its own way."""
        return self.redis_url.replace("unix://", "redis+unix://", 1)

    @property
    def broker_socket(self) -> Path:
        """Where the embedded broker listens when no `REDIS_URL` is given."""
        return embedded_broker_socket(self.data_dir)

    @property
    def embeds_broker(self) -> bool:
        """Whether `./run` has to start the broker itself."""
        return self.redis_url == f"unix://{self.broker_socket}"


def embedded_broker_socket(data_dir: Path) -> Path:
    """A socket inside the data folder, or under /tmp where that path would be too long."""
    inside = data_dir / "broker.sock"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_PATH:
        return inside
    digest = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    return Path("/tmp") / f"casetracker-{os.getuid()}-{digest}" / "broker.sock"  # noqa: S108 - mode 700, owner checked
