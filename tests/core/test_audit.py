"""The audit log: chained by the database, never changed, and checked (security.md I04)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from cwn.core.audit import broken_lines, head, record
from cwn.core.guard import reading_as
from cwn.core.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _all_triggers(db):
    """Switch on what the suite has off, see tests/conftest.py."""
    switch("ENABLE")


def switch(way: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE core_auditentry {way} TRIGGER audit_is_not_emptied")


def lines(number: int) -> None:
    for key in range(1, number + 1):
        record("read", kind="publication", object_id=key, by=None, detail={"version": 1, "what": "é"})


def behind_the_back(sql: str) -> None:
    """Write as somebody with all rights who switched the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as problem:
        return "stay as they are" in str(problem) or "permission denied" in str(problem)
    return False


def test_a_line_says_who_did_what(cast):
    made = record("read", kind="publication", object_id=7, by=cast["mem"], organisation_id=3, detail={"version": 2})

    line = AuditEntry.objects.get(pk=made.pk)
    assert (line.verb, line.kind, line.object_id, line.organisation_id) == ("read", "publication", 7, 3)
    assert line.actor_id == cast["mem"].pk
    assert line.detail == {"version": 2}


def test_lines_are_numbered_without_a_gap_and_hold_together():
    lines(3)

    rows = list(AuditEntry.objects.order_by("id"))
    assert [row.pk for row in rows] == [1, 2, 3]
    assert [row.previous for row in rows] == ["", rows[0].digest, rows[1].digest]
    assert list(broken_lines()) == []


def test_the_database_writes_moment_number_and_digest_itself():
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_auditentry (id, at, verb, kind, object_id, detail, previous, digest) "
            "VALUES (99, '2001-01-01', 'read', 'publication', 1, '{}', 'x', 'y')"
        )

    row = AuditEntry.objects.get()
    assert (row.pk, row.previous, len(row.digest)) == (1, "", 64)
    assert row.at.year > 2001
    assert list(broken_lines()) == []


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE core_auditentry SET verb = 'nothing'",
        "DELETE FROM core_auditentry",
        "SET LOCAL pgtrigger.ignore = '{}'; DELETE FROM core_auditentry WHERE id = 1",
    ],
)
def test_nobody_changes_a_line(cast, sql):
    lines(1)
    assert refused(sql)
    with reading_as(cast["coord"]):
        assert refused(sql)
    assert AuditEntry.objects.count() == 1


def test_nobody_empties_the_log(cast):
    lines(1)
    assert refused("TRUNCATE core_auditentry")
    with reading_as(cast["coord"]):
        assert refused("TRUNCATE core_auditentry")


def test_the_web_role_adds_lines(cast):
    with reading_as(cast["mem"]):
        lines(2)
    assert AuditEntry.objects.count() == 2
    assert list(broken_lines()) == []


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("UPDATE core_auditentry SET actor_id = 1 WHERE id = 3", "line 3 was changed"),
        ("UPDATE core_auditentry SET detail = '{}' WHERE id = 1", "line 1 was changed"),
        ("UPDATE core_auditentry SET at = at + interval '1 hour' WHERE id = 2", "line 2 was changed"),
        ("DELETE FROM core_auditentry WHERE id = 2", "line 2 is missing"),
        ("UPDATE core_auditentry SET previous = '' WHERE id = 4", "line 4 does not follow the line before it"),
    ],
)
def test_a_change_behind_the_back_is_found(sql, problem):
    lines(5)
    behind_the_back(sql)

    with pytest.raises(CommandError, match=problem):
        call_command("check_audit")


def test_a_head_that_was_kept_elsewhere_finds_a_tail_that_was_cut():
    lines(3)
    kept = head()
    behind_the_back("DELETE FROM core_auditentry WHERE id > 1")

    call_command("check_audit", stdout=StringIO())  # what is left holds together
    with pytest.raises(CommandError, match="the lines after 1 are missing"):
        call_command("check_audit", head=kept)
    lines(4)
    with pytest.raises(CommandError, match="line 3 is not the line that was kept elsewhere"):
        call_command("check_audit", head=kept)


def test_the_check_prints_the_head():
    said = StringIO()
    lines(2)
    call_command("check_audit", stdout=said)
    assert said.getvalue().strip() == head()
    assert head().startswith("2:")


def test_a_trigger_that_is_switched_off_is_found():
    switch("DISABLE")
    with pytest.raises(CommandError, match="switched off"):
        call_command("check_audit")


def test_a_head_that_cannot_be_read_is_refused():
    with pytest.raises(CommandError, match="--head"):
        call_command("check_audit", head="drie")


@pytest.mark.parametrize(("principal", "status"), [("coord", 200), ("adm", 200), ("nctv", 404), ("rep", 404)])
def test_who_reads_the_log(cast, principal, status):
    line = record("read", kind="publication", object_id=7, by=cast["mem"])
    client = cast.client(principal)

    assert client.get("/beheer/core/auditentry/").status_code == status
    assert client.get(f"/beheer/core/auditentry/{line.pk}/change/").status_code == status
    assert client.post(f"/beheer/core/auditentry/{line.pk}/change/", {"verb": "x"}).status_code in (403, 404)
    assert client.post(f"/beheer/core/auditentry/{line.pk}/delete/", {"post": "yes"}).status_code in (403, 404)
    assert client.get("/beheer/core/auditentry/add/").status_code in (403, 404)
