"""What the demo tells of one organisation, before it is written: by hand (featured.toml) or drawn."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from cwn.core.enums import CwnFunction, IncidentPhase, Ownership
from cwn.core.reference import read_rows
from partners import reference
from partners.demo.names import DUTCH_PLACES, PLACES, combination, organisation_name, organisation_slug
from partners.enums import LegalBasisKind, ParticipationDegree, PartnerStatus, RelationKind

#: Dates are counted from this day, so that the demo is the same tomorrow.
BASE_DATE = date(2026, 6, 1)
LAUNCH = date(2025, 9, 1)
#: So many organisations have an English description too; more would double the documents of a large network.
IN_ENGLISH = 500
ISLANDS = ("aruba", "bonaire", "curacao", "saba", "sint-eustatius", "sint-maarten")
STATUSES = {
    PartnerStatus.PARTNER: 68,
    PartnerStatus.PROSPECT: 16,
    PartnerStatus.CANDIDATE: 8,
    PartnerStatus.FORMER: 5,
    PartnerStatus.SUSPENDED: 3,
}
DEGREES = {
    ParticipationDegree.FOLLOW: 50,
    ParticipationDegree.CONTRIBUTE: 35,
    ParticipationDegree.LEND_CAPACITY: 15,
}
PHASES = list(IncidentPhase.values)
PUBLIC_KINDS = ("overheid", "toezichthouder", "uitvoeringsorganisatie", "opsporing-en-veiligheid")
SHARED_KINDS = ("samenwerkingsverband", "regionaal-initiatief", "isac", "schakelorganisatie", "kennisinstelling")
LEGAL_BASES = {
    "schakelorganisatie": LegalBasisKind.OKTT,
    "csirt": LegalBasisKind.CSIRT_DESIGNATION,
    "sectorale-csirt": LegalBasisKind.CSIRT_DESIGNATION,
    "toezichthouder": LegalBasisKind.STATUTORY_TASK,
}
SUPPLIERS = ("isp", "msp", "mssp", "ict-leverancier", "maatwerkleverancier")
BRANCHES = {
    "energie": "energievoorziening",
    "vervoer": "vervoer-en-opslag",
    "post-en-koeriersdiensten": "vervoer-en-opslag",
    "bankwezen": "financiele-dienstverlening",
    "infrastructuur-financiele-markt": "financiele-dienstverlening",
    "verzekeringen-en-pensioenen": "financiele-dienstverlening",
    "zorg": "gezondheids-en-welzijnszorg",
    "drinkwater": "waterbedrijven-en-afvalbeheer",
    "afvalwater": "waterbedrijven-en-afvalbeheer",
    "afvalstoffenbeheer": "waterbedrijven-en-afvalbeheer",
    "waterbeheer": "waterbedrijven-en-afvalbeheer",
    "digitale-infrastructuur": "informatie-en-communicatie",
    "beheer-van-ict-diensten": "informatie-en-communicatie",
    "digitale-aanbieders": "informatie-en-communicatie",
    "media": "informatie-en-communicatie",
    "overheid": "openbaar-bestuur-en-overheidsdiensten",
    "veiligheid-en-defensie": "openbaar-bestuur-en-overheidsdiensten",
    "chemische-stoffen": "industrie",
    "levensmiddelen": "industrie",
    "maakindustrie": "industrie",
    "bouw": "bouwnijverheid",
    "detailhandel": "handel",
    "land-en-tuinbouw": "landbouw-bosbouw-en-visserij",
    "onderwijs": "onderwijs",
    "onderzoek": "specialistische-zakelijke-diensten",
    "juridische-dienstverlening": "specialistische-zakelijke-diensten",
    "zakelijke-dienstverlening": "specialistische-zakelijke-diensten",
    "cultuur-en-recreatie": "cultuur-sport-en-recreatie",
}
#: What a drawn organisation does, in Dutch and in English.
TASKS = (
    (
        "Geeft waarschuwingen over digitale dreigingen door aan organisaties in en om {place}.",
        "Passes warnings about cyber threats on to organisations in and around {place}.",
    ),
    (
        "Helpt organisaties in en om {place} als het digitaal misgaat.",
        "Helps organisations in and around {place} when there is a cyber incident.",
    ),
    (
        "Brengt mensen uit {place} bij elkaar om van elkaar te leren over digitale veiligheid.",
        "Brings people from {place} together to learn from each other about cyber security.",
    ),
    (
        "Oefent elk jaar een digitale uitval met organisaties in en om {place}.",
        "Exercises a cyber outage every year with organisations in and around {place}.",
    ),
    (
        "Levert veilige ICT aan organisaties in en om {place} en helpt hen die bij te houden.",
        "Supplies secure ICT to organisations in and around {place} and helps them to keep it up to date.",
    ),
)


@dataclass(slots=True)
class Profile:
    """One fictional organisation with everything that hangs on it; domains by slug."""

    slug: str
    name: str
    kinds: list[str]
    ownership: str
    status: str
    regions: list[str]
    sectors: list[str]
    branches: list[str]
    description: str
    description_en: str
    known_as: list[str] = field(default_factory=list)
    partner_since: date | None = None
    reach: list[dict[str, Any]] = field(default_factory=list)
    participation: dict[str, str] = field(default_factory=dict)
    legal_basis: str = ""
    relations: list[dict[str, str]] = field(default_factory=list)
    """Each with a `kind` and the slug of an earlier organisation in `with`."""
    status_reason: str = "Fictieve organisatie voor de demonstratie."
    application: dict[str, Any] = field(default_factory=dict)
    number: int = 0
    place: str = ""


@cache
def featured() -> tuple[Profile, ...]:
    """Return the organisations that were written by hand."""
    rows = read_rows(str(Path(__file__).parent), "featured", "organisation")
    return tuple(Profile(**row, number=number) for number, row in enumerate(rows))


def profiles(first: int, last: int, seed: int) -> Iterator[Profile]:
    """Yield the organisations from number `first` up to, not including, `last`."""
    for number in range(first, last):
        yield featured()[number] if number < len(featured()) else draw(number, seed)


def slug_of(number: int, seed: int) -> str:
    """Return the slug of an organisation without drawing the rest of it."""
    if number < len(featured()):
        return featured()[number].slug
    kind, sector, place = combination(number, seed)
    return organisation_slug(organisation_name(kind, sector, PLACES[place]))


def draw(number: int, seed: int) -> Profile:
    """Draw one organisation; the same number and seed give the same one."""
    chance = Random(f"{seed}/{number}")  # noqa: S311  no secret, and it must repeat
    kind, sector, place = combination(number, seed)
    name = organisation_name(kind, sector, PLACES[place])
    status = _weighted(chance, STATUSES)
    was_partner = status in (PartnerStatus.PARTNER, PartnerStatus.SUSPENDED, PartnerStatus.FORMER)
    since = LAUNCH + timedelta(days=chance.randrange((BASE_DATE - LAUNCH).days)) if was_partner else None
    task, task_en = chance.choice(TASKS)
    return Profile(
        slug=organisation_slug(name),
        name=name,
        kinds=_with_another(chance, kind, "schakelorganisatie", "samenwerkingsverband"),
        ownership=_ownership(chance, kind),
        status=status,
        regions=_regions(chance, place),
        sectors=_with_another(chance, sector, "mkb", "digitale-infrastructuur", "overheid"),
        branches=[BRANCHES.get(sector, "overige-dienstverlening")],
        description=task.format(place=PLACES[place]),
        description_en=task_en.format(place=PLACES[place]) if number < IN_ENGLISH else "",
        partner_since=since,
        reach=[{"who": f"Organisaties in en om {PLACES[place]}", "size": int(10 ** chance.uniform(0.7, 4.3))}],
        participation=_participation(chance) if was_partner else {},
        legal_basis=LEGAL_BASES.get(kind, "") if was_partner else "",
        relations=_relations(chance, kind, number, seed),
        number=number,
        place=PLACES[place],
    )


def _weighted(chance: Random, weights: dict[Any, int]) -> Any:
    return chance.choices(list(weights), list(weights.values()))[0]


def _with_another(chance: Random, first: str, *others: str) -> list[str]:
    another = chance.choice(others)
    return [first, another] if chance.random() < 0.25 and another != first else [first]


def _ownership(chance: Random, kind: str) -> str:
    if kind in PUBLIC_KINDS:
        return Ownership.PUBLIC
    return Ownership.PUBLIC_PRIVATE if kind in SHARED_KINDS and chance.random() < 0.6 else Ownership.PRIVATE


def _regions(chance: Random, place: int) -> list[str]:
    """Return where a place lies; one in eight organisations works in the whole country or Kingdom."""
    if chance.random() < 0.12:
        return ["nederland"] if chance.random() < 0.8 else ["koninkrijk"]
    if place >= len(DUTCH_PLACES):
        return [ISLANDS[place % len(ISLANDS)]]
    safety_region, province = _safety_regions()[place % len(_safety_regions())]
    return [province, safety_region] if chance.random() < 0.4 else [province]


@cache
def _safety_regions() -> list[tuple[str, str]]:
    rows = read_rows(reference.FOLDER, "regions", "region")
    return [(row["slug"], row["parent"]) for row in rows if row["level"] == "veiligheidsregio"]


def _participation(chance: Random) -> dict[str, str]:
    chosen = chance.sample(list(CwnFunction.values), chance.choice((1, 1, 2, 2, 3, 4)))
    return {function: _weighted(chance, DEGREES) for function in chosen}


def _relations(chance: Random, kind: str, number: int, seed: int) -> list[dict[str, str]]:
    """Tie one in three organisations to an earlier one."""
    if chance.random() > 0.33:
        return []
    relation = (
        RelationKind.SUPPLIES if kind in SUPPLIERS else chance.choice((RelationKind.MEMBER_OF, RelationKind.OVERLAPS))
    )
    return [{"kind": relation, "with": slug_of(chance.randrange(number), seed)}]
