"""The functions of the fictional network: goals, channels, sounding boards and phases, invented as all of it.

Each part is made once: where a function has goals, channels or a board already, nothing is added.
"""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from cwn.accounts.demo_people import MAIL_DOMAIN
from cwn.accounts.models import User
from cwn.core.enums import CwnFunction, IncidentPhase
from functions.base.actions import confirm_phase, propose_phase
from functions.base.models import (
    FunctionChannel,
    FunctionCharter,
    FunctionGoal,
    FunctionPhase,
    SoundingBoard,
    SoundingBoardSeat,
)
from partners.models import Organisation, Participation, Region, Sector

#: Seats of a board in the demo, and who takes them in turn.
SEATS = 6
PEOPLE = (
    "Bo Bitterbal", "Fien Frikandel", "Joris Jodenkoek", "Katinka Kaneelstok", "Loek Lebkuchen", "Mies Mergpijp",
    "Noortje Nonnenvot", "Olaf Oliekoek", "Puck Poffer", "Roel Roggebrood",
)  # fmt: skip


@transaction.atomic
def make_function_ground() -> None:
    """Furnish the five functions; asks for the charters, the demo organisations and the demo people."""
    rows = tomllib.loads((Path(__file__).parent / "demo.toml").read_text())
    charters = {charter.function: charter for charter in FunctionCharter.objects.all()}
    for function in CwnFunction:
        if function in charters and not charters[function].goals.exists():
            _make_goals(charters[function], rows["goal"])
        if not FunctionChannel.objects.filter(function=function).exists():
            _make_channels(function, rows["channel"])
        if not SoundingBoard.objects.filter(function=function).exists():
            _make_board(function, rows["board"])
    if not FunctionPhase.objects.exists():
        _make_phases()


def _make_goals(charter: FunctionCharter, rows: list[dict[str, Any]]) -> None:
    today = timezone.localdate()
    for number, row in enumerate((row for row in rows if row["function"] == charter.function), start=1):
        texts = {name: row[name] for name in ("goal", "goal_en", "activity", "activity_en")}
        progress = row["progress"]
        FunctionGoal.objects.create(
            charter=charter,
            progress=progress,
            due_on=today + timedelta(days=row["due_in_days"]),
            done_on=today - timedelta(days=20) if progress == 100 else None,
            order=number * 10,
            **texts,
        )


def _make_channels(function: CwnFunction, rows: list[dict[str, Any]]) -> None:
    owner = Organisation.objects.partners().filter(is_fictional=True, pk__in=_participants(function)).first()
    made: dict[str, FunctionChannel] = {}
    for number, row in enumerate((row for row in rows if function in row["functions"]), start=1):
        made[row["name"]] = FunctionChannel.objects.create(
            function=function,
            owner=None if row["is_public"] else owner,
            fallback=made.get(row.get("fallback", "")),
            order=number * 10,
            **{name: row[name] for name in ("kind", "name", "address", "ceiling", "phases", "is_public")},
        )


def _make_board(function: CwnFunction, rows: list[dict[str, Any]]) -> None:
    words = next(row for row in rows if row["function"] == function)
    board = SoundingBoard.objects.create(**words)
    organisations = Organisation.objects.partners().filter(is_fictional=True, pk__in=_participants(function))
    today, turn = timezone.localdate(), list(CwnFunction).index(function)
    SoundingBoardSeat.objects.bulk_create(
        SoundingBoardSeat(
            board=board,
            organisation=organisation,
            person_name=PEOPLE[(turn * 2 + place) % len(PEOPLE)],
            since=today - timedelta(days=200 - 10 * place),
            until=today + timedelta(days=530),
        )
        for place, organisation in enumerate(organisations.order_by("name")[:SEATS])
    )


def _participants(function: CwnFunction) -> Any:
    return Participation.objects.current().agreed().filter(function=function).values("organisation")


def _make_phases() -> None:
    """Raise one phase with two people, and leave a proposal for the second coordinator."""
    first, second = (User.objects.filter(email=f"{name}@{MAIL_DOMAIN}").first() for name in ("coord", "coord2"))
    if first is None or second is None:
        return
    proposal = propose_phase(
        function=CwnFunction.INCIDENT_HANDLING,
        phase=IncidentPhase.LUKEWARM,
        reason="Oefening: bij drie verzonnen zorginstellingen werkt het afsprakensysteem niet.",
        sector=Sector.objects.filter(slug="zorg").first(),
        region=Region.objects.filter(slug="zeeland").first(),
        by=first,
    )
    confirm_phase(proposal, by=second)
    propose_phase(
        function=CwnFunction.INFORMATION_SHARING,
        phase=IncidentPhase.WARM,
        reason="Oefening: een verzonnen kwetsbaarheid in de software van havenkranen wordt misbruikt.",
        sector=Sector.objects.filter(slug="vervoer").first(),
        by=first,
    )
