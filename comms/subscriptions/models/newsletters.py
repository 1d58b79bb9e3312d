"""Newsletters as lists with a purpose, and the topics one can choose in them (R94)."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comms.enums import Tlp
from comms.planning.models.visibility import plans
from cwn.accounts.roles import COORDINATOR, POLICY_OWNER
from cwn.core.visibility import MEMBERS, principals_of, role_principal

#: Labels that a newsletter may carry in full; of stricter ones a mail holds no more than title and link.
CEILINGS = [(Tlp.CLEAR.value, Tlp.CLEAR.label), (Tlp.GREEN.value, Tlp.GREEN.label)]
#: Who may read GREEN, as in `comms.models.visibility`.
READERS_OF_GREEN = frozenset({MEMBERS, role_principal(COORDINATOR.slug), role_principal(POLICY_OWNER.slug)})
#: Words that stand in the address of another page below /nieuwsbrief/.
TAKEN_SLUGS = (
    "aanmelden", "adres", "afmelden", "bevestigen", "gegevens", "mijn", "redactie", "verstuurd", "voorkeuren",
)  # fmt: skip


class NewsletterQuerySet(models.QuerySet["Newsletter"]):
    """Questions about newsletters."""

    def visible_to(self, user: Any) -> "NewsletterQuerySet":
        """Newsletters that a reader may know of: visitors the public ones, members all, the desk also those at rest."""
        if plans(user):
            return self
        rows = self.filter(is_active=True)
        return rows if principals_of(user) & READERS_OF_GREEN else rows.filter(is_public=True)

    def editable_by(self, user: Any) -> "NewsletterQuerySet":
        """Newsletters that a reader may change: the desk all of them."""
        return self if plans(user) else self.none()


@pghistory.track()
class Newsletter(models.Model):
    """A list that people subscribe to, with what it is for and how open its content may be."""

    name = models.CharField(_("naam"), max_length=120)
    name_en = models.CharField(_("naam in het Engels"), max_length=120, blank=True)
    slug = models.SlugField(_("kenmerk in het adres"), max_length=80, unique=True)
    purpose = models.CharField(_("waarvoor"), max_length=400)
    purpose_en = models.CharField(_("waarvoor, in het Engels"), max_length=400, blank=True)
    sender_name = models.CharField(_("naam van de afzender"), max_length=80)
    rhythm = models.CharField(_("hoe vaak komt hij uit"), max_length=80, blank=True)
    rhythm_en = models.CharField(_("hoe vaak, in het Engels"), max_length=80, blank=True)
    label_ceiling = models.CharField(_("ruimste inhoud"), max_length=20, choices=CEILINGS, default=Tlp.CLEAR)
    """The strictest label of which the mail may carry the text itself."""
    is_public = models.BooleanField(_("iedereen kan zich aanmelden"), default=False)
    archive_is_public = models.BooleanField(_("iedereen leest het archief"), default=False)
    is_active = models.BooleanField(_("in gebruik"), default=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    objects = NewsletterQuerySet.as_manager()

    class Meta:
        verbose_name = _("nieuwsbrief")
        verbose_name_plural = _("nieuwsbrieven")
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                name="public_newsletter_is_clear",
                condition=Q(is_public=False) | Q(label_ceiling=Tlp.CLEAR),
                violation_error_message=_("Een nieuwsbrief voor iedereen bevat alleen TLP:CLEAR."),
            ),
            models.CheckConstraint(
                name="public_archive_of_a_clear_newsletter",
                condition=Q(archive_is_public=False) | Q(label_ceiling=Tlp.CLEAR),
                violation_error_message=_("Een archief voor iedereen bevat alleen TLP:CLEAR."),
            ),
            models.CheckConstraint(
                name="newsletter_leaves_other_addresses_alone",
                condition=~Q(slug__in=TAKEN_SLUGS),
                violation_error_message=_("Dit kenmerk is al het adres van een andere pagina. Kies een ander."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self._in_this_language("name")

    @property
    def purpose_text(self) -> str:
        """What it is for, in the language of the page."""
        return self._in_this_language("purpose")

    @property
    def rhythm_text(self) -> str:
        """How often it comes, in the language of the page."""
        return self._in_this_language("rhythm")

    def _in_this_language(self, name: str) -> str:
        english = getattr(self, f"{name}_en") if get_language() == "en" else ""
        return english or getattr(self, name)

    def get_absolute_url(self) -> str:
        """Return the address of its archive."""
        return reverse("newsletter_detail", args=[self.slug])


@pghistory.track()
class Topic(models.Model):
    """A subject that a subscriber can choose; no choice means everything."""

    name = models.CharField(_("naam"), max_length=80)
    name_en = models.CharField(_("naam in het Engels"), max_length=80, blank=True)
    slug = models.SlugField(_("kenmerk"), max_length=80, unique=True)
    newsletters = models.ManyToManyField(Newsletter, blank=True, related_name="topics", verbose_name=_("te kiezen bij"))
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        verbose_name = _("onderwerp van nieuwsbrieven")
        verbose_name_plural = _("onderwerpen van nieuwsbrieven")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if self.name_en and get_language() == "en" else self.name
