"""What the search knows of publications, and the facets that they bring (R1–R9, R78, R83).

A document is found by exactly those who may open the publication (`readers_of`); RED is never found. It holds what
every reader of the publication may see: for whom it is addressed, who wrote and approved it and what editors say
stay out.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pgtrigger
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comms.enums import PublicationKind, Tlp, Urgency
from comms.models import Audience, Development, Keyword, Publication, PublicationKeyword, SharingGroupMember
from comms.models.visibility import readers_of
from cwn.core.enums import IncidentPhase
from cwn.core.markdown import plain_article
from cwn.core.searchable import (
    Facet,
    FacetOption,
    Searchable,
    SearchDocument,
    badge,
    register_facet,
    register_searchable,
)
from partners.documents import RegionTree, choice_options
from partners.models import Branch, Organisation, Region, Sector

#: How many days newer something counts in lists because it is urgent (R78): a week-old call to act at once stands
#: above the news of today, and below it when two weeks have passed.
DAYS_NEWER = {Urgency.IMMEDIATE: 14, Urgency.SOON: 5}
#: Publications that one query takes along.
CHUNK = 1_000
#: What a document is made of; a row has twice as many columns.
COLUMNS = (
    "kind", "title", "slug", "summary", "body", "language", "status", "tlp", "phase", "public_from", "published_at",
    "corrected_at", "version", "urgency", "urgency_reason", "audiences", "audience_reason", "key_points",
    "communication_message", "action_perspective", "wider_developments", "functions", "owner__name",
    "owner__ownership",
)  # fmt: skip


def publication_documents(primary_keys: Sequence[int] | None) -> Iterator[SearchDocument]:
    """Yield one document per listed publication that can be found, in the language in which it was written."""
    tree, regions = RegionTree(), Region.objects.in_bulk()
    sectors, branches = _slugs_of(Sector), _slugs_of(Branch)
    developments = _slugs_of(Development)
    for publication in _in_chunks(_with_links(Publication.objects.listed().exclude(tlp=Tlp.RED)), primary_keys):
        linked: dict[str, Iterable[str]] = {
            "regio": tree.with_ancestors(regions[key] for key in publication.region_keys),
            "sector": [sectors[key] for key in publication.sector_keys],
            "branche": [branches[key] for key in publication.branch_keys],
            "thema": [developments[key] for key in publication.development_keys],
        }
        yield _document(publication, linked)


def _slugs_of(model: type[Any]) -> dict[int, str]:
    return dict(model.objects.values_list("pk", "slug"))


def _with_links(publications: QuerySet[Publication]) -> QuerySet[Publication]:
    """Add what hangs on each publication as arrays: a prefetch costs five times as much."""
    members = SharingGroupMember.objects.filter(group__publications=OuterRef("pk"))
    keywords = PublicationKeyword.objects.filter(content_object=OuterRef("pk")).order_by("tag__name")
    return (
        publications.select_related("owner")
        .only(*COLUMNS)
        .annotate(
            region_keys=ArraySubquery(_links("regions", "region_id")),
            sector_keys=ArraySubquery(_links("sectors", "sector_id")),
            branch_keys=ArraySubquery(_links("branches", "branch_id")),
            development_keys=ArraySubquery(_links("developments", "development_id")),
            keyword_names=ArraySubquery(keywords.values("tag__name")),
            addressed_keys=ArraySubquery(_links("addressed_organisations", "organisation_id")),
            member_keys=ArraySubquery(members.values("organisation_id")),
        )
    )


def _links(field: str, key: str) -> QuerySet[Model]:
    links = getattr(Publication, field).through._default_manager
    return links.filter(publication=OuterRef("pk")).order_by(key).values(key)


def _in_chunks(publications: QuerySet[Publication], primary_keys: Sequence[int] | None) -> Iterable[Any]:
    if primary_keys is None:
        return publications.order_by("pk").iterator(chunk_size=CHUNK)
    return publications.filter(pk__in=primary_keys).order_by("pk")


def _document(publication: Any, linked: dict[str, Iterable[str]]) -> SearchDocument:
    addressed = {publication.owner_id, *publication.addressed_keys, *publication.member_keys}
    day = _date_of(publication)
    values: dict[str, Iterable[str]] = linked | {
        "soort": [publication.kind],
        "functie": publication.functions,
        "doelgroep": publication.audiences,
        "fase": [publication.phase],
        "pps": [publication.owner.ownership],
    }
    return SearchDocument(
        kind="publication",
        object_id=publication.pk,
        language=publication.language,
        title=publication.title,
        summary=publication.summary,
        body=_body(publication),
        url=f"/informatie/{publication.slug}/",
        date=day,
        sort_date=day + timedelta(days=DAYS_NEWER.get(publication.urgency, 0)),
        facets=frozenset(f"{facet}:{slug}" for facet, slugs in values.items() for slug in slugs),
        visibility=readers_of(publication, addressed),
        holds_until=publication.public_from if publication.is_partners_first else None,
        card=_card(publication),
    )


def _date_of(publication: Publication) -> date:
    """Return the day of the last correction, or of publication."""
    return timezone.localdate(publication.corrected_at or publication.published_at)


def _body(publication: Any) -> str:
    """Return every other text that its readers see, without its formatting."""
    actions = publication.action_perspective if isinstance(publication.action_perspective, list) else []
    return "\n".join(
        [
            _words_of(publication.body),
            *publication.key_points,
            *(action["action"] for action in actions),
            publication.communication_message,
            publication.urgency_reason,
            publication.audience_reason,
            publication.wider_developments,
            publication.owner.name,
            *publication.keyword_names,
        ]
    )


def _words_of(body: str) -> str:
    """Return a text without addresses and code for characters; other signs are no letters, so the analysis skips them.

    Reading all formatting takes a third of the time that a document costs.
    """
    return plain_article(body) if any(sign in body for sign in ("](", "&", "<", "\\")) else body


def _card(publication: Publication) -> dict[str, Any]:
    card: dict[str, Any] = {
        "soort": publication.kind,
        "tlp": publication.tlp,
        "owner": publication.owner.name,
        "corrected": publication.version > 1,
        "functie": publication.functions,
    }
    if publication.urgency in DAYS_NEWER:
        card["badge"] = badge(Urgency(publication.urgency))
    return card


def _audience_options() -> list[FacetOption]:
    return [FacetOption(row.slug, row.name, row.name_en) for row in Audience.objects.all()]


def _development_options() -> list[FacetOption]:
    return [FacetOption(row.slug, row.name, row.name_en) for row in Development.objects.all()]


def _marks_publications_stale(name: str, which: str) -> pgtrigger.Trigger:
    """Return a trigger for a table whose words stand in documents of publications: a change makes those anew."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="old_rows", new="new_rows"),
        func=f"INSERT INTO core_staledocument (kind, object_id) SELECT 'publication', {which}; RETURN NULL;",
    )


pgtrigger.register(
    _marks_publications_stale(
        "stale_publication_of_owner",
        """
        publication.id FROM comms_publication AS publication
        JOIN new_rows ON new_rows.id = publication.owner_id JOIN old_rows ON old_rows.id = publication.owner_id
        WHERE (new_rows.name, new_rows.ownership) IS DISTINCT FROM (old_rows.name, old_rows.ownership)
        """,
    )
)(Organisation)
pgtrigger.register(
    _marks_publications_stale(
        "stale_publication_of_keyword",
        "content_object_id FROM comms_publicationkeyword AS link JOIN new_rows ON new_rows.id = link.tag_id",
    )
)(Keyword)
register_searchable(
    Searchable(
        "publication",
        "publicatie",
        _("publicatie"),
        _("publicaties"),
        publication_documents,
        kinds=lambda: choice_options(PublicationKind),
        is_news=True,
    )
)
register_facet(Facet("doelgroep", _("Doelgroep"), _audience_options, order=62))
register_facet(Facet("thema", _("Thema of ontwikkeling"), _development_options, order=64))
register_facet(Facet("fase", _("Fase"), lambda: choice_options(IncidentPhase), order=66))
