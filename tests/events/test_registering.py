"""Coming as a guest or as a member: signed links, one answer for everybody, and rights that end (D01, D04, A04)."""

import re
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from comms.enums import Tlp
from comms.events.actions.registering import register
from comms.events.enums import InvitationAnswer, RegistrationState
from comms.events.links import CONFIRM, token_of
from comms.events.mails import recheck_coming
from comms.events.models import EventInvitation, Registration
from cwn.delivery.compiling import fill
from cwn.delivery.models import Delivery
from tests.factories.events import EventFactory, registered

pytestmark = pytest.mark.django_db
AGENTS = (
    "Mozilla/5.0", "Microsoft Office/16.0 SafeLinks", "Barracuda Sentinel", "Proofpoint URL Defense", "Googlebot/2.1",
    "Slackbot-LinkExpanding 1.0", "curl/8.5", "Mimecast", "facebookexternalhit/1.1", "", "Outlook-iOS/2.0",
    "Thunderbird", "YahooMailProxy", "GoogleImageProxy", "bingbot/2.0", "WhatsApp/2.23", "TelegramBot",
    "Cisco-Umbrella", "Symantec-ClickTime", "Twitterbot/1.0",
)  # fmt: skip


def guest(**changes: str) -> dict[str, str]:
    return {
        "name": "Gea Gast",
        "email": "gea@elders.example",
        "organisation_name": "Gastbedrijf",
        "needs": "",
    } | changes


def mail_of(template: str) -> str:
    """Return the last mail made of a template, as it leaves."""
    delivery = Delivery.objects.filter(mailing__key__contains=f":{template}:").latest("pk")
    content = delivery.mailing.mails.get(language=delivery.language).content
    raw = fill(bytes(content), delivery.values, to=delivery.address, token=delivery.token)
    import email
    from email import policy

    message = email.message_from_bytes(raw, policy=policy.default)
    return f"{message['Subject']}\n{message.get_body(('plain',)).get_content()}"


def path_in(mail: str, ending: str) -> str:
    found = re.search(rf"https?://\S+/agenda/aanmelding/\S+{ending}", mail)
    return urlsplit(found[0]).path


def snapshot() -> list[tuple]:
    return [*Registration.objects.order_by("pk").values_list(), *Delivery.objects.order_by("pk").values_list()]


def test_a_guest_comes_by_mail_and_button_and_goes_by_mail_and_button():
    event = EventFactory(allows_guests=True, capacity=1, address="kanarie-zaal 4")
    client = Client()
    answer = client.post(reverse("event_register", args=[event.slug]), guest(), follow=True)
    assert "Kijk in uw mail" in answer.content.decode()
    registration = Registration.objects.get()
    assert (registration.state, registration.seat) == (RegistrationState.ASKED, None)

    confirm = path_in(mail_of("confirm"), "bevestigen/")
    assert client.get(confirm).status_code == 200
    assert Registration.objects.get().state == RegistrationState.ASKED
    answer = client.post(confirm, follow=True)
    assert Registration.objects.get().state == RegistrationState.CONFIRMED
    page = answer.content.decode()
    assert "kanarie-zaal 4" in page
    assert "<svg" in page

    own = path_in(mail_of("registered"), "/")
    assert client.get(own).status_code == 200
    assert Registration.objects.get().state == RegistrationState.CONFIRMED
    assert "U bent afgemeld" in client.post(own, follow=True).content.decode()
    assert Registration.objects.get().state == RegistrationState.CANCELLED
    assert "kanarie-zaal 4" not in client.get(own).content.decode()


def test_no_machine_that_opens_links_changes_anything():
    event = EventFactory(allows_guests=True)
    asked = registered(event, state=RegistrationState.ASKED)
    coming = registered(event)
    before = snapshot()
    paths = [
        reverse("registration_confirm", args=[token_of(asked, CONFIRM)]),
        reverse("registration_link", args=[token_of(coming)]),
        reverse("registration_file", args=[token_of(coming)]),
        reverse("event_register", args=[event.slug]),
        reverse("event_detail", args=[event.slug]),
    ]
    for agent in AGENTS:
        for method in ("get", "head"):
            for path in paths:
                headers = {"User-Agent": agent, "Sec-Purpose": "prefetch", "Purpose": "prefetch"}
                assert getattr(Client(headers=headers), method)(path).status_code == 200
    assert snapshot() == before


def test_who_asks_for_a_known_address_gets_the_same_answer_as_for_a_new_one():
    event = EventFactory(allows_guests=True)
    registered(event, email="bekend@elders.example")
    registered(event, email="afgemeld@elders.example", state=RegistrationState.CANCELLED)
    address = reverse("event_register", args=[event.slug])
    answers = []
    for email in ("bekend@elders.example", "afgemeld@elders.example", "nieuw@elders.example", "BEKEND@elders.example"):
        answer = Client().post(address, guest(email=email))
        answers.append((answer.status_code, answer.headers["Location"], answer.content))
    assert len(set(answers)) == 1
    assert "dat was u al" in mail_of("already")
    assert Delivery.objects.count() == 3, "one mail per address in ten minutes"


def test_one_network_cannot_flood_and_a_machine_is_only_thanked():
    event = EventFactory(allows_guests=True)
    address = reverse("event_register", args=[event.slug])
    trapped = Client().post(address, guest(nickname="bot"))
    assert (trapped.status_code, Registration.objects.count()) == (302, 0)
    statuses = [Client().post(address, guest(email=f"g{number}@elders.example")).status_code for number in range(22)]
    assert statuses == [302] * 20 + [429] * 2
    cache.clear()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "geen adres"}, "geldig e-mailadres"),
        ({"name": ""}, "verplicht"),
        ({"name": "www.kwaad.example"}, "geen webadres"),
        ({"name": "a\r\nBcc: b@c.example"}, "op één regel"),
        ({"needs": "x" * 501}, "500"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_typed_is_lost(changes, words):
    event = EventFactory(allows_guests=True)
    answer = Client().post(reverse("event_register", args=[event.slug]), guest(**changes))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert words.lower() in page.lower()
    assert "Gastbedrijf" in page
    assert Registration.objects.count() == 0


@pytest.mark.parametrize("token", ["x", "a:b:c", "é" * 50, "0" * 300])
def test_a_made_up_link_leads_nowhere(token):
    for name in ("registration_link", "registration_confirm", "registration_file"):
        assert Client().get(reverse(name, args=[token])).status_code == 410


def test_a_link_to_confirm_does_not_open_the_registration_and_the_other_way_round():
    registration = registered(EventFactory(allows_guests=True))
    assert Client().get(reverse("registration_link", args=[token_of(registration, CONFIRM)])).status_code == 410
    assert Client().get(reverse("registration_confirm", args=[token_of(registration)])).status_code == 410


def test_who_loses_the_right_to_know_finds_the_link_dead_and_gets_no_mail(cast):
    event = EventFactory(tlp=Tlp.GREEN, address="kanarie-adres")
    registration = register(event, by=cast["mem"])
    link = reverse("registration_link", args=[token_of(registration)])
    assert "kanarie-adres" in Client().get(link).content.decode()
    deliveries = list(Delivery.objects.all())
    assert recheck_coming(deliveries) == {}

    cast["mem"].memberships.all().delete()

    answer = Client().get(link)
    assert (answer.status_code, "kanarie-adres" in answer.content.decode()) == (410, False)
    assert Client().post(link).status_code == 410
    assert Registration.objects.get().state == RegistrationState.CONFIRMED
    assert set(recheck_coming(deliveries)) == {deliveries[0].pk}


def test_a_stricter_label_ends_the_links_of_guests():
    event = EventFactory(allows_guests=True)
    registration = registered(event)
    type(event).objects.filter(pk=event.pk).update(tlp=Tlp.GREEN, allows_guests=False)
    assert Client().get(reverse("registration_link", args=[token_of(registration)])).status_code == 410


def test_a_member_registers_for_the_own_organisation_which_answers_the_invitation(cast):
    event = EventFactory(tlp=Tlp.GREEN)
    haven = cast.organisations["havenring"]
    EventInvitation.objects.create(event=event, organisation=haven, invited_by=cast["coord"])
    client = cast.client("mem")
    answer = client.post(
        reverse("event_register", args=[event.slug]), {"organisation": haven.pk, "needs": "vegetarisch"}, follow=True
    )
    assert "U bent aangemeld" in answer.content.decode()
    assert Registration.objects.get().organisation == haven
    assert EventInvitation.objects.get().answer == InvitationAnswer.YES
    other = {"organisation": cast.organisations["zorgring"].pk, "needs": ""}
    Registration.objects.all().delete()
    assert client.post(reverse("event_register", args=[event.slug]), other).status_code == 200
    assert Registration.objects.count() == 0, "for somebody else's organisation"


def test_a_visitor_cannot_come_where_guests_cannot(cast):
    event = EventFactory()
    answer = Client().post(reverse("event_register", args=[event.slug]), guest())
    assert answer.status_code == 302
    assert "/account/" in answer.headers["Location"]
    assert Client().post(reverse("event_register", args=[EventFactory(tlp=Tlp.GREEN).slug]), guest()).status_code == 404


def test_the_mail_about_a_restricted_event_says_no_more_than_title_and_link(cast):
    event = EventFactory(
        tlp=Tlp.AMBER, title="Besloten overleg", place="Geheimstad", address="Geheimstraat 1",
        owner=cast.organisations["havenring"],
    )  # fmt: skip
    register(event, by=cast["mem"])
    mail = mail_of("registered")
    assert mail.startswith("[TLP:AMBER] Aangemeld: Besloten overleg")
    assert "Geheim" not in mail
    assert "2027" not in mail
    link = path_in(mail, "/")
    assert "Geheim" not in Client().get(link).content.decode()
    assert Client().get(f"{link}agenda.ics").status_code == 302
    assert "Geheimstraat 1" in cast.client("mem").get(link).content.decode()


def test_the_file_for_who_comes_holds_the_address_and_the_public_one_does_not():
    event = EventFactory(allows_guests=True, address="kanarie-zaal 4", title="Titel\r\nATTENDEE:x")
    registration = registered(event)
    own = Client().get(reverse("registration_file", args=[token_of(registration)])).content.decode()
    public = Client().get(reverse("event_file", args=[event.slug])).content.decode()
    everything = Client().get(reverse("events_file")).content.decode()
    assert "kanarie-zaal 4" in own
    assert "kanarie-zaal" not in public + everything
    assert "\nATTENDEE" not in own + public + everything
    assert f"event-{event.uid}@cwn" in everything
