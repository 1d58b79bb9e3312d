"""Questions and answers, contact, and the brand."""

from typing import Any

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cwn.core.enums import CwnFunction
from cwn.core.searchable import marks_stale, marks_vocabulary_stale


class QuestionState(models.TextChoices):
    """Whether an answer is settled; the source calls all thirteen a concept (R15)."""

    CONCEPT = "concept", _("Concept")
    ADOPTED = "vastgesteld", _("Vastgesteld")
    WITHDRAWN = "ingetrokken", _("Ingetrokken")

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {
            QuestionState.CONCEPT: "warning",
            QuestionState.ADOPTED: "success",
            QuestionState.WITHDRAWN: "neutral",
        }[self]


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions about questions."""

    def visible_to(self, user: Any) -> "QuestionQuerySet":
        """Every question that was not withdrawn; questions are public."""
        return self.exclude(state=QuestionState.WITHDRAWN)


@pghistory.track()
class Question(models.Model):
    """A question and its answer (R15, A Bijlage B), in plain words of our own."""

    slug = models.SlugField(_("kenmerk in het adres"), max_length=120, unique=True)
    question = models.CharField(_("vraag"), max_length=200)
    question_en = models.CharField(_("vraag in het Engels"), max_length=200, blank=True)
    answer = models.TextField(_("antwoord"), help_text=_("Een lege regel begint een nieuwe alinea. Markdown mag."))
    answer_en = models.TextField(_("antwoord in het Engels"), blank=True)
    topic = models.CharField(_("onderwerp"), max_length=80)
    topic_en = models.CharField(_("onderwerp in het Engels"), max_length=80, blank=True)
    function = models.CharField(_("functie"), max_length=40, choices=CwnFunction.choices, blank=True)
    state = models.CharField(_("stand"), max_length=20, choices=QuestionState.choices, default=QuestionState.CONCEPT)
    source_reference = models.CharField(_("bron"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)
    updated_at = models.DateTimeField(_("gewijzigd"), auto_now=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vraag en antwoord")
        verbose_name_plural = _("vragen en antwoorden")
        ordering = ["order", "question"]
        triggers = marks_stale("question")

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("faq_detail", args=[self.slug])

    def text(self, field: str) -> str:
        """Return a field in the language of the page; Dutch where there is no English yet."""
        return (get_language() == "en" and getattr(self, f"{field}_en")) or getattr(self, field)


class ContactTopic(models.Model):
    """What a message is about and where it goes (R14)."""

    name = models.CharField(_("onderwerp"), max_length=80)
    name_en = models.CharField(_("onderwerp in het Engels"), max_length=80, blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    email = models.EmailField(_("gaat naar"), blank=True, help_text=_("Leeg: naar het algemene adres."))
    advice = models.CharField(_("hulp vooraf"), max_length=300, blank=True)
    advice_en = models.CharField(_("hulp vooraf, Engels"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        verbose_name = _("onderwerp van contact")
        verbose_name_plural = _("onderwerpen van contact")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


class ContactMomentState(models.TextChoices):
    """How far a message is."""

    NEW = "nieuw", _("Nieuw")
    ANSWERED = "beantwoord", _("Beantwoord")


class ContactMomentQuerySet(models.QuerySet["ContactMoment"]):
    """Questions about contacts."""

    def waiting(self) -> "ContactMomentQuerySet":
        """Messages that were not passed on yet."""
        return self.filter(forwarded_at__isnull=True)


class ContactMoment(models.Model):
    """One contact through the form; counted for the indicator "contacts" (R14, R128)."""

    topic = models.ForeignKey(ContactTopic, models.PROTECT, verbose_name=_("onderwerp"))
    function = models.CharField(_("functie"), max_length=40, choices=CwnFunction.choices, blank=True)
    name = models.CharField(_("naam"), max_length=150)
    email = models.EmailField(_("e-mailadres"))
    organisation_name = models.CharField(_("organisatie"), max_length=200, blank=True)
    message = models.TextField(_("bericht"), max_length=4000)
    state = models.CharField(
        _("stand"), max_length=20, choices=ContactMomentState.choices, default=ContactMomentState.NEW
    )
    received_at = models.DateTimeField(_("ontvangen"), auto_now_add=True)
    forwarded_at = models.DateTimeField(_("doorgestuurd"), null=True, blank=True, editable=False)

    objects = ContactMomentQuerySet.as_manager()

    class Meta:
        verbose_name = _("contactmoment")
        verbose_name_plural = _("contactmomenten")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.topic}: {self.name}"


@pghistory.track()
class Brand(models.Model):
    """Name, tagline, brand mark and colours of the network: data, because they are not decided yet (R17)."""

    name = models.CharField(_("naam"), max_length=80, default="Cyberweerbaarheidsnetwerk")
    short_name = models.CharField(_("korte naam"), max_length=20, default="CWN")
    tagline = models.CharField(_("pay-off"), max_length=120, blank=True)
    tagline_en = models.CharField(_("pay-off in het Engels"), max_length=120, blank=True)
    mark = models.ImageField(_("beeldmerk"), upload_to="huisstijl/", blank=True)
    colour = models.CharField(_("merkkleur"), max_length=7, default="#0b5952")
    colour_dark = models.CharField(_("merkkleur op donker"), max_length=7, default="#74d3c6")

    class Meta:
        verbose_name = _("huisstijl")
        verbose_name_plural = _("huisstijl")
        triggers = marks_vocabulary_stale("brand")
        constraints = [
            models.CheckConstraint(
                name="colours_are_hexadecimal",
                condition=models.Q(colour__regex=r"^#[0-9a-fA-F]{6}$")
                & models.Q(colour_dark__regex=r"^#[0-9a-fA-F]{6}$"),
                violation_error_message=_("Schrijf een kleur als # met zes cijfers of letters a tot en met f."),
            )
        ]

    def __str__(self) -> str:
        return self.name
