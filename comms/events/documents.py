"""What the search knows of events: each is found by exactly those who may open it (R1, R98; `readers_of`)."""

from collections.abc import Iterator, Sequence

import pgtrigger
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comms.events.enums import EventKind, EventStatus
from comms.events.models import Event
from comms.events.models.visibility import readers_of
from comms.models.audiences import SharingGroupMember
from cwn.core.markdown import plain_article
from cwn.core.searchable import Searchable, SearchDocument, badge, register_searchable
from partners.documents import RegionTree, choice_options
from partners.models import Organisation


def event_documents(primary_keys: Sequence[int] | None) -> Iterator[SearchDocument]:
    """Yield a document per listed event; addresses to get in, and who comes, stay out."""
    tree = RegionTree()
    rows = _with_links(Event.objects.listed())
    for event in rows if primary_keys is None else rows.filter(pk__in=primary_keys):
        yield _document(event, tree)


def _with_links(events: QuerySet[Event]) -> QuerySet[Event]:
    return (
        events.select_related("owner")
        .prefetch_related(
            "regions", "sectors", "audiences", "addressed_organisations", "addressed_groups", "programme",
            "speakers__organisation",
        )
        .order_by("pk")
    )  # fmt: skip


def _document(event: Event, tree: RegionTree) -> SearchDocument:
    values = {
        "soort": [event.kind],
        "functie": event.functions,
        "doelgroep": [row.slug for row in event.audiences.all()],
        "regio": tree.with_ancestors(event.regions.all()),
        "sector": [row.slug for row in event.sectors.all()],
        "pps": [event.owner.ownership],
    }
    return SearchDocument(
        kind="event",
        object_id=event.pk,
        language="nl",
        title=event.title,
        summary=event.summary,
        body=_body(event),
        url=f"/agenda/{event.slug}/",
        date=timezone.localdate(event.starts_at),
        facets=frozenset(f"{facet}:{slug}" for facet, slugs in values.items() for slug in slugs),
        visibility=readers_of(event),
        card={
            "soort": event.kind,
            "tlp": event.tlp,
            "owner": event.owner.name,
            "functie": event.functions,
            **({"badge": badge(EventStatus.CLOSED)} if event.status == EventStatus.CLOSED else {}),
        },
    )


def _body(event: Event) -> str:
    """Return every other text that its readers see, without its formatting."""
    texts = [plain_article(text) for text in (event.description, event.follow_up) if text]
    programme = [f"{item.title} {item.description}" for item in event.programme.all()]  # type: ignore[attr-defined]
    speakers = [speaker.shown_as for speaker in event.speakers.all()]  # type: ignore[attr-defined]
    return "\n".join([*texts, event.place, event.hosted_by, event.owner.name, *programme, *speakers])


def _marks_stale(name: str, operation: pgtrigger.Operation, side: str, which: str) -> pgtrigger.Trigger:
    referencing = {"new": "new_rows"} if side == "new" else {"old": "old_rows"}
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**referencing),
        func=f"INSERT INTO core_staledocument (kind, object_id) SELECT DISTINCT 'event', {which}; RETURN NULL;",
    )


pgtrigger.register(
    _marks_stale(
        "stale_event_of_owner",
        pgtrigger.Update,
        "new",
        "event.id FROM events_event AS event JOIN new_rows ON new_rows.id = event.owner_id",
    )
)(Organisation)
for _verb, _operation, _side in (
    ("join", pgtrigger.Insert, "new"),
    ("move", pgtrigger.Update, "new"),
    ("leave", pgtrigger.Delete, "old"),
):
    pgtrigger.register(
        _marks_stale(
            f"stale_event_group_{_verb}",
            _operation,
            _side,
            "link.event_id FROM events_event_addressed_groups AS link "  # noqa: S608  our own names
            f"WHERE link.sharinggroup_id IN (SELECT group_id FROM {_side}_rows)",
        )
    )(SharingGroupMember)
register_searchable(
    Searchable(
        "event",
        "bijeenkomst",
        _("bijeenkomst"),
        _("bijeenkomsten"),
        event_documents,
        kinds=lambda: choice_options(EventKind),
    )
)
