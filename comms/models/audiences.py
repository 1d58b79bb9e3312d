"""For whom the network communicates: target groups, groups that share with each other, and developments."""

from typing import Any

import pghistory
import pgtrigger
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cwn.accounts.roles import COORDINATOR
from cwn.core.searchable import marks_vocabulary_stale
from cwn.core.visibility import principals_of, role_principal
from partners.models import Organisation
from partners.models.organisations import organisations_of


class Audience(models.Model):
    """One of the five target groups of the communication strategy, with its objective (R101)."""

    name = models.CharField(_("naam"), max_length=120)
    name_en = models.CharField(_("naam in het Engels"), max_length=120, blank=True)
    slug = models.SlugField(_("kenmerk in het adres"), max_length=80, unique=True)
    objective = models.TextField(_("communicatiedoelstelling"))
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        verbose_name = _("doelgroep")
        verbose_name_plural = _("doelgroepen")
        ordering = ["order", "name"]
        triggers = marks_vocabulary_stale("doelgroep")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return (get_language() == "en" and self.name_en) or self.name


class DevelopmentKind(models.TextChoices):
    """Whether something is going on in the world or is a lasting subject of the network."""

    DEVELOPMENT = "ontwikkeling", _("Ontwikkeling")
    THEME = "thema", _("Thema")


@pghistory.track()
class Development(models.Model):
    """A wider development (NIS2, AI, a summit) or a theme (OT, chains) that publications refer to (R64, R83)."""

    name = models.CharField(_("naam"), max_length=120)
    name_en = models.CharField(_("naam in het Engels"), max_length=120, blank=True)
    slug = models.SlugField(_("kenmerk in het adres"), max_length=80, unique=True)
    kind = models.CharField(_("soort"), max_length=20, choices=DevelopmentKind.choices)
    explanation = models.CharField(_("uitleg"), max_length=400)
    is_current = models.BooleanField(_("speelt nu"), default=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        verbose_name = _("ontwikkeling of thema")
        verbose_name_plural = _("ontwikkelingen en thema's")
        ordering = ["order", "name"]
        triggers = marks_vocabulary_stale("thema")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return (get_language() == "en" and self.name_en) or self.name


class SharingGroupQuerySet(models.QuerySet["SharingGroup"]):
    """Questions about sharing groups."""

    def visible_to(self, user: Any) -> "SharingGroupQuerySet":
        """Groups that a reader may know of: those of the own organisations; coordinators know all.

        That a group exists, and who is in it, is a secret of its members (security.md chapter 1, asset 10).
        """
        if role_principal(COORDINATOR.slug) in principals_of(user):
            return self
        own = SharingGroupMember.objects.filter(organisation__in=organisations_of(user))
        return self.filter(pk__in=own.values("group"))

    def editable_by(self, user: Any) -> "SharingGroupQuerySet":
        """Groups that a coordinator may change."""
        return self if role_principal(COORDINATOR.slug) in principals_of(user) else self.none()


@pghistory.track()
class SharingGroup(models.Model):
    """Organisations that agreed to share with each other; AMBER is addressed to groups and organisations."""

    name = models.CharField(_("naam"), max_length=120, unique=True)
    purpose = models.TextField(_("doel"), max_length=1000)
    organisations: Any = models.ManyToManyField(
        Organisation, through="SharingGroupMember", related_name="sharing_groups", verbose_name=_("organisaties")
    )
    shows_policy_owner = models.BooleanField(
        _("regiehouder ziet titels"),
        default=False,
        help_text=_("De NCTV ziet dan van TLP:AMBER in deze groep de titel, het label en de datum. Nooit de inhoud."),
    )
    created_at = models.DateTimeField(_("gemaakt"), auto_now_add=True)

    objects = SharingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("deelgroep")
        verbose_name_plural = _("deelgroepen")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def _marks_publications_of_group_stale() -> list[pgtrigger.Trigger]:
    """Return the triggers that make search documents anew when somebody joins or leaves a group (A05)."""
    return [
        pgtrigger.Trigger(
            name=f"stale_group_{verb}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**{side: "changed_rows"}),
            func="""
                INSERT INTO core_staledocument (kind, object_id)
                SELECT DISTINCT 'publication', link.publication_id FROM comms_publication_addressed_groups AS link
                WHERE link.sharinggroup_id IN (SELECT group_id FROM changed_rows);
                RETURN NULL;
            """,
        )
        for verb, operation, side in (
            ("join", pgtrigger.Insert, "new"),
            ("move", pgtrigger.Update, "new"),
            ("leave", pgtrigger.Delete, "old"),
        )
    ]


@pghistory.track()
class SharingGroupMember(models.Model):
    """An organisation that belongs to a sharing group now; leaving deletes the row, the history keeps it."""

    group = models.ForeignKey(SharingGroup, models.CASCADE, related_name="members", verbose_name=_("deelgroep"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="group_memberships", verbose_name=_("organisatie")
    )
    since = models.DateField(_("sinds"), auto_now_add=True)

    class Meta:
        verbose_name = _("lid van een deelgroep")
        verbose_name_plural = _("leden van deelgroepen")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation"],
                name="once_in_a_sharing_group",
                violation_error_message=_("Deze organisatie zit al in de groep."),
            )
        ]
        triggers = _marks_publications_of_group_stale()

    def __str__(self) -> str:
        return f"{self.organisation} in {self.group}"
