"""Holding all mail: by hand, and by itself in a database that was put back from a backup (docs/adr/0014)."""

from typing import Any

import structlog
from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now

from cwn.core.audit import record
from cwn.delivery.enums import ENDED, MailingState
from cwn.delivery.models import Mailing, Outbox
from cwn.delivery.waking import wake_after_commit

log = structlog.get_logger("cwn.delivery")

MOVED = "Deze database komt uit een reservekopie of staat op een andere server. Kijk eerst wat er al verstuurd was."
#: Changes when a dump is loaded (another server or database, or over the old tables: then these are new) and when a
#: server is rolled back in time or taken over by its stand-by (another history): in each of these, mails may have left
#: that this database forgot.
HOME = """
    SELECT system_identifier || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())
           || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8) || '/' || 'delivery_outbox'::regclass::oid
    FROM pg_control_system()
"""
#: The same where a provider does not let its customers see the server.
HOME_WITHIN = """
    SELECT '?/' || oid || '/' || 'delivery_outbox'::regclass::oid FROM pg_database WHERE datname = current_database()
"""


def is_held() -> bool:
    """Tell whether nothing may leave; finds out by itself that the database was put back or moved."""
    row, _is_new = Outbox.objects.get_or_create(pk=1)
    if row.held_since:
        return True
    home = current_home()
    if row.home == home:
        return False
    if row.home:
        hold_mail(reason=MOVED)
        return True
    Outbox.objects.filter(pk=1, home="").update(home=home)
    return False


@transaction.atomic
def hold_mail(*, reason: str, by: Any = None) -> None:
    """Let no mail leave and no reminder go off until somebody releases it; each open mailing waits for a decision."""
    Outbox.objects.get_or_create(pk=1)
    Outbox.objects.filter(pk=1, held_since=None).update(held_since=Now(), reason=reason[:200])
    open_mailings = Mailing.objects.exclude(state__in=[*ENDED, MailingState.PAUSED])
    number = open_mailings.update(state=MailingState.PAUSED, reason=reason[:200])
    log.warning("mail_is_held", mailings=number)
    if by is not None:
        record("mail-hold", kind="outbox", object_id=1, by=by)


@transaction.atomic
def release_mail(*, by: Any = None) -> None:
    """Let new mail leave again; mailings that were paused stay so until somebody decides about each."""
    Outbox.objects.get_or_create(pk=1)
    Outbox.objects.filter(pk=1).update(held_since=None, reason="", home=current_home())
    wake_after_commit()
    if by is not None:
        record("mail-release", kind="outbox", object_id=1, by=by)


def current_home() -> str:
    """Return which server, which database and which history of it this is."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(HOME)
            return str(cursor.fetchone()[0])
    except DatabaseError:
        with connection.cursor() as cursor:
            cursor.execute(HOME_WITHIN)
            return str(cursor.fetchone()[0])
