"""What publications wait for: a review, consent to a wider label, an answer of who got one (R52, R66, R107)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comms.enums import Answer, PublicationStatus, Tlp
from comms.models import Acknowledgement, Publication, Receipt, RelabelRequest
from cwn.core.waiting import WaitingItem, waiting_provider
from partners.models.organisations import represented_organisations_of

#: An answer helps as long as the message is new.
ANSWER_TERM = timedelta(days=30)
#: Messages that are named one by one.
MOST_NAMED = 10


@waiting_provider(order=10)
def reviews(user: Any) -> Iterator[WaitingItem]:
    """Name what somebody was asked to review; of RED not even the title."""
    asked = Publication.objects.visible_to(user).filter(
        status=PublicationStatus.IN_REVIEW, reviewer=user.pk, approved_by=None
    )
    for publication in asked.select_related("owner").order_by("updated_at", "pk")[:MOST_NAMED]:
        yield WaitingItem(
            text=_("Beoordeel: %(title)s") % {"title": _title(publication)},
            url=reverse("publication_edit", args=[publication.slug]),
            about=publication.owner.name,
        )


@waiting_provider(order=12)
def consents(user: Any) -> Iterator[WaitingItem]:
    """Name the messages of the own organisation for which somebody asks a wider label."""
    asked = RelabelRequest.objects.visible_to(user).filter(
        applied_at=None, refused_at=None, consented_at=None, publication__owner__in=represented_organisations_of(user)
    )
    for request in asked.select_related("publication__owner").order_by("requested_at", "pk")[:MOST_NAMED]:
        yield WaitingItem(
            text=_("Geef toestemming voor een ruimer label: %(title)s") % {"title": _title(request.publication)},
            url=reverse("publication_label", args=[request.publication.slug]),
            about=request.publication.owner.name,
        )


@waiting_provider(order=14)
def answers(user: Any) -> Iterator[WaitingItem]:
    """Ask representatives what their organisation did with what it got (R107), until it passed it on or declined."""
    for publication in unanswered_by(represented_organisations_of(user), user)[:MOST_NAMED]:
        yield WaitingItem(
            text=_("Laat weten wat u ermee deed: %(title)s") % {"title": publication.title},
            url=reverse("publication_detail", args=[publication.slug]),
            about=publication.owner.name,
        )


def unanswered_by(organisations: list[int], user: Any) -> QuerySet[Publication]:
    """Return what organisations got in its present version and did not answer, or put off; the newest first."""
    got = Receipt.objects.filter(
        publication=OuterRef("pk"), version=OuterRef("version"), organisation__in=organisations
    )
    answered = Acknowledgement.objects.filter(
        publication=OuterRef("pk"), version=OuterRef("version"), organisation__in=organisations
    ).exclude(answer=Answer.LATER)
    recent = Publication.objects.visible_to(user).listed().filter(published_at__gt=timezone.now() - ANSWER_TERM)
    others = recent.exclude(tlp=Tlp.RED).exclude(owner__in=organisations)
    return others.filter(Exists(got), ~Exists(answered)).select_related("owner").order_by("-published_at", "-pk")


def _title(publication: Publication) -> str:
    return _("een bericht met TLP:RED") if publication.tlp == Tlp.RED else publication.title
