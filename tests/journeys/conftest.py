"""A running product and people with browsers in front of it."""

import shutil
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import update

from casetracker import create_app
from casetracker.config import load_settings
from casetracker.persistence.account import Account
from casetracker.persistence.database import db
from tests.databases import Databases, environment
from tests.factories.desk import give_password
from tests.factories.street import Street, new_street
from tests.pages import PASSWORD
from tests.process_fixtures import ending_processes, listening_redis, shortly_named_folder
from tests.processes import ROOT, free_port

QUIET = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def engine_name() -> str:
    """Journeys see the embedded default; both engines are compared below the browser."""
    return "sqlite"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; Playwright brings only the driver."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert program, "no chromium-headless-shell: ./test installs it"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def site_env(
    databases: Databases, engine_name: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The environment of the running product, which the journeys of a module share."""
    data = tmp_path_factory.mktemp("data")
    own = {"PORT": str(free_port()), "WEB_WORKERS": "1"}
    return environment(databases.new(engine_name), data, **own)


@pytest.fixture(scope="module")
def site(site_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the product, serving a fresh database over HTTP."""
    address = f"http://127.0.0.1:{site_env['PORT']}"

    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=10) as response:
                return response.status == 200
        except OSError:
            return False

    with shortly_named_folder() as folder, ending_processes(tmp_path_factory.mktemp("logs")) as run:
        env = site_env | {"REDIS_URL": listening_redis(run, folder)}
        run("web", env, "gunicorn", "wsgi:app").wait_for(answers, seconds=60)
        yield address


@pytest.fixture
def person(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """`person()` is somebody with a browser of their own, cookies and all.

    When the test is over, nobody's console may hold an error: that covers the content security
    policy and missing files too. `javascript=False` is somebody without JavaScript.
    """
    contexts, complaints = [], []

    def arriving(*, javascript: bool = True, **options: Any) -> Page:
        context = browser.new_context(
            base_url=site,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=javascript,
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: note(page, said.type, said.text))
        return page

    def note(page: Page, kind: str, text: str) -> None:
        # An answer with an error status is the server's word, often just what a test is about.
        if kind == "error" and "the server responded with a status of 4" not in text:
            complaints.append(f"{page.url}: {text}")

    yield arriving
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def accessible() -> Callable[[Page], None]:
    """`accessible(page)` fails with what axe-core finds wrong on the page as it stands."""
    axe = (ROOT / "tests/vendor/axe.min.js").read_text(encoding="utf-8")

    def check(page: Page) -> None:
        page.evaluate(axe)  # a script tag would be against the page's own policy
        found = page.evaluate("axe.run().then(result => result.violations)")
        problems = [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]
        assert problems == [], "\n".join([page.url, *problems])

    return check


@pytest.fixture(scope="module")
def street_for_all(site: str, site_env: dict[str, str]) -> Iterator[Street]:
    """The people behind the running product; each has the same password."""
    app = create_app(load_settings(site_env))
    with app.app_context():
        made = new_street(db.session())
        made.now = datetime.now(UTC).replace(microsecond=0)
        for username in made.people:
            give_password(made.session, username)
        made.session.execute(update(Account).values(password_changed_at=made.now))
        made.session.commit()
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def street(street_for_all: Street) -> Street:
    """Their street, as the product has it now."""
    street_for_all.session.rollback()  # what an earlier journey had read
    return street_for_all


@pytest.fixture
def at_the_desk(person: Callable[..., Page], street: Street) -> Callable[[str], Page]:
    """`at_the_desk("head")` is that person, signed in, in a browser of their own."""
    desks: dict[str, Page] = {}

    def sitting(who: str) -> Page:
        if who not in desks:
            page = person(viewport={"width": 1366, "height": 900})
            page.goto("/ops/sign-in")
            page.get_by_label("用户名").fill(who)
            page.get_by_label("密码", exact=True).fill(PASSWORD)
            page.get_by_role("button", name="登录").click()
            expect(page.get_by_role("heading", name="我的待办")).to_be_visible()
            desks[who] = page
        return desks[who]

    return sitting
