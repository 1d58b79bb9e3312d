"""What the page of a function shows beside its charter, each part as far as the reader may see it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, QuerySet

from comms.enums import Tlp
from comms.models import Publication
from cwn.accounts.roles import COORDINATOR
from cwn.core.enums import IncidentPhase
from cwn.core.visibility import MEMBERS, principals_of, role_principal
from functions.base.balance import BoardBalance, balance_of
from functions.base.drawing import FlowDrawing, draw
from functions.base.models import FunctionChannel, InformationFlow, SoundingBoard, SoundingBoardSeat
from partners.enums import ParticipationDegree, PartnerStatus
from partners.models import Organisation, Participation

#: Publications on the page of a function; the landing page has them all.
NEWEST = 5


def participations_in(function: str, user: Any) -> QuerySet[Participation]:
    """Return how partners take part in a function, those that let this reader see it (R41)."""
    return (
        Participation.objects.visible_to(user)
        .current()
        .agreed()
        .filter(function=function, organisation__status=PartnerStatus.PARTNER)
    )


def degrees_by_phase(participations: QuerySet[Participation]) -> list[tuple[str, list[int]]]:
    """Count partners per degree, from most to least, in each phase of an incident (R49)."""
    phase = Func(F("phases"), function="unnest")
    rows = participations.order_by().annotate(phase=phase).values("degree", "phase").annotate(number=Count("pk"))
    numbers = {(row["degree"], row["phase"]): row["number"] for row in rows}
    return [
        (str(degree.label), [numbers.get((degree, phase), 0) for phase in IncidentPhase])
        for degree in reversed(ParticipationDegree)
    ]


@dataclass(frozen=True, slots=True)
class ShownFlow:
    """An information flow as a drawing, and as the rows of a table with the same numbers."""

    flow: InformationFlow
    drawing: FlowDrawing


def flow_of(function: str) -> ShownFlow | None:
    """Return the information flow of a function, when somebody has drawn it (R43, R44)."""
    flow = InformationFlow.objects.filter(function=function).first()
    if flow is None:
        return None
    nodes = list(flow.nodes.select_related("organisation_kind"))
    places = {node.pk: node for node in nodes}
    edges = list(flow.edges.all())
    for edge in edges:
        edge.start, edge.end = places[edge.start_id], places[edge.end_id]
    return ShownFlow(flow, draw(nodes, edges)) if nodes else None


@dataclass(frozen=True, slots=True)
class ShownChannel:
    """A channel with its owner and fallback, as far as the reader may know of them."""

    channel: FunctionChannel
    owner: Organisation | None
    fallback: FunctionChannel | None


def channels_of(function: str, user: Any) -> list[ShownChannel]:
    """Return the channels of a function that a reader may see (R72)."""
    channels = list(FunctionChannel.objects.visible_to(user).filter(function=function))
    shown = {channel.pk: channel for channel in channels}
    owners = Organisation.objects.visible_to(user).in_bulk({channel.owner_id for channel in channels} - {None})
    for channel in channels:
        channel.fallback = shown.get(channel.fallback_id or 0)
    return [ShownChannel(channel, owners.get(channel.owner_id or 0), channel.fallback) for channel in channels]


def publications_of(function: str, user: Any) -> QuerySet[Publication]:
    """Return the newest publications of a function that a reader may find; RED stands in no list at all."""
    publications = Publication.objects.visible_to(user).listed().exclude(tlp=Tlp.RED)
    shown = ("title", "slug", "kind", "tlp", "language", "published_at")
    return publications.filter(functions__contains=[function]).only(*shown)[:NEWEST]


def sees_every_channel(user: Any) -> bool:
    """Tell whether a reader sees more than the public channels; says the same as `visible_to`."""
    return bool(principals_of(user) & {MEMBERS, role_principal(COORDINATOR.slug)})


@dataclass(frozen=True, slots=True)
class ShownBoard:
    """A sounding board with the seats that a reader may see."""

    board: SoundingBoard
    seats: list[SoundingBoardSeat]
    shows_people: bool
    balance: BoardBalance | None


def board_of(function: str, user: Any) -> ShownBoard | None:
    """Return the sounding board of a function: organisations for everybody, people for members (R145).

    The comparison with all who take part is for coordinators: it counts what others may not see.
    """
    board = SoundingBoard.objects.filter(function=function).first()
    if board is None:
        return None
    principals = principals_of(user)
    coordinates = role_principal(COORDINATOR.slug) in principals
    known = Organisation.objects.visible_to(user).values("pk")
    seats = board.seats.current().filter(organisation__in=known).select_related("organisation")
    return ShownBoard(
        board, list(seats), coordinates or MEMBERS in principals, balance_of(board) if coordinates else None
    )
