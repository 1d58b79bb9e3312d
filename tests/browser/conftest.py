"""A real browser for the tests that need one."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, sync_playwright

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

    def open(self, principal: str = "anon", *, width: int = 1280, dark: bool = False, javascript: bool = True):
        """Return an empty page of a window in which this person is logged in."""
        context = self._browser.new_context(
            base_url=self._server.url,
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
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self._server.url}])
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
