"""A real browser for the tests that need one."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from comms.reference import load_audiences, load_developments
from tests.browser.steps import Person
from tests.browser.watch import Watch
from tests.cast import Cast
from tests.servers import chromium_path

#: Playwright keeps an event loop in this thread, and Django would take our queries for asynchronous ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that `-m "not browser"` leaves them out."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once per process."""
    path = chromium_path()
    if path is None:
        pytest.skip("Chromium is niet gevonden: `apt-get install chromium`")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


class Visit:
    """Opens pages of the running portal as one person, and notes what a page must never do."""

    def __init__(self, browser: Browser, live_server: Any, cast: Cast) -> None:
        self._browser, self._server, self._cast = browser, live_server, cast
        self._contexts: list[BrowserContext] = []

    @property
    def address(self) -> str:
        """The address of the portal."""
        return self._server.url

    @property
    def cast(self) -> Cast:
        """The people and their network."""
        return self._cast

    def open(self, principal: str = "anon", *, width: int = 1280, dark: bool = False, javascript: bool = True):
        """Return an empty page of a window in which this person is logged in."""
        context = self._browser.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=javascript,
            locale="nl-NL",
        )
        self._contexts.append(context)
        cookies = self._cast.client(principal).cookies
        if settings.SESSION_COOKIE_NAME in cookies:
            value = cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.address}])
        return context.new_page()

    def close(self) -> None:
        """Close every window."""
        for context in self._contexts:
            context.close()


@pytest.fixture
def visit(browser: Browser, transactional_db: None, live_server: Any, settings: Any) -> Iterator[Visit]:
    """The portal, running, with the cast in it and plain-HTTP cookies."""
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "sessie", "csrf"
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    from tests.cast import make_cast

    visit = Visit(browser, live_server, make_cast())
    yield visit
    visit.close()


class Portal:
    """The running portal in one kind of window: who comes in is watched on every page."""

    def __init__(self, visit: Visit, **window: Any) -> None:
        self.visit, self.window = visit, window
        self._watches: list[Watch] = []

    def enter(self, principal: str = "anon", **window: Any) -> Person:
        """Let somebody in."""
        watch = Watch(self.visit, principal, **(self.window | window))
        self._watches.append(watch)
        return Person(watch)

    @property
    def has_javascript(self) -> bool:
        """Tell whether the windows run scripts."""
        return self.window["javascript"]

    @property
    def faults(self) -> list[str]:
        """What was wrong with the pages that were looked at."""
        return [fault for watch in self._watches for fault in watch.faults]


@pytest.fixture
def furnished_portal(visit: Visit) -> Visit:
    """The running portal with audiences and themes, so that a cover sheet can be filled."""
    load_audiences()
    load_developments()
    return visit


@pytest.fixture(
    params=[
        pytest.param({"javascript": True, "width": 1280, "dark": False}, id="javascript"),
        pytest.param({"javascript": False, "width": 320, "dark": True}, id="no-javascript"),
    ]
)
def portal(furnished_portal: Visit, request: pytest.FixtureRequest) -> Iterator[Portal]:
    """The portal, twice: wide and light, and small and dark without JavaScript; no page may have a fault."""
    portal = Portal(furnished_portal, **request.param)
    yield portal
    assert "\n".join(portal.faults) == ""


@pytest.fixture
def scripted_portal(furnished_portal: Visit) -> Iterator[Portal]:
    """The portal for what only JavaScript brings, at the width of a tablet."""
    portal = Portal(furnished_portal, javascript=True, width=768, dark=False)
    yield portal
    assert "\n".join(portal.faults) == ""
