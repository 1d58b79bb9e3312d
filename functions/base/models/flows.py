"""The information flow of a function: an editable directed graph (R43, R44).

The figures of the source did not survive, so the graph is data with a history. Circles are allowed, because
information also comes back; an arrow from a place to itself says nothing and is refused.
"""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cwn.core.enums import CwnFunction, IncidentPhase
from functions.base.enums import FlowNodeKind
from functions.base.models.charters import Bilingual
from partners.models import OrganisationKind
from partners.models.profile import all_phases


@pghistory.track()
class InformationFlow(Bilingual):
    """How information flows in one function, and where the drawing comes from."""

    function = models.CharField(_("functie"), max_length=40, choices=CwnFunction.choices, unique=True)
    description = models.CharField(_("in woorden"), max_length=400, blank=True)
    description_en = models.CharField(_("in woorden, Engels"), max_length=400, blank=True)
    source_note = models.CharField(_("herkomst"), max_length=300, blank=True)
    source_note_en = models.CharField(_("herkomst, Engels"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("informatiestroom")
        verbose_name_plural = _("informatiestromen")
        ordering = ["function"]

    def __str__(self) -> str:
        return self.get_function_display()


@pghistory.track()
class FlowNode(Bilingual):
    """A place in the flow: a source, a hub, a link or the organisations that are served."""

    flow = models.ForeignKey(InformationFlow, models.CASCADE, related_name="nodes")
    kind = models.CharField(_("soort"), max_length=20, choices=FlowNodeKind.choices)
    label = models.CharField(_("naam"), max_length=60)
    label_en = models.CharField(_("naam, Engels"), max_length=60, blank=True)
    organisation_kind = models.ForeignKey(
        OrganisationKind,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("soort organisatie"),
        help_text=_("Dan leidt de naam naar de partners van die soort."),
    )
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        verbose_name = _("plek in de informatiestroom")
        verbose_name_plural = _("plekken in de informatiestroom")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["flow", "label"],
                name="one_place_per_name",
                violation_error_message=_("Deze naam staat al in deze informatiestroom."),
            )
        ]

    def __str__(self) -> str:
        return self.label


@pghistory.track()
class FlowEdge(Bilingual):
    """An arrow: what flows from one place to another, and in which phases of an incident."""

    flow = models.ForeignKey(InformationFlow, models.CASCADE, related_name="edges")
    start = models.ForeignKey(FlowNode, models.RESTRICT, related_name="outgoing", verbose_name=_("van"))
    end = models.ForeignKey(FlowNode, models.RESTRICT, related_name="incoming", verbose_name=_("naar"))
    what = models.CharField(_("wat er stroomt"), max_length=120)
    what_en = models.CharField(_("wat er stroomt, Engels"), max_length=120, blank=True)
    is_two_way = models.BooleanField(_("beide kanten op"), default=False)
    phases = ArrayField(
        models.CharField(max_length=10, choices=IncidentPhase.choices), verbose_name=_("fasen"), default=all_phases
    )
    order = models.PositiveSmallIntegerField(_("volgorde"), default=100)

    class Meta:
        verbose_name = _("pijl in de informatiestroom")
        verbose_name_plural = _("pijlen in de informatiestroom")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="no_arrow_to_itself",
                condition=~Q(start=F("end")),
                violation_error_message=_("Een pijl gaat naar een andere plek. Kies twee verschillende plekken."),
            ),
            models.UniqueConstraint(
                fields=["start", "end", "what"],
                name="one_arrow_per_subject",
                violation_error_message=_("Deze pijl staat er al."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="arrows_stay_in_their_flow",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF EXISTS (SELECT 1 FROM base_flownode
                               WHERE id IN (NEW.start_id, NEW.end_id) AND flow_id <> NEW.flow_id) THEN
                        RAISE EXCEPTION 'an arrow joins two places of one flow' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.start} → {self.end}: {self.what}"

    def clean(self) -> None:
        """Say in words what the trigger refuses."""
        for node in (getattr(self, "start", None), getattr(self, "end", None)):
            if node is not None and node.flow_id != self.flow_id:
                raise ValidationError(_("Een pijl verbindt twee plekken van dezelfde informatiestroom."))

    @property
    def phase_labels(self) -> list[str]:
        """The phases in words, in the order of an incident."""
        return [str(phase.label) for phase in IncidentPhase if phase in self.phases]
