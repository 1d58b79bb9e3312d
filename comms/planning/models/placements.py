"""A place in the channel of a partner: asked by the desk, answered by the partner, counted afterwards (R91, R107)."""

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comms.planning.enums import PlacementState
from comms.planning.models.calendar import CalendarEntry
from comms.planning.models.campaigns import Channel
from comms.planning.models.visibility import POLICY, plans
from cwn.core.visibility import principals_of
from partners.models.organisations import organisations_of, represented_organisations_of


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Questions about placements."""

    def visible_to(self, user: Any) -> "PlacementQuerySet":
        """Placements that a reader may know of: the desk and the policy owner all, partners those in their channels.

        What somebody may not see in the calendar, nobody asks him or her to place; a channel out of use is known to
        who plans only.
        """
        known = self.filter(entry__in=CalendarEntry.objects.visible_to(user).values("pk"))
        if plans(user) or POLICY in principals_of(user):
            return known
        channels = Channel.objects.visible_to(user).filter(organisation__in=organisations_of(user))
        return known.filter(channel__in=channels.values("pk"))

    def answerable_by(self, user: Any) -> "PlacementQuerySet":
        """Placements that a reader may answer: representatives of whom the channel is (R106)."""
        return self.visible_to(user).filter(channel__organisation__in=represented_organisations_of(user))

    def editable_by(self, user: Any) -> "PlacementQuerySet":
        """Placements that a reader may change; says the same as `answerable_by`."""
        return self.answerable_by(user)


@pghistory.track()
class Placement(models.Model):
    """One request to place a planned item in the channel of a partner, and what came of it."""

    entry = models.ForeignKey(CalendarEntry, models.CASCADE, related_name="placements", verbose_name=_("item"))
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="placements", verbose_name=_("kanaal"))
    question = models.TextField(_("wat vraagt u?"), max_length=1000, blank=True)
    state = models.CharField(
        _("stand"), max_length=20, choices=PlacementState.choices, default=PlacementState.ASKED
    )  # fmt: skip
    answer = models.CharField(_("antwoord"), max_length=300, blank=True)
    placed_on = models.DateField(_("geplaatst op"), null=True, blank=True)
    url = models.URLField(_("adres"), blank=True)
    reach = models.PositiveIntegerField(_("bereik: hoeveel lezers"), null=True, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("gevraagd door")
    )
    asked_at = models.DateTimeField(_("gevraagd op"), auto_now_add=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("beantwoord door"),
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("plaatsing in een kanaal")
        verbose_name_plural = _("plaatsingen in kanalen")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "channel"], name="one_placement_per_channel",
                violation_error_message=_("Dit is al aan dit kanaal gevraagd."),
            ),
            models.CheckConstraint(
                name="placed_means_on_a_day",
                condition=Q(state=PlacementState.PLACED, placed_on__isnull=False)
                | (~Q(state=PlacementState.PLACED) & Q(placed_on__isnull=True, reach__isnull=True)),
                violation_error_message=_("Vul in op welke dag het is geplaatst."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.entry} → {self.channel}"

    def get_absolute_url(self) -> str:
        """The page on which it is answered."""
        return reverse("placement_detail", args=[self.pk])
