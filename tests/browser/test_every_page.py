"""Every page, as three people, small and dark, wide and light: no axe finding, no CSP violation, no overflow.

Nothing is fetched from elsewhere, and a word of sixty letters breaks nothing (security.md F02, F11, F12).
"""

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse

from cwn.accounts.models import User
from partners.models import Contact, Organisation
from tests.access.matrix import OK
from tests.access.rows import ROWS
from tests.browser.watch import Watch

#: Tables of which the empty form is looked at too.
WITH_FORM = (Organisation, Contact)
WINDOWS = ((320, True), (1280, False))
NOT_PAGES = (
    *(
        "health_live",
        "health_ready",
        "security_txt",
        "robots",
        "brand_stylesheet",
        "sitemap",
        "suggestions",
        "publication_state",
    ),
    *("publication_sheet", "publication_text", "publication_mail_block", "publication_pack", "attachment_download"),
    *("health_mail", "newsletter_feed", "issue_open", "issue_preview_mail", "issue_segment_count"),
    *("events_file", "events_atom", "event_file", "event_participants_file", "subscriber_data_file"),
    *("template_mail", "template_preview", "template_download", "template_logo_picture", "template_job_file"),
    *("calendar_file", "public_calendar_file"),
)


def addresses(principal: str, cast) -> list[str]:
    """Return the pages that this person can open."""
    pages = [row for row in ROWS if row.expected(principal) == OK and is_page(row.name)]
    found = [reverse(row.name, kwargs=row.arguments(cast)) + row.query for row in pages]
    return sorted({*found, *(f"/en{address}" for address in found if principal == "anon")})


def is_page(name: str) -> bool:
    """Tell whether an address shows a page: it is no file, and no data for machines."""
    return name not in NOT_PAGES and not name.startswith("api_") and "_data" not in name


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


def faults(visit, principal: str, pages: list[str], width: int, dark: bool) -> list[str]:
    """Open the pages in one window and return what is wrong with them."""
    watch = Watch(visit, principal, width=width, dark=dark)
    for address in pages:
        watch.open(address)
    return watch.faults


@pytest.fixture
def furnished(visit):
    """The portal with the reference data in it, so that no list is empty."""
    call_command("load_reference", verbosity=0)
    return visit


@pytest.mark.parametrize(("width", "dark"), WINDOWS)
@pytest.mark.parametrize("principal", ["anon", "rep", "coord"])
def test_pages_of(furnished, principal, width, dark):
    pages = addresses(principal, furnished.cast)
    if principal == "anon":
        pages += ["/partners/z-cert/", "/functies/informatiedeling/", "/vragen/"]
    assert "\n".join(faults(furnished, principal, pages, width, dark)) == ""


@pytest.mark.parametrize(("width", "dark"), WINDOWS)
def test_admin(furnished, width, dark):
    coordinator = User.objects.get(pk=furnished.cast["coord"].pk)
    assert "\n".join(faults(furnished, "coord", admin_addresses(coordinator), width, dark)) == ""
