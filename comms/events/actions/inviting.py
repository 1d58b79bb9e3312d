"""Inviting organisations and single persons to an event, asking again who is silent, and answering (R98)."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.events.actions.preparing import require_organiser
from comms.events.enums import EventStatus, InvitationAnswer
from comms.events.invitable import invitable_organisations, invitable_people
from comms.events.models import Event, EventInvitation
from comms.events.partner_mails import mail_invited
from cwn.accounts.models import User
from partners.models import Membership, Organisation


@transaction.atomic
def invite(
    event: Event, *, organisations: Iterable[Organisation] = (), people: Iterable[User] = (), by: Any
) -> list[EventInvitation]:
    """Invite who may know of the event and return the new invitations; persons and who acts for organisations get mail.

    Whoever cannot see the event is refused: an invitation would tell of it (security.md A17).
    """
    require_organiser(event, by)
    if event.status != EventStatus.PUBLISHED:
        raise ValidationError(_("Publiceer de bijeenkomst eerst, dan kunnen genodigden hem zien."))
    asked: list[dict[str, Any]] = [{"organisation": organisation} for organisation in organisations]
    asked += [{"person": person} for person in people]
    _refuse_who_may_not_know(event, asked, by)
    rows = [EventInvitation.objects.get_or_create(event=event, **who, defaults={"invited_by": by}) for who in asked]
    new = [row for row, is_new in rows if is_new]
    _mail(event, new, f"invite:{timezone.now().isoformat()}")
    return new


def _refuse_who_may_not_know(event: Event, asked: list[dict[str, Any]], by: Any) -> None:
    for name, possible in (("organisation", invitable_organisations(event, by)), ("person", invitable_people(event))):
        keys = {who[name].pk for who in asked if name in who}
        if keys.difference(possible.filter(pk__in=keys).values_list("pk", flat=True)):
            raise ValidationError(_("Nodig alleen uit wie deze bijeenkomst mag zien."))


@transaction.atomic
def ask_again(event: Event, *, by: Any) -> int:
    """Mail the organisations and persons that did not answer, once a day at most, and return how many there are."""
    require_organiser(event, by)
    rows = list(EventInvitation.objects.filter(event=event).unanswered())
    for row in rows:
        row.times_reminded += 1
        row.save(update_fields=["times_reminded"])
    _mail(event, rows, f"ask-again:{timezone.localdate().isoformat()}")
    return len(rows)


def _mail(event: Event, invitations: list[EventInvitation], key: str) -> None:
    organisations = [row.organisation_id for row in invitations if row.organisation_id]
    acting = Membership.objects.current().of_active_partners().representatives().filter(organisation__in=organisations)
    active = User.objects.filter(is_active=True).order_by("pk")
    mail_invited(event, active.filter(pk__in=acting.values("user")), key=f"event:{event.pk}:{key}")
    persons = [row.person_id for row in invitations if row.person_id]
    mail_invited(event, active.filter(pk__in=persons), key=f"event:{event.pk}:{key}:persons", is_personal=True)


@transaction.atomic
def answer_invitation(invitation: EventInvitation, *, answer: str, by: Any) -> EventInvitation:
    """Answer for oneself, or for an organisation for which one may act."""
    if not EventInvitation.objects.answerable_by(by).filter(pk=invitation.pk).exists():
        raise PermissionDenied
    if answer not in (InvitationAnswer.YES, InvitationAnswer.NO):
        raise ValidationError(_("Kies of u komt."))
    invitation.answer, invitation.answered_at = answer, timezone.now()
    invitation.save(update_fields=["answer", "answered_at"])
    return invitation
