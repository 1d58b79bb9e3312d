# ruff: noqa: S608  the SQL is put together from names of our own columns
"""Every way to write a publication that readers see, as functions of a desk and a sheet (R77).

A way tries to put a row with this sheet before its readers and raises when it is refused. `ACTIONS` go through what
people do and cost a page full of queries; `WRITES` go straight to the table.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pgtrigger
import psycopg
from django.contrib.postgres.fields import ArrayField
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, connection
from django.db.models import JSONField
from django.utils import timezone

from comms.actions.correcting import publish_correction, start_correction
from comms.actions.drafting import restore_version
from comms.actions.issuing import publish, publish_due, schedule
from comms.models import Publication
from cwn.core.bulk import copy_rows
from cwn.core.guard import reading_as
from cwn.core.history import event_model
from tests.factories.comms import FILLED, PublicationFactory, published

Sheet = dict[str, Any]
#: What refuses: the database, a field or the reader of a fixture. Anything else is a mistake of the test.
REFUSALS = (
    DatabaseError, psycopg.Error, ValidationError, DeserializationError, ValueError, TypeError, AttributeError,
)  # fmt: skip


class Desk:
    """What a way works with: a draft, something issued, and the people who may."""

    def __init__(self, cast: Any) -> None:
        self.cast = cast
        owner, author = cast.organisations["havenring"], cast["mem"]
        self.author, self.representative = author, cast["rep"]
        self.draft = PublicationFactory(owner=owner, author=author, slug="concept")
        self.issued = published(owner=owner, author=author, slug="uitgebracht")
        self.now = timezone.now()
        #: What a row needs besides the sheet to be published.
        self.facts: Sheet = {
            "kind": "nieuws",
            "title": "Een nieuw bericht",
            "slug": "nieuw",
            "language": "nl",
            "owner_id": owner.pk,
            "author_id": author.pk,
            "tlp": "clear",
            "status": "gepubliceerd",
            "version": 1,
            "published_at": self.now,
            "created_at": self.now,
            "updated_at": self.now,
        }

    def row(self, sheet: Sheet) -> Publication:
        """Return a published publication that is not saved yet."""
        return Publication(**self.facts, **sheet)

    def fill(self, sheet: Sheet) -> None:
        """Put a sheet into the draft, past every form."""
        Publication.objects.filter(pk=self.draft.pk).update(**sheet)


Way = Callable[[Desk, Sheet], None]
ACTIONS: list[Way] = []
WRITES: list[Way] = []


def action(way: Way) -> Way:
    """Register a way that people take."""
    ACTIONS.append(way)
    return way


def write(way: Way) -> Way:
    """Register a way that programs take."""
    WRITES.append(way)
    return way


# --- actions -----------------------------------------------------------------------------------------
@action
def publish_a_draft(desk: Desk, sheet: Sheet) -> None:
    desk.fill(sheet)
    publish(desk.draft, by=desk.representative)


@action
def schedule_and_let_the_clock_publish(desk: Desk, sheet: Sheet) -> None:
    desk.fill(sheet)
    at = timezone.now() + timedelta(hours=1)
    schedule(desk.draft, at=at, by=desk.representative)
    publish_due(at)


@action
def empty_a_scheduled_one_and_let_the_clock_publish(desk: Desk, sheet: Sheet) -> None:
    at = timezone.now() + timedelta(hours=1)
    schedule(desk.draft, at=at, by=desk.representative)
    desk.fill(sheet)
    publish_due(at)


@action
def correct_an_issued_one(desk: Desk, sheet: Sheet) -> None:
    correction = start_correction(desk.issued, by=desk.author)
    correction.content |= sheet | {"summary": "Gecorrigeerd."}
    correction.save()
    publish_correction(correction, note="De tekst klopte niet.", by=desk.representative)


@action
def restore_an_old_version(desk: Desk, sheet: Sheet) -> None:
    desk.fill(sheet)
    events: Any = event_model(Publication)
    old = events.objects.filter(pgh_obj_id=desk.draft.pk).order_by("-pgh_id").first()
    desk.fill(FILLED)
    restore_version(desk.draft, event=old.pk, by=desk.author)
    publish(desk.draft, by=desk.representative)


# --- the ORM -----------------------------------------------------------------------------------------
@write
def save_a_new_row(desk: Desk, sheet: Sheet) -> None:
    desk.row(sheet).save()


@write
def save_a_draft_as_published(desk: Desk, sheet: Sheet) -> None:
    desk.fill(sheet)
    draft = Publication.objects.get(pk=desk.draft.pk)
    draft.status, draft.version, draft.published_at = "gepubliceerd", 1, desk.now
    draft.save()


@write
def save_a_draft_as_scheduled(desk: Desk, sheet: Sheet) -> None:
    draft = Publication.objects.get(pk=desk.draft.pk)
    for name, value in {"status": "ingepland", "publish_at": desk.now, **sheet}.items():
        setattr(draft, name, value)
    draft.save()


@write
def update_a_query(desk: Desk, sheet: Sheet) -> None:
    Publication.objects.filter(pk=desk.draft.pk).update(
        status="gepubliceerd", version=1, published_at=desk.now, **sheet
    )


@write
def update_what_is_issued(desk: Desk, sheet: Sheet) -> None:
    Publication.objects.filter(pk=desk.issued.pk).update(version=2, summary="Anders.", **sheet)


@write
def create_many(desk: Desk, sheet: Sheet) -> None:
    Publication.objects.bulk_create([desk.row(sheet)])


@write
def create_many_or_update(desk: Desk, sheet: Sheet) -> None:
    row = desk.row(sheet)
    row.slug = desk.draft.slug
    columns = [*sheet, "status", "version", "published_at"]
    Publication.objects.bulk_create([row], update_conflicts=True, unique_fields=["slug"], update_fields=columns)


@write
def update_many(desk: Desk, sheet: Sheet) -> None:
    changes = {"status": "gepubliceerd", "version": 1, "published_at": desk.now, **sheet}
    for name, value in changes.items():
        setattr(desk.draft, name, value)
    Publication.objects.bulk_update([desk.draft], list(changes))


@write
def get_or_create(desk: Desk, sheet: Sheet) -> None:
    Publication.objects.get_or_create(slug="nieuw", defaults=desk.facts | sheet)


@write
def update_or_create(desk: Desk, sheet: Sheet) -> None:
    Publication.objects.update_or_create(slug=desk.draft.slug, defaults=desk.facts | sheet)


# --- files -------------------------------------------------------------------------------------------
@write
def load_a_fixture(desk: Desk, sheet: Sheet) -> None:
    names = [field.name for field in Publication._meta.concrete_fields]
    (row,) = json.loads(serializers.serialize("json", [desk.row(FILLED)], fields=names))
    for name, value in sheet.items():
        row["fields"][name] = json.dumps(value) if isinstance(value, list) and name != "action_perspective" else value
    for deserialized in serializers.deserialize("json", json.dumps([row])):
        deserialized.save()


@write
def copy_rows_in(desk: Desk, sheet: Sheet) -> None:
    values = desk.facts | sheet
    copy_rows(Publication, list(values), [list(values.values())])


# --- SQL ---------------------------------------------------------------------------------------------
def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def as_sql(sheet: Sheet) -> tuple[str, str, list[Any]]:
    """Return columns, place holders and values of a sheet; JSON as text, so that any text can be tried."""
    placeholders, values = [], []
    for name, value in sheet.items():
        field = Publication._meta.get_field(name)
        is_json = isinstance(field, JSONField)
        placeholders.append("%s::jsonb" if is_json else "%s::text[]" if isinstance(field, ArrayField) else "%s")
        values.append(json.dumps(value) if is_json and value is not None else value)
    return ", ".join(sheet), ", ".join(placeholders), values


def whole_row(desk: Desk, sheet: Sheet) -> tuple[str, str, list[Any]]:
    """Return a row for INSERT in which every column has a value."""
    blank = Publication(**FILLED)
    rest = {field.attname: getattr(blank, field.attname) for field in Publication._meta.concrete_fields}
    del rest["id"]
    return as_sql(rest | desk.facts | sheet)


@write
def insert_with_sql(desk: Desk, sheet: Sheet) -> None:
    columns, placeholders, values = whole_row(desk, sheet)
    run(f"INSERT INTO comms_publication ({columns}) VALUES ({placeholders})", *values)


@write
def insert_or_update_with_sql(desk: Desk, sheet: Sheet) -> None:
    columns, placeholders, values = whole_row(desk, sheet | {"slug": desk.draft.slug})
    changes = ", ".join(f"{name} = excluded.{name}" for name in (*sheet, "status", "version", "published_at"))
    run(
        f"INSERT INTO comms_publication ({columns}) VALUES ({placeholders}) ON CONFLICT (slug) DO UPDATE SET {changes}",
        *values,
    )


@write
def insert_from_a_draft_with_sql(desk: Desk, sheet: Sheet) -> None:
    desk.fill(sheet)
    names = [field.column for field in Publication._meta.concrete_fields if not field.primary_key]
    taken = {"slug": "'kopie'", "status": "'gepubliceerd'", "version": "1", "published_at": "now()"}
    run(
        f"INSERT INTO comms_publication ({', '.join(names)}) "
        f"SELECT {', '.join(taken.get(name, name) for name in names)} FROM comms_publication WHERE id = %s",
        desk.draft.pk,
    )


@write
def update_with_sql(desk: Desk, sheet: Sheet) -> None:
    columns, placeholders, values = as_sql(sheet)
    run(
        f"UPDATE comms_publication SET ({columns}, status, version, published_at) = "
        f"ROW ({placeholders}, 'gepubliceerd', 1, now()) WHERE id = %s",
        *values,
        desk.draft.pk,
    )


@write
def update_in_two_steps_of_one_transaction(desk: Desk, sheet: Sheet) -> None:
    run("SET CONSTRAINTS ALL DEFERRED")
    run(
        "UPDATE comms_publication SET status = 'gepubliceerd', version = 1, published_at = now() WHERE id = %s",
        desk.draft.pk,
    )
    columns, placeholders, values = as_sql(sheet)
    run(
        f"UPDATE comms_publication SET ({columns}, version) = ROW ({placeholders}, 2) WHERE id = %s",
        *values,
        desk.draft.pk,
    )


@write
def update_from_json_with_sql(desk: Desk, sheet: Sheet) -> None:
    changes = json.dumps(sheet | {"status": "gepubliceerd", "version": 1, "published_at": desk.now.isoformat()})
    assigned = ", ".join(f"{name} = made.{name}" for name in (*sheet, "status", "version", "published_at"))
    run(
        f"UPDATE comms_publication AS old SET {assigned} FROM (SELECT written.* FROM comms_publication AS base, "
        f"jsonb_populate_record(base, %s::jsonb) AS written WHERE base.id = %s) AS made WHERE old.id = made.id",
        changes,
        desk.draft.pk,
    )


@write
def merge_with_sql(desk: Desk, sheet: Sheet) -> None:
    columns, placeholders, values = as_sql(sheet)
    assigned = ", ".join(f"{name} = new.{name}" for name in sheet)
    run(
        f"MERGE INTO comms_publication AS old USING (SELECT {placeholders}) AS new ({columns}) ON old.id = %s "
        f"WHEN MATCHED THEN UPDATE SET {assigned}, status = 'gepubliceerd', version = 1, published_at = now()",
        *values,
        desk.draft.pk,
    )


@write
def update_as_the_web_role(desk: Desk, sheet: Sheet) -> None:
    with reading_as(desk.cast["coord"]):
        update_with_sql(desk, sheet)


@write
def update_with_every_trigger_off(desk: Desk, sheet: Sheet) -> None:
    with pgtrigger.ignore():
        update_with_sql(desk, sheet)


@write
def replicate_with_sql(desk: Desk, sheet: Sheet) -> None:
    run("SET LOCAL session_replication_role = replica")  # what a restore or a replica does: no trigger runs at all
    update_with_sql(desk, sheet)
