"""A connection that PostgreSQL closed is noticed before it is used."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_closed_connection_is_noticed_and_opened_again():
    kept = connection.copy()
    try:
        kept.health_check_enabled = True
        with kept.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (process,) = cursor.fetchone()
        assert kept.is_usable()

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [process])
        assert not kept.is_usable()

        kept.close_if_unusable_or_obsolete()  # as Django does when a request begins
        with kept.cursor() as cursor:
            cursor.execute("SELECT 1")
            assert cursor.fetchone() == (1,)
    finally:
        kept.close()
    assert not kept.is_usable()
