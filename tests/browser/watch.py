"""What no page may do: offend axe or the policy, ask elsewhere, be wider than the window (F02, F11, F12)."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, Response, Route

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
IS_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Watch:
    """One window of one person, of which every page that is looked at is judged; `faults` is what was wrong."""

    def __init__(
        self, visit: "Visit", principal: str, *, width: int = 1280, dark: bool = False, javascript: bool = True
    ) -> None:
        self.page = visit.open(principal, width=width, dark=dark, javascript=javascript)
        self.faults: list[str] = []
        self._host = urlsplit(visit.address).netloc
        self._window = f"{principal} at {width}{'' if javascript else ' without JavaScript'}"
        self._noticed: list[str] = []
        self._copy = None if javascript else visit.open(width=width, dark=dark)
        self.page.on("console", lambda message: self._notice_policy(message.text))
        self.page.on("pageerror", lambda error: self._noticed.append(f"script: {error}"))
        self.page.on("request", self._notice_foreign)

    def open(self, address: str, *, status: int | None = None) -> None:
        """Go to a page and look at it."""
        self._noticed.clear()
        self.look(self.page.goto(address), status=status)

    def look(self, response: Response | None = None, *, status: int | None = None) -> None:
        """Judge the page as it stands; with its answer also the status, which is below 400 unless one is named."""
        if response is not None and (response.status != status if status else response.status >= 400):
            self._noticed.append(f"status {response.status}")
        if self.page.evaluate(IS_TOO_WIDE):
            self._noticed.append("wider than the window")
        self._note(self._noticed)
        self._note(axe_faults(self.page if self._copy is None else self._copied(self._copy)))
        self._noticed.clear()  # axe itself offends against the policy

    def _copied(self, copy: Page) -> Page:
        """Show the page in a window with JavaScript, in which axe can run, without the scripts of the page itself."""
        html = self.page.content().replace("<script", '<script type="text/plain"')

        def answer(route: Route) -> None:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

        address = self.page.url.partition("#")[0]
        copy.route(address, answer)
        copy.goto(address)
        copy.unroute(address)
        return copy

    def _note(self, faults: list[str]) -> None:
        address = self.page.url.partition("://")[2].partition("/")[2]
        self.faults += [f"/{address} by {self._window}: {fault}" for fault in faults]

    def _notice_policy(self, words: str) -> None:
        if "Content Security" in words:
            self._noticed.append(words)

    def _notice_foreign(self, request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")) and urlsplit(request.url).netloc != self._host:
            self._noticed.append(f"asks elsewhere: {request.url}")


def axe_faults(page: Page) -> list[str]:
    """Return what axe finds on a page."""
    violations = Axe().run(page, options=RULES).response["violations"]
    return [f"axe {one['id']}: {node['html'][:160]}" for one in violations for node in one["nodes"][:3]]
