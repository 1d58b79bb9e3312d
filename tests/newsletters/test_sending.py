"""From approval to the mail server: labels, headers, one run, undo and pause (security.md D08, D11, D17, A20)."""

import re
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from comms.newsletters.actions.approving import approve, ask_approval, seen_content
from comms.newsletters.actions.steering import pause_sending, resume_sending, stop_sending, take_back
from comms.newsletters.actions.writing import save_issue
from comms.newsletters.enums import IssueStatus
from comms.subscriptions.models import Subscription
from cwn.delivery.actions.pumping import pump_outbox
from cwn.delivery.enums import DeliveryState, MailingState
from cwn.delivery.models import Delivery, Mailing
from tests.factories.comms import published
from tests.factories.newsletters import IssueFactory, own_text, with_publication
from tests.factories.subscriptions import SubscriptionFactory
from tests.newsletters.steps import approved, html_of, mails_in, send, text_of

pytestmark = pytest.mark.django_db


# --- what each mail has (D17) --------------------------------------------------------------------------
def test_every_mail_has_its_label_headers_text_and_language(ready, cast, sink):
    mailing = send(approved(ready, cast))
    mails = mails_in(sink)
    assert mailing.state == MailingState.DONE
    assert len(mails) == 3
    for mail in mails:
        assert mail["Subject"] == f"[TLP:CLEAR] {ready.subject}"
        assert mail["List-Id"].startswith(f"<{ready.newsletter.slug}.nieuwsbrief.")
        assert re.fullmatch(r"<https?://\S+>", mail["List-Unsubscribe"])
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert mail["Auto-Submitted"] == "auto-generated"
        assert mail["Message-ID"]
        language = mail["Content-Language"]
        assert f'<html lang="{language}"' in html_of(mail)
        assert text_of(mail).startswith("TLP:CLEAR")
        assert html_of(mail).index("TLP:CLEAR") < html_of(mail).index("<h1")
        assert len(mail.as_bytes()) < 100_000
        assert "HOLE0" not in mail.as_string()
        assert set(re.findall(r"(?:src|href|@import url\(|url\()=?[\"'(]?(https?://[^/\"')]+)", html_of(mail))) == {
            settings.SITE_URL
        }  # nothing from elsewhere: MJML would bring fonts


def test_the_words_around_the_content_are_in_the_language_of_the_subscriber(ready, cast, sink):
    send(approved(ready, cast))
    assert {mail["Content-Language"] for mail in mails_in(sink)} == {"nl", "en"}


def test_each_mail_has_links_of_its_own_subscriber_only(ready, cast, sink):
    send(approved(ready, cast))
    addresses = [mail["List-Unsubscribe"] for mail in mails_in(sink)]
    assert len(set(addresses)) == 3
    named = next(mail for mail in mails_in(sink) if "Lotte Lezer" in text_of(mail))
    assert sum("Lotte" in mail.as_string() for mail in mails_in(sink)) == 1
    assert named["List-Unsubscribe"].strip("<>") in html_of(named)


# --- counting only of who agreed, never above GREEN (D08) ----------------------------------------------
def test_only_who_agreed_gets_counted_links_and_a_picture(ready, cast, sink):
    send(approved(ready, cast))
    counted = [mail for mail in mails_in(sink) if "/n/k/" in mail.as_string() or "/n/o/" in html_of(mail)]
    assert len(counted) == 1
    assert "Lotte" in text_of(counted[0])
    assert sum("<img" in html_of(mail) for mail in mails_in(sink)) == 1


def test_who_withdrew_the_consent_gets_the_mail_without_counting(ready, cast, sink):
    issue = approved(ready, cast)
    Subscription.objects.filter(tracks_me=True).update(tracks_me=False)
    send(issue)
    assert len(sink.mails) == 3
    assert not any("/n/k/" in html_of(mail) or "<img" in html_of(mail) for mail in mails_in(sink))


def test_nothing_is_counted_above_green(cast, members_list, sink):
    issue = IssueFactory(newsletter=members_list, created_by=cast["wg"], own_tlp="green")
    own_text(issue)
    with_publication(
        issue, tlp="amber", owner=cast.organisations["zorgring"], title="kanarie-amber", body="kanarie-inhoud"
    )
    SubscriptionFactory(newsletter=members_list, user=cast["mem-x"], email=cast["mem-x"].email, tracks_me=True)
    send(approved(issue, cast))
    (mail,) = mails_in(sink)
    assert "/n/k/" not in html_of(mail)
    assert "/n/o/" not in html_of(mail)


# --- label x channel ---------------------------------------------------------------------------------
def test_of_amber_only_title_and_link_and_only_to_who_may_read_it(cast, members_list, sink):
    issue = IssueFactory(newsletter=members_list, created_by=cast["wg"], own_tlp="green")
    own_text(issue)
    with_publication(
        issue,
        tlp="amber",
        owner=cast.organisations["zorgring"],
        title="Titel van amber",
        summary="kanarie-samenvatting",
    )
    for principal in ("mem-x", "mem-o"):  # Xandra of the owner, Omar of another partner
        SubscriptionFactory(newsletter=members_list, user=cast[principal], email=cast[principal].email)
    send(approved(issue, cast))
    (mail,) = mails_in(sink)
    assert mail["To"] == cast["mem-x"].email
    assert mail["Subject"].startswith("[TLP:AMBER]")
    assert "Titel van amber" in text_of(mail)
    assert "kanarie-samenvatting" not in mail.as_string()


def test_green_goes_to_members_only(cast, members_list, sink):
    issue = IssueFactory(newsletter=members_list, created_by=cast["wg"], own_tlp="green")
    own_text(issue)
    SubscriptionFactory(newsletter=members_list, user=cast["mem"], email=cast["mem"].email)
    SubscriptionFactory(newsletter=members_list, user=cast["ex"], email=cast["ex"].email)
    SubscriptionFactory(newsletter=members_list)  # no account
    send(approved(issue, cast))
    assert [mail["To"] for mail in mails_in(sink)] == [cast["mem"].email]


# --- at the last moment (A04, A20) ---------------------------------------------------------------------
def test_who_left_after_the_approval_gets_nothing(ready, cast, sink):
    issue = approved(ready, cast)
    left = Subscription.objects.filter(newsletter=ready.newsletter).first()
    away = timezone.localdate() + timedelta(9)
    Subscription.objects.filter(pk=left.pk).update(state="gepauzeerd", paused_until=away)
    send(issue)
    assert len(sink.mails) == 2
    skipped = Delivery.objects.get(recipient=f"subscription:{left.pk}")
    assert skipped.state == DeliveryState.SKIPPED
    assert skipped.reason


STRICTER = {"tlp": "green", "restriction_reason": "De bron wordt bekend.", "review_on": "2027-01-01"}
WITHDRAWN = {"status": "ingetrokken", "withdrawal_reason": "Klopte niet."}


@pytest.mark.parametrize("change", [STRICTER, WITHDRAWN])
def test_a_stricter_label_or_a_withdrawal_pauses_the_whole_issue(ready, cast, sink, change):
    issue = approved(ready, cast)
    publication = issue.items.get(publication__isnull=False).publication
    type(publication).objects.filter(pk=publication.pk).update(**change)
    mailing = send(issue)
    assert sink.mails == []
    assert mailing.state == MailingState.PAUSED
    assert "onderdeel 2" in mailing.reason.lower()
    assert set(Delivery.objects.filter(mailing=mailing).values_list("state", flat=True)) == {DeliveryState.QUEUED}


# --- one run (D11) -------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_approvers_at_once_start_one_run(ready, cast, sink):
    issue = ask_approval(ready, by=cast["wg"])
    seen = seen_content(issue, cast["coord"])
    started, failed = threading.Barrier(4), []

    def agree():
        try:
            started.wait()
            approve(issue, seen=seen, by=cast["coord"])
        except Exception as problem:
            failed.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=agree) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Mailing.objects.filter(kind="nieuwsbrief").count() == 1
    send(issue)
    pump_outbox()
    assert len(sink.mails) == 3


@pytest.mark.parametrize("principal", ["wg", "mem", "nctv"])
def test_the_writer_and_strangers_cannot_approve(ready, cast, principal):
    issue = ask_approval(ready, by=cast["wg"])
    with pytest.raises((ValidationError, PermissionDenied)):
        approve(issue, seen=seen_content(issue, cast["coord"]), by=cast[principal])
    assert not Mailing.objects.exists()


def test_an_approval_is_for_what_was_seen(ready, cast):
    issue = ask_approval(ready, by=cast["wg"])
    seen = seen_content(issue, cast["coord"])
    save_issue(issue, values={"subject": "Iets heel anders"}, edit_version=issue.edit_version, by=cast["wg"])
    with pytest.raises(ValidationError, match="veranderd"):
        approve(issue, seen=seen, by=cast["coord"])


def test_the_table_refuses_one_person_for_both(ready, cast):
    from django.db import IntegrityError

    from comms.newsletters.models import Issue

    with pytest.raises(IntegrityError):
        Issue.objects.filter(pk=ready.pk).update(approved_by=cast["wg"])


# --- undo, pause, go on, stop --------------------------------------------------------------------------
def test_nothing_leaves_within_ten_minutes(ready, cast, sink):
    approved(ready, cast)
    pump_outbox()
    assert sink.mails == []


def test_take_back_makes_a_draft_and_a_second_run_is_another(ready, cast, sink):
    issue = take_back(approved(ready, cast), by=cast["wg"])
    assert (issue.status, issue.run, issue.approved_by) == (IssueStatus.DRAFT, 2, None)
    send(approved(issue, cast))
    assert len(sink.mails) == 3
    with pytest.raises(ValidationError):
        take_back(issue, by=cast["wg"])


def test_pause_holds_and_go_on_sends_the_rest(ready, cast, sink):
    issue = approved(ready, cast)
    pause_sending(issue, reason="Even wachten", by=cast["wg"])
    assert send(issue).state == MailingState.PAUSED
    assert sink.mails == []
    resume_sending(issue, by=cast["wg"])
    send(issue)
    assert len(sink.mails) == 3


def test_stop_is_for_good(ready, cast, sink):
    issue = approved(ready, cast)
    stop_sending(issue, reason="Het klopt niet meer", by=cast["wg"])
    send(issue)
    assert sink.mails == []
    issue.refresh_from_db()
    assert issue.status == IssueStatus.CANCELLED
    with pytest.raises(ValidationError):
        resume_sending(issue, by=cast["wg"])


def test_the_first_mail_puts_the_issue_in_the_archive(ready, cast, sink):
    issue = approved(ready, cast)
    assert issue.sent_at is None
    send(issue)
    issue.refresh_from_db()
    assert issue.status == IssueStatus.SENT
    assert issue.sent_at is not None


def test_without_recipients_nothing_is_approved(cast, public_list):
    issue = IssueFactory(newsletter=public_list, created_by=cast["wg"])
    own_text(issue)
    with_publication(issue, publication=published())
    with pytest.raises(ValidationError, match="Niemand"):
        approved(issue, cast)
    assert not Mailing.objects.exists()
