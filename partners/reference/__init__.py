"""The reference data of the registry: domains, legal regimes, consulted organisations, initiatives.

The TOML files beside this module say where each row comes from and how to edit it; the rule for loading is
in `cwn.core.reference`. Being named in a source is not being a partner (R30): every organisation comes in
with the status "consulted", and later changes of status are never undone.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.models import Model

from cwn.core.reference import Outcome, Row, in_file_order, load_rows, read_rows
from partners.enums import ParticipationBasis, PartnerStatus, RelationKind
from partners.models import (
    Branch,
    Initiative,
    InitiativeParticipant,
    LegalRegime,
    Organisation,
    OrganisationKind,
    Participation,
    Region,
    Relation,
    Sector,
    StatusChange,
)

FOLDER = str(Path(__file__).parent)
DOMAINS = {"kinds": OrganisationKind, "regions": Region, "sectors": Sector, "branches": Branch}
#: What a row of a file refers to, by its slug.
Links = dict[str, dict[str, Any]]
UNCONFIRMED = "Overgenomen uit openbare informatie. De organisatie heeft deze gegevens niet bevestigd."


def load_regions(*, refresh: bool = False) -> Outcome:
    """Load the region tree; the file names a parent above its children (R4, R164)."""
    rows = in_file_order(read_rows(FOLDER, "regions", "region"))
    for row in rows:
        row["tile_row"], row["tile_column"] = row.pop("tile", (None, None))
    return load_rows(Region, rows, refers_to="parent", refresh=refresh)


def load_sectors(*, refresh: bool = False) -> Outcome:
    """Load the sectors of NIS2 and those beside it (R5)."""
    return load_rows(Sector, in_file_order(read_rows(FOLDER, "sectors", "sector")), refresh=refresh)


def load_branches(*, refresh: bool = False) -> Outcome:
    """Load the sections of the SBI (R6)."""
    return load_rows(Branch, in_file_order(read_rows(FOLDER, "branches", "branch")), refresh=refresh)


def load_organisation_kinds(*, refresh: bool = False) -> Outcome:
    """Load the kinds of organisation (R20)."""
    rows = in_file_order(read_rows(FOLDER, "organisation_kinds", "organisation_kind"))
    return load_rows(OrganisationKind, rows, refresh=refresh)


def load_legal_regimes(*, refresh: bool = False) -> Outcome:
    """Load the laws under which information may be shared (R21, R156)."""
    rows = read_rows(FOLDER, "legal_regimes", "legal_regime")
    return load_rows(LegalRegime, rows, key="name", refers_to="successor", refresh=refresh)


def load_consulted_organisations(*, refresh: bool = False) -> Outcome:
    """Load every organisation that the annexes of the two sources name, as consulted (R30)."""
    rows = read_rows(FOLDER, "consulted_organisations", "organisation")
    links = {row["slug"]: _take_links(row) for row in rows}
    for row in rows:
        row["internal_notes"] = "" if row.pop("verified") else UNCONFIRMED
    status = {"status": PartnerStatus.CONSULTED}
    outcome = load_rows(Organisation, rows, initial=status, refresh=refresh)
    _introduce(outcome, links)
    _hang_domains(outcome, links, refresh=refresh)
    return outcome


def _introduce(outcome: Outcome, links: Links) -> None:
    """Write what goes with new consulted organisations: their status, the expected functions, their whole."""
    new = [(outcome.rows[slug], links[slug]) for slug in sorted(outcome.created)]
    StatusChange.objects.bulk_create(
        StatusChange(
            organisation=organisation,
            new_status=organisation.status,
            reason=f"Genoemd in {organisation.source_reference}.",
        )
        for organisation, _link in new
    )
    Participation.objects.bulk_create(
        Participation(organisation=organisation, function=function, basis=ParticipationBasis.EXPECTED)
        for organisation, link in new
        for function in link["functions"]
    )
    Relation.objects.bulk_create(
        Relation(
            from_organisation=organisation,
            kind=RelationKind.PART_OF,
            to_organisation=outcome.rows[link["part_of"]],
            source_reference=organisation.source_reference,
        )
        for organisation, link in new
        if link["part_of"] in outcome.rows
    )


def load_initiatives(*, refresh: bool = False) -> Outcome:
    """Load the initiatives that the sources name, linked to their functions and participants (R37)."""
    rows = read_rows(FOLDER, "initiatives", "initiative")
    links = {row["slug"]: _take_links(row, keep="functions") for row in rows}
    outcome = load_rows(Initiative, rows, refresh=refresh)
    organisations = Organisation.objects.in_bulk(field_name="slug")
    InitiativeParticipant.objects.bulk_create(
        InitiativeParticipant(
            initiative=outcome.rows[slug],
            organisation=organisations[participant],
            source_reference=outcome.rows[slug].source_reference,
        )
        for slug in sorted(outcome.created)
        for participant in links[slug]["participants"]
        if participant in organisations
    )
    _hang_domains(outcome, links, refresh=refresh)
    return outcome


def _take_links(row: Row, keep: str = "") -> dict[str, Any]:
    """Take out of a row what is no column, and write its sources as one line."""
    row["source_reference"] = "; ".join(row.pop("sources"))
    lists = {name: row.pop(name, []) for name in (*DOMAINS, "functions", "participants") if name != keep}
    return {**lists, "part_of": row.pop("part_of", "")}


def _hang_domains(outcome: Outcome, links: Links, *, refresh: bool) -> None:
    """Hang the domains of the file on the rows that were created or are being refreshed."""
    slugs = outcome.rows.keys() & links.keys() if refresh else outcome.created
    owners = {outcome.rows[slug].pk: slug for slug in slugs}
    for field, domain in DOMAINS.items() if owners else ():
        owner = type(outcome.rows[owners[min(owners)]])
        if hasattr(owner, field):
            keys = dict(domain._default_manager.values_list("slug", "pk"))
            wanted = {(pk, keys[name]) for pk, slug in owners.items() for name in links[slug][field] if name in keys}
            changed = _replace_links(owner, field, domain, owners, wanted)
            outcome.changed |= {owners[pk] for pk in changed} - outcome.created


def _replace_links(
    owner: type[Model], field: str, domain: type[Model], owners: Iterable[int], wanted: set[tuple[int, int]]
) -> set[int]:
    """Make the links of some owners equal to the pairs that are wanted; return the owners that changed."""
    through = getattr(owner, field).through
    own, other = f"{owner._meta.model_name}_id", f"{domain._meta.model_name}_id"
    links = through._default_manager.filter(**{f"{own}__in": owners})
    present = {(getattr(link, own), getattr(link, other)): link.pk for link in links}
    links.filter(pk__in=[present[pair] for pair in present.keys() - wanted]).delete()
    through._default_manager.bulk_create(
        through(**{own: pk, other: key}) for pk, key in sorted(wanted - present.keys())
    )
    return {pk for pk, _key in wanted ^ present.keys()}
