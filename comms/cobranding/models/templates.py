"""A message template, its versions, and what partners do with it (R92, R93, R95, R96)."""

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comms.cobranding.enums import PUBLIC_FORMATS, TemplateFormat, TemplateStatus
from comms.cobranding.models.visibility import (
    MessageTemplateQuerySet,
    OwnLinesQuerySet,
    TemplateVersionQuerySet,
)
from comms.enums import Licence, Tlp
from comms.models import Audience, Publication
from comms.models.cover_sheet import IsFilled
from comms.planning.models import Campaign
from cwn.core.enums import CwnFunction
from partners.models import Organisation

#: A template can never be less strict than the publication that it passes on.
AS_STRICT = """
    IF array_position(ARRAY['clear', 'green', 'amber', 'amber-strict', 'red'], NEW.tlp::text) < (
        SELECT array_position(ARRAY['clear', 'green', 'amber', 'amber-strict', 'red'], publication.tlp::text)
        FROM comms_publication AS publication WHERE publication.id = NEW.publication_id
    ) THEN
        RAISE EXCEPTION 'a template is as strict as its publication'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'template_is_as_strict_as_its_publication';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class MessageTemplate(models.Model):
    """A message that partners pass on under their own logo: what it is, for whom, and under which label."""

    name = models.CharField(_("naam"), max_length=120)
    slug = models.SlugField(_("kenmerk in het adres"), max_length=120, unique=True, editable=False)
    purpose = models.TextField(_("waarvoor?"), max_length=400)
    formats = ArrayField(
        models.CharField(max_length=20, choices=TemplateFormat.choices),
        verbose_name=_("vormen"), default=list, blank=True, editable=False,
    )  # fmt: skip
    audiences: Any = models.ManyToManyField(
        Audience, blank=True, related_name="message_templates", verbose_name=_("doelgroepen")
    )
    functions = ArrayField(
        models.CharField(max_length=60, choices=CwnFunction.choices),
        verbose_name=_("functies"), default=list, blank=True,
    )  # fmt: skip
    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="message_templates", verbose_name=_("campagne")
    )
    publication = models.ForeignKey(
        Publication, models.PROTECT, null=True, blank=True, related_name="message_templates",
        verbose_name=_("publicatie"),
        help_text=_("Handelingsperspectief en label komen dan van de publicatie, ook na een correctie."),
    )  # fmt: skip
    owner = models.ForeignKey(
        Organisation, models.PROTECT, related_name="message_templates", verbose_name=_("gemaakt door organisatie")
    )
    language = models.CharField(
        _("taal"), max_length=5, default="nl", choices=[("nl", "Nederlands"), ("en", "English")]
    )
    licence = models.CharField(_("licentie"), max_length=20, choices=Licence.choices, blank=True)
    tlp = models.CharField(
        _("TLP-label"), max_length=20,
        choices=[(label.value, label.label) for label in (Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER)],
        error_messages={"blank": _("Kies een TLP-label. Er is geen standaardlabel.")},
    )  # fmt: skip
    status = models.CharField(
        _("status"), max_length=20, choices=TemplateStatus.choices, default=TemplateStatus.DRAFT, editable=False
    )
    current = models.ForeignKey(
        "TemplateVersion", models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("versie in gebruik"),
    )  # fmt: skip
    is_fictional = models.BooleanField(_("fictief"), default=False, editable=False)
    created_at = models.DateTimeField(_("gemaakt"), default=timezone.now, editable=False)

    objects = MessageTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["name", "id"], name="templates_in_use", condition=Q(status="akkoord"))]
        constraints = [
            models.CheckConstraint(
                name="template_may_be_passed_on",
                condition=Q(tlp__in=(Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER)),
                violation_error_message=_("TLP:AMBER+STRICT en TLP:RED geeft niemand door. Daar is geen template van."),
            ),
            models.CheckConstraint(
                name="amber_template_has_a_publication",
                condition=~Q(tlp=Tlp.AMBER) | Q(publication__isnull=False),
                violation_error_message=_("Kies bij TLP:AMBER een publicatie. Die bepaalt wie dit leest."),
            ),
            models.CheckConstraint(
                name="public_formats_are_clear",
                condition=Q(tlp=Tlp.CLEAR) | ~Q(formats__overlap=[one.value for one in PUBLIC_FORMATS]),
                violation_error_message=_(
                    "Sociale media, een afbeelding en een persbericht leest iedereen. Dat kan alleen met TLP:CLEAR."
                ),
            ),
            models.CheckConstraint(
                name="template_in_use_has_a_version",
                condition=~Q(status=TemplateStatus.APPROVED) | (Q(current__isnull=False) & ~Q(formats=[])),
                violation_error_message=_("Een template is pas in gebruik als een tweede persoon akkoord is."),
            ),
            models.CheckConstraint(
                name="known_template_words",
                condition=Q(
                    status__in=TemplateStatus.values,
                    formats__contained_by=list(TemplateFormat.values),
                    functions__contained_by=list(CwnFunction.values),
                ),
                violation_error_message=_("Deze keuze bestaat niet."),
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Trigger(
                name="template_is_as_strict_as_its_publication",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=AS_STRICT,
            ),
            pgtrigger.Protect(
                name="approved_template_keeps_its_source",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__status=TemplateStatus.DRAFT.value)
                & (
                    pgtrigger.Q(old__tlp__df=pgtrigger.F("new__tlp"))
                    | pgtrigger.Q(old__publication__df=pgtrigger.F("new__publication"))
                    | pgtrigger.Q(old__language__df=pgtrigger.F("new__language"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page."""
        return reverse("template_detail", args=[self.slug])

    @property
    def label(self) -> Tlp:
        """The label of the template, or the stricter one that its publication got since."""
        own = Tlp(self.tlp)
        return max(own, self.publication.label, key=lambda one: one.strictness) if self.publication else own

    @property
    def is_in_use(self) -> bool:
        """Tell whether partners can take it along."""
        return self.status == TemplateStatus.APPROVED

    @property
    def status_tone(self) -> str:
        """How loud the badge of its status is."""
        return TemplateStatus(self.status).tone

    @property
    def format_labels(self) -> list[Any]:
        """The forms in words, in the order in which the library names them."""
        return [one for one in TemplateFormat if one.value in self.formats]


class TemplateVersion(models.Model):
    """The text of a template in each form; what was approved never changes again."""

    template = models.ForeignKey(MessageTemplate, models.CASCADE, related_name="versions", verbose_name=_("template"))
    number = models.PositiveSmallIntegerField(_("versie"))
    bodies = models.JSONField(_("teksten per vorm"), default=dict, blank=True)
    """Form → {"title", "text", "alt"}; see `comms.cobranding.texts`."""
    summary = models.TextField(_("samenvatting"), max_length=600, blank=True)
    key_points = models.TextField(_("kernpunten"), max_length=1000, blank=True)
    action_perspective = models.TextField(_("handelingsperspectief"), max_length=1500, blank=True)
    """One action a line. With a publication: what it said when this was approved; it is asked anew each time."""
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("gemaakt door")
    )
    made_at = models.DateTimeField(_("gemaakt op"), default=timezone.now)
    asked_at = models.DateTimeField(_("akkoord gevraagd op"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("akkoord van")
    )
    approved_at = models.DateTimeField(_("akkoord op"), null=True, blank=True)
    edit_version = models.PositiveIntegerField(default=1)

    objects = TemplateVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versie van een template")
        verbose_name_plural = _("versies van templates")
        ordering = ["template", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="template_version_once"),
            models.UniqueConstraint(
                fields=["template"], condition=Q(approved_at__isnull=True), name="one_open_template_version",
                violation_error_message=_("Er is al een nieuwe versie in de maak."),
            ),
            models.CheckConstraint(
                name="template_approved_by_a_second_person",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | (Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("made_by"))),
                violation_error_message=_("Een tweede persoon moet akkoord geven. Dat is nooit de maker."),
            ),
            models.CheckConstraint(
                name="approved_template_says_what_to_do",
                condition=Q(approved_at__isnull=True) | (Q(IsFilled("action_perspective")) & ~Q(bodies={})),
                violation_error_message=_("Schrijf een handelingsperspectief en ten minste één vorm."),
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(
                name="approved_template_version_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__approved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} v{self.number}"

    @property
    def is_approved(self) -> bool:
        """Tell whether a second person agreed."""
        return self.approved_at is not None


class TemplateDownload(models.Model):
    """How often a form of a version was taken along on a day, and by which partner; never by whom (R129)."""

    version = models.ForeignKey(TemplateVersion, models.CASCADE, related_name="downloads", verbose_name=_("versie"))
    format = models.CharField(_("vorm"), max_length=20, choices=TemplateFormat.choices)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("partner")
    )
    day = models.DateField(_("dag"))
    count = models.PositiveIntegerField(_("aantal"), default=1)

    class Meta:
        verbose_name = _("download van een template")
        verbose_name_plural = _("downloads van templates")
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "format", "organisation", "day"], nulls_distinct=False,
                name="template_download_counted_once_a_day",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.version}: {self.count}"


class OwnLines(models.Model):
    """What a partner adds to a template: its own opening line and its own contact line, and nothing else (R93)."""

    template = models.ForeignKey(MessageTemplate, models.CASCADE, related_name="own_lines", verbose_name=_("template"))
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="template_lines", verbose_name=_("partner")
    )
    opening = models.CharField(_("uw openingsregel"), max_length=200, blank=True)
    contact = models.CharField(_("uw contactregel"), max_length=160, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("gewijzigd door")
    )
    changed_at = models.DateTimeField(_("gewijzigd op"), auto_now=True)

    objects = OwnLinesQuerySet.as_manager()

    class Meta:
        verbose_name = _("eigen regels bij een template")
        verbose_name_plural = _("eigen regels bij templates")
        ordering = ["template_id", "organisation_id"]
        constraints = [models.UniqueConstraint(fields=["template", "organisation"], name="own_lines_once")]

    def __str__(self) -> str:
        return f"{self.template}: {self.organisation}"
