"""Who reads a publication, said once for the ORM (TLP 2.0; security.md chapter 3).

The same rule stands a second time in PostgreSQL, as row-level security (comms/migrations/0004_row_security.py),
and a third time as principals for the search (`readers_of`). They are written apart on purpose: a property test
holds them equal on random worlds, so an error in one of them shows.

* CLEAR: everybody, from `public_from` on; until then as GREEN.
* GREEN: members of any partner, coordinators, the policy owner.
* AMBER and AMBER+STRICT: the owner, the addressed organisations and groups, coordinators.
* RED: the named persons and the author, nobody else; coordinators have no way around it.
* Not issued yet: the author, representatives of the owner, coordinators, and whoever is asked to review; of RED
  only the author and the reviewer.

Whoever lost the last membership is a visitor, also for RED and for what he or she wrote.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comms.enums import ISSUED, PublicationStatus, Tlp
from cwn.accounts.roles import COORDINATOR, POLICY_OWNER
from cwn.core.visibility import (
    MEMBERS,
    PUBLIC,
    organisation_principal,
    principals_of,
    role_principal,
)
from partners.models.organisations import organisations_of, represented_organisations_of

if TYPE_CHECKING:
    from comms.models.publications import Publication

AMBER_LABELS = (Tlp.AMBER, Tlp.AMBER_STRICT)
#: Who reads GREEN, as principals.
NETWORK = (MEMBERS, role_principal(COORDINATOR.slug), role_principal(POLICY_OWNER.slug))
NOBODY = Q(pk__in=[])


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Questions about publications."""

    def visible_to(self, user: Any) -> "PublicationQuerySet":
        """Publications that a reader may open, if only to see that they are gone."""
        return self.filter(_issued_for(user) | _unfinished_for(user))

    def listed(self) -> "PublicationQuerySet":
        """Publications that lists, feeds and the search show: what is in force now."""
        return self.filter(status=PublicationStatus.PUBLISHED)

    def issued(self) -> "PublicationQuerySet":
        """Publications that readers got, if only a notice is left of it."""
        return self.filter(status__in=ISSUED)

    def editable_by(self, user: Any) -> "PublicationQuerySet":
        """Publications of which a reader may change the text: the owner's people do, NCSC advises (R106).

        Those are the representatives of the owner, and the author as long as he or she belongs to the owner.
        RED is for its author only.
        """
        represented = represented_organisations_of(user)
        own = Q(owner__in=represented) & ~Q(tlp=Tlp.RED)
        return self.filter(own | _written_by(user))

    def worked_on_by(self, user: Any) -> "PublicationQuerySet":
        """Publications of which a reader may see how they come about: remarks, steps, corrections, reach.

        Those are the ones he or she may edit or was asked to review, and for coordinators all but RED.
        """
        rule = Q(pk__in=self.model._default_manager.editable_by(user).values("pk"))  # type: ignore[attr-defined]
        principals = principals_of(user)
        if role_principal(COORDINATOR.slug) in principals:
            rule |= ~Q(tlp=Tlp.RED)
        if MEMBERS in principals or role_principal(COORDINATOR.slug) in principals:
            rule |= Q(reviewer=user.pk)
        return self.visible_to(user).filter(rule)

    def due(self, now: Any) -> "PublicationQuerySet":
        """Scheduled publications of which the moment has come."""
        return self.filter(status=PublicationStatus.SCHEDULED, publish_at__lte=now)

    def overdue(self, today: Any) -> "PublicationQuerySet":
        """Published ones that expire before today."""
        return self.filter(status=PublicationStatus.PUBLISHED, expires_on__lt=today)

    def to_review(self, today: Any) -> "PublicationQuerySet":
        """Published ones of which label and content must be looked at again (R63, R74)."""
        return self.filter(status=PublicationStatus.PUBLISHED, review_on__lte=today)


def _issued_for(user: Any) -> Q:
    principals = principals_of(user)
    is_coordinator = role_principal(COORDINATOR.slug) in principals
    rule = Q(tlp=Tlp.CLEAR) & (Q(public_from__isnull=True) | Q(public_from__lte=Now()))
    if principals.intersection(NETWORK):
        rule |= Q(tlp__in=(Tlp.CLEAR, Tlp.GREEN))
    if is_coordinator:
        rule |= Q(tlp__in=AMBER_LABELS)
    if own := organisations_of(user):
        rule |= Q(tlp__in=AMBER_LABELS) & addressed_to(own)
    if MEMBERS in principals or is_coordinator:
        rule |= Q(tlp=Tlp.RED) & Q(pk__in=_names(user))
    return Q(status__in=ISSUED) & (rule | _written_by(user))


def _names(user: Any) -> Any:
    from comms.models.publications import Publication

    return Publication.named_readers.through.objects.filter(user=user.pk).values("publication")


def addressed_to(organisations: list[int]) -> Q:
    """Return the condition that organisations own it, are addressed, or are in an addressed group."""
    from comms.models.audiences import SharingGroupMember
    from comms.models.publications import Publication

    groups = SharingGroupMember.objects.filter(organisation__in=organisations).values("group")
    links, group_links = Publication.addressed_organisations.through, Publication.addressed_groups.through
    return (
        Q(owner__in=organisations)
        | Q(pk__in=links.objects.filter(organisation__in=organisations).values("publication"))
        | Q(pk__in=group_links.objects.filter(sharinggroup__in=groups).values("publication"))
    )


def _unfinished_for(user: Any) -> Q:
    principals = principals_of(user)
    is_coordinator = role_principal(COORDINATOR.slug) in principals
    rule = _written_by(user)
    if represented := represented_organisations_of(user):
        rule |= Q(owner__in=represented) & ~Q(tlp=Tlp.RED)
    if is_coordinator:
        rule |= ~Q(tlp=Tlp.RED)
    if MEMBERS in principals or is_coordinator:
        rule |= Q(reviewer=user.pk)
    return ~Q(status__in=ISSUED) & rule


def _written_by(user: Any) -> Q:
    """Return the condition that the reader wrote it, for an organisation that he or she still belongs to."""
    own = organisations_of(user)
    return Q(author=user.pk, owner__in=own) if own else NOBODY


def readers_of(publication: "Publication", addressed: Iterable[int] | None = None) -> frozenset[str]:
    """Return the principals for which a listed publication can be found; RED is never found (TLP x channel).

    Says the same as `visible_to` for a published row that is not RED. Costs two queries for AMBER, unless
    `addressed` holds what `addressed_organisations` would return.
    """
    if publication.status != PublicationStatus.PUBLISHED or publication.tlp == Tlp.RED:
        return frozenset()
    if publication.tlp == Tlp.CLEAR and not publication.is_partners_first:
        return frozenset({PUBLIC})
    if publication.tlp in (Tlp.CLEAR, Tlp.GREEN):
        return frozenset(NETWORK)
    organisations = addressed_organisations(publication) if addressed is None else addressed
    return frozenset({role_principal(COORDINATOR.slug), *map(organisation_principal, organisations)})


def addressed_organisations(publication: "Publication") -> set[int]:
    """Return the primary keys of the owner, the addressed organisations and those in addressed groups."""
    from comms.models.audiences import SharingGroupMember

    direct = {row.pk for row in publication.addressed_organisations.all()}
    groups = [group.pk for group in publication.addressed_groups.all()]
    members = SharingGroupMember.objects.filter(group__in=groups).values_list("organisation_id", flat=True)
    return {publication.owner_id, *direct, *(members if groups else ())}
