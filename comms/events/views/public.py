"""The agenda: the list, the page of an event, and both as files for calendar programs and feed readers."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import feedgenerator, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comms.enums import Tlp
from comms.events.actions.seating import organisations_coming, seats_taken
from comms.events.calendar import item_of
from comms.events.enums import COMING, EventStatus, EventZone
from comms.events.filters import EventFilter
from comms.events.models import ContributionOffer, Event, EventDocument, EventInvitation, Registration
from comms.models import Publication
from comms.planning.feeds.writing import write_calendar
from comms.planning.models import plans
from cwn.core.enums import CwnFunction
from cwn.core.markdown import render_article
from cwn.core.visibility import MEMBERS, principals_of
from partners.models.organisations import organisations_of, represented_organisations_of

EVENTS_PER_PAGE = 20
#: Events in a feed or a calendar file of everything.
MOST_IN_A_FILE = 200


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """Show what comes, or what was; everybody sees what he or she may know of."""
    wish = EventFilter(request)
    events = wish.apply(Event.objects.visible_to(request.user).listed()).select_related("owner")
    page = Paginator(events, EVENTS_PER_PAGE).get_page(request.GET.get("pagina"))
    taken = seats_taken(page.object_list)
    query = {key: value for key, value in request.GET.items() if key != "pagina" and value}
    context = {
        "filter": wish,
        "page": page,
        "events": [(event, seats_left(event, taken[event.pk])) for event in page.object_list],
        "query": urlencode(query),
        "organises": plans(request.user) or bool(represented_organisations_of(request.user)),
    }
    return render(request, "events/event_list.html", context)


def seats_left(event: Event, taken: int) -> int | None:
    """Return how many seats are free; None for an event without a limit."""
    return None if event.capacity is None else max(0, event.capacity - taken)


@require_safe
def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an event to who may know of it: when on which clock, the programme, and what the reader can do."""
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("owner", "campaign"), slug=slug)
    response = render(request, "events/event_detail.html", _page(request, event))
    return for_readers_only(response, event)


def differs_here(event: Event) -> bool:
    """Tell whether the clock of the place is not that of the reader, which is the one of the portal."""
    return event.starts_there.utcoffset() != timezone.localtime(event.starts_at).utcoffset()


def _page(request: HttpRequest, event: Event) -> dict[str, Any]:
    user = request.user
    left = seats_left(event, seats_taken([event])[event.pk])
    own = Registration.objects.visible_to(user).filter(event=event, user=user.pk).first() if user.pk else None
    is_member = MEMBERS in principals_of(user)
    readable = Publication.objects.visible_to(user)
    documents = EventDocument.objects.visible_to(user).filter(event=event)
    documents = documents.filter(publication=None) | documents.filter(publication__in=readable.values("pk"))
    return {
        "event": event,
        "status": EventStatus(event.status),
        "zone_name": EventZone(event.time_zone).label,
        "differs": differs_here(event),
        "left": left,
        "own": own,
        "comes": own is not None and own.state in (*COMING, "aanwezig"),
        "can_register": event.takes_registrations
        and (user.is_authenticated or event.allows_guests)
        and (left != 0 or event.has_waiting_list),
        "programme": event.programme.prefetch_related(  # type: ignore[attr-defined]
            Prefetch("speakers__organisation")
        ),
        "speakers": event.speakers.select_related("organisation"),  # type: ignore[attr-defined]
        "documents": documents.select_related("publication"),
        "materials": event.materials.select_related("brought_by") if is_member else (),  # type: ignore[attr-defined]
        "body": render_article(event.description),
        "follow_up": render_article(event.follow_up) if event.follow_up else "",
        "functions": [CwnFunction(name).label for name in event.functions],
        "invitations": EventInvitation.objects.visible_to(user)
        .answerable_by(user)
        .filter(event=event)
        .select_related("organisation"),
        "offers": ContributionOffer.objects.visible_to(user).filter(
            event=event, organisation__in=organisations_of(user)
        ),
        "goes_there": organisations_coming(event) if is_member and event.is_of_others else (),
        "edits": Event.objects.editable_by(user).filter(pk=event.pk).exists(),
        "is_member": is_member,
        "page_url": f"{settings.SITE_URL}{event.get_absolute_url()}" if event.tlp == Tlp.CLEAR else "",
    }


@require_safe
def event_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one event to a calendar program, as the page shows it: without the address for who registered."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    return for_readers_only(calendar_response([event], name=event.title), event)


@require_safe
def events_file(request: HttpRequest) -> HttpResponse:
    """Give all public events that did not end yet to calendar programs; the same file for everybody (A13)."""
    return calendar_response(_public_events()[:MOST_IN_A_FILE], name=_("Agenda van het CWN"))


@require_safe
def events_atom(request: HttpRequest) -> HttpResponse:
    """Give the public events that did not end yet to feed readers; the same feed for everybody (A13)."""
    feed = feedgenerator.Atom1Feed(
        title=_("Agenda van het CWN"), link=f"{settings.SITE_URL}/agenda/", description="", language=get_language()
    )
    for event in _public_events()[:MOST_IN_A_FILE]:
        feed.add_item(
            title=event.title,
            link=settings.SITE_URL + event.get_absolute_url(),
            description=event.summary,
            unique_id=f"urn:uuid:{event.uid}",
            pubdate=event.created_at,
            updateddate=event.updated_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _public_events() -> Any:
    return Event.objects.visible_to(AnonymousUser()).listed().upcoming()


def calendar_response(events: Any, *, name: str, place: str = "") -> HttpResponse:
    """Return events as a file for calendar programs."""
    items = [item_of(event, place=place) for event in events]
    content = write_calendar(items, name=name, language=get_language() or "nl")
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="agenda.ics"'},
    )


def for_readers_only(response: HttpResponse, event: Event) -> HttpResponse:
    """Let nobody keep a page about anything but TLP:CLEAR (security.md, TLP x channel)."""
    if event.tlp != Tlp.CLEAR or event.status == EventStatus.DRAFT:
        response["Cache-Control"] = "no-store"
    return response
