"""The charter of a function: what it does, for whom, on what conditions, and its goals (R47, R48, R50)."""

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cwn.core.enums import CwnFunction
from functions.base.enums import FlowDirection


class Bilingual(models.Model):
    """Rows with texts in Dutch, and in English where somebody wrote it."""

    class Meta:
        abstract = True

    def text(self, field: str) -> str:
        """Return a field in the language of the page; Dutch where there is no English yet."""
        return (get_language() == "en" and getattr(self, f"{field}_en")) or getattr(self, field)


@pghistory.track()
class FunctionCharter(Bilingual):
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

    @property
    def activity_list(self) -> list[str]:
        """The activities one by one, in the language of the page."""
        return [line.strip() for line in self.text("activities").splitlines() if line.strip()]


@pghistory.track()
class FunctionCondition(Bilingual):
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


@pghistory.track()
class FunctionGoal(Bilingual):
    """What a function wants to reach, by doing what, before when, and how far it is (R50)."""

    charter = models.ForeignKey(FunctionCharter, models.CASCADE, related_name="goals")
    goal = models.CharField(_("doel"), max_length=300)
    goal_en = models.CharField(_("doel, Engels"), max_length=300, blank=True)
    activity = models.CharField(_("wat wij ervoor doen"), max_length=300, blank=True)
    activity_en = models.CharField(_("wat wij ervoor doen, Engels"), max_length=300, blank=True)
    due_on = models.DateField(_("klaar voor"), null=True, blank=True)
    progress = models.PositiveSmallIntegerField(
        _("voortgang"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("In procenten, van 0 tot en met 100."),
    )
    done_on = models.DateField(_("gehaald op"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        verbose_name = _("doel van een functie")
        verbose_name_plural = _("doelen van een functie")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="goal_progress_is_a_percentage",
                condition=Q(progress__lte=100),
                violation_error_message=_("De voortgang loopt van 0 tot en met 100 procent."),
            ),
            models.CheckConstraint(
                name="goal_that_is_reached_is_complete",
                condition=Q(done_on__isnull=True) | Q(progress=100),
                violation_error_message=_("Een doel dat is gehaald, heeft een voortgang van 100 procent."),
            ),
        ]

    def __str__(self) -> str:
        return self.goal

    @property
    def is_late(self) -> bool:
        """Tell whether the day has passed without the goal being reached."""
        return self.done_on is None and self.due_on is not None and self.due_on < timezone.localdate()
