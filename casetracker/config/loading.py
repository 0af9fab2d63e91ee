"""The one place that reads the environment.

Every name, its meaning and its default stand in docs/settings.md and .env.example.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from casetracker.config.checks import contradictions, weaknesses
from casetracker.config.errors import SettingsError
from casetracker.config.field_keys import parse_field_keys
from casetracker.config.own_secrets import secrets_of
from casetracker.config.parsers import address, choice, database, flag, text, texts, url, whole
from casetracker.config.settings import Settings, embedded_broker_socket

DEMO, PRODUCTION, TEST = "demo", "production", "test"
PASSWORD_PROFILES = {"等保": "dengbao", "dengbao": "dengbao", "asvs": "asvs"}

# Environment name → (parser, default). A field of Settings bears the same name in small letters.
KNOWN: Mapping[str, tuple[Callable[[str], Any], str]] = {
    "CASETRACKER_ENV": (choice({name: name for name in (DEMO, PRODUCTION, TEST)}), DEMO),
    "DATA_DIR": (lambda value: Path(value).expanduser().absolute(), "instance"),
    "DATABASE_URL": (database, ""),
    "REDIS_URL": (url("redis", "rediss", "unix"), ""),
    "CELERY_BROKER_URL": (url("redis", "rediss", "redis+socket"), ""),
    "SECRET_KEY": (text, ""),
    "SECRET_KEY_FALLBACKS": (texts, ""),
    "FIELD_KEYS": (parse_field_keys, ""),
    "TRUSTED_HOSTS": (texts, ""),
    "PUBLIC_URL": (url("http", "https"), ""),
    "ALLOW_HTTP": (flag, "0"),
    "PROXY_COUNT": (whole(0, 10), "0"),
    "LISTEN_HOST": (text, "127.0.0.1"),
    "PORT": (whole(1, 65535), "8000"),
    "WEB_WORKERS": (whole(1, 64), "2"),
    "WEB_THREADS": (whole(1, 64), "4"),
    "METRICS_BIND": (address, ""),
    "SMS_GATEWAY_URL": (url("http", "https"), ""),
    "SMS_GATEWAY_KEY": (text, ""),
    "SMTP_URL": (url("smtp", "smtps"), ""),
    "MAIL_FROM": (text, ""),
    "SESSION_IDLE_MINUTES": (whole(1, 24 * 60), "30"),
    "SESSION_HOURS": (whole(1, 7 * 24), "12"),
    "API_PER_MINUTE": (whole(0, 1_000_000), "60000"),
    "SEARCHES_PER_MINUTE": (whole(0, 1_000_000), "12000"),
    "PASSWORD_PROFILE": (choice(PASSWORD_PROFILES), "dengbao"),
}


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of `environ` (the process's own by default).

    Outside production, what is secret and missing is made once and kept in the data folder.
    Raises SettingsError naming every fault at once.
    """
    values, problems = _parse(os.environ if environ is None else environ)
    if problems:
        raise SettingsError(problems)
    if values["env"] == PRODUCTION:
        problems = weaknesses(values)
    else:
        _fill_for_demo(values)
    problems += contradictions(values)
    if problems:
        raise SettingsError(problems)
    if not values["celery_broker_url"]:
        values["celery_broker_url"] = values["redis_url"].replace("unix://", "redis+socket://", 1)
    return Settings(**values)


def _parse(environ: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    problems = []
    for name, (parse, default) in KNOWN.items():
        try:
            value = parse(environ.get(name, "").strip() or default)
        except ValueError as error:
            problems.append(f"{name}：{error}")
        else:
            values[name.lower().removeprefix("casetracker_")] = value
    return values, problems


def _fill_for_demo(values: dict[str, Any]) -> None:
    data_dir: Path = values["data_dir"]
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    values["database_url"] = values["database_url"] or f"sqlite:///{data_dir / 'casetracker.db'}"
    values["redis_url"] = values["redis_url"] or f"unix://{embedded_broker_socket(data_dir)}"
    values["public_url"] = values["public_url"] or f"http://127.0.0.1:{values['port']}"
    values["trusted_hosts"] = values["trusted_hosts"] or ("127.0.0.1", "localhost")
    if not (values["secret_key"] and values["field_keys"]):
        made = secrets_of(data_dir)
        values["secret_key"] = values["secret_key"] or made["SECRET_KEY"]
        values["field_keys"] = values["field_keys"] or parse_field_keys(made["FIELD_KEYS"])
