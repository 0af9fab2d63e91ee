"""Secrets made once outside production and kept in the data folder, readable by the owner alone."""

import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from casetracker.config.errors import SettingsError
from casetracker.config.field_keys import new_field_keys


def secrets_of(data_dir: Path) -> dict[str, str]:
    path = data_dir / "secrets.json"
    if not path.exists():
        _write_once(path, {"SECRET_KEY": secrets.token_urlsafe(48), "FIELD_KEYS": new_field_keys()})
    if path.stat().st_mode & 0o077:
        raise SettingsError([f"{path}：其他用户可以读取，请执行 chmod 600"])
    kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def _write_once(path: Path, made: Mapping[str, str]) -> None:
    """Of several processes that start together, one wins, and all read the same file."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(made, file)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
