"""Calendar addresses and calendar files (R86): making an address, reading from it, and bringing a file in."""

from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.planning.actions.feeds import (
    create_feed,
    import_ideas,
    importable_owners,
    plan_import,
    reader_of_secret,
    revoke_feed,
)
from comms.planning.dated import removed_items
from comms.planning.enums import FeedScope
from comms.planning.feeds import CalendarFileError, write_calendar
from comms.planning.forms.feeds import FeedForm, ImportForm, ImportYesForm, sealed
from comms.planning.models import CalendarFeed
from comms.planning.sources import CalendarItem, items_between
from comms.planning.views.access import members_page
from cwn.accounts.http import AccountRequest
from cwn.accounts.reauthentication import recently_authenticated
from cwn.core.guard import reading_as
from cwn.core.throttle import allowed, network_address

#: Days of the past and of the future in a calendar file, and how long it says that something is cancelled.
DAYS_BACK, DAYS_AHEAD, DAYS_CANCELLED = 90, 550, 30
#: Wrong secrets that one network may try in ten minutes.
WRONG_SECRETS = 30
#: Kinds in the file for everybody; meetings have a file of their own.
PUBLIC_KINDS = ("item", "mijlpaal", "moment")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_page
@recently_authenticated
def calendar_feeds(request: AccountRequest) -> HttpResponse:
    """Show the own addresses and make a new one, which is shown this once."""
    form, address = FeedForm(request.POST or None, user=request.user), ""
    if request.method == "POST" and form.is_valid():
        try:
            _feed, secret = create_feed(**form.values(), by=request.user)
            address = request.build_absolute_uri(_path_of(secret))
            form = FeedForm(user=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    feeds = CalendarFeed.objects.filter(user=request.user).select_related("organisation", "campaign")
    context = {"form": form, "address": address, "feeds": feeds}
    return render(request, "planning/feed_list.html", context, status=400 if form.errors else 200)


def _path_of(secret: str) -> str:
    with translation.override("nl"):  # the language of a file is that of its owner
        return reverse("calendar_file", args=[secret])


@require_POST
@login_required
def calendar_feed_revoke(request: AccountRequest, pk: int) -> HttpResponse:
    """Take one of the own addresses back."""
    feed = get_object_or_404(CalendarFeed, pk=pk, user=request.user)
    revoke_feed(feed, by=request.user)
    messages.success(request, _("Het adres werkt niet meer."))
    return redirect("calendar_feeds")


@require_safe
def calendar_file(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer a calendar program with what the owner of the address may see now (A04).

    A wrong, a revoked and an ended address look the same: there is nothing here.
    """
    found = reader_of_secret(secret)
    if found is None:
        if not allowed("calendar-file", network_address(request), times=WRONG_SECRETS, seconds=600):
            return HttpResponse(
                _("Te veel verkeerde adressen. Probeer het later."), status=429, content_type="text/plain"
            )
        raise Http404
    feed, user = found
    with reading_as(user), translation.override(user.language):
        content = write_calendar(_items(feed, user), name=f"CWN – {_name(feed)}", language=user.language)
    response = _answer(content, "cwn.ics")
    response["Cache-Control"] = "private, no-store"
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


@require_safe
def public_calendar_file(request: HttpRequest) -> HttpResponse:
    """Answer everybody with the public milestones, moments and items, whoever asks (A13)."""
    today, visitor, language = timezone.localdate(), AnonymousUser(), get_language() or "nl"
    items = [item for item in _all(visitor, today) if item.kind in PUBLIC_KINDS and item.label == "clear"]
    response = _answer(write_calendar(items, name=_("CWN-kalender"), language=language), "cwn-kalender.ics")
    response["Cache-Control"] = "no-cache"
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _answer(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def _all(user: Any, today: date) -> list[CalendarItem]:
    """Return everything dated around today, and what was taken away lately."""
    items = items_between(user, today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD))
    gone = removed_items(user, timezone.now() - timedelta(days=DAYS_CANCELLED))
    return list({item.uid: item for item in (*items, *gone)}.values())


def _items(feed: CalendarFeed, user: Any) -> list[CalendarItem]:
    return [item for item in _all(user, timezone.localdate()) if _belongs(item, feed)]


def _belongs(item: CalendarItem, feed: CalendarFeed) -> bool:
    """Tell whether something is what an address shows; what has no function belongs to every function."""
    match feed.scope:
        case FeedScope.ORGANISATION:
            return feed.organisation_id in item.organisations
        case FeedScope.FUNCTION:
            return feed.function in item.functions or (item.kind == "moment" and not item.functions)
        case FeedScope.CAMPAIGN:
            return item.campaign == feed.campaign_id
    return True


def _name(feed: CalendarFeed) -> str:
    """Return what the address shows, in words."""
    if feed.scope == FeedScope.FUNCTION:
        return str(feed.get_function_display())
    named = feed.organisation or feed.campaign
    return str(named) if named else str(FeedScope(feed.scope).label)


@require_http_methods(["GET", "HEAD", "POST"])
@members_page
def calendar_import(request: AccountRequest) -> HttpResponse:
    """Bring a calendar file in as ideas: choose, look what would happen, yes."""
    if not importable_owners(request.user):
        raise Http404
    if "planned" in request.POST:
        return _import(request)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*data, user=request.user)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        events, owner = form.cleaned_data["file"], form.cleaned_data["owner"]
        context |= {
            "lines": plan_import(events, owner=owner, by=request.user),
            "problems": [event for event in events if event.problem],
            "yes": ImportYesForm(initial={"planned": sealed(form, request.user)}),
            "owner": owner,
        }
    return render(request, "planning/feed_import.html", context, status=400 if form.errors else 200)


def _import(request: AccountRequest) -> HttpResponse:
    """Do what the preview showed."""
    yes = ImportYesForm(request.POST)
    try:
        values = yes.values(request.user) if yes.is_valid() else None
    except CalendarFileError:
        values = None
    if values is None:
        messages.warning(request, _("Het voorbeeld is verlopen. Kies het bestand opnieuw."))
        return redirect("calendar_import")
    written = len(import_ideas(**values, by=request.user))
    words = ngettext(
        "%(number)d idee is ingelezen of bijgewerkt.", "%(number)d ideeën zijn ingelezen of bijgewerkt.", written
    )
    messages.success(request, words % {"number": written})
    return redirect("calendar_import")
