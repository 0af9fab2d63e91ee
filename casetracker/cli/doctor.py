"""`doctor`: explains what is wrong with the installation, in words that say what to do."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from flask import Flask
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from casetracker.cli.context import now
from casetracker.cli.frame import FAILED, say
from casetracker.config import PRODUCTION, Settings, SettingsError, load_settings
from casetracker.domain.days import local
from casetracker.persistence.database import db
from casetracker.resources import PACKAGE, migrations_folder, templates_folder

LEAST_DISK = 500 * 1024 * 1024
WORDS = {True: "正常", False: "有问题", None: "提示"}
Line = tuple[str, bool | None, str]


def doctor_command(create_app: Callable[[], Flask]) -> click.Command:
    """The command; it makes the app itself, because that may be what fails."""

    @click.command("doctor")
    def doctor() -> int:
        """检查配置和环境，说明每一处问题和改法。"""
        return show(list(look(create_app)))

    return doctor


def show(lines: list[Line]) -> int:
    for name, good, words in lines:
        click.echo(f"[{WORDS[good]}] {name}：{words}")
    bad = sum(good is False for _, good, _ in lines)
    say(f"发现 {bad} 处问题。" if bad else "没有发现问题。")
    return FAILED if bad else 0


def look(create_app: Callable[[], Flask]) -> Iterator[Line]:
    """One line per thing looked at; False needs attention, None is worth knowing."""
    try:
        settings = load_settings()
    except SettingsError as error:
        yield from (("配置", False, problem) for problem in error.problems)
        return
    except OSError as error:
        yield "配置", False, f"数据目录不能使用（{error.strerror}），请检查 DATA_DIR 及其权限"
        return
    yield "配置", True, f"环境 {settings.env}，数据目录 {settings.data_dir}"
    yield from _files()
    yield from _data_dir(settings)
    yield from _queue(settings)
    yield from _gateways(settings)
    try:
        app = create_app()
    except Exception as error:
        yield "程序", False, f"不能启动：{type(error).__name__} {error}"
        return
    with app.app_context():
        yield from _database()


def _files() -> Iterator[Line]:
    for name, find in (("页面模板", templates_folder), ("数据库迁移", migrations_folder)):
        try:
            find()
        except FileNotFoundError as error:
            yield name, False, str(error)
    if not (PACKAGE / "static" / "vendor").is_dir():
        yield "前端资源", False, "缺少 static/vendor，请执行 ./run install"


def _data_dir(settings: Settings) -> Iterator[Line]:
    folder = Path(settings.data_dir)
    if not folder.is_dir():
        yield "数据目录", False, f"{folder} 不存在，请建立并授予运行账号读写权限"
        return
    if folder.stat().st_mode & 0o077 and settings.env == PRODUCTION:
        yield "数据目录", False, f"其他用户可以读取 {folder}，请执行 chmod 700"
    free = shutil.disk_usage(folder).free
    good = free >= LEAST_DISK
    yield "磁盘", good, f"剩余 {free // 1024**2} MB" + ("" if good else "，请清理或扩容")


def _queue(settings: Settings) -> Iterator[Line]:
    if settings.embeds_broker:
        running = settings.broker_socket.exists()
        words = "内置消息服务已启动" if running else "内置消息服务未启动，由 ./run 启动"
        yield "消息服务", True if running else None, words
        return
    try:
        Redis.from_url(settings.redis_url, socket_connect_timeout=3).ping()
    except (RedisError, OSError) as error:
        yield "消息服务", False, f"连不上 Redis（{type(error).__name__}），请检查 REDIS_URL"
    else:
        yield "消息服务", True, "Redis 可以连接"


def _gateways(settings: Settings) -> Iterator[Line]:
    if not settings.sms_gateway_url:
        yield "短信", None, "未设置 SMS_GATEWAY_URL，不发短信"
    if not settings.smtp_url:
        yield "邮件", None, "未设置 SMTP_URL，不发邮件"


def _database() -> Iterator[Line]:
    try:
        session = db.session()
        session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        words = f"连不上（{type(error).__name__}），请检查 DATABASE_URL 和数据库服务"
        yield "数据库", False, words
        return
    try:
        there = session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        yield "数据库", False, "还没有建表，请执行 casetracker db upgrade"
        return
    head = (migrations_folder() / "head.txt").read_text(encoding="utf-8").strip()
    if there != head:
        yield "数据库", False, "结构不是最新，请执行 casetracker db upgrade"
        return
    yield "数据库", True, f"可以连接（{session.get_bind().dialect.name}），结构为最新"
    year = local(now()).year
    known = session.scalar(
        text("SELECT count(*) FROM calendar_versions WHERE year = :year"), {"year": year}
    )
    if not known:
        yield "工作日历", False, f"没有 {year} 年的放假安排，请执行 casetracker calendar load"
    if not session.scalar(text("SELECT count(*) FROM accounts")):
        yield "账号", None, "还没有账号，请执行 casetracker user add 或 casetracker demo load"
