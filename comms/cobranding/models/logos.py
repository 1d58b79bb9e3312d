"""The logo of a partner as it stands in templates (R93)."""

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comms.planning.models.visibility import plans
from partners.models import Organisation
from partners.models.organisations import organisations_of


class PartnerLogoQuerySet(models.QuerySet["PartnerLogo"]):
    """Questions about logos."""

    def visible_to(self, user: Any) -> "PartnerLogoQuerySet":
        """Logos of the reader's own organisations; the communication desk sees all."""
        return self if plans(user) else self.filter(organisation__in=organisations_of(user))


@pghistory.track()
class PartnerLogo(models.Model):
    """A logo drawn anew for light and for dark grounds; of the file that came in only its hash is kept."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, related_name="template_logo", verbose_name=_("partner")
    )
    original_sha256 = models.CharField(_("kenmerk van het bestand"), max_length=64)
    on_light = models.FileField(_("op licht"), upload_to="templatelogos/")
    on_dark = models.FileField(_("op donker"), upload_to="templatelogos/")
    width = models.PositiveSmallIntegerField(_("breedte"))
    """Of the picture itself, in pixels, without a plate."""
    height = models.PositiveSmallIntegerField(_("hoogte"))
    colour = models.CharField(_("meest zichtbare kleur"), max_length=7)
    contrast_light = models.DecimalField(_("contrast op licht"), max_digits=4, decimal_places=2)
    """WCAG ratio of the colour that shows most, from 1 to 21."""
    contrast_dark = models.DecimalField(_("contrast op donker"), max_digits=4, decimal_places=2)
    has_own_ground = models.BooleanField(_("heeft een eigen vlak"), default=False)
    plate_on_light = models.BooleanField(_("op een plaatje bij licht"), default=False)
    plate_on_dark = models.BooleanField(_("op een plaatje bij donker"), default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("geplaatst door")
    )
    uploaded_at = models.DateTimeField(_("geplaatst op"), auto_now=True)

    objects = PartnerLogoQuerySet.as_manager()

    class Meta:
        verbose_name = _("beeldmerk van een partner")
        verbose_name_plural = _("beeldmerken van partners")
        ordering = ["organisation"]
        constraints = [
            models.CheckConstraint(
                name="logo_has_a_size", condition=Q(width__gte=1, height__gte=1, width__lte=2000, height__lte=2000)
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)
