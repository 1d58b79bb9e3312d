"""Who comes in at the desk of events: every page fetches its event here, and a stranger gets 404 (A16)."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from comms.events.enums import EventStatus
from comms.events.models import Event
from comms.planning.models import plans
from cwn.accounts.http import AccountRequest
from partners.models.organisations import represented_organisations_of


def edited(request: AccountRequest, slug: str) -> Event:
    """Return an event that the reader may change."""
    return get_object_or_404(Event.objects.editable_by(request.user).select_related("owner"), slug=slug)


def organised(request: AccountRequest, slug: str) -> Event:
    """Return an event of which the reader may see who comes."""
    return get_object_or_404(Event.objects.organised_by(request.user).select_related("owner"), slug=slug)


def may_organise(user: Any) -> bool:
    """Tell whether somebody has anything to do at this desk."""
    return plans(user) or bool(represented_organisations_of(user))


def render_desk(request: AccountRequest, page: str, event: Event, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render a page about an event, with the tabs to the others that this reader may open."""
    organises = Event.objects.organised_by(request.user).filter(pk=event.pk).exists()
    context |= {
        "event": event,
        "status": EventStatus(event.status),
        "tabs": _tabs(event, organises=organises),
        "here": request.path,
        "organises": organises,
    }
    response = render(request, f"events/desk_{page}.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _tabs(event: Event, *, organises: bool) -> list[tuple[str, str]]:
    slug = event.slug
    pages = [
        (_("Gegevens"), reverse("event_edit", args=[slug]), True),
        (_("Programma"), reverse("event_parts", args=[slug, "programma"]), True),
        (_("Sprekers"), reverse("event_parts", args=[slug, "sprekers"]), True),
        (_("Stukken"), reverse("event_parts", args=[slug, "stukken"]), True),
        (_("Materiaal"), reverse("event_parts", args=[slug, "materiaal"]), True),
        (_("Aangeboden"), reverse("event_offers", args=[slug]), organises),
        (_("Uitnodigen"), reverse("event_invitations", args=[slug]), organises),
        (_("Deelnemers"), reverse("event_participants", args=[slug]), organises),
    ]
    return [(label, address) for label, address, is_shown in pages if is_shown]
