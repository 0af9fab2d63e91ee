"""Settings: what is refused, what is filled in, what stays hidden."""

import json
import stat
from dataclasses import FrozenInstanceError

import pytest

from casetracker.config import SettingsError, load_settings, new_field_keys

STRONG_KEY = "h2Vn8sK0qLrT5xWbYcZdE7fGjMpQ4uA1"


@pytest.fixture
def production(tmp_path):
    return {
        "CASETRACKER_ENV": "production",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": "postgresql://user:dbpass9@db/casetracker",
        "REDIS_URL": "redis://redis:6379/0",
        "SECRET_KEY": STRONG_KEY,
        "FIELD_KEYS": new_field_keys(),
        "TRUSTED_HOSTS": "sq.gov.cn, www.sq.gov.cn",
        "PUBLIC_URL": "https://sq.gov.cn/",
    }


def problems_of(environ):
    with pytest.raises(SettingsError) as caught:
        load_settings(environ)
    return caught.value.problems


def test_production_starts_with_all_it_needs(production):
    settings = load_settings(production)
    assert settings.database_url == "postgresql+psycopg://user:dbpass9@db/casetracker"
    assert settings.celery_broker_url == "redis://redis:6379/0"
    assert settings.trusted_hosts == ("sq.gov.cn", "www.sq.gov.cn")
    assert settings.public_url == "https://sq.gov.cn"
    assert settings.secure_cookies
    assert not settings.embeds_broker


def test_production_names_everything_missing_at_once():
    told = problems_of({"CASETRACKER_ENV": "production"})
    missing = [line.split("：")[0] for line in told]
    assert missing == [
        "DATABASE_URL",
        "REDIS_URL",
        "SECRET_KEY",
        "FIELD_KEYS",
        "TRUSTED_HOSTS",
        "PUBLIC_URL",
    ]


@pytest.mark.parametrize(
    "key",
    ["dev", STRONG_KEY[:31], "ab" * 32, "please-changeme-" + STRONG_KEY, "my-secret-" + STRONG_KEY],
)
def test_production_refuses_a_weak_key_wherever_it_stands(production, key):
    assert problems_of(production | {"SECRET_KEY": key})[0].startswith("SECRET_KEY：强度不足")
    told = problems_of(production | {"SECRET_KEY_FALLBACKS": f"{STRONG_KEY[::-1]},{key}"})
    assert told == ("SECRET_KEY_FALLBACKS：强度不足，应为至少 32 个字符的随机串",)


def test_a_retired_key_is_not_the_one_in_use(production):
    told = problems_of(production | {"SECRET_KEY_FALLBACKS": STRONG_KEY})
    assert told[0].startswith("SECRET_KEY_FALLBACKS：")


def test_production_wants_https_unless_told_otherwise(production):
    plain = production | {"PUBLIC_URL": "http://10.1.2.3"}
    assert problems_of(plain)[0].startswith("PUBLIC_URL：")
    assert not load_settings(plain | {"ALLOW_HTTP": "1"}).secure_cookies


def test_production_refuses_wildcard_hosts(production):
    assert problems_of(production | {"TRUSTED_HOSTS": "*.gov.cn"}) == (
        "TRUSTED_HOSTS：不能使用通配符 *",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CASETRACKER_ENV", "staging"),
        ("PORT", "0"),
        ("PORT", "８０００"),
        ("PORT", "http"),
        ("ALLOW_HTTP", "maybe"),
        ("PROXY_COUNT", "-1"),
        ("DATABASE_URL", "mysql://db/x"),
        ("DATABASE_URL", "casetracker.db"),
        ("REDIS_URL", "amqp://mq"),
        ("SMTP_URL", "mail.gov.cn"),
        ("SMS_GATEWAY_URL", "ftp://sms"),
        ("METRICS_BIND", "9464"),
        ("PASSWORD_PROFILE", "none"),
        ("FIELD_KEYS", "abc"),
        ("FIELD_KEYS", "1:c2hvcnQ="),
        ("FIELD_KEYS", "1:" + "A" * 43 + "="),
        pytest.param("FIELD_KEYS", new_field_keys().split(",")[0], id="no index key"),
        pytest.param("FIELD_KEYS", new_field_keys().replace("1:", "256:"), id="key 256"),
    ],
)
def test_an_ill_formed_value_is_refused_in_every_environment(tmp_path, name, value):
    told = problems_of({"DATA_DIR": str(tmp_path), name: value})
    assert [line.split("：")[0] for line in told] == [name]


def test_the_same_bytes_may_not_serve_two_purposes(tmp_path):
    key = new_field_keys().split(",")[0].removeprefix("1:")
    told = problems_of({"DATA_DIR": str(tmp_path), "FIELD_KEYS": f"1:{key},index:{key}"})
    assert told == ("FIELD_KEYS：各密钥必须互不相同",)


def test_several_faults_are_told_together(tmp_path):
    told = problems_of({"DATA_DIR": str(tmp_path), "PORT": "x", "SMTP_URL": "x"})
    assert len(told) == 2


def test_a_channel_without_its_other_half_is_refused(tmp_path):
    told = problems_of(
        {
            "DATA_DIR": str(tmp_path),
            "SMS_GATEWAY_URL": "https://sms.gov.cn",
            "SMTP_URL": "smtp://mail",
        }
    )
    assert [line.split("：")[0] for line in told] == ["SMS_GATEWAY_KEY", "MAIL_FROM"]


def test_the_first_field_key_writes_and_the_others_still_read(tmp_path):
    old, new = new_field_keys().split(","), new_field_keys().split(",")
    value = ",".join([new[0].replace("1:", "2:"), *old])
    keys = load_settings({"DATA_DIR": str(tmp_path), "FIELD_KEYS": value}).field_keys
    assert keys.current == 2
    assert set(keys.by_id) == {1, 2}
    assert len(keys.index) == 32


def test_the_demo_needs_nothing_and_keeps_its_secrets(tmp_path):
    environ = {"DATA_DIR": str(tmp_path / "new"), "PORT": "8123"}
    first = load_settings(environ)
    second = load_settings(environ)
    kept = tmp_path / "new" / "secrets.json"
    assert first == second
    assert first.public_url == "http://127.0.0.1:8123"
    assert first.database_url == f"sqlite:///{tmp_path}/new/casetracker.db"
    assert first.embeds_broker
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert json.loads(kept.read_text())["SECRET_KEY"] == first.secret_key
    assert [path.name for path in kept.parent.iterdir()] == ["secrets.json"]


def test_two_demonstrations_share_no_secret(tmp_path):
    one, other = (load_settings({"DATA_DIR": str(tmp_path / name)}) for name in "ab")
    assert one.secret_key != other.secret_key
    assert one.field_keys != other.field_keys


def test_secrets_that_others_can_read_are_refused(tmp_path):
    load_settings({"DATA_DIR": str(tmp_path)})
    (tmp_path / "secrets.json").chmod(0o644)
    assert "chmod 600" in problems_of({"DATA_DIR": str(tmp_path)})[0]


def test_a_long_data_folder_puts_the_socket_elsewhere(tmp_path):
    deep = tmp_path / ("长" * 40)
    settings = load_settings({"DATA_DIR": str(deep)})
    assert len(bytes(settings.broker_socket)) <= 100
    assert settings.embeds_broker
    assert settings.redis_url == f"unix://{settings.broker_socket}"
    assert settings.celery_broker_url == f"redis+socket://{settings.broker_socket}"
    assert settings.limiter_url == f"redis+unix://{settings.broker_socket}"


def test_settings_cannot_be_changed_and_do_not_print_secrets(production):
    production |= {
        "SMS_GATEWAY_URL": "https://sms",
        "SMS_GATEWAY_KEY": "key-of-the-gateway",
        "SMTP_URL": "smtp://u:mailword@mail",
        "MAIL_FROM": "a@b.cn",
    }
    settings = load_settings(production)
    printed = repr(settings)
    hidden = [
        STRONG_KEY,
        "dbpass9",
        "key-of-the-gateway",
        "mailword",
        production["FIELD_KEYS"][2:20],
    ]
    assert not [text for text in hidden if text in printed]
    with pytest.raises(FrozenInstanceError):
        settings.port = 1
