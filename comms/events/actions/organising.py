"""The way of an event: made, changed by several people at once, published, called off, closed (R98)."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from comms.actions.steps import StaleEditError
from comms.enums import Tlp
from comms.events.actions.registering import tell_moved_up
from comms.events.actions.seating import held, make_room
from comms.events.enums import COMING, EventStatus
from comms.events.mails import COMING_KIND, OUTCOME_KIND, mail_registrations
from comms.events.models import Event, Registration
from comms.events.reminders import put_on_the_clock
from comms.planning.models import plans
from cwn.core.history import event_model
from partners.models.organisations import represented_organisations_of

#: Columns that people change on the form.
CONTENT = (
    "title", "kind", "summary", "description", "starts_at", "ends_at", "time_zone", "place", "address",
    "online_address", "functions", "campaign", "tlp", "registration_opens_at", "registration_closes_at", "capacity",
    "allows_guests", "has_waiting_list", "calls_for_contributions", "accessibility", "hosted_by", "host_url",
)  # fmt: skip
LINKS = ("audiences", "regions", "sectors", "addressed_organisations", "addressed_groups")
#: A change of one of these is a move: calendars and people must hear of it.
WHERE_AND_WHEN = ("starts_at", "ends_at", "time_zone", "place", "address", "online_address")
#: Words that stand in addresses beside those of events.
RESERVED = frozenset({"redactie", "mijn", "aanmelding"})


@transaction.atomic
def create_event(*, values: Mapping[str, Any], links: Mapping[str, Any], owner: Any, by: Any) -> Event:
    """Make a draft for an organisation for which somebody may act, or that a planner plans for."""
    if owner.pk not in represented_organisations_of(by) and not plans(by):
        raise PermissionDenied
    event = Event(**values, owner=owner, created_by=by, slug=free_slug(values["title"]))
    event.full_clean(exclude=["owner", "created_by"])
    event.save()
    _set_links(event, links)
    return event


def free_slug(title: str) -> str:
    """Return an address for a title, with a number behind it when it is taken or means something else."""
    base = slugify(title)[:100].strip("-") or "bijeenkomst"
    taken = {*Event.objects.filter(slug__startswith=base).values_list("slug", flat=True), *RESERVED}
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def save_event(
    event: Event, *, values: Mapping[str, Any], links: Mapping[str, Any], edit_version: int, by: Any
) -> Event:
    """Save what the form holds; raises StaleEditError when somebody saved since, and then writes nothing.

    People hear of a new time or place, whoever waits moves up when there is more room, and nobody loses a seat.
    """
    _require_editor(event, by)
    with held(event) as current:
        if current.edit_version != edit_version:
            raise StaleEditError(
                current=content_of(current), base=_content_at(current, edit_version), edit_version=current.edit_version
            )
        _refuse_wider(current, values.get("tlp", current.tlp))
        moved = any(name in values and values[name] != getattr(current, name) for name in WHERE_AND_WHEN)
        if "capacity" in values:
            make_room(current, values["capacity"])
        for name, value in values.items():
            setattr(current, name, value)
        current.edit_version += 1
        current.sequence += moved and current.status == EventStatus.PUBLISHED
        current.full_clean(exclude=["owner", "created_by"])
        current.save()
        _set_links(current, links)
        _after_change(current, moved=moved)
        return current


def content_of(event: Event) -> dict[str, Any]:
    """Return what the form changes, as it stands."""
    return {name: getattr(event, name) for name in CONTENT}


def _content_at(event: Event, edit_version: int) -> dict[str, Any]:
    lines: Any = event_model(Event)
    line = lines.objects.filter(pgh_obj_id=event.pk, edit_version=edit_version).order_by("-pgh_id").first()
    return {name: getattr(line, name) for name in CONTENT} if line else {}


def _after_change(event: Event, *, moved: bool) -> None:
    if event.status != EventStatus.PUBLISHED:
        return
    if moved:
        put_on_the_clock(event)
        _mail_all(event, "moved")
    tell_moved_up(event)


@transaction.atomic
def publish_event(event: Event, *, by: Any) -> Event:
    """Show an event to its readers and put its reminders on the clock."""
    _require_editor(event, by)
    with held(event) as current:
        _require_status(current, EventStatus.DRAFT)
        if current.tlp in (Tlp.AMBER, Tlp.AMBER_STRICT) and not _has_addressed(current):
            raise ValidationError(_("Kies voor welke organisaties of deelgroepen deze bijeenkomst is."))
        current.status = EventStatus.PUBLISHED
        return _saved(current)


@transaction.atomic
def cancel_event(event: Event, *, reason: str, by: Any) -> Event:
    """Call an event off: everybody who meant to come hears why, and no reminder is sent any more."""
    _require_editor(event, by)
    with held(event) as current:
        _require_status(current, EventStatus.PUBLISHED)
        current.status, current.cancellation_reason = EventStatus.CANCELLED, reason
        current.sequence += 1
        _saved(current)
        _mail_all(current, "called_off", kind=OUTCOME_KIND)
        return current


@transaction.atomic
def close_event(event: Event, *, follow_up: str, by: Any) -> Event:
    """Close an event that took place, with what came of it; the follow-up mail leads there."""
    _require_editor(event, by)
    with held(event) as current:
        _require_status(current, EventStatus.PUBLISHED, EventStatus.CLOSED)
        if not current.is_past:
            raise ValidationError(_("De bijeenkomst is nog niet geweest."))
        current.follow_up, current.status = follow_up, EventStatus.CLOSED
        current.closed_at = current.closed_at or timezone.now()
        current.edit_version += 1
        current.full_clean(exclude=["owner", "created_by"])
        current.save()
        return current


def _saved(event: Event) -> Event:
    event.edit_version += 1
    event.full_clean(exclude=["owner", "created_by"])
    event.save()
    put_on_the_clock(event)
    return event


def _mail_all(event: Event, template: str, kind: str = COMING_KIND) -> None:
    people = Registration.objects.filter(event=event, state__in=COMING).select_related("user")
    mail_registrations(event, people, template, key=f"event:{event.pk}:{template}:{event.sequence}", kind=kind)


def _require_editor(event: Event, by: Any) -> None:
    if not Event.objects.editable_by(by).filter(pk=event.pk).exists():
        raise PermissionDenied


def _require_status(event: Event, *statuses: EventStatus) -> None:
    if event.status not in statuses:
        raise ValidationError(_("Dit kan nu niet: de bijeenkomst staat op “%(status)s”.") % {
            "status": event.get_status_display()
        })  # fmt: skip


def _refuse_wider(event: Event, tlp: str) -> None:
    if event.status != EventStatus.DRAFT and Tlp(tlp).strictness < event.label.strictness:
        raise ValidationError({"tlp": _("Een getoonde bijeenkomst krijgt geen ruimer label.")})


def _has_addressed(event: Event) -> bool:
    return event.addressed_organisations.exists() or event.addressed_groups.exists()


def _set_links(event: Event, links: Mapping[str, Any]) -> None:
    for name, rows in links.items():
        if name not in LINKS:
            raise ValidationError({NON_FIELD_ERRORS: name})
        getattr(event, name).set(rows)
