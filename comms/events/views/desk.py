"""The desk of who organises: make an event, change it, publish it, call it off, close it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.actions.steps import StaleEditError
from comms.events.actions.organising import cancel_event, close_event, create_event, publish_event, save_event
from comms.events.actions.seating import seats_taken
from comms.events.enums import EventStatus
from comms.events.forms.event import Clash, EventForm, owners_for, take_over
from comms.events.forms.parts import FollowUpForm, ReasonForm
from comms.events.models import Event
from comms.events.views.access import edited, may_organise, render_desk
from cwn.accounts.http import AccountRequest
from cwn.core.steps import add_refusal, attempt

#: Past events that the desk shows.
MOST_PAST = 20


@login_required
@require_safe
def event_desk(request: AccountRequest) -> HttpResponse:
    """Show the events that the reader may change."""
    if not may_organise(request.user):
        raise Http404
    events = Event.objects.editable_by(request.user).select_related("owner")
    coming, past = list(events.upcoming()), list(events.past()[:MOST_PAST])
    taken = seats_taken([*coming, *past])
    context = {
        "coming": [(event, EventStatus(event.status), taken[event.pk]) for event in coming],
        "past": [(event, EventStatus(event.status), taken[event.pk]) for event in past],
    }
    return render(request, "events/desk.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_new(request: AccountRequest) -> HttpResponse:
    """Make a draft."""
    owners = owners_for(request.user)
    if not owners:
        raise Http404
    form = EventForm(request.POST if request.method == "POST" else None, by=request.user)
    owner = owners.filter(pk=_number(request.POST.get("owner", ""))).first() or owners[0]
    made: list[Event] = []

    def act() -> None:
        made.append(create_event(values=form.values, links=form.links(), owner=owner, by=request.user))

    if request.method == "POST" and form.is_valid() and attempt(form, act):
        messages.success(request, _("Het concept is bewaard. Alleen organisatoren zien het."))
        return redirect("event_edit", made[0].slug)
    context = {"form": form, "owners": owners, "owner": owner}
    return render(request, "events/desk_new.html", context)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: AccountRequest, slug: str) -> HttpResponse:
    """Change an event; what somebody else changed meanwhile is taken along or asked about."""
    event = edited(request, slug)
    if request.method != "POST":
        return render_desk(request, "edit", event, form=EventForm(instance=event, by=request.user))
    form = EventForm(request.POST, instance=event, by=request.user)
    clashes: list[Clash] = []
    if form.is_valid():
        try:
            _save(event, form, request)
        except StaleEditError as stale:
            form, clashes = take_over(form, stale)
            if not clashes and form.is_valid():
                return _save_merged(request, event, form)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Bewaard."))
            return redirect("event_edit", slug)
    status = 409 if clashes else 400
    return render_desk(request, "edit", edited(request, slug), form=form, clashes=clashes, status=status)


def _save(event: Event, form: EventForm, request: AccountRequest) -> Event:
    return save_event(
        event,
        values=form.values,
        links=form.links(event),
        edit_version=form.cleaned_data["edit_version"] or 0,
        by=request.user,
    )


def _save_merged(request: AccountRequest, event: Event, form: EventForm) -> HttpResponse:
    try:
        _save(event, form, request)
    except (StaleEditError, ValidationError):
        messages.warning(request, _("Het lukte niet om samen te voegen. Kijk de gegevens na en bewaar opnieuw."))
        return render_desk(request, "edit", event, form=form, clashes=[], status=409)
    messages.success(request, _("Bewaard, samen met wat een ander intussen veranderde."))
    return redirect("event_edit", event.slug)


@login_required
@require_POST
def event_publish(request: AccountRequest, slug: str) -> HttpResponse:
    """Show an event to its readers."""
    event = edited(request, slug)
    try:
        publish_event(event, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("event_edit", slug)
    messages.success(request, _("De bijeenkomst staat in de agenda."))
    return redirect(event)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_call_off(request: AccountRequest, slug: str) -> HttpResponse:
    """Call an event off, with the reason that everybody reads who would come."""
    event = edited(request, slug)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(form, lambda: cancel_event(event, reason=form.cleaned_data["reason"], by=request.user)):
        messages.success(request, _("De bijeenkomst is afgelast. Wie was aangemeld, krijgt een mail."))
        return redirect(event)
    return render_desk(request, "call_off", event, form=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def event_close(request: AccountRequest, slug: str) -> HttpResponse:
    """Close an event that took place, with what came of it."""
    event = edited(request, slug)
    form = FollowUpForm(request.POST if request.method == "POST" else None, initial={"follow_up": event.follow_up})
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(form, lambda: close_event(event, follow_up=form.cleaned_data["follow_up"], by=request.user)):
        messages.success(request, _("De bijeenkomst is afgesloten."))
        return redirect(event)
    return render_desk(request, "close", event, form=form)
