"""How often somebody may guess, and how a stranger fails to get around it (security.md C04, C05)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cwn.accounts.actions import warn_of_refused_logins
from cwn.accounts.addresses import normal_address
from cwn.accounts.tasks import warn_people
from tests.accounts.browser import Browser
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db
WRONG = "verkeerd-geraden-1"
REFUSED = "te veel mislukte pogingen"


def guess(email: str, times: int = 5, **extra) -> None:
    """Guess wrongly, each time from another visitor."""
    for _time in range(times):
        Browser().log_in(email, WRONG, **extra)


def is_refused(response) -> bool:
    return REFUSED in response.content.decode() or response.status_code == 429


def test_after_five_wrong_passwords_even_the_right_one_is_refused(visitor, member):
    guess(member.email, times=4)
    assert not is_refused(visitor.log_in(member.email, WRONG))
    assert is_refused(visitor.log_in(member.email))
    assert visitor.user is None


def test_a_stranger_keeps_nobody_out_for_more_than_five_minutes(visitor, member):
    guess(member.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=1)):
        visitor.log_in(member.email)
        assert visitor.user == member


def test_a_reset_link_goes_around_a_throttle_that_a_stranger_set_off(visitor, member, mailoutbox):
    guess(member.email)
    visitor.post(reverse("account_reset_password"), {"email": member.email})
    link = next(word for word in mailoutbox[0].body.split() if "/password/reset/key/" in word)
    form = visitor.get(link, follow=True)
    new = "een-nieuw-lang-wachtwoord-7"
    visitor.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert visitor.user == member


@pytest.mark.parametrize("typed", ["PETRA@EXAMPLE.NL", " petra@example.nl", "petra@ｅｘａｍｐｌｅ.nl"])
def test_another_spelling_is_the_same_address(visitor, member, typed):
    guess(typed)
    assert is_refused(visitor.log_in(member.email))


def test_an_address_has_one_spelling():
    for typed in ("PETRA@Example.nl", " petra@example.nl. ", "ｐｅｔｒａ@example.nl"):
        assert normal_address(typed) == "petra@example.nl"
    assert normal_address("straße@example.nl") != normal_address("strasse@example.nl")


@pytest.mark.parametrize(
    "disguise",
    [
        {"HTTP_HOST": "localhost"},
        {"HTTP_X_FORWARDED_FOR": "203.0.113.{}"},
        {"HTTP_X_FORWARDED_HOST": "mirror{}.example"},
        {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_X_HTTP_METHOD_OVERRIDE": "PUT"},
        {"REMOTE_ADDR": "198.51.100.{}"},
    ],
    ids=lambda disguise: next(iter(disguise)),
)
def test_another_machine_host_or_kind_of_request_does_not_start_a_new_count(visitor, member, disguise):
    for number in range(5):
        guess(member.email, times=1, **{name: value.format(number) for name, value in disguise.items()})
    assert is_refused(visitor.log_in(member.email))


@pytest.mark.parametrize("method", ["put", "patch", "delete", "head", "options"])
def test_no_other_method_is_a_way_to_guess(visitor, member, method):
    for _time in range(6):
        answer = getattr(visitor, method)(
            reverse("account_login"), {"login": member.email, "password": PASSWORD}, content_type="application/json"
        )
        assert answer.status_code in (200, 405)
    assert visitor.user is None


def test_json_is_no_way_to_guess(visitor, member):
    visitor.post(
        reverse("account_login"), {"login": member.email, "password": PASSWORD}, content_type="application/json"
    )
    assert visitor.user is None


def test_one_machine_guesses_at_no_more_than_ten_addresses_a_minute(visitor, member):
    for number in range(10):
        visitor.log_in(f"persoon{number}@example.nl", WRONG)
    assert is_refused(visitor.log_in(member.email))


def test_behind_our_own_proxy_only_the_address_that_it_saw_counts(settings, member):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        Browser().log_in(f"persoon{number}@example.nl", WRONG, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 198.51.100.1")
    assert is_refused(Browser().log_in(member.email, HTTP_X_FORWARDED_FOR="203.0.113.99, 198.51.100.1"))
    assert not is_refused(Browser().log_in(member.email, HTTP_X_FORWARDED_FOR="203.0.113.99, 198.51.100.2"))


def test_unknown_addresses_are_refused_in_the_same_words(member):
    answers = []
    for email in (member.email, "vreemd@example.nl"):
        guess(email, REMOTE_ADDR="198.51.100.7" if email == member.email else "198.51.100.8")
        answers.append(Browser().log_in(email, WRONG, REMOTE_ADDR="198.51.100.9").context["form"].non_field_errors())
    assert answers[0] == answers[1]
    assert REFUSED in str(answers[0])


def test_reset_mails_to_one_address_are_counted(visitor, member, mailoutbox):
    answers = [visitor.post(reverse("account_reset_password"), {"email": email}).status_code
               for email in (member.email, member.email.upper(), f" {member.email}", member.email)]  # fmt: skip
    assert answers == [302, 302, 302, 429]
    assert len(mailoutbox) == 3


def test_nobody_logs_in_while_attempts_cannot_be_counted(visitor, member, settings):
    unreachable = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {**settings.CACHES, "default": unreachable}
    assert visitor.get(reverse("account_login")).status_code == 200
    answer = visitor.log_in(member.email)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]
    assert "even niet bereikbaar" in answer.content.decode()
    assert visitor.user is None


# --- the owner hears of it ---------------------------------------------------------------------------
def test_whose_log_in_was_refused_gets_one_mail_a_day(member, mailoutbox, django_capture_on_commit_callbacks):
    guess(member.email, times=8)
    guess("vreemd@example.nl", times=8, REMOTE_ADDR="198.51.100.3")
    assert mailoutbox == []  # not at once: the time of the answer would tell who has an account
    for _minute in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            warn_people()
    assert [mail.to for mail in mailoutbox] == [[member.email]]
    assert reverse("account_reset_password") in mailoutbox[0].body
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert warn_of_refused_logins() == []
        guess(member.email, times=6)
        assert warn_of_refused_logins() == [member]


def test_four_wrong_passwords_warn_nobody(member):
    guess(member.email, times=4)
    assert warn_of_refused_logins() == []
