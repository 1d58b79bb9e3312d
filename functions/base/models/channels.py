"""The channels over which partners in a function reach each other, and what may go over each (R72)."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from comms.enums import Tlp
from cwn.accounts.roles import COORDINATOR
from cwn.core.enums import CwnFunction, IncidentPhase
from cwn.core.visibility import MEMBERS, principals_of, role_principal
from functions.base.enums import ChannelKind
from partners.models import Organisation
from partners.models.profile import all_phases


class FunctionChannelQuerySet(models.QuerySet["FunctionChannel"]):
    """Questions about channels."""

    def visible_to(self, user: Any) -> "FunctionChannelQuerySet":
        """Channels that a reader may see: members and coordinators all of them, others only what is public."""
        if principals_of(user) & {MEMBERS, role_principal(COORDINATOR.slug)}:
            return self
        return self.filter(is_public=True)


@pghistory.track()
class FunctionChannel(models.Model):
    """A way to reach each other in a function: in which phases, how secret it may be, and what if it fails."""

    function = models.CharField(_("functie"), max_length=40, choices=CwnFunction.choices)
    kind = models.CharField(_("soort"), max_length=20, choices=ChannelKind.choices)
    name = models.CharField(_("naam"), max_length=120)
    address = models.CharField(
        _("hoe komt u erin"), max_length=200, blank=True, help_text=_("Adres, nummer of ruimte. Nooit een wachtwoord.")
    )
    phases = ArrayField(
        models.CharField(max_length=10, choices=IncidentPhase.choices), verbose_name=_("fasen"), default=all_phases
    )
    ceiling = models.CharField(
        _("hoogste TLP-label"), max_length=20, choices=Tlp.choices, help_text=_("Wat strenger is, mag hier niet over.")
    )
    owner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("beheerd door")
    )
    fallback = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("als dit kanaal uitvalt"),
        help_text=_("Een ander kanaal van dezelfde functie."),
    )
    is_public = models.BooleanField(
        _("ook voor bezoekers"), default=False, help_text=_("Anders zien alleen leden en coördinatoren dit kanaal.")
    )
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    objects = FunctionChannelQuerySet.as_manager()

    class Meta:
        verbose_name = _("kanaal van een functie")
        verbose_name_plural = _("kanalen van functies")
        ordering = ["function", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="no_channel_falls_back_on_itself",
                condition=Q(fallback__isnull=True) | ~Q(fallback=F("id")),
                violation_error_message=_("Kies een ander kanaal voor als dit kanaal uitvalt."),
            ),
            models.UniqueConstraint(
                fields=["function", "name"],
                name="one_channel_per_name",
                violation_error_message=_("Deze functie heeft al een kanaal met deze naam."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Keep the fallback within the function."""
        if self.fallback is not None and self.fallback.function != self.function:
            raise ValidationError({"fallback": _("Kies een kanaal van dezelfde functie.")})

    @property
    def phase_labels(self) -> list[str]:
        """The phases in words, in the order of an incident."""
        return [str(phase.label) for phase in IncidentPhase if phase in self.phases]

    @property
    def has_weaker_fallback(self) -> bool:
        """Tell whether less may go over the fallback than over this channel."""
        return self.fallback is not None and Tlp(self.fallback.ceiling).strictness < Tlp(self.ceiling).strictness
