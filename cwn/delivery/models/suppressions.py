"""Addresses that get no more mail, and the bounces that say so (security.md D09, D15)."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from cwn.delivery.enums import Stream, SuppressionReason


class Suppression(models.Model):
    """An address that gets no more mail of one stream; only its digest is kept (security.md chapter 6)."""

    digest = models.CharField(_("vingerafdruk van het adres"), max_length=64)
    """`cwn.delivery.addresses.digest_of(address)`: keyed, so that nobody can try addresses on a stolen table."""
    stream = models.CharField(_("soort mail"), max_length=20, choices=Stream.choices)
    reason = models.CharField(_("reden"), max_length=20, choices=SuppressionReason.choices)
    since = models.DateTimeField(_("sinds"), db_default=Now())

    class Meta:
        verbose_name = _("geblokkeerd adres")
        verbose_name_plural = _("geblokkeerde adressen")
        ordering = ["-since", "-pk"]
        constraints = [models.UniqueConstraint(fields=["digest", "stream"], name="one_suppression_per_stream")]

    def __str__(self) -> str:
        return f"{self.digest[:8]}: {self.get_reason_display()}"


class Bounce(models.Model):
    """A report that a mail did not arrive or was not wanted, tied to the delivery by a keyed return address."""

    delivery = models.ForeignKey(
        "delivery.Delivery",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="bounces",
        verbose_name=_("verzending"),
    )
    reason = models.CharField(_("reden"), max_length=20, choices=SuppressionReason.choices)
    is_final = models.BooleanField(_("blijvend"))
    source = models.CharField(_("van wie"), max_length=40)
    """Who told: "smtp", "mailbox", or the name of a provider."""
    event_key = models.CharField(_("kenmerk van de melding"), max_length=200, unique=True)
    """The same report twice counts once."""
    explanation = models.CharField(_("toelichting"), max_length=500, blank=True)
    reported_at = models.DateTimeField(_("gemeld op"), db_default=Now())

    class Meta:
        verbose_name = _("melding van een mailserver")
        verbose_name_plural = _("meldingen van mailservers")
        ordering = ["-reported_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({self.source})"
