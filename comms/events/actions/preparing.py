"""What an organiser prepares around an event: programme, stand, documents and offered parts."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.events.enums import EventStatus, OfferState
from comms.events.models import ContributionOffer, Event, EventMaterial
from comms.events.partner_mails import mail_offer_decided
from partners.models import Organisation
from partners.models.organisations import organisations_of


@transaction.atomic
def add_to_event(row: Any, *, by: Any, links: Iterable[tuple[str, Any]] = ()) -> Any:
    """Save a part of the programme, a speaker, a document or a thing for the stand, new or changed."""
    require_editor(row.event, by)
    row.full_clean(exclude=["event"])
    row.save()
    for name, rows in links:
        getattr(row, name).set(rows)
    return row


@transaction.atomic
def take_from_event(row: Any, *, by: Any) -> None:
    """Take such a row away; the history keeps it."""
    require_editor(row.event, by)
    row.delete()


@transaction.atomic
def mark_returned(material: EventMaterial, *, by: Any) -> EventMaterial:
    """Write down that a thing on loan came back (R99)."""
    require_editor(material.event, by)
    material.returned_at = material.returned_at or timezone.now()
    material.save(update_fields=["returned_at"])
    return material


@transaction.atomic
def offer_contribution(
    event: Event, *, organisation: Organisation, title: str, explanation: str, by: Any
) -> ContributionOffer:
    """Offer a part of the programme for an organisation that the reader belongs to (R123)."""
    if organisation.pk not in organisations_of(by):
        raise PermissionDenied
    if not event.calls_for_contributions or event.status != EventStatus.PUBLISHED or event.is_past:
        raise ValidationError(_("Voor deze bijeenkomst kunt u geen onderdeel aanbieden."))
    offer = ContributionOffer(
        event=event, organisation=organisation, title=title, explanation=explanation, offered_by=by
    )
    offer.full_clean(exclude=["event", "organisation", "offered_by"])
    offer.save()
    return offer


@transaction.atomic
def decide_offer(offer: ContributionOffer, *, accepts: bool, answer: str = "", by: Any) -> ContributionOffer:
    """Take an offered part over or decline it; who offered hears it by mail, with the words of the organiser."""
    require_organiser(offer.event, by)
    offer = ContributionOffer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    if offer.state != OfferState.OFFERED:
        raise ValidationError(_("Over dit aanbod is al besloten."))
    offer.state = OfferState.ACCEPTED if accepts else OfferState.DECLINED
    offer.answer, offer.decided_by, offer.decided_at = answer, by, timezone.now()
    offer.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    mail_offer_decided(offer)
    return offer


def require_editor(event: Event, by: Any) -> None:
    """Refuse who may not change an event; views have answered 404 before, this is the second lock."""
    if not Event.objects.editable_by(by).filter(pk=event.pk).exists():
        raise PermissionDenied


def require_organiser(event: Event, by: Any) -> None:
    """Refuse who may not see who comes."""
    if not Event.objects.organised_by(by).filter(pk=event.pk).exists():
        raise PermissionDenied
