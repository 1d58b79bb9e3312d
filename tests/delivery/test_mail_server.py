"""TLS and log-in towards a real mail server: nobody in between reads along, and a wrong password loses nothing."""

import pytest

from cwn.delivery.actions.pumping import pump_outbox
from cwn.delivery.actions.queueing import Recipient, queue_mailing
from cwn.delivery.addresses import host_of_site
from cwn.delivery.compiling import compile_mail
from cwn.delivery.enums import DeliveryState
from cwn.delivery.models import Bounce, Delivery, Suppression
from tests.delivery.post_office import PASSWORD, USER, Authority, PostOffice

pytestmark = pytest.mark.django_db
TLS = pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "tls"])
#: aiosmtpd does not see that TLS was there from the first byte.
BLIND = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
SECRETS = (b"p0@example.nl", b"MAIL", b"Geheime tekst", b"AUTH", PASSWORD.encode(), USER.encode())


@pytest.fixture
def authority(tmp_path):
    return Authority(tmp_path)


@pytest.fixture
def open_office(settings):
    """Start mail servers for this test and let the settings point to the last one."""
    started = []

    def start(context, *, implicit=False, ways=(), password=PASSWORD):
        office = PostOffice(context, implicit=implicit, ways=ways)
        started.append(office)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", office.port
        settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = not implicit, implicit
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = (USER, password) if ways else ("", "")
        settings.MAIL_CONNECTIONS, settings.MAIL_TIMEOUT = 2, 5
        return office

    yield start
    for office in started:
        office.stop()


@pytest.fixture
def trusting(authority, monkeypatch):
    """Let this machine trust the authority, as an administrator does with the one of the organisation."""
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))


@pytest.fixture
def mailing(make_kind):
    """Three mails that wait."""
    make_kind()
    content = compile_mail(subject="Proef", text="Geheime tekst", language="nl")
    people = [Recipient(f"user:{n}", f"p{n}@example.nl") for n in range(3)]
    return queue_mailing(key="proef:1", kind="proef", mails={"nl": content}, recipients=people)


def due_again():
    Delivery.objects.update(next_at="2026-01-01T00:00Z")


def all_wait():
    """Tell whether nothing happened to any mail."""
    return set(Delivery.objects.values_list("state", "tries", "lease_until")) == {(DeliveryState.QUEUED, 0, None)}


def read_in_between(office):
    """Return what somebody on the wire heard that is nobody's business."""
    return [secret for secret in SECRETS if secret in office.tap.heard]


def everybody():
    return [f"p{n}@example.nl" for n in range(3)]


@TLS
@BLIND
@pytest.mark.usefixtures("trusting", "mailing")
def test_mail_travels_over_tls_and_nobody_in_between_reads_it(authority, open_office, implicit):
    office = open_office(authority.context_for("localhost"), implicit=implicit, ways=("PLAIN",))
    assert pump_outbox() == 3
    assert sorted(office.book.recipients) == everybody()
    assert not read_in_between(office)
    in_clear, tls, _rest = office.tap.calls[0].partition(b"\x16\x03")  # the first words of TLS
    assert tls
    assert in_clear == (b"" if implicit else b"EHLO %b\r\nSTARTTLS\r\n" % host_of_site().encode())


@TLS
@BLIND
@pytest.mark.parametrize(
    ("host", "days", "is_trusted"),
    [
        pytest.param("localhost", 1, False, id="signed-by-a-stranger"),
        pytest.param("smtp.example.nl", 1, True, id="of-another-host"),
        pytest.param("127.0.0.1", 1, True, id="of-the-address-and-not-the-name"),
        pytest.param("localhost", -1, True, id="expired"),
    ],
)
@pytest.mark.usefixtures("mailing")
def test_a_certificate_that_is_not_right_gets_no_mail(
    authority, open_office, monkeypatch, implicit, host, days, is_trusted
):
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    office = open_office(authority.context_for(host, days=days), implicit=implicit, ways=("PLAIN",))
    assert pump_outbox() == 0
    assert (office.book.recipients, office.book.logins) == ([], [])
    assert not read_in_between(office)
    assert office.tap.heard  # we did speak with it
    assert all_wait()


@pytest.mark.usefixtures("trusting", "mailing")
def test_a_server_that_offers_no_tls_any_more_gets_no_mail(open_office):
    """Whoever sits in between can take the offer out of the answer."""
    office = open_office(None)
    assert pump_outbox() == 0
    assert not read_in_between(office)
    assert office.tap.heard.count(b"STARTTLS\r\n") == office.tap.heard.count(b"EHLO") > 0
    assert all_wait()


@pytest.mark.usefixtures("mailing")
def test_words_that_somebody_put_before_tls_are_not_believed(make_sink, settings):
    """An answer that came in the clear would count as one of the server (CVE-2011-0411)."""

    def behave(stage, recipient):
        return b"220 go ahead\r\n250 AUTH PLAIN" if stage == "other" else None

    sink = make_sink(behave, pipelining=False)
    settings.EMAIL_USE_TLS = True
    assert pump_outbox() == 0
    assert {command[:4] for command in sink.commands} == {b"EHLO", b"STAR"}
    assert all_wait()


@TLS
@pytest.mark.parametrize("way", ["PLAIN", "LOGIN"])
@BLIND
@pytest.mark.usefixtures("trusting", "mailing")
def test_logging_in_the_way_the_server_knows(authority, open_office, implicit, way):
    office = open_office(authority.context_for("localhost"), implicit=implicit, ways=(way,))
    assert pump_outbox() == 3
    assert set(office.book.logins) == {(way, USER.encode(), PASSWORD.encode())}
    assert sorted(office.book.recipients) == everybody()


@pytest.mark.parametrize("way", ["PLAIN", "LOGIN"])
@pytest.mark.usefixtures("trusting", "mailing")
def test_a_wrong_password_loses_and_bounces_nothing(authority, open_office, way, caplog):
    context = authority.context_for("localhost")
    office = open_office(context, ways=(way,), password="oud wachtwoord")
    for _run in range(7):  # more often than a mail that is refused would be tried
        pump_outbox()
        due_again()
    assert 7 <= len(office.book.logins) <= 14  # not once per connection: that would lock the account
    assert office.book.recipients == []
    assert all_wait()
    assert not Bounce.objects.exists()
    assert not Suppression.objects.exists()
    assert "oud wachtwoord" not in caplog.text
    office = open_office(context, ways=(way,))
    assert pump_outbox() == 3
    assert sorted(office.book.recipients) == everybody()
