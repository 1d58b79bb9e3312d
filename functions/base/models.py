"""The charter of a function: what it does, for whom, and on what conditions (R47, R48)."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cwn.core.enums import CwnFunction


class FlowDirection(models.TextChoices):
    """Which way information flows in a function (R43)."""

    OUT = "naar", _("Van netwerkpartners naar organisaties")
    IN = "van", _("Van organisaties naar netwerkpartners")
    BOTH = "beide", _("Beide kanten op")


@pghistory.track()
class FunctionCharter(models.Model):
    """The agreements on one function, editable and with a history; the source leaves them to the blueprint."""

    function = models.CharField(_("functie"), max_length=40, choices=CwnFunction.choices, unique=True)
    summary = models.CharField(_("in het kort"), max_length=300)
    summary_en = models.CharField(_("in het kort, Engels"), max_length=300, blank=True)
    main_task = models.TextField(_("hoofdtaak"))
    main_task_en = models.TextField(_("hoofdtaak, Engels"), blank=True)
    activities = models.TextField(_("activiteiten"), help_text=_("Eén per regel."))
    activities_en = models.TextField(_("activiteiten, Engels"), blank=True)
    contribution = models.TextField(_("bijdrage aan het doel"))
    contribution_en = models.TextField(_("bijdrage aan het doel, Engels"), blank=True)
    served_organisations = models.TextField(_("voor welke organisaties"))
    served_organisations_en = models.TextField(_("voor welke organisaties, Engels"), blank=True)
    flow_direction = models.CharField(_("richting van de informatie"), max_length=10, choices=FlowDirection.choices)
    source_note = models.CharField(_("herkomst"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        verbose_name = _("functiebeschrijving")
        verbose_name_plural = _("functiebeschrijvingen")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.get_function_display()

    def get_absolute_url(self) -> str:
        """The public page of the function."""
        return reverse("function_detail", args=[self.function])

    def text(self, field: str) -> str:
        """Return a field in the language of the page; Dutch where there is no English yet."""
        return (get_language() == "en" and getattr(self, f"{field}_en")) or getattr(self, field)

    @property
    def activity_list(self) -> list[str]:
        """The activities one by one, in the language of the page."""
        return [line.strip() for line in self.text("activities").splitlines() if line.strip()]


@pghistory.track()
class FunctionCondition(models.Model):
    """One condition of taking part in a function, which the fit check asks about and explains (R35, R48)."""

    charter = models.ForeignKey(FunctionCharter, models.CASCADE, related_name="conditions")
    key = models.SlugField(_("kenmerk"), max_length=60)
    question = models.CharField(_("vraag"), max_length=200)
    question_en = models.CharField(_("vraag, Engels"), max_length=200, blank=True)
    explanation = models.CharField(_("uitleg als het past"), max_length=400)
    explanation_en = models.CharField(_("uitleg als het past, Engels"), max_length=400, blank=True)
    advice = models.CharField(_("uitleg als het nog niet past"), max_length=400)
    advice_en = models.CharField(_("uitleg als het nog niet past, Engels"), max_length=400, blank=True)
    is_required = models.BooleanField(_("nodig om mee te doen"), default=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        verbose_name = _("voorwaarde")
        verbose_name_plural = _("voorwaarden")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["charter", "key"], name="one_condition_per_key")]

    def __str__(self) -> str:
        return self.question

    def text(self, field: str) -> str:
        """Return a field in the language of the page; Dutch where there is no English yet."""
        return (get_language() == "en" and getattr(self, f"{field}_en")) or getattr(self, field)
