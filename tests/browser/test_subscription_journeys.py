"""A reader subscribes, chooses, sees the own data and leaves, without an account and without JavaScript (R94)."""

from uuid import uuid4

import pytest

from comms.subscriptions.models import Subscription
from comms.subscriptions.tasks import answer_requests
from cwn.delivery.models import Delivery
from tests.browser.conftest import Portal
from tests.factories.subscriptions import ConsentTextFactory, NewsletterFactory, TopicFactory
from tests.subscriptions.conftest import link_in, text_of


@pytest.fixture
def address() -> str:
    """Return the address of a reader whom nobody mailed before: one address gets one mail in ten minutes (D05)."""
    return f"lies.{uuid4().hex[:8]}@lezers.example"


def newest_link(address: str) -> str:
    """Return the path in the newest mail to the reader."""
    return link_in(text_of(Delivery.objects.filter(address=address).latest("pk")))


def test_from_the_form_to_the_way_out(portal: Portal, address: str):
    newsletter = NewsletterFactory(name="Netwerknieuws", slug="netwerknieuws")
    ConsentTextFactory(newsletter=newsletter, version=1)
    TopicFactory(name="Oefenen", newsletters=[newsletter])
    reader = portal.enter()

    # a mistake keeps what was typed
    page = reader.goes_to("/nieuwsbrief/")
    page.get_by_label("Uw e-mailadres").fill(address)
    reader.presses("Aanmelden")
    reader.sees("Kies minstens één nieuwsbrief")
    assert page.get_by_label("Uw e-mailadres").input_value() == address
    page.get_by_role("checkbox", name="Netwerknieuws").check()
    page.get_by_role("checkbox", name="Oefenen").check()
    reader.presses("Aanmelden")
    reader.sees("Open de link in die mail")

    # the link asks, the button confirms
    answer_requests()
    reader.goes_to(newest_link(address))
    assert Subscription.objects.get().confirmed_at is None
    reader.presses("Bevestigen")
    reader.sees("Uw aanmelding is bevestigd")
    assert Subscription.objects.get().confirmed_at is not None

    # the preferences show no address, and take what is chosen
    reader.follows("Kies wat u krijgt en hoe vaak")
    reader.misses(address)
    page.get_by_role("radio", name="Eén keer per maand").check()
    page.get_by_label("Uw naam").fill("Lies")
    reader.presses("Opslaan")
    reader.sees("Uw voorkeuren zijn opgeslagen")
    assert Subscription.objects.get().frequency == "maand"

    # own data come by mail
    reader.presses("Mail mij die link")
    reader.sees("Hij werkt een uur")
    preferences = page.get_by_role("link", name="Terug naar uw voorkeuren").get_attribute("href")
    reader.goes_to(newest_link(address))
    reader.sees(address)

    # leaving asks once
    reader.goes_to(str(preferences))
    reader.follows("Afmelden voor Netwerknieuws")
    reader.presses("Meld mij af")
    reader.sees("Uw adres staat niet meer op de lijst")
    assert Subscription.objects.get().email == ""


def test_a_member_subscribes_and_the_desk_counts(portal: Portal):
    newsletter = NewsletterFactory(name="Partnerpost", slug="partnerpost", is_public=False, label_ceiling="green")
    ConsentTextFactory(newsletter=newsletter, version=1)
    member, desk = portal.enter("mem"), portal.enter("wg")
    member.goes_to("/nieuwsbrief/mijn/")
    member.presses("Aanmelden voor Partnerpost")
    member.sees("U krijgt vanaf nu “Partnerpost”")
    member.follows("Voorkeuren voor Partnerpost")
    member.sees("Voor al uw nieuwsbrieven")
    desk.goes_to("/nieuwsbrief/redactie/abonnees/")
    desk.sees("minder dan 5")
    desk.misses(portal.visit.cast["mem"].email)
    desk.follows("Nieuwsbrieven en onderwerpen")
    desk.follows("Partnerpost")
    desk.sees("Een tekst verandert nooit")
