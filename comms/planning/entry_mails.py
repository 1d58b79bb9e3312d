"""Mails about items: somebody is asked to look, and a deadline comes near; who may still get one (security.md A04)."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy

from comms.enums import Tlp
from comms.planning.actions.comments import MENTION, sees
from comms.planning.actions.deadlines import READY, REMINDER
from comms.planning.models import CalendarEntry
from cwn.accounts.models import User
from cwn.delivery.actions.queueing import queue_mail
from cwn.delivery.clock import reminder_kind
from cwn.delivery.enums import AfterDoubt, Stream
from cwn.delivery.kinds import MailKind, register_kind
from cwn.delivery.models import Delivery, Reminder

DEADLINE = "entry-deadline"


def who_lost_sight(deliveries: Iterable[Delivery]) -> Mapping[int, str]:
    """Return the deliveries to people who may not see the item any more, with the reason."""
    lost = {}
    for delivery in deliveries:
        user = User.objects.filter(pk=delivery.user_id or 0, is_active=True).first()
        entry = CalendarEntry.objects.filter(pk=delivery.mailing.object_id or 0).first()
        if user is None or entry is None or not sees(user, entry):
            lost[delivery.pk] = "mag dit item niet meer zien"
    return lost


for _slug, _label in (
    (MENTION, gettext_lazy("Iemand noemt u bij een item van de kalender")),
    (DEADLINE, gettext_lazy("Een item van de kalender moet klaar")),
):
    register_kind(
        MailKind(
            slug=_slug,
            label=_label,
            stream=Stream.SERVICE,
            after_doubt=AfterDoubt.RESEND,
            recheck=who_lost_sight,
            hours_late=24,
        )
    )


@reminder_kind(REMINDER)
def announce_deadline(reminder: Reminder) -> str:
    """Mail who does it, unless it is finished, removed, or somebody else does it without a place in the calendar."""
    entry = CalendarEntry.objects.select_related("person").filter(pk=reminder.object_id).first()
    if entry is None or entry.removed_at or entry.status in READY or entry.deadline_on is None:
        return "het item is klaar of weg"
    person = entry.person
    if person is None or not sees(person, entry):
        return "niemand die dit item mag zien, doet het"
    queue_mail(
        key=f"{DEADLINE}:{reminder.pk}",
        kind=DEADLINE,
        template="email/planning/entry_deadline",
        context={
            "name": person.name,
            "title": entry.title,
            "label": Tlp(entry.tlp).label,
            "deadline_on": entry.deadline_on,
            "path": reverse("entry_detail", args=[entry.uid]),
        },
        to=person.email,
        user=person,
        language=person.language,
        object_id=entry.pk,
    )
    return ""
