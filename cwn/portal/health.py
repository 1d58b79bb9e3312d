"""What a load balancer asks (security.md G21): whether the process lives and can answer readers.

Nobody learns more than yes or no; what is wrong stands in the log.
"""

from collections.abc import Callable
from functools import cache as once

import structlog
from django.core.cache import cache
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cwn.delivery.watching import mail_moves

log = structlog.get_logger("cwn.health")


@require_safe
@never_cache
@transaction.non_atomic_requests
def health_live(request: HttpRequest) -> HttpResponse:
    """Tell that this process answers; it asks nothing of anybody else."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
@transaction.non_atomic_requests
def health_ready(request: HttpRequest) -> HttpResponse:
    """Tell whether database, cache and migrations are there; 503 when one is not."""
    broken = [check.__name__ for check in CHECKS if not _passes(check)]
    if broken:
        return JsonResponse({"status": "niet klaar"}, status=503)
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
@transaction.non_atomic_requests
def health_mail(request: HttpRequest) -> HttpResponse:
    """Tell whether mail moves; 503 when a mail is due for over two minutes and nothing leaves (security.md G03).

    It stands apart from `health_ready`: a mail server that is away must not take the site away.
    """
    return JsonResponse({"status": "ok"}) if _passes(mail_moves) else JsonResponse({"status": "niet klaar"}, status=503)


def _passes(check: Callable[[], bool]) -> bool:
    try:
        passed = check()
    except Exception as problem:  # whatever the fault is, the answer must be "no", not a 500
        log.warning("not_ready", check=check.__name__, problem=type(problem).__name__)
        return False
    if not passed:
        log.warning("not_ready", check=check.__name__)
    return passed


def database_answers() -> bool:
    """Tell whether PostgreSQL answers a question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def cache_answers() -> bool:
    """Tell whether Valkey takes a value and gives it back."""
    cache.set("gezond", "ja", timeout=10)
    return cache.get("gezond") == "ja"


def schema_is_current() -> bool:
    """Tell whether every migration of this release was applied; a newer database is fine."""
    return known_migrations().issubset(MigrationRecorder(connection).applied_migrations())


@once
def known_migrations() -> frozenset[tuple[str, str]]:
    """Return the migrations of this release; they do not change while the process lives."""
    return frozenset(MigrationLoader(None).disk_migrations)


CHECKS = (database_answers, cache_answers, schema_is_current)
