"""Coming to an event in a real browser: as a guest by mail, as a member, and in at the door (R98; D01)."""

import re
from datetime import timedelta

from django.utils import timezone

from comms.events.enums import RegistrationState
from comms.events.links import CONFIRM, token_of
from comms.events.models import Event, Registration
from tests.browser.conftest import Portal
from tests.factories.events import EventFactory


def an_event(portal: Portal, **fields) -> Event:
    """Return a public event of tomorrow, of Ruben's organisation."""
    return EventFactory(
        title="Oefenen met de haven",
        owner=portal.visit.cast.organisations["havenring"],
        starts_at=timezone.now() + timedelta(hours=20),
        address="Kade 4, zaal 2",
        **fields,
    )


def test_a_guest_a_member_and_the_door(portal: Portal):
    event = an_event(portal, capacity=1, allows_guests=True)

    # a guest asks, and confirms by the button behind the link of the mail
    guest = portal.enter()
    guest.goes_to("/agenda/")
    guest.follows("Oefenen met de haven")
    guest.sees("Nog 1 plaats")
    guest.misses("Kade 4")
    guest.follows("Aanmelden")
    guest.page.get_by_label("Uw naam").fill("Gea Gast")
    guest.page.get_by_label("Uw e-mailadres").fill("gea@elders.example")
    guest.presses("Meld mij aan")
    guest.sees("Kijk in uw mail")
    guest.goes_to(f"/agenda/aanmelding/{token_of(Registration.objects.get(), CONFIRM)}/bevestigen/")
    guest.presses("Bevestigen")
    guest.sees("U bent aangemeld")
    guest.sees("Kade 4, zaal 2")

    # a member comes on the waiting list, and moves up when the guest cancels
    member = portal.enter("mem")
    member.goes_to(event.get_absolute_url())
    member.sees("Vol, er is een wachtlijst")
    member.follows("Zet mij op de wachtlijst")
    member.presses("Zet mij op de wachtlijst")
    member.sees("U staat op de wachtlijst")
    guest.presses("Meld mij af")
    guest.sees("U bent afgemeld")
    member.goes_to("/agenda/mijn/")
    member.sees("Aangemeld")
    member.follows("Oefenen met de haven")
    member.sees("Laat deze code zien bij de ingang")

    # the organiser opens the code and lets the member in by the button
    own = Registration.objects.get(user=portal.visit.cast["mem"])
    organiser = portal.enter("rep")
    organiser.goes_to(f"/agenda/{event.slug}/inchecken/{own.key}/")
    organiser.sees("Petra Partner")
    organiser.presses("Check in")
    organiser.sees(re.compile("is binnen"))
    organiser.follows("Naar de deelnemerslijst")
    organiser.sees("1 van 1 zijn binnen")
    own.refresh_from_db()
    assert own.state == RegistrationState.ATTENDED


def test_an_organiser_makes_and_publishes_an_event(portal: Portal):
    organiser = portal.enter("rep")
    organiser.goes_to("/agenda/redactie/")
    organiser.follows("Nieuwe bijeenkomst")
    page = organiser.page
    page.get_by_label("Titel").fill("Webinar over phishing")
    page.get_by_label("Soort").select_option("webinar")
    page.get_by_label("In één of twee zinnen").fill("Leer phishing herkennen.")
    page.get_by_label("Begint").fill("2027-06-10T10:00")
    page.get_by_label("Eindigt").fill("2027-06-10T09:00")
    page.get_by_label("Plaats", exact=False).first.fill("Online")
    page.get_by_role("radio", name=re.compile("TLP:CLEAR ")).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar als concept").click()
    organiser.sees("Het einde ligt niet na het begin")
    page.get_by_label("Eindigt").fill("2027-06-10T11:00")
    organiser.presses("Bewaar als concept")
    organiser.presses("Publiceer in de agenda")
    organiser.sees("De bijeenkomst staat in de agenda")
    visitor = portal.enter()
    visitor.goes_to("/agenda/")
    visitor.sees("Webinar over phishing")
