"""Who may see an event, said once for the ORM (TLP 2.0; security.md chapter 3).

The rule stands a second time in PostgreSQL, as row-level security (comms/events/migrations/0002_row_security.py),
and a third time as principals for the search (`readers_of`); tests/events/test_event_policies.py holds them equal.

* CLEAR: everybody. GREEN: members of any partner, coordinators, the policy owner.
* AMBER and AMBER+STRICT: the owner, the addressed organisations and groups, coordinators.
* A draft: representatives of the owner, coordinators, and of CLEAR and GREEN the working group.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comms.enums import Tlp
from comms.events.enums import SHOWN, EventStatus
from comms.models.audiences import SharingGroupMember
from comms.models.visibility import AMBER_LABELS, NETWORK, NOBODY
from comms.planning.models import plans
from cwn.accounts.roles import COORDINATOR, WORKING_GROUP
from cwn.core.visibility import PUBLIC, organisation_principal, principals_of, role_principal
from partners.models.organisations import organisations_of, represented_organisations_of

if TYPE_CHECKING:
    from comms.events.models.events import Event

OPEN_LABELS = (Tlp.CLEAR, Tlp.GREEN)


class EventQuerySet(models.QuerySet["Event"]):
    """Questions about events."""

    def visible_to(self, user: Any) -> "EventQuerySet":
        """Events that a reader may know of."""
        return self.filter(_shown_to(user) | _prepared_by(user))

    def organised_by(self, user: Any) -> "EventQuerySet":
        """Events of which a reader sees who comes; nobody else sees a name (security.md chapter 1, asset 4).

        Those are representatives of the owner, its people in the working group, and coordinators.
        """
        return self.visible_to(user).filter(_organised(user))

    def editable_by(self, user: Any) -> "EventQuerySet":
        """Events that a reader may change: organisers, and the working group what is CLEAR or GREEN."""
        rule = _organised(user)
        if plans(user):
            rule |= Q(tlp__in=OPEN_LABELS)
        return self.visible_to(user).filter(rule)

    def listed(self) -> "EventQuerySet":
        """Events that lists and the search show: cancelled ones only have their page."""
        return self.filter(status__in=[EventStatus.PUBLISHED, EventStatus.CLOSED])

    def upcoming(self) -> "EventQuerySet":
        """Events that did not end yet, the first one first."""
        return self.filter(ends_at__gte=Now()).order_by("starts_at", "pk")

    def past(self) -> "EventQuerySet":
        """Events that ended, the last one first."""
        return self.filter(ends_at__lt=Now()).order_by("-starts_at", "-pk")

    def between(self, first: Any, last: Any) -> "EventQuerySet":
        """Events that touch the time from one moment until just before another."""
        return self.filter(starts_at__lt=last, ends_at__gt=first)


def is_coordinator(user: Any) -> bool:
    """Tell whether a reader coordinates the network."""
    return role_principal(COORDINATOR.slug) in principals_of(user)


def _shown_to(user: Any) -> Q:
    principals = principals_of(user)
    rule = Q(tlp=Tlp.CLEAR)
    if principals.intersection(NETWORK):
        rule |= Q(tlp__in=OPEN_LABELS)
    if is_coordinator(user):
        rule |= Q(tlp__in=AMBER_LABELS)
    if own := organisations_of(user):
        rule |= Q(tlp__in=AMBER_LABELS) & addressed_to(own)
    return Q(status__in=SHOWN) & rule


def _prepared_by(user: Any) -> Q:
    rule = NOBODY
    if represented := represented_organisations_of(user):
        rule |= Q(owner__in=represented)
    if plans(user):
        rule |= Q(tlp__in=OPEN_LABELS)
    if is_coordinator(user):
        rule |= Q(tlp__in=AMBER_LABELS)
    return Q(status=EventStatus.DRAFT) & rule


def _organised(user: Any) -> Q:
    if is_coordinator(user):
        return ~NOBODY  # not Q(): with "or" that means nothing
    rule = NOBODY
    if represented := represented_organisations_of(user):
        rule |= Q(owner__in=represented)
    if role_principal(WORKING_GROUP.slug) in principals_of(user):
        rule |= Q(owner__in=organisations_of(user))
    return rule


def addressed_to(organisations: list[int]) -> Q:
    """Return the condition that organisations own it, are addressed, or are in an addressed group."""
    from comms.events.models.events import Event

    groups = SharingGroupMember.objects.filter(organisation__in=organisations).values("group")
    links, group_links = Event.addressed_organisations.through, Event.addressed_groups.through
    return (
        Q(owner__in=organisations)
        | Q(pk__in=links.objects.filter(organisation__in=organisations).values("event"))
        | Q(pk__in=group_links.objects.filter(sharinggroup__in=groups).values("event"))
    )


def readers_of(event: "Event", addressed: Iterable[int] | None = None) -> frozenset[str]:
    """Return the principals for which a listed event can be found; says the same as `visible_to`."""
    if event.status not in (EventStatus.PUBLISHED, EventStatus.CLOSED):
        return frozenset()
    if event.tlp == Tlp.CLEAR:
        return frozenset({PUBLIC})
    if event.tlp == Tlp.GREEN:
        return frozenset(NETWORK)
    organisations = addressed_organisations(event) if addressed is None else addressed
    return frozenset({role_principal(COORDINATOR.slug), *map(organisation_principal, organisations)})


def addressed_organisations(event: "Event") -> set[int]:
    """Return the primary keys of the owner, the addressed organisations and those in addressed groups."""
    direct = {row.pk for row in event.addressed_organisations.all()}
    groups = [group.pk for group in event.addressed_groups.all()]
    members = SharingGroupMember.objects.filter(group__in=groups).values_list("organisation_id", flat=True)
    return {event.owner_id, *direct, *(members if groups else ())}


class OfEventQuerySet(models.QuerySet):
    """Questions about what stands beside an event: whoever sees the event sees it."""

    def visible_to(self, user: Any) -> "OfEventQuerySet":
        """Rows of events that a reader may know of."""
        from comms.events.models.events import Event

        return self.filter(event__in=Event.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Any) -> "OfEventQuerySet":
        """Rows of events that a reader may change."""
        from comms.events.models.events import Event

        return self.filter(event__in=Event.objects.editable_by(user).values("pk"))
