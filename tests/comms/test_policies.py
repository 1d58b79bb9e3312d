"""One rule in three places: `visible_to`, the policies of PostgreSQL and the search say the same (security.md M3).

Random worlds of organisations, memberships, roles, groups and publications; for each person what each of the three
shows is compared with a fourth way to say it, in plain Python (`tests/comms/worlds.py`).
"""

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings

from comms.models import Acknowledgement, Attachment, AttachmentFile, Correction, Feedback, Publication, Remark
from comms.models.visibility import readers_of
from cwn.core.guard import reading_as
from cwn.core.visibility import principals_of
from tests.comms.worlds import PEOPLE, Shared, World, build, make_ground, reader, worlds

pytestmark = pytest.mark.django_db

#: Links that the rule itself asks. They hold keys only, and have no policy: it would ask itself for ever.
ASKED = {f"comms_publication_{link}" for link in ("addressed_organisations", "addressed_groups", "named_readers")}


def hanging() -> dict[str, str]:
    """Return every table that hangs on a publication, with its column for it: rows, links, and the history of both."""
    columns = {
        model._meta.db_table: field.column
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label == Publication._meta.app_label  # an item of the calendar has readers of its own
        for field in model._meta.fields
        if field.is_relation and field.related_model is Publication and field.name not in NOT_THE_PARENT
    }
    return {table: column for table, column in columns.items() if table not in ASKED}


#: Whoever may read the publication may read these, and nobody else.
NOT_THE_PARENT = ("superseded_by", "to_publication")
HANGING = hanging()
FILES = ("comms_attachmentfile", "comms_attachmentfileevent")
#: Few worlds, each with ten readers of many rows; the same ones in every run, so nobody meets another's bad luck.
on_random_worlds = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def ground(db):
    """Organisations and people on which each world is built and taken down again."""
    return make_ground()


@pytest.fixture
def in_a_world(ground):
    """Return what builds a world for one example and takes it away afterwards."""

    def build_and_forget(world, look):
        with transaction.atomic():
            look(build(world, ground))
            transaction.set_rollback(True)

    return build_and_forget


def keys(sql: str) -> set[int]:
    """Return the first column of what a query finds: raw, without any rule of ours in it."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {key for (key,) in cursor.fetchall()}


@given(world=worlds())
@on_random_worlds
def test_orm_policies_and_plain_rule_show_the_same(in_a_world, ground, world):
    def look(publications):
        pairs = list(zip(publications, world.publications, strict=True))
        for person in (None, *PEOPLE):
            expected = {row.pk for row, shared in pairs if world.may_read(person, shared)}
            user = reader(ground, person)
            assert set(Publication.objects.visible_to(user).values_list("pk", flat=True)) == expected, "visible_to"
            with reading_as(user):
                assert keys("SELECT id FROM comms_publication") == expected, "row-level security"

    in_a_world(world, look)


@given(world=worlds())
@on_random_worlds
def test_the_search_finds_what_one_may_open_and_nothing_that_is_red(in_a_world, ground, world):
    def look(publications):
        principals = {person: principals_of(reader(ground, person)) for person in (None, *PEOPLE)}
        for row, shared in zip(publications, world.publications, strict=True):
            audience = readers_of(row)
            for person, own in principals.items():
                assert bool(audience & own) == world.may_find(person, shared), (person, shared)

    in_a_world(world, look)


@given(world=worlds())
@settings(on_random_worlds, max_examples=25)
def test_what_hangs_on_a_publication_is_read_by_its_readers_only(in_a_world, ground, world):
    def look(publications):
        pairs = list(zip(publications, world.publications, strict=True))
        all_of = {table: keys(f"SELECT {column} FROM {table}") for table, column in HANGING.items()}  # noqa: S608
        of_file = dict(AttachmentFile.objects.values_list("pk", "attachment__publication"))
        for person in (None, *PEOPLE):
            expected = {row.pk for row, shared in pairs if world.may_read(person, shared)}
            with reading_as(reader(ground, person)):
                for table, column in HANGING.items():
                    found = keys(f"SELECT {column} FROM {table}")  # noqa: S608
                    assert found == all_of[table] & expected, table
                for table, column in zip(FILES, ("id", "pgh_obj_id"), strict=True):
                    found = {of_file[key] for key in keys(f"SELECT {column} FROM {table}")}  # noqa: S608
                    assert found == expected, table

    in_a_world(world, look)


@given(world=worlds())
@settings(on_random_worlds, max_examples=25)
def test_the_rules_of_what_hangs_on_it_stay_within_the_publication(in_a_world, ground, world):
    """`visible_to` of an attachment equals that of its publication; remarks and corrections are for who works on it."""

    def look(publications):
        pairs = list(zip(publications, world.publications, strict=True))
        for person in (None, *PEOPLE):
            user = reader(ground, person)
            readable = {row.pk for row, shared in pairs if world.may_read(person, shared)}
            worked_on = {row.pk for row, shared in pairs if world.may_work_on(person, shared)}
            for model, path, expected in (
                (Attachment, "publication", readable),
                (AttachmentFile, "attachment__publication", readable),
                (Correction, "publication", worked_on),
                (Remark, "publication", worked_on),
            ):
                found = set(model.objects.visible_to(user).values_list(path, flat=True))
                assert found == expected, model
            for model in (Acknowledgement, Feedback):
                assert set(model.objects.visible_to(user).values_list("publication", flat=True)) <= readable, model

    in_a_world(world, look)


def test_worlds_hold_what_matters():
    """A rule about rows that are never drawn is not tested: every case of the rule comes up, seen and unseen."""
    seen = set()

    @given(world=worlds())
    @on_random_worlds
    def count(world):
        for shared in world.publications:
            for person in (None, *PEOPLE):
                unfinished = shared.status in ("concept", "beoordeling", "ingepland")
                seen.add((shared.tlp, unfinished, world.may_read(person, shared)))

    count()
    labels = ("clear", "green", "amber", "amber-strict", "red")
    assert seen >= {(label, unfinished, True) for label in labels for unfinished in (True, False)}
    assert seen >= {(label, unfinished, False) for label in labels for unfinished in (True, False)}


def test_every_table_that_hangs_on_a_publication_has_rows_in_a_world(in_a_world):
    def look(publications):
        empty = [table for table in (*HANGING, *FILES, *ASKED) if not keys(f"SELECT 1 FROM {table}")]  # noqa: S608
        assert empty == []

    everybody = Shared("red", "gepubliceerd", None, 0, 0, 1, *[frozenset({0, 1})] * 3)
    in_a_world(World((), {}, frozenset(), frozenset(), (frozenset(),) * 2, (everybody,) * 2), look)
