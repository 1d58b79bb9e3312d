"""Contacts of the own organisation: kept right by representatives, ended without a trace for others (R19, R155)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cwn.core.enums import CwnFunction
from partners.actions.contacts import confirm_contacts, end_contact, save_contact
from partners.enums import ContactRole, VisibilityLevel
from partners.models import Contact
from tests.factories.partners import ContactFactory

LONG_AGO = timedelta(days=200)


def at(name: str, *args) -> str:
    return reverse(name, args=["havenring", *args])


@pytest.fixture
def due(cast) -> Contact:
    """A contact of Petra's organisation that nobody confirmed for a long time."""
    contact = ContactFactory(organisation=cast.organisations["havenring"], name="Piet Haven")
    return age(contact)


def age(contact: Contact, days: int = 200) -> Contact:
    Contact.objects.filter(pk=contact.pk).update(
        created_at=timezone.now() - timedelta(days=days), valid_from=timezone.localdate() - timedelta(days=days)
    )
    contact.refresh_from_db()
    return contact


def contact_data(**changes) -> dict:
    return {
        "name": "Dirk Dienst",
        "role": ContactRole.GENERAL,
        "email": "dirk@haven.example",
        "visibility": VisibilityLevel.OWN,
        "valid_from": "2026-01-01",
    } | changes


def test_members_see_all_contacts_of_their_own_organisation(cast):
    page = cast.client("mem").get(at("my_contacts")).content.decode()
    for level in VisibilityLevel:
        assert f"kanarie-{level.value}-havenring" in page
    assert "zorgring" not in page


def test_a_representative_adds_a_contact(cast):
    other = cast.organisations["zorgring"]
    data = contact_data(organisation=other.pk, last_confirmed_at="", created_at="2000-01-01", pk="1", id="1")
    assert cast.client("rep").post(at("add_contact"), data).status_code == 302
    contact = Contact.objects.get(name="Dirk Dienst")
    assert contact.organisation == cast.organisations["havenring"]
    assert contact.is_confirmed
    assert contact.last_confirmed_by == cast["rep"]


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"role": ContactRole.DUTY}, "Een piketcontact heeft een telefoonnummer nodig."),
        ({"role": ContactRole.FUNCTION}, "Kies de functie waarvoor dit contact er is."),
        ({"email": ""}, "Vul een e-mailadres of een telefoonnummer in."),
        ({"valid_until": "2025-12-31"}, "De einddatum ligt voor de begindatum."),
        ({"phone": "bel mij"}, "Schrijf een telefoonnummer met cijfers"),
        ({"name": "Twee\nregels"}, "Schrijf dit op één regel"),
        ({"role": "koning"}, "Dit klopt nog niet"),
        ({"visibility": ""}, "Dit klopt nog niet"),
    ],
)
def test_what_a_role_needs_is_said_in_words(cast, bad, sentence):
    page = cast.client("rep").post(at("add_contact"), contact_data(**bad)).content.decode()
    assert sentence in page
    assert "Dit klopt nog niet" in page
    assert not Contact.objects.filter(name__startswith="Dirk").exists()


def test_changing_keeps_what_was_typed_and_saves_what_is_right(cast, due):
    client = cast.client("rep")
    address = at("change_contact", due.pk)
    page = client.post(address, contact_data(name="Piet Nieuw", email="geen adres")).content.decode()
    assert 'value="Piet Nieuw"' in page
    due.refresh_from_db()
    assert due.name == "Piet Haven"
    duty = contact_data(name="Piet Nieuw", role=ContactRole.DUTY, phone="+31 6 12345678", function=CwnFunction.TRAINING)
    client.post(address, duty)
    due.refresh_from_db()
    assert (due.name, due.role, due.is_confirmed) == ("Piet Nieuw", ContactRole.DUTY, True)


def test_still_right_takes_a_button(cast, due):
    client = cast.client("rep")
    assert "Nog juist" in client.get(at("my_contacts")).content.decode()
    due.refresh_from_db()
    assert not due.is_confirmed
    client.post(at("confirm_contacts"), {"contact": [due.pk]})
    due.refresh_from_db()
    assert due.is_confirmed
    assert due.last_confirmed_by == cast["rep"]
    assert "Nog juist" not in client.get(at("my_contacts")).content.decode()


def test_all_at_once(cast, due):
    second = age(ContactFactory(organisation=due.organisation))
    page = cast.client("rep").get(at("my_contacts")).content.decode()
    assert "Alles is nog juist" in page
    response = cast.client("rep").post(at("confirm_contacts"), {"contact": [due.pk, second.pk]}, follow=True)
    assert "2 contacten zijn bevestigd." in response.content.decode()
    assert not Contact.objects.to_confirm().exists()


def test_a_contact_that_ended_cannot_be_confirmed(cast, due):
    Contact.objects.filter(pk=due.pk).update(valid_until=timezone.localdate() - timedelta(days=1))
    assert confirm_contacts(due.organisation, [due.pk], by=cast["rep"]) == 0


def test_ending_asks_first_and_then_nobody_sees_the_contact(cast, due):
    Contact.objects.filter(pk=due.pk).update(visibility=VisibilityLevel.PUBLIC)
    client, public = cast.client("rep"), due.organisation.get_absolute_url()
    assert "beëindigen?" in client.get(at("end_contact", due.pk)).content.decode()
    assert "Piet Haven" in cast.client("anon").get(public).content.decode()
    client.post(at("end_contact", due.pk))
    assert "Piet Haven" not in cast.client("anon").get(public).content.decode()
    assert "Piet Haven" not in client.get(at("my_contacts")).content.decode()
    due.refresh_from_db()
    assert due.valid_until == timezone.localdate() - timedelta(days=1)
    assert client.post(at("change_contact", due.pk), contact_data()).status_code == 404


def test_a_contact_of_today_ends_today(cast):
    contact = ContactFactory(organisation=cast.organisations["havenring"])
    end_contact(contact, by=cast["rep"])
    assert not Contact.objects.filter(pk=contact.pk).exists()


def test_a_contact_ends_on_a_day_of_the_netherlands(cast):
    with time_machine.travel("2026-07-01 22:30:00+00:00", tick=False):  # 2 July, half past midnight
        contact = ContactFactory(organisation=cast.organisations["havenring"], valid_from=date(2026, 1, 1))
        end_contact(contact, by=cast["rep"])
        contact.refresh_from_db()
        assert contact.valid_until == date(2026, 7, 1)


@pytest.mark.parametrize("principal", ["mem", "wg", "nctv", "adm", "mem-x", "ex", "sus", "nomfa"])
def test_actions_refuse_who_may_not(cast, due, principal):
    with pytest.raises(PermissionDenied):
        confirm_contacts(due.organisation, [due.pk], by=cast[principal])
    with pytest.raises(PermissionDenied):
        end_contact(due, by=cast[principal])
    with pytest.raises(PermissionDenied):
        save_contact(due, by=cast[principal])
    due.refresh_from_db()
    assert not due.is_confirmed
    assert due.valid_until is None


def test_coordinators_may_confirm_for_an_organisation(cast, due):
    assert confirm_contacts(due.organisation, [due.pk], by=cast["coord"]) == 1


def test_every_change_is_in_the_history(cast, due):
    from pghistory.models import Events

    confirm_contacts(due.organisation, [due.pk], by=cast["rep"])
    labels = Events.objects.tracks(due).values_list("pgh_label", flat=True)
    assert "update" in list(labels)
