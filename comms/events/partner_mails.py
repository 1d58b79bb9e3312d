"""Mails about events to people of the network: asked to come, and told what became of a part that they offered.

Each is asked again at the moment it leaves: nobody hears of an event that he or she may not see (security.md A04).
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comms.events.enums import EventStatus, OfferState
from comms.events.mails import compile_event_mail
from comms.events.models import ContributionOffer, Event, EventInvitation
from cwn.accounts.models import User
from cwn.core.guard import as_the_portal
from cwn.delivery.actions.queueing import Recipient, queue_mailing
from cwn.delivery.enums import AfterDoubt, DeliveryState, Stream
from cwn.delivery.kinds import MailKind, register_kind
from cwn.delivery.models import Delivery

#: Asking an organisation, asking one person, and the answer on an offered part.
INVITATION_KIND, PERSON_KIND, OFFER_KIND = "event-invitation", "event-invitation-person", "event-offer"


def mail_invited(event: Event, people: Iterable[User], *, key: str, is_personal: bool = False) -> None:
    """Ask people to answer, for themselves or for the invited organisation for which they act."""
    kind = PERSON_KIND if is_personal else INVITATION_KIND
    _mail(event, list(people), "invitation", key=key, kind=kind, object_id=event.pk, is_personal=is_personal)


def mail_offer_decided(offer: ContributionOffer) -> None:
    """Tell who offered a part whether it is taken over, with the words of the organiser (R123).

    A decision is final, so its key is too: whoever asks twice mails once. Of AMBER and stricter the words stand on
    the page and not in the mail.
    """
    context = {"offer": offer, "is_accepted": offer.state == OfferState.ACCEPTED}
    key = f"event:{offer.event_id}:offer-decided:{offer.pk}"
    _mail(offer.event, [offer.offered_by], "offer_decided", key=key, kind=OFFER_KIND, object_id=offer.pk, **context)


def offer_mail_states(offers: Iterable[ContributionOffer]) -> dict[int, DeliveryState]:
    """Return how far the mail about each decision is, in one query; the organiser sees no address."""
    about = {"mailing__kind": OFFER_KIND, "mailing__object_id__in": [offer.pk for offer in offers]}
    with as_the_portal():
        rows = list(Delivery.objects.filter(**about).values_list("mailing__object_id", "state"))
    return {offer: DeliveryState(state) for offer, state in rows if offer is not None}


def _mail(
    event: Event, people: list[User], template: str, *, key: str, kind: str, object_id: int, **context: Any
) -> None:
    recipients = [
        Recipient(f"user:{user.pk}", user.email, _language(user), user.pk, {"name": user.name, "token": ""})
        for user in people
    ]
    if recipients:
        languages = list(dict.fromkeys(recipient.language for recipient in recipients))
        mails = {language: compile_event_mail(template, event, language, context) for language in languages}
        queue_mailing(key=key, kind=kind, object_id=object_id, label=event.tlp, mails=mails, recipients=recipients)


def _language(user: User) -> str:
    return user.language if user.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


# --- asked again at the moment of sending --------------------------------------------------------------
def recheck_invitation(deliveries: Iterable[Delivery]) -> dict[int, str]:
    """Refuse to ask people who answered, or whose organisation did, or who may not know of the event any more."""
    reasons = {}
    for delivery in deliveries:
        event = Event.objects.filter(pk=delivery.mailing.object_id or 0, status=EventStatus.PUBLISHED).first()
        if (
            event is None
            or delivery.user is None
            or not Event.objects.visible_to(delivery.user).filter(pk=event.pk).exists()
        ):
            reasons[delivery.pk] = _("Deze persoon mag de bijeenkomst niet meer zien.")
        elif not _is_asked(event, delivery.user, is_personal=delivery.mailing.kind == PERSON_KIND):
            reasons[delivery.pk] = _("Op deze uitnodiging is al geantwoord.")
    return reasons


def _is_asked(event: Event, user: Any, *, is_personal: bool) -> bool:
    asked = EventInvitation.objects.filter(event=event).unanswered()
    if is_personal:
        return asked.filter(person=user).exists()
    own = [membership.organisation_id for membership in user.current_memberships]
    return asked.filter(organisation__in=own).exists()


def recheck_offer(deliveries: Iterable[Delivery]) -> dict[int, str]:
    """Refuse to tell somebody who left the organisation that offered, or who may not know of the event any more."""
    reasons = {}
    for delivery in deliveries:
        offers = ContributionOffer.objects.filter(pk=delivery.mailing.object_id or 0)
        if delivery.user is None or not offers.visible_to(delivery.user).exists():
            reasons[delivery.pk] = _("Deze persoon mag de bijeenkomst niet meer zien.")
    return reasons


def register_partner_kinds() -> None:
    """Tell the outbox which mails these are."""
    for slug, label, recheck in (
        (INVITATION_KIND, gettext_lazy("Uitnodiging voor een bijeenkomst"), recheck_invitation),
        (PERSON_KIND, gettext_lazy("Persoonlijke uitnodiging voor een bijeenkomst"), recheck_invitation),
        (OFFER_KIND, gettext_lazy("Antwoord op een aangeboden onderdeel"), recheck_offer),
    ):
        register_kind(MailKind(slug, label, Stream.SERVICE, AfterDoubt.RESEND, recheck))
