"""What items of the calendar wait for: somebody who was asked to look (`/mijn/`)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.planning.models import EntryComment
from cwn.core.waiting import WaitingItem, waiting_provider

#: Somebody who did not look by then does not need this line any more.
TERM = timedelta(days=30)
MOST_NAMED = 10


@waiting_provider(order=38)
def mentions(user: Any) -> Iterator[WaitingItem]:
    """Name the items where somebody is asked to look, until he or she says something there."""
    answered = EntryComment.objects.filter(entry=OuterRef("entry"), by=user.pk, at__gt=OuterRef("at"))
    asked = EntryComment.objects.visible_to(user).filter(mentions=user.pk, at__gt=timezone.now() - TERM)
    for comment in asked.filter(~Exists(answered)).select_related("entry", "by").order_by("at", "pk")[:MOST_NAMED]:
        yield WaitingItem(
            text=_("Kijk mee: %(title)s") % {"title": comment.entry.title},
            url=f"{comment.entry.get_absolute_url()}#opmerkingen",
            about=comment.by.name,
        )
