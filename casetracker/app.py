"""The one place that joins all floors: settings, database, keys, queue, security, doors."""

from datetime import timedelta
from typing import Any

from flask import Flask
from flask_migrate import Migrate

from casetracker.api import install_api
from casetracker.config import PRODUCTION, TEST, Settings, load_settings
from casetracker.gateways.file_store import FileStore
from casetracker.gateways.mailer import mailer_for
from casetracker.gateways.sms import sms_for
from casetracker.ops import ops
from casetracker.persistence import models
from casetracker.persistence.connections import engine_options
from casetracker.persistence.database import db
from casetracker.persistence.sealing import Keyring, use_keyring
from casetracker.portal import portal
from casetracker.resources import PACKAGE, migrations_folder, templates_folder
from casetracker.services.channels import Channels, use_channels
from casetracker.services.exports.waking import wake_makers_with
from casetracker.services.people.account_policy import AccountPolicy, use_policy
from casetracker.services.recording import wake_with
from casetracker.services.stored_files import use_file_store
from casetracker.task_queue import DRAIN, MAKE_EXPORTS, TaskQueue, wake_hook
from casetracker.web import health
from casetracker.web.addresses import install_addresses
from casetracker.web.errors import install_errors
from casetracker.web.guards import refuse_unmarked
from casetracker.web.metrics import install_metrics
from casetracker.web.rate_limits import install_rate_limits
from casetracker.web.request_log import install_request_log
from casetracker.web.security import install_security
from casetracker.web.templating import install_templating


def create_app(settings: Settings | None = None) -> Flask:
    """The whole product as one WSGI application. Raises SettingsError naming every fault."""
    settings = settings or load_settings()
    app = Flask(
        "casetracker",
        template_folder=str(templates_folder()),
        static_folder=str(PACKAGE / "static"),
    )
    app.extensions["settings"] = settings
    _set_up_database(app, settings)
    _set_up_keys(settings)
    _set_up_files(settings)
    _set_up_accounts(settings)
    _set_up_channels(settings)
    _set_up_queue(app, settings)
    _set_up_web(app, settings)
    _set_up_ops(app)
    _set_up_portal(app)
    _set_up_api(app)
    app.register_blueprint(health.pages)
    refuse_unmarked(app)
    install_metrics(app, settings.metrics_bind)
    return app


def _set_up_database(app: Flask, settings: Settings) -> None:
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.database_url)
    db.init_app(app)
    Migrate(
        app,
        db,
        directory=str(migrations_folder()),
        render_as_batch=True,
        compare_type=True,
        render_item=_render_column,
    )


def _set_up_keys(settings: Settings) -> None:
    keys = settings.field_keys
    use_keyring(Keyring(keys=dict(keys.by_id), current=keys.current, index_key=keys.index))


def _set_up_files(settings: Settings) -> None:
    use_file_store(FileStore(settings.data_dir / "files"))


def _set_up_accounts(settings: Settings) -> None:
    in_production, in_test = settings.env == PRODUCTION, settings.env == TEST
    use_policy(
        AccountPolicy(
            session_idle=timedelta(minutes=settings.session_idle_minutes),
            session_life=timedelta(hours=settings.session_hours),
            password_profile=settings.password_profile,
            forces_second_factor=in_production,
            hash_rounds=1 if in_test else 3,
        )
    )


def _set_up_channels(settings: Settings) -> None:
    use_channels(
        Channels(
            mailer=mailer_for(settings.smtp_url, settings.mail_from),
            sms=sms_for(settings.sms_gateway_url, settings.sms_gateway_key),
            public_url=settings.public_url.rstrip("/"),
        )
    )


def _set_up_queue(app: Flask, settings: Settings) -> None:
    queue = TaskQueue(app, settings.celery_broker_url)
    app.extensions["task_queue"] = queue
    wake_with(wake_hook(queue, DRAIN))
    wake_makers_with(wake_hook(queue, MAKE_EXPORTS))


def _set_up_web(app: Flask, settings: Settings) -> None:
    install_addresses(app)
    install_request_log(app)
    install_errors(app)
    install_security(app, settings)
    install_templating(app)
    install_rate_limits(app, settings)


def _set_up_api(app: Flask) -> None:
    install_api(app)


def _set_up_ops(app: Flask) -> None:
    app.register_blueprint(ops)


def _set_up_portal(app: Flask) -> None:
    app.register_blueprint(portal)


def _render_column(kind: str, item: Any, context: Any) -> str | bool:
    """Migrations name plain SQLAlchemy types, so that they never import the application."""
    if kind != "type":
        return False
    module = type(item).__module__
    if not module.startswith("casetracker."):
        return False
    plain = item.impl_instance
    return f"sa.{plain!r}" if type(plain).__module__.startswith("sqlalchemy.sql") else False


__all__ = ["create_app", "models"]
