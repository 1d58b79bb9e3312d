"""A mail server that takes nothing: found out, told to people and to the monitoring, and forgotten (G03, G06, G21)."""

import ssl
from datetime import timedelta

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from comms.models import Notice, NoticeKind
from comms.tasks import send_notices
from cwn.delivery.actions.diagnosing import trouble_of
from cwn.delivery.actions.holding import hold_mail, release_mail
from cwn.delivery.actions.queueing import Recipient, queue_mailing
from cwn.delivery.compiling import compile_mail
from cwn.delivery.enums import DeliveryState, Trouble
from cwn.delivery.models import Delivery, Mailing, Outbox
from cwn.delivery.tasks import pump
from cwn.delivery.watching import mail_moves
from cwn.portal.models import AlertMail, ContactMoment, ContactTopic
from cwn.portal.tasks import forward_messages, send_alerts
from tests.delivery.post_office import Authority
from tests.delivery.sink import HANG
from tests.factories.comms import published

pytestmark = pytest.mark.django_db
REFUSED = b"535 5.7.8 wrong"


@pytest.fixture
def mailing(make_kind):
    """Three mails that wait."""
    make_kind()
    content = compile_mail(subject="Proef", text="Tekst", language="nl")
    people = [Recipient(f"user:{n}", f"p{n}@example.nl") for n in range(3)]
    return queue_mailing(key="proef:1", kind="proef", mails={"nl": content}, recipients=people)


@pytest.fixture
def make_closed_sink(make_sink, settings):
    """Start a mail server that wants another password; `open()` gives in."""
    answers = [REFUSED]
    sink = make_sink(lambda stage, to: answers[0] if stage == "other" and answers else None)
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portaal", "oud"

    def give_in():
        answers.clear()
        settings.EMAIL_HOST_USER = ""
        Delivery.objects.update(next_at=F("created_at"))

    return sink, give_in


def test_a_wrong_password_is_told_to_coordinators_and_forgotten(mailing, make_closed_sink, cast, client):
    sink, give_in = make_closed_sink
    pump()
    assert Outbox.objects.get().trouble == Trouble.LOGIN
    page = cast.client("coord").get(reverse("mailing_list")).content.decode()
    assert "Inloggen op de mailserver lukt niet" in page
    assert "Er gaat niets verloren" in page
    assert "Er gaat geen mail weg" in cast.client("coord").get("/mijn/").content.decode()
    assert "Er gaat geen mail weg" not in cast.client("wg").get("/mijn/").content.decode()
    assert set(Delivery.objects.values_list("state", "tries")) == {(DeliveryState.QUEUED, 0)}
    give_in()
    assert pump() == len(sink.taken) == 3
    assert Outbox.objects.get().trouble == ""
    assert "Er gaat geen mail weg" not in cast.client("coord").get("/mijn/").content.decode()


def test_the_monitoring_hears_of_it_although_each_mail_is_due_anew(mailing, make_closed_sink, client):
    """Each run puts the mails a moment ahead, so none of them is ever overdue."""
    pump()
    assert client.get("/gezond/verzending").status_code == 200  # it may be over in a moment
    Outbox.objects.update(trouble_since=F("trouble_since") - timedelta(minutes=3))
    pump()  # it lasts: the beginning stays
    assert not mail_moves()
    assert client.get("/gezond/verzending").status_code == 503
    assert client.get("/gezond/klaar").status_code == 200  # the site has nothing to do with it


def test_what_waits_for_a_person_or_for_later_is_no_trouble(mailing, make_sink, settings):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    hold_mail(reason="proef")
    pump()
    assert Outbox.objects.get().trouble == ""
    Mailing.objects.update(state="wacht")
    Outbox.objects.update(held_since=None)
    make_sink(lambda stage, to: b"451 4.7.1 greylisted" if stage == "rcpt" else None)
    pump()
    assert Outbox.objects.get().trouble == ""


def test_what_has_rows_of_its_own_is_held_as_well(cast, smtp_server):
    """Notices, alerts and messages of the contact form: a backup that was put back sends none of them again."""
    issued = published(owner=cast.organisations["havenring"], author=cast["mem"])
    Notice.objects.create(publication=issued, version=1, kind=NoticeKind.PUBLISHED, user=cast["mem-o"])
    topic = ContactTopic.objects.create(name="Pers", slug="pers", email="pers@desk.example")
    ContactMoment.objects.create(topic=topic, name="Anna", email="anna@example.nl", message="Een vraag")
    mail = AlertMail.objects.create(user=cast["mem"], period=timezone.now())
    hold_mail(reason="proef")
    assert (send_notices(), send_alerts(), forward_messages(), smtp_server.messages) == (0, 0, 0, [])
    mail.refresh_from_db()
    assert mail.tries == 0
    release_mail()
    assert send_notices() == forward_messages() == 1
    send_alerts()
    assert not AlertMail.objects.pending(timezone.now()).exists()


def test_a_coordinator_hears_what_asks_for_a_decision(mailing, cast):
    Delivery.objects.filter(recipient="user:0").update(state=DeliveryState.UNKNOWN)
    client = cast.client("coord")
    assert "1 mailing vraagt uw beslissing" in client.get("/mijn/").content.decode()
    hold_mail(reason="proef")
    assert "Alle mail wordt vastgehouden" in client.get("/mijn/").content.decode()


# --- what a person should look at ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("stage", "answer", "trouble"),
    [
        ("connect", b"554 5.7.1 you are on a list", Trouble.REFUSES),
        ("connect", HANG, Trouble.SILENT),
        ("other", b"535 5.7.8 wrong", Trouble.LOGIN),
    ],
)
def test_each_trouble_has_its_own_sentence(mailing, make_sink, settings, stage, answer, trouble):
    make_sink(lambda at, to: answer if at == stage else None)
    settings.EMAIL_HOST_USER, settings.MAIL_TIMEOUT = "portaal", 0.3
    pump()
    assert Outbox.objects.get().trouble == trouble


def test_nobody_answers(mailing, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    pump()
    assert Outbox.objects.get().trouble == Trouble.UNREACHABLE


@pytest.mark.parametrize(("host", "trouble"), [("smtp.example.nl", Trouble.CERTIFICATE), ("", Trouble.NO_TLS)])
def test_a_certificate_that_is_not_right_has_its_own_sentence(tmp_path, host, trouble):
    """With the errors that TLS really gives, in memory: what they mean is all that is asked here."""
    authority = Authority(tmp_path)
    coming, going = ssl.MemoryBIO(), ssl.MemoryBIO()
    asking = ssl.create_default_context().wrap_bio(coming, going, server_hostname="localhost")
    with pytest.raises(ssl.SSLWantReadError):
        asking.do_handshake()
    if host:
        back = ssl.MemoryBIO()
        answering = authority.context_for(host).wrap_bio(going, back, server_side=True)
        with pytest.raises(ssl.SSLWantReadError):
            answering.do_handshake()
        coming.write(back.read())
    else:
        coming.write(b"220 this is no TLS\r\n")
    with pytest.raises(ssl.SSLError) as found:
        asking.do_handshake()
    assert trouble_of(found.value) == trouble


# --- settings and providers ----------------------------------------------------------------------------
@pytest.mark.parametrize("setting", [{"EMAIL_HOST": "mail..example.nl"}, {"EMAIL_BACKEND": "nergens.Backend"}])
def test_a_mistake_in_the_settings_leaves_every_mail_where_it_was(mailing, make_sink, settings, setting):
    """Nothing was offered, so nothing is in doubt."""
    make_sink()
    for name, value in setting.items():
        setattr(settings, name, value)
    assert pump() == 0
    assert set(Delivery.objects.values_list("state", "tries")) == {(DeliveryState.QUEUED, 0)}
    assert Outbox.objects.get().trouble == Trouble.UNREACHABLE


class Choosy(BaseEmailBackend):
    """A provider whose client cannot put one mail into words, which is no trouble of the line."""

    seen: list[str] = []

    def send_messages(self, messages):
        (to,) = messages[0].to
        if to == "p1@example.nl":
            raise ValueError("cannot be serialised")
        self.seen.append(to)


def test_a_provider_that_fails_at_one_mail_gets_the_others(mailing, settings):
    """security.md G14."""
    Choosy.seen.clear()
    settings.EMAIL_BACKEND = f"{__name__}.Choosy"
    assert pump() == 2
    assert sorted(Choosy.seen) == ["p0@example.nl", "p2@example.nl"]
    assert list(Delivery.objects.exclude(state=DeliveryState.SENT).values_list("recipient", "state")) == [
        ("user:1", DeliveryState.CLAIMED)  # in doubt until its term ends
    ]
