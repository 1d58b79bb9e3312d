"""The own log-in history (security.md chapter 3, "Audit log"; retention in chapter 6)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from cwn.accounts.enums import LoginMethod, LoginOutcome
from cwn.accounts.models import LOGIN_EVENT_RETENTION, LoginEvent
from cwn.accounts.tasks import forget_old_logins
from tests.accounts.browser import code_of
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def what_happened(user) -> list[tuple[str, str]]:
    """Return method and outcome of each attempt, the oldest first."""
    return list(LoginEvent.objects.filter(user=user).order_by("pk").values_list("method", "outcome"))


def test_every_attempt_is_written_down(visitor, coordinator):
    visitor.log_in(coordinator.email, "verkeerd-geraden-1")
    visitor.log_in(coordinator.email)
    visitor.show_code("000000")
    visitor.show_code(code_of())
    assert what_happened(coordinator) == [
        (LoginMethod.PASSWORD, LoginOutcome.WRONG),
        (LoginMethod.CODE, LoginOutcome.WRONG),
        (LoginMethod.CODE, LoginOutcome.LOGGED_IN),
    ]


def test_somebody_sees_the_own_history_and_no_other(visitor, member, coordinator):
    LoginEvent.objects.create(user=coordinator, method=LoginMethod.RECOVERY_CODE, outcome=LoginOutcome.WRONG)
    visitor.log_in(member.email, "verkeerd-geraden-1")
    visitor.log_in(member.email)
    html = visitor.get(reverse("account_home")).content.decode()
    assert "Niet gelukt" in html
    assert "Ingelogd" in html
    assert "Herstelcode</td>" not in html


def test_no_address_of_a_machine_is_kept():
    fields = {field.name for field in LoginEvent._meta.get_fields()}
    assert fields == {"id", "user", "at", "method", "outcome"}


@pytest.mark.parametrize("change", [{"outcome": LoginOutcome.LOGGED_IN}, {"at": timezone.now() - timedelta(days=400)}])
def test_what_was_written_stays(member, change):
    LoginEvent.objects.create(user=member, method=LoginMethod.PASSWORD, outcome=LoginOutcome.WRONG)
    with pytest.raises(DatabaseError, match="stay as they were written"), transaction.atomic():
        LoginEvent.objects.update(**change)
    with pytest.raises(DatabaseError, match="stay as they were written"), transaction.atomic():
        LoginEvent.objects.all().delete()


def test_it_is_forgotten_after_six_months_and_not_before(member):
    for age in (LOGIN_EVENT_RETENTION - timedelta(minutes=1), LOGIN_EVENT_RETENTION + timedelta(minutes=1)):
        LoginEvent.objects.create(
            user=member, at=timezone.now() - age, method=LoginMethod.PASSWORD, outcome=LoginOutcome.LOGGED_IN
        )
    assert forget_old_logins() == 1
    assert forget_old_logins() == 0
    assert LoginEvent.objects.count() == 1


def test_an_erased_person_leaves_an_event_without_a_person():
    user = UserFactory()
    LoginEvent.objects.create(user=user, method=LoginMethod.PASSWORD, outcome=LoginOutcome.WRONG)
    user.delete()
    assert LoginEvent.objects.get().user is None
