"""Making the publications of the demo, in bulk: drawn ones straight as they stand, with every CHECK in force."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pgtrigger
from django.db import connection, models, transaction
from django.db.models import F, Func, IntegerField, Max, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.text import slugify

from comms.demo.drawing import Owners, draw
from comms.demo.people import SECOND_PERSON, demo_people, editors
from comms.demo.response import write_response
from comms.demo.stories import COLUMNS, LINKS, Story, rows, stories
from comms.enums import RESTRICTED, UNFINISHED
from comms.models import Audience, Development, Keyword, Publication, PublicationKeyword, SharingGroup
from comms.models.audiences import SharingGroupMember
from cwn.core.bulk import copy_rows, next_keys
from partners.enums import PartnerStatus
from partners.models import Branch, Organisation, Region, Sector

#: Publications that are held in memory at once.
BATCH = 5_000
#: So many organisations write the drawn publications.
MOST_OWNERS = 200
#: What sharing groups are called, what for, and who is in them.
GROUPS = {
    "Zorg en havens": (
        "Waarschuwen voor wat haven en zorg samen raakt, zoals gedeelde leveranciers.",
        ("zorgkring-stroopdam", "csirt-drophaven", "isac-kolibriebaai"),
    ),
    "Eilanden": (
        "Vertrouwelijk delen wat op de eilanden speelt.",
        ("isac-kolibriebaai", "eilandwacht-divistrand"),
    ),
}
TABLES: dict[str, type[models.Model]] = {
    "regions": Region,
    "sectors": Sector,
    "branches": Branch,
    "developments": Development,
}
FIELDS = (
    "id", *COLUMNS, "owner_id", "author_id", "reviewer_id", "approved_by_id", "published_at", "version",
    "action_perspective", "review_on", "publish_at", "public_from", "expires_on", "superseded_by_id", "is_fictional",
    "created_at",
)  # fmt: skip


@transaction.atomic
def make_publications(number: int, seed: int) -> int:
    """Bring the fictional publications up to `number` and return how many were added.

    Asks for the demo organisations, the demo people and the reference data. The search documents are for the caller:
    `cwn.search.indexing.rebuild`, in the same transaction.
    """
    if number < 1:
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
    now, writer, added = timezone.now(), Writer(), 0
    if not Publication.objects.filter(slug=rows()[0]["slug"]).exists():
        made = list(stories(now))
        write_response(made, writer.write(made, len(made)), now)
        added = len(made)
    present = len(rows()) + _drawn()
    if present < number:
        owners, groups = writer.owners(), sorted(writer.groups)
        waiting = (draw(one, seed, now, owners, groups) for one in range(present - len(rows()), number - len(rows())))
        with pgtrigger.ignore(*_bookkeeping_triggers()):
            for first in range(present, number, BATCH):
                size = min(BATCH, number - first)
                writer.write(islice(waiting, size), size)
                added += size
    return added


def _drawn() -> int:
    """Return how many were drawn: their slugs end in a number, and a draft that somebody threw away counts."""
    number = Cast(Func(F("slug"), Value(r"-f(\d+)$"), function="substring"), IntegerField())
    last = Publication.objects.filter(is_fictional=True).aggregate(last=Max(number))["last"]
    return 0 if last is None else last + 1


def _bookkeeping_triggers() -> list[str]:
    """Name what writes down that a row was made: for its history, and for its search documents.

    As with drawn organisations: history begins when somebody changes one, and the caller makes all documents at once.
    """
    return [
        f"{model._meta.label}:{trigger.name}"
        for model, trigger in pgtrigger.registered()
        if model._meta.app_label == Publication._meta.app_label
        and trigger.name in ("insert_insert", "stale_publication_insert")
    ]


class Writer:
    """Turns words into keys, and stories into rows."""

    def __init__(self) -> None:
        partners = Organisation.objects.filter(is_fictional=True, status=PartnerStatus.PARTNER).order_by("pk")
        self.partners = {organisation.slug: organisation for organisation in partners[:MOST_OWNERS]}
        self.people = demo_people()
        self.editors = editors(self.partners.values())
        self.groups = self._groups()
        self.linked = {field: dict(model._default_manager.values_list("slug", "pk")) for field, model in TABLES.items()}
        self.keywords = dict(Keyword.objects.values_list("name", "pk"))

    def owners(self) -> Owners:
        """Return who shares drawn publications, with their domains."""
        keys = [organisation.pk for organisation in self.partners.values()]
        sharing = Organisation.objects.filter(pk__in=keys).prefetch_related("regions", "sectors", "branches")
        domains = {
            organisation.slug: {
                field: sorted(row.slug for row in getattr(organisation, field).all())
                for field in ("regions", "sectors", "branches")
            }
            for organisation in sharing
        }
        return Owners(domains, list(Audience.objects.order_by("order", "pk").values_list("slug", flat=True)))

    def write(self, batch: Iterable[Story], size: int) -> dict[str, int]:
        """Write publications with all that hangs on them and return their keys by slug.

        They are drawn while the database checks the ones before.
        """
        keys = next_keys(Publication, size)
        written: list[tuple[Story, int]] = []
        by_slug: dict[str, int] = {}

        def remembered() -> Iterator[list[Any]]:
            for story, key in zip(batch, keys, strict=True):
                written.append((story, key))
                by_slug[story.columns["slug"]] = key
                yield self._row(story, key, by_slug)

        copy_rows(Publication, FIELDS, remembered())
        for field in LINKS:
            known = self.linked[field]
            column = f"{TABLES[field]._meta.model_name}_id"
            pairs = [
                (key, known[slug]) for story, key in written for slug in story.links.get(field, ()) if slug in known
            ]
            self._link(field, column, pairs)
        self._link("addressed_organisations", "organisation_id", self._addressed(written))
        self._link("addressed_groups", "sharinggroup_id", [(k, self.groups[g]) for s, k in written for g in s.groups])
        self._link("named_readers", "user_id", [(k, self.people[p]) for s, k in written for p in s.readers])
        self._write_keywords(written)
        return by_slug

    def _row(self, story: Story, key: int, by_slug: dict[str, int]) -> list[Any]:
        columns, author = story.columns, self.people.get(story.author) or self.editors[story.owner]
        agreed = columns["tlp"] in RESTRICTED and columns["status"] not in UNFINISHED
        values = columns | {
            "id": key,
            "owner_id": self.partners[story.owner].pk,
            "author_id": author,
            "reviewer_id": self.people.get(story.row.get("reviewer", "")),
            "approved_by_id": self.people[SECOND_PERSON] if agreed else None,
            "published_at": story.published_at,
            "superseded_by_id": by_slug.get(story.row.get("superseded_by", "")),
            "is_fictional": True,
            "created_at": story.published_at or timezone.now(),
        }
        return [values[name] if name in values else _default(name) for name in FIELDS]

    def _addressed(self, written: Iterable[tuple[Story, int]]) -> list[tuple[int, int]]:
        return [(key, self.partners[slug].pk) for story, key in written for slug in story.organisations]

    def _link(self, field: str, column: str, pairs: Iterable[tuple[int, int]]) -> None:
        copy_rows(getattr(Publication, field).through, ("publication_id", column), sorted(set(pairs)))

    def _write_keywords(self, written: Iterable[tuple[Story, int]]) -> None:
        pairs = [(key, word) for story, key in written for word in story.keywords]
        for word in sorted({word for _key, word in pairs} - self.keywords.keys()):
            self.keywords[word] = Keyword.objects.create(name=word, slug=slugify(word)).pk
        copy_rows(
            PublicationKeyword, ("content_object_id", "tag_id"), ((key, self.keywords[word]) for key, word in pairs)
        )

    def _groups(self) -> dict[str, int]:
        """Return the sharing groups by name; makes those that are not there yet."""
        keys = {}
        for name, (purpose, members) in GROUPS.items():
            group, made = SharingGroup.objects.get_or_create(name=name, defaults={"purpose": purpose})
            keys[name] = group.pk
            if made:
                SharingGroupMember.objects.bulk_create(
                    SharingGroupMember(group=group, organisation=self.partners[slug]) for slug in members
                )
        return keys


def _default(name: str) -> Any:
    """Return what a row gets that does not say; an empty optional key or moment is None."""
    field = Publication._meta.get_field(name.removesuffix("_id"))
    return None if field.null else field.get_default()  # type: ignore[union-attr]
