"""The phase of a function, for the whole network or a part of it, with everything that came before (R45).

A row is one period: proposed, begun, ended. Without a current row the phase is cold. So the state and its
history are one table, and a period that has begun can only still end.
"""

from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cwn.accounts.roles import COORDINATOR
from cwn.core.enums import CwnFunction, IncidentPhase
from cwn.core.visibility import MEMBERS, principals_of, role_principal
from functions.base.enums import RAISED
from partners.enums import ParticipationBasis
from partners.models import Region, Sector
from partners.models.organisations import organisations_of

#: What an organisation has to do with a phase: its functions, its sectors, and its regions with those above them.
FUNCTIONS_OF = """
    SELECT function FROM partners_participation WHERE until IS NULL AND basis = %s AND organisation_id = ANY(%s)
"""
SECTORS_OF = "SELECT sector_id FROM partners_organisation_sectors WHERE organisation_id = ANY(%s)"
REGIONS_OF = """
    WITH RECURSIVE here(id) AS (
        SELECT region_id FROM partners_organisation_regions WHERE organisation_id = ANY(%s)
        UNION
        SELECT region.parent_id FROM partners_region region JOIN here USING (id) WHERE region.parent_id IS NOT NULL
    )
    SELECT id FROM here
"""


class FunctionPhaseQuerySet(models.QuerySet["FunctionPhase"]):
    """Questions about phases."""

    def proposed(self) -> "FunctionPhaseQuerySet":
        """Proposals on which nobody has decided."""
        return self.filter(began_at__isnull=True, withdrawn_at__isnull=True)

    def begun(self) -> "FunctionPhaseQuerySet":
        """Periods that are going on or over."""
        return self.filter(began_at__isnull=False)

    def current(self) -> "FunctionPhaseQuerySet":
        """Periods that are going on."""
        return self.begun().filter(ended_at__isnull=True)

    def raised(self) -> "FunctionPhaseQuerySet":
        """Lukewarm and warm periods."""
        return self.filter(phase__in=RAISED)

    def in_scope(self, sector: Sector | None, region: Region | None) -> "FunctionPhaseQuerySet":
        """Periods of exactly this sector and region; nothing means the whole network."""
        return self.filter(sector=sector, region=region)

    def concerning(self, organisations: Any) -> "FunctionPhaseQuerySet":
        """Periods that concern one of these organisations (R45).

        Those of the whole network, those of a function in which one takes part, and those of the sector and
        region in which one lies; a region includes what lies below it. `audience.organisations_concerned` says
        the same from the other side.
        """
        takes_part = RawSQL(FUNCTIONS_OF, [ParticipationBasis.AGREED.value, organisations])  # noqa: S611  no input in it
        in_sector = Q(sector=None) | Q(sector__in=RawSQL(SECTORS_OF, [organisations]))  # noqa: S611
        in_region = Q(region=None) | Q(region__in=RawSQL(REGIONS_OF, [organisations]))  # noqa: S611
        return self.filter(Q(function__in=takes_part) | (in_sector & in_region))

    def visible_to(self, user: Any) -> "FunctionPhaseQuerySet":
        """Periods that a reader may know of; what was only proposed is for coordinators."""
        principals = principals_of(user)
        if role_principal(COORDINATOR.slug) in principals:
            return self
        return self.begun().concerning(organisations_of(user)) if MEMBERS in principals else self.none()

    def editable_by(self, user: Any) -> "FunctionPhaseQuerySet":
        """Periods on which a coordinator may decide."""
        return self if role_principal(COORDINATOR.slug) in principals_of(user) else self.none()

    def with_scope(self) -> "FunctionPhaseQuerySet":
        """Add the names of sector and region, also where rows come from a prepared question."""
        return self.annotate(
            **{f"{part}_{name}": F(f"{part}__{name}") for part in ("sector", "region") for name in ("name", "name_en")}
        )


@pghistory.track()
class FunctionPhase(models.Model):
    """One period in which a function was in a phase, for the network, a sector, a region or both."""

    function = models.CharField(_("functie"), max_length=40, choices=CwnFunction.choices)
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sector")
    )
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("regio"))
    phase = models.CharField(_("fase"), max_length=10, choices=IncidentPhase.choices)
    reason = models.CharField(_("reden"), max_length=500)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("voorgesteld door")
    )
    proposed_at = models.DateTimeField(_("voorgesteld op"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bevestigd door"),
    )
    began_at = models.DateTimeField(_("begonnen op"), null=True, blank=True)
    ended_at = models.DateTimeField(_("geëindigd op"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    objects = FunctionPhaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("fase van een functie")
        verbose_name_plural = _("fasen van functies")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="raising_a_phase_takes_two_people",
                condition=Q(began_at__isnull=True)
                | ~Q(phase__in=[phase.value for phase in RAISED])
                | (Q(confirmed_by__isnull=False) & ~Q(confirmed_by=F("proposed_by"))),
                violation_error_message=_("Iemand anders moet dit voorstel bevestigen."),
            ),
            models.CheckConstraint(
                name="phase_has_a_reason",
                condition=Q(reason__regex=r"\S"),
                violation_error_message=_("Vul in waarom de fase verandert."),
            ),
            models.CheckConstraint(
                name="phase_ends_after_it_begins",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at"), began_at__isnull=False),
            ),
            models.CheckConstraint(
                name="withdrawn_phase_never_began", condition=Q(withdrawn_at__isnull=True) | Q(began_at__isnull=True)
            ),
            models.UniqueConstraint(
                fields=["function", "sector", "region"],
                condition=Q(began_at__isnull=False, ended_at__isnull=True),
                nulls_distinct=False,
                name="one_current_phase",
            ),
            models.UniqueConstraint(
                fields=["function", "sector", "region"],
                condition=Q(began_at__isnull=True, withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="one_open_phase_proposal",
                violation_error_message=_("Hiervoor ligt al een voorstel. Beslis eerst daarover."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="phases_stay_as_decided",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'DELETE' THEN
                        RAISE EXCEPTION 'the history of phases stays' USING ERRCODE = 'check_violation';
                    END IF;
                    IF OLD.began_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL THEN
                        IF OLD.ended_at IS NOT NULL OR to_jsonb(NEW) - 'ended_at' <> to_jsonb(OLD) - 'ended_at' THEN
                            RAISE EXCEPTION 'a phase stays as it was decided' USING ERRCODE = 'check_violation';
                        END IF;
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_phase_display()}: {self.get_function_display()}, {self.scope}"

    @property
    def scope(self) -> str:
        """For which part of the network this holds, in words."""
        return scope_in_words(self.sector, self.region)

    @property
    def is_proposal(self) -> bool:
        """Tell whether somebody still has to decide on this."""
        return self.began_at is None and self.withdrawn_at is None

    @property
    def is_current(self) -> bool:
        """Tell whether this period is going on."""
        return self.began_at is not None and self.ended_at is None

    @property
    def is_raised(self) -> bool:
        """Tell whether this is a lukewarm or warm phase."""
        return self.phase in RAISED

    @property
    def tone(self) -> str:
        """How loud its badge is; the words say the same."""
        return {
            IncidentPhase.COLD: "neutral",
            IncidentPhase.LUKEWARM: "warning",
            IncidentPhase.WARM: "danger",
            IncidentPhase.AFTERMATH: "info",
        }[IncidentPhase(self.phase)]


def scope_in_words(sector: Any, region: Any) -> str:
    """Name the part of the network: the whole of it, a sector, a region, or a sector within a region."""
    parts = []
    if sector is not None:
        parts.append(gettext("sector %(name)s") % {"name": sector.label})
    if region is not None:
        parts.append(region.label)
    return ", ".join(parts) or gettext("het hele netwerk")
