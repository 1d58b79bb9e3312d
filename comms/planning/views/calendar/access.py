"""Who comes in at the calendar: every page fetches its item here, and a stranger gets 404 (security.md A16)."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from comms.planning.models import CalendarEntry, plans
from partners.models.organisations import represented_organisations_of

WITH = ("owner", "person", "campaign", "publication", "created_by")


def seen(request: Any, uid: UUID) -> CalendarEntry:
    """Return an item that the reader may know of."""
    return get_object_or_404(CalendarEntry.objects.visible_to(request.user).select_related(*WITH), uid=uid)


def edited(request: Any, uid: UUID) -> CalendarEntry:
    """Return an item that the reader may change."""
    return get_object_or_404(CalendarEntry.objects.editable_by(request.user).select_related(*WITH), uid=uid)


def may_begin(user: Any) -> bool:
    """Tell whether somebody may plan anything at all."""
    return plans(user) or bool(represented_organisations_of(user))


def demand_desk(user: Any) -> None:
    """Answer that there is nothing to whoever does not work at the desk."""
    if not plans(user):
        raise Http404


def back(request: HttpRequest, entry: CalendarEntry | None = None) -> HttpResponse:
    """Go back to where the form stood: a page of this portal, else the item, else the calendar."""
    target = request.POST.get("terug", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith("/"):
        return redirect(target)
    if entry and CalendarEntry.objects.visible_to(request.user).filter(pk=entry.pk).exists():
        return redirect(entry)
    return redirect(reverse("calendar_agenda"))
