"""Bounces and complaints stop a stream, from us alone and once (security.md D09, D15)."""

import base64
import mailbox
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.urls import clear_url_caches, include, path

from cwn.delivery.actions.bouncing import release, report_bounce, suppress, suppressed_among
from cwn.delivery.addresses import delivery_of, digest_of, return_path_of
from cwn.delivery.bounce_mails import read_report
from cwn.delivery.bouncing import bounce_listener
from cwn.delivery.enums import AfterDoubt, DeliveryState, Stream, SuppressionReason
from cwn.delivery.kinds import MailKind, register_kind
from cwn.delivery.models import Bounce, Delivery, Mailing, Suppression
from cwn.delivery.tasks import read_bounces

pytestmark = pytest.mark.django_db

urlpatterns = [path("anymail/", include("anymail.urls"))]
HEARD: list[tuple[int, str]] = []
for name, stream in (("test-news", Stream.NEWS), ("test-warning", Stream.WARNING)):
    register_kind(MailKind(name, name, stream, AfterDoubt.ASK, recheck=lambda _deliveries: {}))


@bounce_listener
def hear(delivery: Delivery, reason: SuppressionReason) -> None:
    """Remember what an app would hear."""
    HEARD.append((delivery.pk, reason))


@pytest.fixture(autouse=True)
def mail_settings(settings: Any) -> None:
    settings.BOUNCE_ADDRESS = "retour@cwn.example"
    HEARD.clear()


def sent(kind: str = "test-news", address: str = "lezer@example.nl") -> Delivery:
    mailing, _new = Mailing.objects.get_or_create(key=f"{kind}:1", defaults={"kind": kind})
    row = Delivery.objects.create(mailing=mailing, recipient=address[:60], address=address, state=DeliveryState.SENT)
    return Delivery.objects.select_related("mailing").get(pk=row.pk)


def status_mail(to: str, *, action: str = "failed", status: str = "5.1.1", words: str = "smtp; 550 onbekend") -> bytes:
    """Write a report as a mail server does (RFC 3464)."""
    return (
        f"From: MAILER-DAEMON@mx.example\r\nTo: {to}\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt did not work.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; lezer@example.nl\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: {words}\r\n\r\n--b--\r\n"
    ).encode()


def complaint_mail(to: str) -> bytes:
    """Write a complaint as a provider does (RFC 5965)."""
    return (
        f"From: fbl@mail.example\r\nTo: {to}\r\nSubject: complaint\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n\r\n--b--\r\n"
    ).encode()


# --- return addresses --------------------------------------------------------------------------------
def test_a_return_address_leads_to_its_delivery():
    delivery = sent()

    assert delivery_of(return_path_of(delivery)) == delivery
    assert delivery_of(return_path_of(delivery).upper()) == delivery


def test_a_return_address_that_we_did_not_make_leads_nowhere():
    ours = return_path_of(sent())
    other = sent(address="ander@example.nl")
    key = ours.split("-")[1]

    for forged in (f"retour+{other.pk}-{key}", ours.replace("-", "-a"), "retour@cwn.example", "", "x" * 9999):
        assert delivery_of(forged) is None


def test_a_return_address_holds_after_a_new_secret_key(settings):
    delivery = sent()
    address = return_path_of(delivery)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key altogether"

    assert delivery_of(address) == delivery
    settings.SECRET_KEY_FALLBACKS = []
    assert delivery_of(address) is None


def test_without_a_mailbox_for_bounces_the_envelope_names_the_sender(settings):
    settings.BOUNCE_ADDRESS = ""

    assert return_path_of(sent()) == "cwn@example.nl"


# --- reports -----------------------------------------------------------------------------------------
def test_a_final_bounce_stops_the_stream_of_that_mail():
    delivery = sent()

    report_bounce(delivery, reason=SuppressionReason.BOUNCED, is_final=True, source="mailbox", event_key="1")

    assert suppressed_among(["LEZER@example.nl", "ander@example.nl"], stream=Stream.NEWS) == {"LEZER@example.nl"}
    assert not suppressed_among(["lezer@example.nl"], stream=Stream.WARNING)
    assert Delivery.objects.get().state == DeliveryState.BOUNCED
    assert [(delivery.pk, SuppressionReason.BOUNCED)] == HEARD


def test_the_same_report_twice_counts_once():
    delivery = sent()

    for _time in range(2):
        report_bounce(delivery, reason=SuppressionReason.COMPLAINED, is_final=True, source="mailbox", event_key="1")

    assert (Bounce.objects.count(), len(HEARD)) == (1, 1)


def test_a_bounce_that_may_pass_stops_nothing():
    report_bounce(sent(), reason=SuppressionReason.BOUNCED, is_final=False, source="mailbox", event_key="1")

    assert not Suppression.objects.exists()
    assert Delivery.objects.get().state == DeliveryState.SENT


def test_a_warning_that_bounces_is_kept_and_stops_no_warning():
    report_bounce(sent("test-warning"), reason=SuppressionReason.BOUNCED, is_final=True, source="smtp", event_key="1")

    assert not Suppression.objects.exists()
    assert Bounce.objects.get().is_final


def test_only_a_digest_of_the_address_is_kept():
    suppress("Lezer@Example.nl", stream=Stream.NEWS, reason=SuppressionReason.LEFT)

    row = Suppression.objects.get()
    assert row.digest == digest_of(" lezer@example.NL ")
    assert "lezer" not in str(vars(row)).lower()


def test_a_suppression_outlives_a_new_secret_key(settings):
    suppress("lezer@example.nl", stream=Stream.NEWS, reason=SuppressionReason.LEFT)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key altogether"

    assert suppressed_among(["lezer@example.nl"], stream=Stream.NEWS)


def test_coming_back_lifts_what_one_did_oneself_and_nothing_else():
    suppress("weg@example.nl", stream=Stream.NEWS, reason=SuppressionReason.LEFT)
    suppress("klacht@example.nl", stream=Stream.NEWS, reason=SuppressionReason.COMPLAINED)

    gone = [
        release(address, stream=Stream.NEWS, reasons=[SuppressionReason.LEFT])
        for address in ("weg@example.nl", "klacht@example.nl")
    ]

    assert gone == [1, 0]


# --- mails in the mailbox ----------------------------------------------------------------------------
def test_a_status_report_is_understood():
    report = read_report(status_mail(return_path_of(sent())))

    assert report is not None
    assert (report.reason, report.is_final) == (SuppressionReason.BOUNCED, True)
    assert report.explanation == "smtp; 550 onbekend"


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2")])
def test_a_report_of_delay_is_not_final(action, status):
    report = read_report(status_mail(return_path_of(sent()), action=action, status=status))

    assert report is not None
    assert not report.is_final


def test_a_complaint_is_understood():
    report = read_report(complaint_mail(return_path_of(sent())))

    assert report is not None
    assert report.reason == SuppressionReason.COMPLAINED


def answer_of_a_person(to: str) -> bytes:
    """Write "I am on holiday"."""
    mail = EmailMessage()
    mail["To"], mail["Subject"], mail["Auto-Submitted"] = to, "Afwezig", "auto-replied"
    mail.set_content("Ik ben er niet.")
    return mail.as_bytes()


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(status_mail("retour+1-0123456789abcdef@cwn.example"), id="forged key"),
        pytest.param(status_mail("lezer@example.nl"), id="another address"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"\xff\xfe\x00" * 1000, id="noise"),
        pytest.param(b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n" * 9999, id="endless parts"),
        pytest.param(b"To: " + b"a@b.nl, " * 99_999, id="endless header"),
    ],
)
def test_what_is_no_report_about_a_mail_of_ours_is_left_alone(raw):
    sent()

    assert read_report(raw) is None


def test_an_answer_of_a_person_is_no_bounce():
    assert read_report(answer_of_a_person(return_path_of(sent()))) is None


def test_the_words_of_a_stranger_are_kept_on_one_line():
    mail = status_mail(return_path_of(sent()), words="smtp; 550 <script>\r\n\tx\x1b[31m\x00" + "a" * 9999)
    report = read_report(mail)
    assert report is not None

    bounce = report_bounce(
        report.delivery, reason=report.reason, is_final=True, source="mailbox", event_key="1",
        explanation=report.explanation,
    )  # fmt: skip

    assert len(bounce.explanation) <= 500
    assert bounce.explanation.isprintable()


def test_a_run_reads_the_mailbox_empty(settings, tmp_path: Path):
    box = mailbox.Maildir(str(tmp_path / "retour"))
    delivery = sent()
    for raw in (status_mail(return_path_of(delivery)), b"noise", answer_of_a_person("retour@cwn.example")):
        box.add(raw)
    settings.BOUNCE_MAILBOX = f"maildir://{tmp_path}/retour"

    assert [read_bounces(), read_bounces()] == [1, 0]
    assert len(mailbox.Maildir(str(tmp_path / "retour"))) == 0
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize("address", ["maildir:///does/not/exist", "imap://nobody:x@127.0.0.1:1/INBOX", ""])
def test_a_mailbox_that_is_away_breaks_nothing(settings, address):
    settings.BOUNCE_MAILBOX = address

    assert read_bounces() == 0


# --- providers ---------------------------------------------------------------------------------------
@pytest.fixture
def provider(settings: Any, client: Any) -> Any:
    """Return a function that reports as Postmark does."""
    settings.ROOT_URLCONF, settings.ANYMAIL_WEBHOOK_SECRET = __name__, "portaal:geheim"
    clear_url_caches()
    secret = base64.b64encode(b"portaal:geheim").decode()

    def report(delivery: Delivery, *, headers: dict[str, str] | None = None, email: str = "", **values: Any) -> Any:
        event = {
            "RecordType": "Bounce", "Type": "HardBounce", "ID": 4323372036854775807, "Email": email or delivery.address,
            "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483", "Details": "user unknown",
            "Metadata": {"smtp-id": f"<{delivery.token}@cwn.example>"}, "BouncedAt": "2026-11-22T10:00:00Z", **values,
        }  # fmt: skip
        return client.post(
            "/anymail/postmark/tracking/",
            event,
            content_type="application/json",
            headers={"Authorization": f"Basic {secret}"} if headers is None else headers,
        )

    yield report
    clear_url_caches()


def test_a_provider_reports_a_bounce(provider):
    assert provider(sent()).status_code == 200
    assert Suppression.objects.get().reason == SuppressionReason.BOUNCED


def test_a_stranger_cannot_report(provider):
    assert provider(sent(), headers={}).status_code == 400
    assert not Bounce.objects.exists()


def test_a_report_about_the_mail_of_somebody_else_counts_for_nobody(provider):
    assert provider(sent(), email="slachtoffer@example.nl").status_code == 200
    assert not Bounce.objects.exists()


def test_without_a_secret_there_is_no_such_address(client):
    assert client.post("/anymail/postmark/tracking/", {}, content_type="application/json").status_code == 404
