"""How gunicorn serves the product: read from the working folder by ./run, the image and systemd."""

from pathlib import Path
from typing import Any

from casetracker.config import load_settings

_settings = load_settings()

bind = [f"{_settings.listen_host}:{_settings.port}"]
if _settings.metrics_bind:
    bind.append(_settings.metrics_bind)
workers = _settings.web_workers
worker_class = "gthread"
threads = _settings.web_threads
preload_app = True  # loaded once and shared: quicker to start, a third less memory
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 20_000  # a worker that grows is replaced before it matters
max_requests_jitter = 2_000
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - heartbeat files
# Its control socket would lie in the home folder: unwritable in a container, shared by instances.
control_socket_disable = True
accesslog = None


def post_fork(_server: Any, _worker: Any) -> None:
    """A connection opened while loading belongs to the parent; a worker opens its own."""
    from casetracker.persistence.database import db
    from wsgi import app

    with app.app_context():
        db.engine.dispose(close=False)
