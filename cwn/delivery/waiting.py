"""What coordinators are told on `/mijn/` about outgoing mail: no mail can tell that mail stands still."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cwn.core.visibility import principals_of
from cwn.core.waiting import WaitingItem, waiting_provider
from cwn.delivery.models import Outbox
from cwn.delivery.overview import number_asking


@waiting_provider(order=5)
def outgoing_mail(user: Any) -> Iterator[WaitingItem]:
    """Name what keeps mail from leaving, and how many mailings ask for a decision."""
    if "role:coordinator" not in principals_of(user):
        return
    url = reverse("mailing_list")
    outbox = Outbox.objects.filter(pk=1).first()
    if outbox and outbox.held_since:
        yield WaitingItem(text=_("Alle mail wordt vastgehouden"), url=url)
    if outbox and outbox.trouble:
        yield WaitingItem(text=_("Er gaat geen mail weg"), url=url, about=outbox.get_trouble_display())
    if number := number_asking():
        text = ngettext(
            "%(number)s mailing vraagt uw beslissing", "%(number)s mailings vragen uw beslissing", number
        ) % {"number": number}
        yield WaitingItem(text=text, url=url)
