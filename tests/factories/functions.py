"""What the functions stand on, for tests: plain, valid rows."""

from datetime import date
from typing import Any

from django.utils import timezone

from comms.enums import Tlp
from cwn.core.enums import CwnFunction, IncidentPhase
from functions.base.enums import ChannelKind, FlowNodeKind
from functions.base.models import (
    FlowEdge,
    FlowNode,
    FunctionChannel,
    FunctionCharter,
    FunctionPhase,
    InformationFlow,
    SoundingBoard,
    SoundingBoardSeat,
)
from functions.base.models.charters import FlowDirection
from tests.factories.accounts import UserFactory


def make_charter(function: str = CwnFunction.INCIDENT_HANDLING, **values: Any) -> FunctionCharter:
    """Return the charter of a function."""
    texts = {
        "summary": "Kort",
        "main_task": "Taak",
        "activities": "Werk",
        "contribution": "Doel",
        "served_organisations": "Alle",
        "flow_direction": FlowDirection.BOTH,
    }
    return FunctionCharter.objects.create(function=function, **{**texts, **values})


def make_flow(function: str, *arrows: tuple[str, str]) -> InformationFlow:
    """Return a flow with an arrow per pair of names; a name that ends in a number stands in that column."""
    flow = InformationFlow.objects.create(function=function)
    kinds = list(FlowNodeKind)
    nodes: dict[str, FlowNode] = {}
    for order, name in enumerate(dict.fromkeys(name for arrow in arrows for name in arrow)):
        nodes[name] = FlowNode.objects.create(flow=flow, label=name, kind=kinds[int(name[-1]) % 4], order=order)
    for order, (start, end) in enumerate(arrows):
        FlowEdge.objects.create(flow=flow, start=nodes[start], end=nodes[end], what=f"{start}-{end}", order=order)
    return flow


def make_channel(function: str = CwnFunction.INCIDENT_HANDLING, **values: Any) -> FunctionChannel:
    """Return a channel for members."""
    number = FunctionChannel.objects.count()
    plain = {"kind": ChannelKind.SIGNAL, "name": f"Kanaal {number}", "ceiling": Tlp.AMBER}
    return FunctionChannel.objects.create(function=function, **{**plain, **values})


def make_seat(board: SoundingBoard, organisation: Any, **values: Any) -> SoundingBoardSeat:
    """Return a seat that an organisation has taken."""
    return SoundingBoardSeat.objects.create(
        board=board, organisation=organisation, **{"since": date(2026, 1, 1), **values}
    )


def make_period(
    phase: str = IncidentPhase.WARM, function: str = CwnFunction.INCIDENT_HANDLING, **values: Any
) -> FunctionPhase:
    """Return a phase that holds now, raised by two people."""
    plain = {
        "reason": "Er is veel aan de hand.",
        "proposed_by": values.pop("proposed_by", None) or UserFactory(),
        "confirmed_by": values.pop("confirmed_by", None) or UserFactory(),
        "began_at": timezone.now(),
    }
    return FunctionPhase.objects.create(function=function, phase=phase, **{**plain, **values})
