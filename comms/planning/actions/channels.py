"""Channels of the network and of partners, and places asked in them (R90, R91, R107)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comms.actions.steps import demand_reason, require
from comms.planning.actions.mailing import mail_representatives, mail_user
from comms.planning.enums import PlacementState
from comms.planning.models import CalendarEntry, Channel, Placement, plans
from comms.planning.models.calendar import OPEN_LABELS
from partners.models import Organisation
from partners.models.organisations import represented_organisations_of

COLUMNS = (
    "name", "kind", "description", "reach", "reach_measured_on", "cadence", "contact", "url", "accepts_placements",
    "lead_days", "is_active",
)  # fmt: skip


@transaction.atomic
def add_channel(
    *, organisation: Organisation | None, values: Mapping[str, Any], audiences: Iterable[Any], by: Any
) -> Channel:
    """Register a channel: of the network by the desk, of a partner by its representative (R106)."""
    own = organisation is not None and organisation.pk in represented_organisations_of(by)
    require(own or (organisation is None and plans(by)))
    return _save(Channel(organisation=organisation), values, audiences)


@transaction.atomic
def save_channel(channel: Channel, *, values: Mapping[str, Any], audiences: Iterable[Any], by: Any) -> Channel:
    """Change a channel that is of the own organisation, or of the network."""
    require(Channel.objects.editable_by(by).filter(pk=channel.pk).exists())
    return _save(channel, values, audiences)


def _save(channel: Channel, values: Mapping[str, Any], audiences: Iterable[Any]) -> Channel:
    for name in COLUMNS:
        if name in values:
            setattr(channel, name, values[name])
    channel.full_clean()
    channel.save()
    channel.audiences.set(audiences)
    return channel


@transaction.atomic
def ask_placement(*, entry: CalendarEntry, channel: Channel, question: str, by: Any) -> Placement:
    """Ask a partner to place a planned item in one of its channels; its representatives get a mail."""
    require(plans(by))
    require(CalendarEntry.objects.visible_to(by).filter(pk=entry.pk).exists())
    if entry.tlp not in OPEN_LABELS:
        raise ValidationError({"entry": _("Alleen TLP:CLEAR en TLP:GREEN kunnen in een kanaal van een partner.")})
    if channel.organisation is None or not (channel.accepts_placements and channel.is_active):
        raise ValidationError({"channel": _("Dit kanaal neemt geen berichten van het netwerk op.")})
    placement = Placement(entry=entry, channel=channel, question=question.strip(), asked_by=by)
    placement.full_clean()
    placement.save()
    context = {
        "channel": channel.name,
        "title": entry.title,
        "question": placement.question,
        "path": placement.get_absolute_url(),
    }
    partner = channel.organisation
    mail_representatives(partner, subject_id=placement.pk, template="placement_asked", context=context, by=by)
    return placement


@transaction.atomic
def answer_placement(placement: Placement, *, accepts: bool, answer: str = "", by: Any) -> Placement:
    """Say yes or no for the own organisation; a no says why, and whoever asked gets a mail."""
    current = _answered(placement, by)
    if current.state not in (PlacementState.ASKED, PlacementState.ACCEPTED):
        raise ValidationError(_("Dit verzoek is al beantwoord."))
    state = PlacementState.ACCEPTED if accepts else PlacementState.DECLINED
    current.state, current.answered_by = state, by
    current.answer = answer.strip() if accepts else demand_reason(answer, "answer")
    current.save(update_fields=["state", "answered_by", "answer"])
    _tell_asker(current, by)
    return current


@transaction.atomic
def report_placement(
    placement: Placement, *, placed_on: date, url: str = "", reach: int | None = None, by: Any
) -> Placement:
    """Say that it was placed, and how many it reached; the count may come later."""
    current = _answered(placement, by)
    if current.state == PlacementState.DECLINED:
        raise ValidationError(_("Dit verzoek is afgewezen."))
    current.state, current.answered_by = PlacementState.PLACED, by
    current.placed_on, current.url, current.reach = placed_on, url, reach
    current.full_clean(exclude=["entry", "channel"])
    current.save(update_fields=["state", "answered_by", "placed_on", "url", "reach"])
    return current


def _answered(placement: Placement, by: Any) -> Placement:
    require(Placement.objects.answerable_by(by).filter(pk=placement.pk).exists())
    return Placement.objects.select_for_update(of=("self",)).select_related("entry", "channel").get(pk=placement.pk)


def _tell_asker(placement: Placement, by: Any) -> None:
    context = {
        "channel": placement.channel.name,
        "title": placement.entry.title,
        "state": placement.get_state_display(),
        "answer": placement.answer,
        "path": placement.get_absolute_url(),
    }
    key = f"placement:{placement.pk}:answer:{placement.state}"
    asker = placement.asked_by
    mail_user(asker, key=key, subject_id=placement.pk, template="placement_answered", context=context, by=by)
