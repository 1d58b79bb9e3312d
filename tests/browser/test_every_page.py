"""Every page, as three people, small and dark, wide and light: no axe finding, no CSP violation, no overflow.

Nothing is fetched from elsewhere, and a word of sixty letters breaks nothing (security.md F02, F11, F12).
"""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse

from cwn.accounts.models import User
from partners.models import Contact, Organisation
from tests.access.matrix import OK
from tests.access.rows import ROWS

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
#: Tables of which the empty form is looked at too.
WITH_FORM = (Organisation, Contact)
WINDOWS = ((320, True), (1280, False))
NOT_PAGES = ("health_live", "health_ready", "security_txt", "robots", "brand_stylesheet", "sitemap", "suggestions")


def addresses(principal: str, cast) -> list[str]:
    """Return the pages that this person can open."""
    pages = [row for row in ROWS if row.expected(principal) == OK and row.name not in NOT_PAGES]
    found = [reverse(row.name, kwargs=row.arguments(cast)) + row.query for row in pages if "_data" not in row.name]
    return sorted({*found, *(f"/en{address}" for address in found if principal == "anon")})


def admin_addresses(user) -> list[str]:
    """Return the front of the admin and the lists and empty forms that this person may open."""
    found = [reverse("admin:index")]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        if user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
            found.append(reverse(f"{name}_changelist"))
        if user.has_perm(f"{model._meta.app_label}.add_{model._meta.model_name}") and model in WITH_FORM:
            found.append(reverse(f"{name}_add"))
    return found


def faults(visit, principal: str, pages: list[str]) -> list[str]:
    """Open the pages in each window and return what is wrong with them."""
    return [fault for width, dark in WINDOWS for fault in faults_in(visit, principal, pages, width, dark)]


def faults_in(visit, principal: str, pages: list[str], width: int, dark: bool) -> list[str]:
    """Open the pages in one window and return what is wrong with them."""
    found: list[str] = []
    noticed: list[str] = []
    page = visit.open(principal, width=width, dark=dark)
    page.on("console", lambda message: noticed.append(message.text) if "Content Security" in message.text else None)
    page.on("pageerror", lambda error: noticed.append(f"script: {error}"))
    page.on("request", lambda request: _note_foreign(noticed, visit, request.url))
    for address in pages:
        noticed.clear()
        response = page.goto(address)
        if response is None or response.status >= 400:
            noticed.append(f"status {response and response.status}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            noticed.append("wider than the window")
        found += [f"{address} at {width}: {fault}" for fault in noticed]  # axe itself offends against the policy
        for violation in Axe().run(page, options=RULES).response["violations"]:
            found += [f"{address} at {width}: axe {violation['id']}: {n['html'][:160]}" for n in violation["nodes"][:3]]
    return found


def _note_foreign(found: list[str], visit, url: str) -> None:
    if urlsplit(url).netloc not in (urlsplit(visit._server.url).netloc, "") and not url.startswith(("data:", "blob:")):
        found.append(f"asks elsewhere: {url}")


@pytest.fixture
def furnished(visit):
    """The portal with the reference data in it, so that no list is empty."""
    call_command("load_reference", verbosity=0)
    return visit


@pytest.mark.parametrize("principal", ["anon", "rep", "coord"])
def test_pages_of(furnished, principal):
    pages = addresses(principal, furnished._cast)
    if principal == "anon":
        pages += ["/partners/z-cert/", "/functies/informatiedeling/", "/vragen/"]
    assert "\n".join(faults(furnished, principal, pages)) == ""


def test_admin(furnished):
    coordinator = User.objects.get(pk=furnished._cast["coord"].pk)
    assert "\n".join(faults(furnished, "coord", admin_addresses(coordinator))) == ""
