"""People of organisations: contacts, members and invitations."""

from datetime import timedelta
from typing import Any

import pghistory
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cwn.accounts.roles import COORDINATOR
from cwn.core.enums import CwnFunction
from cwn.core.prepared import Prepared
from cwn.core.visibility import MEMBERS, principals_of, role_principal
from partners.enums import PUBLIC_STATUSES, ContactRole, MembershipRole, PartnerStatus, VisibilityLevel
from partners.models.organisations import Organisation, organisations_of

#: After this time a contact must be confirmed again (R19).
CONFIRMATION_TERM = timedelta(days=180)
#: How long an invitation can be used (security.md C03).
INVITATION_TERM = timedelta(days=7)


class ContactQuerySet(models.QuerySet["Contact"]):
    """Questions about contacts."""

    def current(self) -> "ContactQuerySet":
        """Contacts that are valid today."""
        today = timezone.localdate()
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today), valid_from__lte=today)

    def not_ended(self) -> "ContactQuerySet":
        """Contacts that are valid today or will be."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=timezone.localdate()))

    def visible_to(self, user: Any) -> "ContactQuerySet":
        """Contacts that a reader may see (security.md chapter 3, "Partner contacts").

        Public ones of organisations that everybody may know; for members also the mailboxes that are meant for
        the network, but no person and no 24/7 number; everything of the own organisation; coordinators see
        all. Policy owner and technical administrator see no contacts beyond a visitor's.
        """
        principals = principals_of(user)
        if role_principal(COORDINATOR.slug) in principals:
            return self
        shown = Q(visibility=VisibilityLevel.PUBLIC)
        if MEMBERS in principals:
            shown |= Q(visibility=VisibilityLevel.MEMBERS, is_mailbox=True) & ~Q(role=ContactRole.DUTY)
        return self.filter(
            (shown & Q(organisation__status__in=PUBLIC_STATUSES)) | Q(organisation__in=organisations_of(user))
        )

    def to_confirm(self) -> "ContactQuerySet":
        """Current contacts of partners that nobody confirmed within the term (R19)."""
        limit = timezone.now() - CONFIRMATION_TERM
        return self.current().filter(
            Q(last_confirmed_at__lt=limit) | Q(last_confirmed_at__isnull=True, created_at__lt=limit),
            organisation__status=PartnerStatus.PARTNER,
        )


@pghistory.track()
class Contact(models.Model):
    """A person or mailbox that speaks for an organisation (R19, R155)."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="contacts", verbose_name=_("organisatie")
    )
    role = models.CharField(_("rol"), max_length=20, choices=ContactRole.choices)
    function = models.CharField(_("functie in het netwerk"), max_length=40, choices=CwnFunction.choices, blank=True)
    name = models.CharField(_("naam"), max_length=150)
    job_title = models.CharField(_("functietitel"), max_length=150, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    phone = models.CharField(_("telefoonnummer"), max_length=30, blank=True)
    is_mailbox = models.BooleanField(_("gedeelde postbus, geen persoon"), default=False)
    visibility = models.CharField(
        _("zichtbaar voor"), max_length=20, choices=VisibilityLevel.choices, default=VisibilityLevel.OWN
    )
    valid_from = models.DateField(_("geldig vanaf"), default=timezone.localdate)
    valid_until = models.DateField(_("geldig tot"), null=True, blank=True)
    last_confirmed_at = models.DateTimeField(_("laatst bevestigd"), null=True, blank=True)
    last_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("laatst bevestigd door"),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacten")
        ordering = ["organisation", "role", "name"]
        constraints = [
            models.CheckConstraint(
                name="duty_contact_has_a_number",
                condition=~Q(role=ContactRole.DUTY) | ~Q(phone=""),
                violation_error_message=_("Een piketcontact heeft een telefoonnummer nodig."),
            ),
            models.CheckConstraint(
                name="function_contact_names_its_function",
                condition=~Q(role=ContactRole.FUNCTION) | ~Q(function=""),
                violation_error_message=_("Kies de functie waarvoor dit contact er is."),
            ),
            models.CheckConstraint(
                name="contact_can_be_reached",
                condition=~Q(email="") | ~Q(phone=""),
                violation_error_message=_("Vul een e-mailadres of een telefoonnummer in."),
            ),
            models.CheckConstraint(
                name="contact_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_role_display()})"

    @property
    def is_confirmed(self) -> bool:
        """Tell whether somebody confirmed this contact within the term."""
        last = self.last_confirmed_at or self.created_at
        return last > timezone.now() - CONFIRMATION_TERM


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about memberships."""

    def not_ended(self) -> "MembershipQuerySet":
        """Memberships that have not ended, the suspended ones included."""
        return self.filter(ended_at__isnull=True)

    def current(self) -> "MembershipQuerySet":
        """Memberships that give access now: not ended and not suspended."""
        return self.not_ended().filter(suspended_at__isnull=True)

    def suspended(self) -> "MembershipQuerySet":
        """Memberships that give no access until the person, or a coordinator, lifts the suspension (R19)."""
        return self.not_ended().filter(suspended_at__isnull=False)

    def representatives(self) -> "MembershipQuerySet":
        """Memberships of people who may act for their organisation."""
        return self.filter(role=MembershipRole.REPRESENTATIVE)

    def of_trusted_people(self) -> "MembershipQuerySet":
        """Memberships of people who may read more than a visitor; says the same as `User.is_trusted`."""
        this = {"user": OuterRef("user")}
        factors = Authenticator.objects.filter(**this).exclude(type=Authenticator.Type.RECOVERY_CODES)
        roles = Group.objects.filter(user=OuterRef("user"))
        represented = Membership.objects.current().representatives().filter(**this)
        without = Q(user__is_superuser=False) & ~Exists(roles) & ~Exists(represented)
        return self.filter(Exists(factors) | without, user__is_active=True)

    def of_active_partners(self) -> "MembershipQuerySet":
        """Memberships of organisations that take part in the network now."""
        return self.filter(organisation__status=PartnerStatus.PARTNER)


@pghistory.track()
class Membership(models.Model):
    """A user who belongs to an organisation, as member or representative."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("persoon")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisatie")
    )
    role = models.CharField(_("rol"), max_length=20, choices=MembershipRole.choices, default=MembershipRole.MEMBER)
    since = models.DateTimeField(_("sinds"), default=timezone.now)
    suspended_at = models.DateTimeField(_("toegang geschorst op"), null=True, blank=True)
    ended_at = models.DateTimeField(_("beëindigd op"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    organisation_status: str
    """On what `current_of` returns."""

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="one_current_membership",
                violation_error_message=_("Deze persoon is al lid van deze organisatie."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"

    @classmethod
    def current_of(cls, user_id: int) -> list["Membership"]:
        """Return what gives a person access now, with the status of each organisation; every request asks it."""
        return CURRENT.rows(user_id)

    @property
    def is_representative(self) -> bool:
        """Tell whether this person may act for the organisation."""
        return self.role == MembershipRole.REPRESENTATIVE


CURRENT = Prepared(
    lambda user_id: (
        Membership.objects.current()  # type: ignore[no-redef]  # the annotation above says its type
        .filter(user_id=user_id)
        .annotate(organisation_status=models.F("organisation__status"))
    )
)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def open(self) -> "InvitationQuerySet":
        """Invitations that can still be used."""
        return self.filter(
            accepted_at__isnull=True, withdrawn_at__isnull=True, sent_at__gt=timezone.now() - INVITATION_TERM
        )


@pghistory.track(exclude=["token_hash"])
class Invitation(models.Model):
    """A way in for one e-mail address, once, for seven days (security.md C03)."""

    email = models.EmailField(_("e-mailadres"))
    name = models.CharField(_("naam"), max_length=150)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="invitations", verbose_name=_("organisatie")
    )
    role = models.CharField(_("rol"), max_length=20, choices=MembershipRole.choices, default=MembershipRole.MEMBER)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uitgenodigd door")
    )
    sent_at = models.DateTimeField(_("verstuurd"), default=timezone.now)
    accepted_at = models.DateTimeField(_("gebruikt"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("ingetrokken"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.email
