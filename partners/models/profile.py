"""What an organisation brings: participation, reach, legal basis, maturity."""

from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cwn.core.enums import CwnFunction, IncidentPhase
from cwn.core.searchable import marks_stale
from partners.enums import LegalBasisKind, ParticipationBasis, ParticipationDegree
from partners.models.organisations import Organisation


def all_phases() -> list[str]:
    """Return every phase: somebody who says nothing else is there in all of them."""
    return list(IncidentPhase.values)


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Questions about participation."""

    def current(self) -> "ParticipationQuerySet":
        """Participation that has not ended."""
        return self.filter(until__isnull=True)

    def agreed(self) -> "ParticipationQuerySet":
        """Participation that an organisation agreed to."""
        return self.filter(basis=ParticipationBasis.AGREED)

    def visible_to(self, user: Any) -> "ParticipationQuerySet":
        """Participation of organisations that a reader may know of and that show it."""
        known = Organisation.objects.visible_to(user).showing("participation", user)
        return self.filter(organisation__in=known.values("pk"))


@pghistory.track()
class Participation(models.Model):
    """An organisation in a function: to what degree and in which phases it chooses itself (R41, R49)."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="participations", verbose_name=_("organisatie")
    )
    function = models.CharField(_("functie"), max_length=40, choices=CwnFunction.choices)
    degree = models.CharField(
        _("mate"), max_length=20, choices=ParticipationDegree.choices, default=ParticipationDegree.FOLLOW
    )
    phases = ArrayField(
        models.CharField(max_length=10, choices=IncidentPhase.choices), verbose_name=_("fasen"), default=all_phases
    )
    basis = models.CharField(
        _("grond"), max_length=20, choices=ParticipationBasis.choices, default=ParticipationBasis.AGREED
    )
    since = models.DateField(_("sinds"), null=True, blank=True)
    until = models.DateField(_("tot"), null=True, blank=True)
    note = models.CharField(_("toelichting"), max_length=300, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("deelname")
        verbose_name_plural = _("deelnames")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "function"],
                condition=Q(until__isnull=True),
                name="one_current_participation",
                violation_error_message=_("Deze organisatie neemt al deel aan deze functie."),
            )
        ]
        triggers = marks_stale("organisation", column="organisation_id")

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_function_display()} ({self.get_degree_display()})"

    @property
    def phase_labels(self) -> list[str]:
        """The phases in words, in the order of an incident."""
        return [str(phase.label) for phase in IncidentPhase if phase in self.phases]


@pghistory.track()
class Constituency(models.Model):
    """Whom an organisation reaches, how many, and how we know (R28, R132)."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="constituencies", verbose_name=_("organisatie")
    )
    description = models.CharField(_("wie"), max_length=300)
    size = models.PositiveIntegerField(_("aantal organisaties"), null=True, blank=True)
    is_estimate = models.BooleanField(_("schatting"), default=True)
    source = models.CharField(_("bron van het aantal"), max_length=200, blank=True)
    as_of = models.DateField(_("peildatum"), null=True, blank=True)

    class Meta:
        verbose_name = _("achterban")
        verbose_name_plural = _("achterbannen")
        constraints = [
            models.CheckConstraint(
                name="size_has_a_source_and_a_date",
                condition=Q(size__isnull=True) | (~Q(source="") & Q(as_of__isnull=False)),
                violation_error_message=_("Vul bij een aantal ook de bron en de peildatum in."),
            )
        ]
        triggers = marks_stale("organisation", column="organisation_id")

    def __str__(self) -> str:
        return self.description


@pghistory.track()
class LegalRegime(models.Model):
    """A law or rule under which information may be shared, with its term (R21, R156); never a constant."""

    name = models.CharField(_("naam"), max_length=200, unique=True)
    abbreviation = models.CharField(_("afkorting"), max_length=20, blank=True)
    valid_from = models.DateField(_("geldig vanaf"), null=True, blank=True)
    valid_until = models.DateField(_("geldig tot"), null=True, blank=True)
    successor = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, verbose_name=_("opvolger"))
    note = models.TextField(_("toelichting"), blank=True)

    class Meta:
        verbose_name = _("wettelijk kader")
        verbose_name_plural = _("wettelijke kaders")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.abbreviation or self.name


@pghistory.track()
class LegalBasis(models.Model):
    """The ground on which information may be shared with an organisation, with evidence (R21)."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="legal_bases", verbose_name=_("organisatie")
    )
    kind = models.CharField(_("grond"), max_length=20, choices=LegalBasisKind.choices)
    regime = models.ForeignKey(LegalRegime, models.PROTECT, verbose_name=_("wettelijk kader"))
    evidence = models.CharField(_("bewijs"), max_length=300)
    valid_from = models.DateField(_("geldig vanaf"))
    valid_until = models.DateField(_("geldig tot"), null=True, blank=True)

    class Meta:
        verbose_name = _("wettelijke grond")
        verbose_name_plural = _("wettelijke gronden")
        constraints = [
            models.CheckConstraint(
                name="legal_basis_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                violation_error_message=_("De einddatum ligt voor de begindatum."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_kind_display()}"

    @property
    def has_oktt_status(self) -> bool:
        """Tell whether this is an OKTT status ("objectief kenbaar tot taak")."""
        return self.kind == LegalBasisKind.OKTT


@pghistory.track()
class Maturity(models.Model):
    """How mature an organisation is in a function, 1 to 5 (R31); a help for matching, never a gate (R32)."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="maturities", verbose_name=_("organisatie")
    )
    function = models.CharField(_("functie"), max_length=40, choices=CwnFunction.choices)
    maturity_level = models.PositiveSmallIntegerField(
        _("volwassenheid"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    is_self_assessed = models.BooleanField(_("zelf ingeschat"), default=True)
    assessed_on = models.DateField(_("peildatum"))

    class Meta:
        verbose_name = _("volwassenheid")
        verbose_name_plural = _("volwassenheid")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "function"],
                name="one_maturity_level_per_function",
                violation_error_message=_("Voor deze functie is de volwassenheid al ingevuld."),
            ),
            models.CheckConstraint(
                name="maturity_level_is_one_to_five",
                condition=Q(maturity_level__gte=1, maturity_level__lte=5),
                violation_error_message=_("Volwassenheid loopt van 1 tot en met 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_function_display()} {self.maturity_level}"
