"""What a first start leaves behind, and what the doctor says of a bad installation."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from casetracker.cli.demo import write_accounts
from casetracker.cli.doctor import doctor_command
from casetracker.services.demo.foundation import DemoAccount
from tests.databases import environment

ACCOUNT = DemoAccount("leader1", "Abcd-efgh-1234", "张三", ("主要领导",), "新沟镇街道办事处")


def test_the_accounts_are_kept_for_their_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "demo-accounts.json"
    for _ in range(2):
        write_accounts(path, (ACCOUNT,))
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text(encoding="utf-8")) == [
        {
            "username": "leader1",
            "password": "Abcd-efgh-1234",
            "name": "张三",
            "roles": ["主要领导"],
            "unit": "新沟镇街道办事处",
        }
    ]
    assert [one.name for one in tmp_path.iterdir()] == ["demo-accounts.json"]


def _doctor(app: Flask, monkeypatch: pytest.MonkeyPatch, **settings: str) -> tuple[int, str]:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(doctor_command(lambda: app), standalone_mode=False)
    return result.return_value, result.output


def test_the_doctor_names_every_missing_setting_of_production(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "FIELD_KEYS"):
        monkeypatch.delenv(name, raising=False)
    code, told = _doctor(app, monkeypatch, CASETRACKER_ENV="production", DATA_DIR=str(tmp_path))
    assert code == 1
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "FIELD_KEYS", "TRUSTED_HOSTS"):
        assert name in told


def test_the_doctor_finds_an_unreachable_queue_and_a_missing_year(
    app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database_url: str
) -> None:
    settings = environment(database_url, tmp_path, REDIS_URL="redis://127.0.0.1:1/0")
    code, told = _doctor(app, monkeypatch, **settings)
    assert code == 1
    assert "连不上 Redis" in told
    assert "calendar load" in told
    assert "结构为最新" in told
