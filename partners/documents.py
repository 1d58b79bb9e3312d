"""What the search knows of organisations and initiatives, and the facets that the registry brings.

Only what everybody may read of a profile goes into a document: fields with a narrower visibility stay out,
so that no search, count or suggestion can show them (security.md A11).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Choices, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from cwn.core.enums import CwnFunction, Ownership
from cwn.core.searchable import (
    Facet,
    FacetOption,
    Searchable,
    SearchDocument,
    badge,
    in_both_languages,
    register_facet,
    register_searchable,
)
from cwn.core.visibility import PUBLIC
from partners.enums import InitiativeStatus, PartnerStatus, VisibilityLevel
from partners.models import Branch, Domain, Initiative, Organisation, OrganisationKind, Participation, Region, Sector

#: The day on which the vision that names the consulted organisations appeared; it is their date in lists, so
#: that loading the reference data does not make them the newest of the network.
VISION_PUBLISHED = date(2024, 5, 23)
#: The domain tables of an organisation, by field.
DOMAINS: dict[str, Any] = {"kinds": OrganisationKind, "regions": Region, "sectors": Sector, "branches": Branch}
#: Things that one query takes along; keeps a rebuild of a hundred thousand small in memory.
CHUNK = 1_000


class RegionTree:
    """The regions above each region, so that a filter on a province includes what lies below it (R4)."""

    def __init__(self) -> None:
        rows = Region.objects.values_list("pk", "slug", "parent_id")
        self._slugs = {pk: slug for pk, slug, _parent in rows}
        self._parents = {pk: parent for pk, _slug, parent in rows}

    def with_ancestors(self, regions: Iterable[Region]) -> set[str]:
        """Return the slugs of the regions and of all that lies above them."""
        slugs: set[str] = set()
        for region in regions:
            pk: int | None = region.pk
            while pk is not None and self._slugs[pk] not in slugs:
                slugs.add(self._slugs[pk])
                pk = self._parents[pk]
        return slugs


def _words(facet: str, slugs: Iterable[str]) -> set[str]:
    return {f"{facet}:{slug}" for slug in slugs}


def _slugs(domains: Iterable[Domain]) -> list[str]:
    return [domain.slug for domain in domains]


def _names(*domains: Iterable[Domain], english: bool) -> str:
    return " ".join((english and domain.name_en) or domain.name for group in domains for domain in group)


def _in_chunks(queryset: QuerySet, primary_keys: Sequence[int] | None) -> Iterable[Any]:
    if primary_keys is None:
        return queryset.order_by("pk").iterator(chunk_size=CHUNK)
    return queryset.filter(pk__in=primary_keys).order_by("pk")


def organisation_documents(primary_keys: Sequence[int] | None) -> Iterator[SearchDocument]:
    """Yield the documents of organisations: one for Dutch, one for English pages where there is English."""
    tree, domains = RegionTree(), {field: model._default_manager.in_bulk() for field, model in DOMAINS.items()}
    current = Participation.objects.current().filter(organisation=OuterRef("pk")).order_by("pk")
    queryset = Organisation.objects.annotate(
        current_functions=ArraySubquery(current.values("function")),
        **{f"{field}_keys": ArraySubquery(_linked(field, model)) for field, model in DOMAINS.items()},
    )
    for organisation in _in_chunks(queryset, primary_keys):
        linked = {
            field: [rows[key] for key in getattr(organisation, f"{field}_keys") if key in rows]
            for field, rows in domains.items()
        }
        yield from _organisation_documents(organisation, linked, tree)


def _linked(field: str, model: type[Domain]) -> QuerySet:
    """Return the keys of one domain of an organisation, for a subquery: a prefetch costs five times as much."""
    key = f"{model._meta.model_name}_id"
    links = getattr(Organisation, field).through._default_manager.filter(organisation=OuterRef("pk"))
    return links.order_by(f"{model._meta.model_name}__order", f"{model._meta.model_name}__name").values(key)


def _organisation_documents(
    organisation: Any, linked: dict[str, list[Any]], tree: RegionTree
) -> Iterator[SearchDocument]:
    public = {field for field, level in organisation.field_visibility.items() if level == VisibilityLevel.PUBLIC}
    kinds, regions, sectors, branches = (linked[field] for field in DOMAINS)
    functions = organisation.current_functions if "participation" in public else []
    facets = (
        _words("regio", tree.with_ancestors(regions))
        | _words("sector", _slugs(sectors))
        | _words("branche", _slugs(branches))
        | _words("rol", _slugs(kinds))
        | _words("functie", functions)
        | _words("pps", [organisation.ownership])
        | _words("status", [organisation.status])
    )
    texts = {"nl": organisation.description}
    if organisation.description_en:
        texts["en"] = organisation.description_en
    for language, text in texts.items():
        domains = _names(kinds, regions, sectors, branches, english=language == "en")
        yield SearchDocument(
            kind="organisation",
            object_id=organisation.pk,
            language=language,
            title=organisation.name,
            summary=text if "description" in public else "",
            body=f"{' '.join(organisation.known_as)} {domains}",
            url=f"/partners/{organisation.slug}/",
            date=_date_of(organisation),
            facets=frozenset(facets),
            visibility=organisation.audience,
            languages=frozenset({language} if len(texts) > 1 else {"nl", "en"}),
            card={
                "badge": badge(PartnerStatus(organisation.status)),
                "regio": _slugs(regions),
                "sector": _slugs(sectors),
                "functie": functions,
            },
        )


def _date_of(organisation: Organisation) -> date:
    if organisation.status == PartnerStatus.CONSULTED:
        return VISION_PUBLISHED
    return organisation.partner_since or organisation.created_at.date()


def initiative_documents(primary_keys: Sequence[int] | None) -> Iterator[SearchDocument]:
    """Yield the documents of initiatives: one for Dutch, one for English pages where there is English."""
    tree = RegionTree()
    queryset = Initiative.objects.prefetch_related("roles", "regions", "sectors", "branches")
    for initiative in _in_chunks(queryset, primary_keys):
        yield from _initiative_documents(initiative, tree)


def _initiative_documents(initiative: Initiative, tree: RegionTree) -> Iterator[SearchDocument]:
    roles, regions = list(initiative.roles.all()), list(initiative.regions.all())
    sectors, branches = list(initiative.sectors.all()), list(initiative.branches.all())
    facets = (
        _words("regio", tree.with_ancestors(regions))
        | _words("sector", _slugs(sectors))
        | _words("branche", _slugs(branches))
        | _words("rol", _slugs(roles))
        | _words("functie", initiative.functions)
        | _words("pps", [initiative.ownership])
    )
    texts = {"nl": initiative.description}
    if initiative.description_en:
        texts["en"] = initiative.description_en
    for language, text in texts.items():
        domains = _names(roles, regions, sectors, branches, english=language == "en")
        yield SearchDocument(
            kind="initiative",
            object_id=initiative.pk,
            language=language,
            title=initiative.name,
            summary=text,
            body=f"{' '.join(initiative.known_as)} {domains}",
            url=f"/initiatieven/{initiative.slug}/",
            date=initiative.created_at.date() if initiative.is_fictional else VISION_PUBLISHED,
            facets=frozenset(facets),
            visibility=frozenset({PUBLIC}),
            languages=frozenset({language} if len(texts) > 1 else {"nl", "en"}),
            card={
                "badge": badge(InitiativeStatus(initiative.status)),
                "regio": _slugs(regions),
                "sector": _slugs(sectors),
                "functie": initiative.functions,
            },
        )


def _domain_options(model: type[Domain]) -> list[FacetOption]:
    return [FacetOption(value=row.slug, label=row.name, label_en=row.name_en) for row in model._default_manager.all()]


def _region_options() -> list[FacetOption]:
    """Return the regions with parents before children, and their place on the tile map."""
    rows = list(Region.objects.select_related("parent"))
    children: dict[int | None, list[Region]] = {}
    for row in rows:
        children.setdefault(row.parent_id, []).append(row)
    ordered: list[FacetOption] = []

    def walk(parent_id: int | None) -> None:
        for row in children.get(parent_id, []):
            position = None if row.tile_row is None else (row.tile_row, row.tile_column or 0)
            ordered.append(
                FacetOption(row.slug, row.name, row.name_en, row.parent.slug if row.parent else "", position)
            )
            walk(row.pk)

    walk(None)
    return ordered


def choice_options(choices: type[Choices]) -> list[FacetOption]:
    """Return the values of an enum as facet values, with their English labels."""
    texts = {value: in_both_languages(label) for value, label in choices.choices}
    return [FacetOption(value=value, label=text["nl"], label_en=text["en"]) for value, text in texts.items()]


register_searchable(
    Searchable("organisation", "organisatie", _("organisatie"), _("organisaties"), organisation_documents)
)
register_searchable(Searchable("initiative", "initiatief", _("initiatief"), _("initiatieven"), initiative_documents))
register_facet(Facet("regio", _("Regio"), _region_options, order=20))
register_facet(Facet("sector", _("Sector"), lambda: _domain_options(Sector), order=30))
register_facet(Facet("branche", _("Branche"), lambda: _domain_options(Branch), order=40))
register_facet(Facet("rol", _("Rol"), lambda: _domain_options(OrganisationKind), order=50))
register_facet(Facet("functie", _("Functie"), lambda: choice_options(CwnFunction), order=60))
register_facet(Facet("pps", _("Publiek of privaat"), lambda: choice_options(Ownership), order=70))
register_facet(Facet("status", _("Status"), lambda: choice_options(PartnerStatus), order=80))
