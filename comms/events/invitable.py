"""Who may be invited to an event: nobody hears by an invitation of what he or she may not see (security.md A17)."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from comms.enums import Tlp
from comms.events.models import Event
from comms.events.models.visibility import OPEN_LABELS, addressed_organisations
from cwn.accounts.models import User
from partners.models import Membership, Organisation


def invitable_organisations(event: Event, by: Any) -> QuerySet[Organisation]:
    """Return the partners that may know of an event, for who invites."""
    partners = Organisation.objects.visible_to(by).partners().order_by("name", "pk")
    return partners if event.tlp in OPEN_LABELS else partners.filter(pk__in=addressed_organisations(event))


def invitable_people(event: Event) -> QuerySet[User]:
    """Return the members of partners who may know of an event, with their organisations of now in `now`.

    Who may only look as a visitor, for want of a second factor, is invited to what is for visitors.
    """
    current = Membership.objects.current().of_active_partners()
    asked = current if event.tlp == Tlp.CLEAR else current.of_trusted_people()
    if event.tlp not in OPEN_LABELS:
        asked = asked.filter(organisation__in=addressed_organisations(event))
    return (
        User.objects.filter(is_active=True, pk__in=asked.values("user"))
        .prefetch_related(Prefetch("memberships", current.select_related("organisation"), to_attr="now"))
        .order_by("name", "pk")
    )
