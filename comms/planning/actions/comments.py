"""Talking about an item: comments, and asking somebody to look with @name (R86)."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from comms.actions.steps import require
from comms.enums import Tlp
from comms.planning.models import CalendarEntry, EntryComment, reads_plans
from comms.planning.models.calendar import OPEN_LABELS
from cwn.accounts.models import User
from cwn.accounts.roles import COORDINATOR, POLICY_OWNER, WORKING_GROUP
from cwn.delivery.actions.queueing import queue_mail
from partners.models import Membership

MENTION = "mention"
#: Nobody asks more people at once to look.
MOST_MENTIONED = 10


def mentionable(entry: CalendarEntry) -> QuerySet[User]:
    """Return who can be asked to look: the desk, the policy owner and representatives of the owner.

    Of AMBER only coordinators and people of the owner. Who is asked in the end is checked one by one.
    """
    of_owner = Membership.objects.current().filter(organisation=entry.owner_id)
    represents = Q(pk__in=of_owner.representatives().values("user"))
    roles = (WORKING_GROUP.slug, COORDINATOR.slug, POLICY_OWNER.slug)
    people = User.objects.filter(is_active=True).filter(represents | Q(groups__name__in=roles))
    if entry.tlp not in OPEN_LABELS:
        people = people.filter(Q(groups__name=COORDINATOR.slug) | Q(pk__in=of_owner.values("user")))
    return people.distinct().order_by("name", "pk")


def sees(user: User, entry: CalendarEntry) -> bool:
    """Tell whether somebody may know of an item and what is said about it, now."""
    return reads_plans(user) and CalendarEntry.objects.visible_to(user).filter(pk=entry.pk).exists()


def mentioned_in(text: str, people: Iterable[User]) -> list[User]:
    """Return who is meant by "@name": a whole name, or a first name that only one of them has."""
    people = list(people)
    firsts = [person.name.split()[0].casefold() for person in people if person.name.strip()]
    words = text.casefold()
    found = []
    for person in people:
        names = [person.name.casefold()]
        first = person.name.split()[0].casefold() if person.name.strip() else ""
        if firsts.count(first) == 1:
            names.append(first)
        if any(re.search(rf"@{re.escape(name)}(?!\w)", words) for name in names if name):
            found.append(person)
    return found


@transaction.atomic
def add_comment(entry: CalendarEntry, *, text: str, chosen: Iterable[User] = (), by: Any) -> EntryComment:
    """Say something about an item. Who is named, or chosen from the list, gets a mail and sees it on `/mijn/`.

    Raises ValidationError when somebody is chosen who may not see the item.
    """
    require(sees(by, entry))
    named = {person.pk: person for person in (*chosen, *mentioned_in(text, mentionable(entry))) if person.pk != by.pk}
    if len(named) > MOST_MENTIONED:
        raise ValidationError({"mentions": _("Vraag hoogstens %d mensen tegelijk.") % MOST_MENTIONED})
    strangers = [person.name for person in named.values() if not sees(person, entry)]
    if strangers:
        names = ", ".join(strangers)
        raise ValidationError({"mentions": _("Dit item is niet zichtbaar voor %(names)s.") % {"names": names}})
    comment = EntryComment(entry=entry, text=text.strip(), by=by)
    comment.full_clean(exclude=["entry", "by"])
    comment.save()
    comment.mentions.set(named.values())
    for person in named.values():
        _ask(person, comment)
    return comment


def _ask(person: User, comment: EntryComment) -> None:
    """Put a mail in the outbox: title and link, no more (security.md chapter 3, TLP x channel)."""
    entry = comment.entry
    queue_mail(
        key=f"{MENTION}:{comment.pk}:{person.pk}",
        kind=MENTION,
        template="email/planning/mention",
        context={
            "name": person.name,
            "by": comment.by.name,
            "title": entry.title,
            "label": Tlp(entry.tlp).label,
            "path": f"{reverse('entry_detail', args=[entry.uid])}#opmerkingen",
        },
        to=person.email,
        user=person,
        language=person.language,
        object_id=entry.pk,
        by=comment.by,
    )
