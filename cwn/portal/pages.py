"""Pages with a fixed text, and the files that robots and researchers look for."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cwn.portal.actions import RETENTION

#: RFC 9116 asks for an end date within a year; ours moves along, because somebody reads that mailbox.
SECURITY_TXT_LIFETIME = timedelta(days=180)
#: Addresses that are of no use to a search engine.
CLOSED_TO_ROBOTS = ("/account/", "/beheer/", "/mijn/", "/zoeken/", "/en/account/", "/en/mijn/", "/en/zoeken/")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what is accessible, how that is known, and where to complain."""
    return render(request, "portal/accessibility.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what the portal keeps of people, why and how long."""
    return render(request, "portal/privacy.html", {"retention_days": RETENTION.days})


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Tell researchers where to report a weakness (RFC 9116)."""
    expires = (timezone.now() + SECURITY_TXT_LIFETIME).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Contact: {settings.SITE_URL}{reverse('contact')}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines where to look; a fictional network must not be found at all."""
    closed = ("/",) if settings.CWN_DEMO else CLOSED_TO_ROBOTS
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    if not settings.CWN_DEMO:
        lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
