"""What the registry waits for: contacts that nobody confirmed (R19)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from cwn.core.waiting import WaitingItem, waiting_provider
from partners.models import Contact, Organisation


@waiting_provider(order=20)
def contacts_to_confirm(user: Any) -> Iterator[WaitingItem]:
    """Ask representatives whether the contacts of their organisation are still right."""
    due = Contact.objects.to_confirm().filter(organisation__in=Organisation.objects.represented_by(user).values("pk"))
    counted = due.values("organisation__slug", "organisation__name").annotate(number=Count("pk"))
    for row in counted.order_by("organisation__name"):
        text = ngettext("Kijk of %(n)d contact nog klopt", "Kijk of %(n)d contacten nog kloppen", row["number"])
        yield WaitingItem(
            text=text % {"n": row["number"]},
            url=reverse("my_contacts", args=[row["organisation__slug"]]),
            about=row["organisation__name"],
        )
