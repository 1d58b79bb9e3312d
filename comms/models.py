"""For whom the network communicates."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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

    def __str__(self) -> str:
        return self.name
