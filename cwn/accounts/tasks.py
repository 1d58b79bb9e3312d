"""What the clock does for accounts: warn who is being guessed at, and forget what is old."""

from celery import shared_task
from django.core.management import call_command

from cwn.accounts.actions import warn_of_refused_logins
from cwn.accounts.models import LoginEvent


@shared_task
def warn_people() -> int:
    """Mail the people whose log-in was refused after too many wrong passwords; every minute."""
    return len(warn_of_refused_logins())


@shared_task
def forget_old_logins() -> int:
    """Delete log-in events past their retention; every night, and twice does no harm."""
    return LoginEvent.objects.outdated().delete()[0]


@shared_task
def forget_sessions() -> None:
    """Delete sessions that have ended; every night, and twice does no harm."""
    call_command("clearsessions")
