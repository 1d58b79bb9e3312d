"""Raising and lowering the phase of a function (R45): raising takes two people, lowering goes through aftermath."""

from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cwn.accounts.roles import COORDINATOR
from cwn.core.enums import IncidentPhase
from cwn.core.visibility import principals_of, role_principal
from functions.base.enums import RAISED, SERIOUSNESS
from functions.base.models import FunctionCharter, FunctionPhase
from partners.models import Region, Sector


@transaction.atomic
def propose_phase(
    *, function: str, phase: str, reason: str, sector: Sector | None = None, region: Region | None = None, by: Any
) -> FunctionPhase:
    """Propose to raise the phase of a function, for the network or a part of it; nothing changes yet.

    Raises `ValidationError` with one sentence when there is no such step, when the reason is missing, or when
    a proposal for the same part waits already.
    """
    refuse_unless_coordinating(by)
    _one_at_a_time(function)
    refusal = why_not_raise(function, phase, sector, region)
    if refusal:
        raise ValidationError(refusal)
    proposal = FunctionPhase(
        function=function, phase=phase, sector=sector, region=region, reason=reason.strip(), proposed_by=by
    )
    proposal.full_clean()
    proposal.save()
    return proposal


@transaction.atomic
def confirm_phase(proposal: FunctionPhase, *, by: Any) -> FunctionPhase:
    """Begin a phase that another coordinator proposed, and end the one before it."""
    refuse_unless_coordinating(by)
    _one_at_a_time(proposal.function)
    proposal = FunctionPhase.objects.get(pk=proposal.pk)
    refusal = why_not_confirm(proposal, by)
    if refusal:
        raise ValidationError(refusal)
    proposal.confirmed_by = by
    return _begin(proposal)


@transaction.atomic
def withdraw_proposal(proposal: FunctionPhase, *, by: Any) -> FunctionPhase:
    """Take a proposal back, the own one or that of somebody else; it stays in the history."""
    refuse_unless_coordinating(by)
    _one_at_a_time(proposal.function)
    proposal = FunctionPhase.objects.get(pk=proposal.pk)
    if not proposal.is_proposal:
        raise ValidationError(_("Over dit voorstel is al beslist."))
    proposal.withdrawn_at = timezone.now()
    proposal.save(update_fields=["withdrawn_at"])
    return proposal


@transaction.atomic
def lower_phase(period: FunctionPhase, *, reason: str, by: Any) -> FunctionPhase:
    """End a raised phase in aftermath, or aftermath in the cold phase; one coordinator is enough for that.

    Returns the period that begins.
    """
    refuse_unless_coordinating(by)
    _one_at_a_time(period.function)
    period = FunctionPhase.objects.get(pk=period.pk)
    if not period.is_current or period.phase == IncidentPhase.COLD:
        raise ValidationError(_("Deze fase is al voorbij."))
    lower = FunctionPhase(
        function=period.function,
        phase=IncidentPhase.AFTERMATH if period.is_raised else IncidentPhase.COLD,
        sector_id=period.sector_id,
        region_id=period.region_id,
        reason=reason.strip(),
        proposed_by=by,
        confirmed_by=by,
    )
    lower.full_clean(validate_constraints=False)  # they speak of now, when the phase before it still holds
    return _begin(lower)


def _one_at_a_time(function: str) -> None:
    """Let two people who decide on the phase of one function at once do so one after the other."""
    FunctionCharter.objects.select_for_update().filter(function=function).first()


def _begin(period: FunctionPhase) -> FunctionPhase:
    """End what holds now in the same part of the network, and let a period begin at the same moment."""
    now = timezone.now()
    scope = FunctionPhase.objects.filter(function=period.function).in_scope(period.sector, period.region)
    with pghistory.context(reason=period.reason):
        for before in scope.current():
            before.ended_at = now
            before.save(update_fields=["ended_at"])
        period.began_at = now
        period.save()
    return period


def refuse_unless_coordinating(by: Any) -> None:
    """Raise `PermissionDenied` unless somebody is a coordinator."""
    if not coordinates(by):
        raise PermissionDenied


def coordinates(user: Any) -> bool:
    """Tell whether somebody may decide on phases."""
    return role_principal(COORDINATOR.slug) in principals_of(user)


def why_not_raise(function: str, phase: str, sector: Sector | None, region: Region | None) -> str:
    """Explain in one sentence why this part of the network cannot go to a phase; empty when it can."""
    if phase not in RAISED:
        return _("U kunt een fase alleen verhogen naar lauw of warm.")
    now = FunctionPhase.objects.filter(function=function).in_scope(sector, region).current().first()
    if now is not None and SERIOUSNESS.index(IncidentPhase(phase)) <= SERIOUSNESS.index(IncidentPhase(now.phase)):
        return _("Hier geldt al: %(phase)s. Kies een hogere fase.") % {"phase": now.get_phase_display().lower()}
    return ""


def why_not_confirm(proposal: FunctionPhase, by: Any) -> str:
    """Explain in one sentence why somebody cannot confirm a proposal; empty when it can be done."""
    if not proposal.is_proposal:
        return _("Over dit voorstel is al beslist.")
    if proposal.proposed_by_id == by.pk:
        return _("U stelde dit zelf voor. Een andere coördinator moet het bevestigen.")
    if not coordinates(proposal.proposed_by):
        return _("Wie dit voorstelde, is geen coördinator meer. Trek het voorstel in en doe een nieuw voorstel.")
    return why_not_raise(proposal.function, proposal.phase, proposal.sector, proposal.region)
