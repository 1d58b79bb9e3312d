"""What every test stands on: an empty index, an empty cache, strict templates and the cast."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.utils import translation

from cwn.portal.brand import remember_brand
from cwn.portal.page_cache import forget_pages
from cwn.search import journal
from tests.cast import Cast, make_cast


@pytest.fixture(autouse=True)
def _nothing_from_another_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Forget what this process knows: a test that rolls back must not leave its documents in the index."""
    journal.forget()
    forget_pages()
    remember_brand(None)
    translation.deactivate()
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        cache.clear()
    yield
    journal.forget()


@pytest.fixture(autouse=True)
def _files_of_this_test(tmp_path, settings) -> None:
    """Keep uploads and demo mail of a test in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]


@pytest.fixture(scope="session")
def django_db_setup(request: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let Django empty the audit log between tests that commit; at the end nobody else is left in the database."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_auditentry DISABLE TRIGGER audit_is_not_emptied")
    yield
    if not request.config.getvalue("reuse_db"):
        with django_db_blocker.unblock():
            _turn_everybody_out(connection.settings_dict["NAME"])


def _turn_everybody_out(database: str) -> None:
    """End all sessions, for good: a thread that some test left behind connects again after it was thrown out."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {connection.ops.quote_name(database)} WITH ALLOW_CONNECTIONS false")
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [database])


@pytest.fixture
def cast(db: None) -> Cast:
    """One person per principal of security.md chapter 3, in one small network."""
    return make_cast()


@pytest.fixture
def anonymous_request(rf) -> HttpRequest:
    """A request of a visitor."""
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/")
    request.user = AnonymousUser()
    return request


def pytest_configure(config: pytest.Config) -> None:
    """Run in the production profile, but for what only a proxy and a build step bring: TLS and hashed files."""
    from django.conf import settings

    settings.SECURE_SSL_REDIRECT = False
    settings.STATIC_ROOT = settings.BASE_DIR / "static"
    settings.WHITENOISE_USE_FINDERS = True
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
