"""The address of the metrics, served by the real web process."""

import urllib.error
import urllib.request

import pytest

from tests.processes import free_port


@pytest.fixture(scope="session")
def engine_name() -> str:
    return "sqlite"


def ask(port: int, path: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, b""
    except OSError:
        return 0, b""


def test_metrics_are_served_on_their_own_address_and_nothing_else_is(start, product_env) -> None:
    port, metrics = free_port(), free_port()
    env = product_env | {"PORT": str(port), "METRICS_BIND": f"127.0.0.1:{metrics}"}
    web = start("web", env, "gunicorn", "wsgi:app")
    web.wait_for(lambda: ask(port, "/healthz")[0] == 200, seconds=40)
    status, text = ask(metrics, "/metrics")
    assert (status, b"casetracker_up 1.0" in text) == (200, True)
    assert ask(port, "/metrics")[0] == 404
    assert ask(metrics, "/healthz")[0] == 404
    assert ask(port, "/readyz")[0] == 503, "no timer has run here yet"
