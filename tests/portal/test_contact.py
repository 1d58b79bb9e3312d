"""The contact form (R14): it reaches the right desk, loses nothing, and tells a machine nothing (E04, B21)."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from time_machine import travel

from cwn.portal.contact import MESSAGES_PER_HOUR
from cwn.portal.forms import ContactForm
from cwn.portal.models import ContactMoment, ContactTopic
from cwn.portal.tasks import forget_messages, forward_messages

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic() -> ContactTopic:
    return ContactTopic.objects.create(name="Pers", slug="pers", email="pers@desk.example")


def answers(chosen: ContactTopic, **changed: str) -> dict[str, str]:
    return {
        "topic": str(chosen.pk),
        "function": "",
        "message": "Mag ik u bellen?",
        "name": "Anna Anders",
        "organisation_name": "",
        "email": "anna@example.nl",
        "nickname": "",
        **changed,
    }


def test_a_message_is_kept_and_reaches_the_desk_of_its_topic(client, topic, smtp_server):
    response = client.post("/contact/", answers(topic), follow=True)
    assert response.redirect_chain == [("/contact/ontvangen/", 302)]
    assert "Wat gebeurt er nu?" in response.content.decode()
    assert forward_messages() == 1
    (message,) = smtp_server.messages
    assert message["To"] == "pers@desk.example"
    assert message["Reply-To"] == "anna@example.nl"
    assert "Mag ik u bellen?" in message.get_payload(decode=True).decode()
    assert forward_messages() == 0, "the second pass finds nothing to do"


def test_a_topic_without_an_address_goes_to_the_general_one(client, topic, settings):
    topic.email = ""
    topic.save()
    client.post("/contact/", answers(topic))
    forward_messages()
    assert mail.outbox[0].to == [settings.CONTACT_EMAIL]


def test_a_mail_server_that_is_away_loses_nothing(client, topic, settings):
    client.post("/contact/", answers(topic))
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # discard: nobody listens
    assert forward_messages() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert forward_messages() == 1


def test_a_machine_gets_the_same_answer_and_leaves_nothing(client, topic):
    honest = client.post("/contact/", answers(topic))
    trapped = client.post("/contact/", answers(topic, nickname="Koop nu"))
    assert (trapped.status_code, trapped.url) == (honest.status_code, honest.url)
    assert ContactMoment.objects.count() == 1


def test_too_many_messages_are_refused_and_nothing_typed_is_lost(client, topic):
    for _ in range(MESSAGES_PER_HOUR):
        assert client.post("/contact/", answers(topic)).status_code == 302
    response = client.post("/contact/", answers(topic, message="Deze is nieuw"))
    assert response.status_code == 429
    assert "Probeer het over een uur opnieuw" in response.content.decode()
    assert "Deze is nieuw" in response.content.decode()
    assert ContactMoment.objects.count() == MESSAGES_PER_HOUR


@pytest.mark.parametrize("field", ["name", "organisation_name", "email"])
@pytest.mark.parametrize(
    "injection", ["x@y.nl\r\nBcc: all@example.nl", "x@y.nl\nSubject: Gratis", "x@y.nl\u2028Cc: a@b.nl"]
)
def test_a_header_cannot_be_smuggled_in(client, topic, field, injection):
    response = client.post("/contact/", answers(topic, **{field: injection}))
    assert response.status_code == 200
    assert f'href="#id_{field}"' in response.content.decode(), "the summary leads to the field"
    assert not ContactMoment.objects.exists()


def test_what_the_sender_typed_stands_in_no_header(client, topic):
    client.post("/contact/", answers(topic, name="=?utf-8?q?Bcc:_all?=", message="Subject: x\n\nBcc: y@z.nl"))
    forward_messages()
    headers = mail.outbox[0].message().items()
    assert [name for name, _value in headers if name in ("Bcc", "Cc")] == []
    assert mail.outbox[0].subject == "Vraag aan het netwerk: Pers"


@pytest.mark.parametrize(
    ("field", "value"),
    [("topic", "0"), ("topic", "x"), ("topic", ""), ("function", "x"), ("message", ""), ("message", "a" * 4001)],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(client, topic, field, value):
    response = client.post("/contact/", answers(topic, **{field: value}))
    assert response.status_code == 200
    assert "Dit klopt nog niet" in response.content.decode()
    assert "Anna Anders" in response.content.decode()


def test_help_for_an_incident_comes_before_the_form(client, topic):
    page = client.get("/contact/").content.decode()
    assert page.index("Hebt u nu een incident?") < page.index("<form method")


def test_the_address_can_choose_the_topic(client, topic):
    page = client.get("/contact/?onderwerp=pers").content.decode()
    assert f'value="{topic.pk}" required id="id_topic_0" checked' in page
    assert client.get("/contact/?onderwerp=onbekend").status_code == 200


def test_who_is_logged_in_need_not_type_name_and_address(cast, topic):
    page = cast.client("mem").get("/contact/").content.decode()
    assert 'value="Petra Partner"' in page


def test_after_a_year_only_the_count_is_left(client, topic):
    client.post("/contact/", answers(topic))
    forward_messages()
    assert forget_messages() == 0
    with travel(timezone.now() + timedelta(days=366)):
        assert forget_messages() == 1
    moment = ContactMoment.objects.get()
    assert (moment.name, moment.email, moment.message, moment.topic) == ("", "", "", topic)


def test_one_message_that_cannot_be_mailed_holds_up_no_other(topic, smtp_server):
    for address in ('"\x1cBcc:x"@evil.example', "anna@example.nl"):
        ContactMoment.objects.create(topic=topic, name="Anna", email=address, message="Vraag")
    assert forward_messages() == 1
    assert [message["Reply-To"] for message in smtp_server.messages] == ["anna@example.nl"]


@pytest.mark.parametrize("address", ['"\\\ta"@evil.example', '"\\\x01a"@evil.example'])
def test_an_address_holds_no_control_character(address, topic):
    form = ContactForm(answers(topic, email=address))
    assert "Schrijf dit op één regel, zonder bijzondere tekens." in form.errors["email"]
