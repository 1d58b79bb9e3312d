"""Many writers at once: the lines of the audit log still make one chain."""

from threading import Thread

import pytest
from django.db import connection, transaction

from cwn.core.audit import broken_lines, record
from cwn.core.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)


def write(number: int) -> None:
    for key in range(10):
        with transaction.atomic():
            record("read", kind="publication", object_id=number, by=None, detail={"version": key})
    connection.close()


def test_writers_wait_for_each_other():
    writers = [Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert list(AuditEntry.objects.order_by("id").values_list("id", flat=True)) == list(range(1, 41))
    assert list(broken_lines()) == []


def test_a_line_of_what_was_undone_leaves_no_gap():
    write(1)
    with transaction.atomic():
        record("read", kind="publication", object_id=2, by=None)
        transaction.set_rollback(True)
    write(3)

    assert AuditEntry.objects.count() == 20
    assert list(broken_lines()) == []
