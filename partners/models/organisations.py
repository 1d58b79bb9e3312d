"""Organisations, their status through time and their relations."""

from collections.abc import Callable
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cwn.accounts.roles import COORDINATOR, POLICY_OWNER
from cwn.core.enums import Ownership
from cwn.core.searchable import link_marks_stale, marks_stale
from cwn.core.visibility import (
    MEMBERS,
    PUBLIC,
    organisation_principal,
    principals_of,
    representation_principal,
    role_principal,
)
from partners.enums import PUBLIC_STATUSES, MembershipRole, PartnerStatus, RelationKind, VisibilityLevel
from partners.models.domains import Branch, OrganisationKind, Region, Sector


def organisations_of(user: Any) -> list[int]:
    """Return the primary keys of the active partners of which a reader is a member."""
    return _keys(user, organisation_principal)


def represented_organisations_of(user: Any) -> list[int]:
    """Return the primary keys of the active partners for which a reader may act."""
    return _keys(user, representation_principal)


def _keys(user: Any, principal: Callable[[int], str]) -> list[int]:
    prefix = principal(0)[:-1]
    return sorted(int(name.removeprefix(prefix)) for name in principals_of(user) if name.startswith(prefix))


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Questions about organisations."""

    def visible_to(self, user: Any) -> "OrganisationQuerySet":
        """Organisations that a reader may know of (R30; security.md chapter 3).

        Everybody sees partners and consulted organisations; coordinators and the policy owner see all.
        """
        principals = principals_of(user)
        if principals & {role_principal(COORDINATOR.slug), role_principal(POLICY_OWNER.slug)}:
            return self
        return self.filter(status__in=PUBLIC_STATUSES)

    def showing(self, field: str, user: Any) -> "OrganisationQuerySet":
        """Organisations that let a reader see a field of their profile; says the same as `shows`."""
        principals = principals_of(user)
        if role_principal(COORDINATOR.slug) in principals:
            return self
        levels = [VisibilityLevel.PUBLIC, *([VisibilityLevel.MEMBERS] if MEMBERS in principals else [])]
        return self.filter(Q(**{f"field_visibility__{field}__in": levels}) | Q(pk__in=organisations_of(user)))

    def editable_by(self, user: Any) -> "OrganisationQuerySet":
        """Organisations that a coordinator may change in the admin; others propose changes."""
        return self if role_principal(COORDINATOR.slug) in principals_of(user) else self.none()

    def at_address(self, slug: str) -> "OrganisationQuerySet":
        """The organisation that has this address, else the one that had it; ask after `visible_to` (A23)."""
        is_taken = models.Exists(Organisation.objects.filter(slug=slug))
        former = OrganisationAlias.objects.filter(~is_taken, slug=slug)
        return self.filter(Q(slug=slug) | Q(pk__in=former.values("organisation")))

    def of(self, user: Any) -> "OrganisationQuerySet":
        """Active partners of which a reader is a member: his or her own organisations."""
        return self.filter(pk__in=organisations_of(user))

    def represented_by(self, user: Any) -> "OrganisationQuerySet":
        """Own organisations for which a reader may act."""
        return self.of(user).filter(
            memberships__user=user.pk,  # nobody for a visitor
            memberships__role=MembershipRole.REPRESENTATIVE,
            memberships__ended_at=None,
            memberships__suspended_at=None,
        )

    def silent(self) -> "OrganisationQuerySet":
        """Partners with a representative who was suspended because nobody confirmed the contacts (R19)."""
        return self.partners().filter(memberships__ended_at=None, memberships__suspended_at__isnull=False).distinct()

    def partners(self) -> "OrganisationQuerySet":
        """Organisations that take part in the network now."""
        return self.filter(status=PartnerStatus.PARTNER)

    def consulted(self) -> "OrganisationQuerySet":
        """Organisations that the two source documents name; they are no partners."""
        return self.filter(status=PartnerStatus.CONSULTED)

    def with_domains(self) -> "OrganisationQuerySet":
        """Fetch kinds, regions, sectors and branches in one query each."""
        return self.prefetch_related("kinds", "regions", "sectors", "branches")


def default_field_visibility() -> dict[str, str]:
    """Return who reads which field of a new profile: little is public until somebody says so."""
    return {
        "website": VisibilityLevel.PUBLIC,
        "description": VisibilityLevel.PUBLIC,
        "participation": VisibilityLevel.PUBLIC,
        "relations": VisibilityLevel.PUBLIC,
        "constituency": VisibilityLevel.MEMBERS,
        "maturity": VisibilityLevel.OWN,
        "legal_basis": VisibilityLevel.OWN,
    }


@pghistory.track()
class Organisation(models.Model):
    """An organisation in the registry: partner, on its way to be one, or only consulted (R19–R39)."""

    name = models.CharField(_("naam"), max_length=200)
    slug = models.SlugField(_("kenmerk in het adres"), max_length=120, unique=True)
    known_as = ArrayField(models.CharField(max_length=200), verbose_name=_("ook bekend als"), default=list, blank=True)
    kinds = models.ManyToManyField(
        OrganisationKind, verbose_name=_("soorten"), related_name="organisations", blank=True
    )
    ownership = models.CharField(_("publiek of privaat"), max_length=20, choices=Ownership.choices)
    status = models.CharField(
        _("status"), max_length=20, choices=PartnerStatus.choices, default=PartnerStatus.PROSPECT, db_index=True
    )
    partner_since = models.DateField(_("partner sinds"), null=True, blank=True)
    description = models.TextField(_("omschrijving"), max_length=2000, blank=True)
    description_en = models.TextField(_("omschrijving in het Engels"), max_length=2000, blank=True)
    website = models.URLField(_("website"), blank=True)
    email_domain = models.CharField(_("maildomein"), max_length=120, blank=True)
    kvk_number = models.CharField(_("KvK-nummer"), max_length=8, blank=True)
    logo = models.ImageField(_("beeldmerk"), upload_to="logos/", blank=True)
    regions = models.ManyToManyField(Region, verbose_name=_("regio's"), related_name="organisations", blank=True)
    sectors = models.ManyToManyField(Sector, verbose_name=_("sectoren"), related_name="organisations", blank=True)
    branches = models.ManyToManyField(Branch, verbose_name=_("branches"), related_name="organisations", blank=True)
    related_organisations: Any = models.ManyToManyField(
        "self", through="Relation", symmetrical=False, related_name="related_from"
    )
    field_visibility = models.JSONField(_("wie leest welk veld"), default=default_field_visibility, blank=True)
    was_lds_partner = models.BooleanField(_("was partner in het Landelijk Dekkend Stelsel"), default=False)
    source_reference = models.CharField(_("bron"), max_length=300, blank=True)
    internal_notes = models.TextField(_("interne notities"), blank=True)
    is_fictional = models.BooleanField(_("fictief"), default=False, editable=False)
    created_at = models.DateTimeField(_("gemaakt"), auto_now_add=True)
    updated_at = models.DateTimeField(_("gewijzigd"), auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ["name"]
        indexes = [
            models.Index(fields=["name"]),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="organisation_name_trigrams"),
            models.Index(fields=["kvk_number"], condition=~Q(kvk_number=""), name="organisation_by_kvk_number"),
            models.Index(fields=["email_domain"], condition=~Q(email_domain=""), name="organisation_by_email_domain"),
        ]
        constraints = [
            models.CheckConstraint(
                name="kvk_number_has_eight_digits",
                condition=Q(kvk_number="") | Q(kvk_number__regex=r"^[0-9]{8}$"),
                violation_error_message=_("Een KvK-nummer heeft acht cijfers."),
            ),
            models.CheckConstraint(
                name="partner_has_a_since_date",
                condition=~Q(status=PartnerStatus.PARTNER) | Q(partner_since__isnull=False),
                violation_error_message=_("Vul bij een netwerkpartner de datum in waarop het partnerschap begon."),
            ),
        ]
        triggers = marks_stale("organisation")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("organisation_detail", args=[self.slug])

    @property
    def is_partner(self) -> bool:
        """Tell whether this organisation takes part in the network now."""
        return self.status == PartnerStatus.PARTNER

    @property
    def audience(self) -> frozenset[str]:
        """The principals that may know of this organisation; says the same as `visible_to`."""
        if self.status in PUBLIC_STATUSES:
            return frozenset({PUBLIC})
        return frozenset({role_principal(COORDINATOR.slug), role_principal(POLICY_OWNER.slug)})

    def shows(self, field: str, user: Any) -> bool:
        """Tell whether a reader may see a field of this profile; unknown fields are for the own people."""
        return may_read(self.field_visibility.get(field, VisibilityLevel.OWN), self.pk, user)


def may_read(level: str, organisation_id: int, user: Any) -> bool:
    """Tell whether a reader may see something of an organisation that has this visibility."""
    if level == VisibilityLevel.PUBLIC:
        return True
    principals = principals_of(user)
    if principals & {role_principal(COORDINATOR.slug), organisation_principal(organisation_id)}:
        return True
    return level == VisibilityLevel.MEMBERS and MEMBERS in principals


ORGANISATION_LINKS = [
    pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)(
        link_marks_stale(Organisation, field, "organisation")
    )
    for field in ("kinds", "regions", "sectors", "branches")
]


@pghistory.track()
class OrganisationAlias(models.Model):
    """An address that an organisation had before it was merged into another; it keeps leading there."""

    slug = models.SlugField(_("vroeger kenmerk in het adres"), max_length=120, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="aliases", verbose_name=_("organisatie")
    )
    created_at = models.DateTimeField(_("sinds"), auto_now_add=True)

    class Meta:
        verbose_name = _("vroeger adres")
        verbose_name_plural = _("vroegere adressen")

    def __str__(self) -> str:
        return self.slug


@pghistory.track()
class StatusChange(models.Model):
    """One step on the status ladder, with the reason (R34)."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="status_changes", verbose_name=_("organisatie")
    )
    old_status = models.CharField(_("van"), max_length=20, choices=PartnerStatus.choices, blank=True)
    new_status = models.CharField(_("naar"), max_length=20, choices=PartnerStatus.choices)
    reason = models.TextField(_("reden"), max_length=1000)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("door")
    )
    changed_at = models.DateTimeField(_("op"), auto_now_add=True)

    class Meta:
        verbose_name = _("statuswijziging")
        verbose_name_plural = _("statuswijzigingen")
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_new_status_display()}"


class RelationQuerySet(models.QuerySet["Relation"]):
    """Questions about relations."""

    def visible_to(self, user: Any) -> "RelationQuerySet":
        """Relations of which a reader may know both ends, and which both ends show."""
        known = Organisation.objects.visible_to(user).showing("relations", user).values("pk")
        return self.filter(from_organisation__in=known, to_organisation__in=known)


@pghistory.track()
class Relation(models.Model):
    """How one organisation relates to another (R38): member of, serves, supplies, overlaps."""

    from_organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="relations", verbose_name=_("organisatie")
    )
    kind = models.CharField(_("relatie"), max_length=20, choices=RelationKind.choices)
    to_organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="relations_to_here", verbose_name=_("met")
    )
    since = models.DateField(_("sinds"), null=True, blank=True)
    source_reference = models.CharField(_("bron"), max_length=300, blank=True)

    objects = RelationQuerySet.as_manager()

    class Meta:
        verbose_name = _("relatie")
        verbose_name_plural = _("relaties")
        constraints = [
            models.UniqueConstraint(
                fields=["from_organisation", "kind", "to_organisation"],
                name="one_relation_of_a_kind",
                violation_error_message=_("Deze relatie staat er al."),
            ),
            models.CheckConstraint(
                name="no_relation_with_itself",
                condition=~Q(from_organisation=models.F("to_organisation")),
                violation_error_message=_("Een organisatie kan geen relatie met zichzelf hebben."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_organisation} {self.get_kind_display()} {self.to_organisation}"
