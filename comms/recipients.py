"""Who will see a publication and who gets a mail about it, before and after it is issued (R79, security.md chapter 3).

Numbers and names are those of this moment: rights change, and each reading and each mail asks again.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from comms.enums import Tlp, Urgency
from comms.models import Notice, NoticeKind, NoticeState, Publication, Receipt
from comms.models.visibility import addressed_organisations
from partners.enums import PartnerStatus
from partners.models import Membership, Organisation, Participation


@dataclass(frozen=True, slots=True)
class Readership:
    """Who sees a publication, and who is told."""

    everybody: bool
    """Visitors too."""
    organisations: list[Organisation]
    """Of which the members can read it; for everybody and the whole network the partners of now."""
    persons: list[Any]
    """The named persons of RED, and nobody else."""
    mailed: list[tuple[Any, Organisation | None]]
    """People who get a mail when it is issued, with the organisation for which they get it."""
    added: list[Organisation]
    """Organisations that did not get the version before; for a correction."""
    dropped: list[Organisation]
    """Organisations that got the version before and will not get this one."""


def readership_of(publication: Publication) -> Readership:
    """Return the exact list of who will see this and who gets a mail, with the difference to the version before."""
    organisations = list(reading_organisations(publication))
    before = set(receiving_organisations(publication))
    keys = {organisation.pk for organisation in organisations}
    known = {organisation.pk: organisation for organisation in organisations}
    return Readership(
        everybody=publication.tlp == Tlp.CLEAR,
        organisations=organisations,
        persons=list(publication.named_readers.order_by("name")) if publication.tlp == Tlp.RED else [],
        mailed=mailed_people(publication),
        added=[known[key] for key in sorted(keys - before)] if before else [],
        dropped=list(Organisation.objects.filter(pk__in=before - keys).order_by("name")),
    )


def reading_organisations(publication: Publication) -> QuerySet[Organisation]:
    """Return the partners of which members can read a publication once it is issued; none for RED."""
    if publication.tlp == Tlp.RED:
        return Organisation.objects.none()
    partners = Organisation.objects.partners()
    if publication.tlp in (Tlp.CLEAR, Tlp.GREEN):
        return partners
    return partners.filter(pk__in=addressed_organisations(publication))


def receiving_organisations(publication: Publication) -> list[int]:
    """Return the keys of the organisations that got the present version or one before it."""
    return list(Receipt.objects.filter(publication=publication).values_list("organisation_id", flat=True).distinct())


def mailed_people(publication: Publication) -> list[tuple[Any, Organisation | None]]:
    """Return whom to tell, each person once, with the organisation for which he or she gets it.

    RED: the named persons. AMBER and AMBER+STRICT: the members of the addressed organisations. CLEAR and GREEN:
    nobody, unless it is urgent; then the representatives of partners that take part in one of its functions (R75).
    Everybody else finds it on the portal, in saved searches and in newsletters.
    """
    if publication.tlp == Tlp.RED:
        return [(person, None) for person in publication.named_readers.filter(is_active=True).order_by("name")]
    memberships = (
        Membership.objects.current()
        .of_active_partners()
        .of_trusted_people()
        .exclude(user=publication.author_id)
        .select_related("user", "organisation")
        .order_by("user__name", "organisation__name")
    )
    if publication.tlp in (Tlp.AMBER, Tlp.AMBER_STRICT):
        memberships = memberships.filter(organisation__in=addressed_organisations(publication))
    elif publication.urgency in (Urgency.IMMEDIATE, Urgency.SOON):
        taking_part = Participation.objects.current().filter(function__in=publication.functions)
        memberships = memberships.representatives().filter(organisation__in=taking_part.values("organisation"))
    else:
        return []
    people: dict[int, tuple[Any, Organisation | None]] = {}
    for membership in memberships:
        people.setdefault(membership.user_id, (membership.user, membership.organisation))
    return list(people.values())


def recipients_of(publication: Publication) -> list[tuple[int, int | None]]:
    """Return whom to tell as pairs of keys, as `queue_notices` takes them."""
    return [(user.pk, organisation.pk if organisation else None) for user, organisation in mailed_people(publication)]


def earlier_recipients_of(publication: Publication) -> list[tuple[int, int | None]]:
    """Return who must hear of a correction or a withdrawal: exactly those who got an earlier version.

    That is everybody who got a mail about it, and the representatives of organisations that got it by another way.
    """
    told = Notice.objects.filter(
        publication=publication,
        state__in=(NoticeState.SENT, NoticeState.CLAIMED),
        kind__in=(NoticeKind.PUBLISHED, NoticeKind.CORRECTED),
    ).values_list("user_id", "organisation_id")
    representatives = (
        Membership.objects.current()
        .representatives()
        .filter(organisation__in=receiving_organisations(publication), organisation__status=PartnerStatus.PARTNER)
        .values_list("user_id", "organisation_id")
    )
    return list((dict(representatives) | dict(told)).items())


def possible_reviewers(publication: Publication, by: Any) -> QuerySet[Any]:
    """Return whom an editor can ask to review: people of the owner, coordinators, and for RED the named persons."""
    people = get_user_model().objects.filter(is_active=True).exclude(pk__in=[publication.author_id, by.pk])
    if publication.tlp == Tlp.RED:
        return people.filter(pk__in=publication.named_readers.values("pk")).order_by("name")
    own = Membership.objects.current().filter(organisation=publication.owner_id).values("user")
    coordinators = get_user_model().objects.filter(groups__name="coordinator").values("pk")
    return (people.filter(pk__in=own) | people.filter(pk__in=coordinators)).distinct().order_by("name")
