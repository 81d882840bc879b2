"""A real Chromium on a real server, over a small city that is committed to the database.

The web role may not truncate, so what a module has built is cleared by the owner.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from django.test import Client
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from psycopg import sql

from muster.apps.audit.actions import as_system
from muster.apps.people.actions import create_account
from tests.support.city import HERE, SmallCity, build_city
from tests.support.life import live

SCREENS = Path(__file__).parents[2] / "artifacts" / "screens"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 900}
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
KEPT = ("django_migrations", "django_content_type")


@pytest.fixture(scope="session", autouse=True)
def loop_beside() -> Iterator[None]:
    """The browser's own event loop runs in this thread; Django is told that this is no accident."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def server(
    loop_beside: None, django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[tuple[str, SmallCity, dict[str, object]]]:
    """Address of a server over a city with one of everything; city; keys of what was lived."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        city = build_city()
        lived = live(city)
        with as_system("test"):
            create_account(username="demo", display_name="社区书记", area=HERE, persona="secretary")
        # Serves what `make setup` has collected, under its hashed names.
        running = LiveServerThread("127.0.0.1", _StaticFilesHandler)
        running.daemon = True
        running.start()
        running.is_ready.wait()
        try:
            yield f"http://127.0.0.1:{running.port}", city, lived
        finally:
            running.terminate()
            clear()


def clear() -> None:
    """Empty every table, as the owner."""
    from django.conf import settings
    from django.db import connections
    from psycopg.conninfo import make_conninfo

    connections.close_all()
    options = settings.DATABASES["owner"]
    where = make_conninfo(
        host=options["HOST"], dbname=options["NAME"], user=options["USER"] or "postgres"
    )
    with psycopg.connect(where, autocommit=True) as owner:
        rows = owner.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL(%s)",
            [list(KEPT)],
        ).fetchall()
        names = sql.SQL(", ").join(sql.Identifier(row[0]) for row in rows)
        owner.execute(sql.SQL("TRUNCATE {} CASCADE").format(names))


def chromium() -> str | None:
    """The machine's Chromium; None: the one that Playwright has installed."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


@pytest.fixture(scope="session")
def browser(loop_beside: None) -> Iterator[Browser]:
    """The machine's Chromium, else the one that Playwright has installed."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield running
        running.close()


Open = Callable[..., Page]
Server = tuple[str, SmallCity, dict[str, object]]


@pytest.fixture
def open_page(browser: Browser, server: tuple[str, SmallCity, dict[str, object]]) -> Iterator[Open]:
    """A page as one of the city's accounts, at a size; errors on the page fail the test."""
    from tests.web.desk.conftest import log_in

    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def enter(username: str | None = None, size: dict[str, int] = DESK, **options: str) -> Page:
        context = browser.new_context(
            viewport=size,
            base_url=server[0],
            locale="zh-CN",
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        client = log_in(username) if username else Client()
        context.add_cookies(
            [
                {"name": name, "value": morsel.value, "url": server[0]}
                for name, morsel in client.cookies.items()
            ]
        )
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        # A refused form answers 422 on purpose; the browser calls that an error.
        page.on(
            "console",
            lambda m: (
                errors.append(f"{m.text} {m.location}")
                if m.type == "error" and "422" not in m.text
                else None
            ),
        )
        return page

    yield enter
    for context in contexts:
        context.close()
    assert not errors, errors


@pytest.fixture
def shoot() -> Callable[[Page, str], None]:
    """Keep a screenshot of the whole page under a name."""

    def keep(page: Page, name: str) -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"{name}.png", full_page=True)

    return keep
