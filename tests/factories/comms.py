"""Factories of publications and what hangs on them."""

from datetime import date
from typing import Any

import factory
from django.utils import timezone

from comms.enums import ISSUED, RESTRICTED, PublicationKind, PublicationStatus, Tlp
from comms.models import Development, DevelopmentKind, Publication, SharingGroup, SharingGroupMember
from cwn.core.enums import CwnFunction
from partners.models import Organisation
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory

#: A complete cover sheet; a test takes one element away to see that it is missed.
FILLED: dict[str, Any] = {
    "urgency": "direct",
    "urgency_reason": "De kwetsbaarheid wordt op dit moment misbruikt.",
    "audiences": ["schakelorganisaties"],
    "audience_reason": "U beheert systemen die van buiten bereikbaar zijn.",
    "key_points": ["Installeer de update vandaag.", "Controleer de logbestanden van de afgelopen maand."],
    "communication_message": "Er is een update beschikbaar. Installeer die vandaag.",
    "channel_messages": {"social": "Update uw firewall vandaag nog."},
    "tone": "zakelijk",
    "speaker": "Persvoorlichting van de eigenaar",
    "action_perspective": [
        {
            "audience": "schakelorganisaties",
            "action": "Stuur dit bericht door aan uw achterban.",
            "deadline": "direct",
            "effort": "uur",
        },
        {
            "audience": "private-partners",
            "action": "Installeer versie 4.2 op alle firewalls.",
            "deadline": "2026-12-01",
            "effort": "dag",
        },
    ],
    "wider_developments": "Dit hoort bij de zorgplicht van de Cyberbeveiligingswet.",
    "functions": [CwnFunction.INFORMATION_SHARING.value],
}


class DevelopmentFactory(factory.django.DjangoModelFactory):
    """A theme."""

    class Meta:
        model = Development
        django_get_or_create = ("slug",)

    slug = factory.Sequence(lambda number: f"thema-{number}")
    name = factory.Sequence(lambda number: f"Thema {number}")
    kind = DevelopmentKind.THEME
    explanation = "Een thema."


class PublicationFactory(factory.django.DjangoModelFactory):
    """A draft with a complete cover sheet; `filled=False` leaves the sheet empty."""

    class Meta:
        model = Publication

    kind = PublicationKind.VULNERABILITY
    title = factory.Sequence(lambda number: f"Kwetsbaarheid {number} in een firewall")
    slug = factory.Sequence(lambda number: f"bericht-{number}")
    summary = "Wat er aan de hand is."
    body = "Een tekst met wat er aan de hand is."
    owner = factory.SubFactory(OrganisationFactory)
    author = factory.SubFactory(UserFactory)
    tlp = Tlp.CLEAR

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        if kwargs.pop("filled", True):
            kwargs = FILLED | kwargs
        if kwargs["tlp"] != Tlp.CLEAR:
            kwargs.setdefault("restriction_reason", "De bron wordt anders bekend.")
            kwargs.setdefault("review_on", date(2027, 3, 1))
        return kwargs


def published(**fields: Any) -> Publication:
    """Return a publication that was issued, with the second person that its label asks for."""
    addressed: dict[str, Any] = {
        name: fields.pop(name, ()) for name in ("addressed_organisations", "addressed_groups", "named_readers")
    }
    fields.setdefault("status", PublicationStatus.PUBLISHED)
    if fields["status"] in ISSUED:
        fields.setdefault("published_at", timezone.now())
        fields.setdefault("version", 1)
    if fields.get("tlp") in RESTRICTED:
        fields.setdefault("approved_by", UserFactory())
    if fields["status"] == PublicationStatus.WITHDRAWN:
        fields.setdefault("withdrawal_reason", "De melding bleek niet te kloppen.")
    publication = PublicationFactory(**fields)
    for name, values in addressed.items():
        getattr(publication, name).set(values)
    return publication


def sharing_group(*organisations: Organisation, name: str = "Deelgroep", **fields: Any) -> SharingGroup:
    """Return a group of organisations that share with each other."""
    group = SharingGroup.objects.create(name=name, purpose="Delen wat ons allen raakt.", **fields)
    for organisation in organisations:
        SharingGroupMember.objects.create(group=group, organisation=organisation)
    return group
