"""`/mijn/`: what is new for the own organisation, what waits, and how the own data stand."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comms.enums import Answer, PublicationStatus, ReceiptChannel, Tlp, Urgency
from comms.models import Acknowledgement, Publication, Receipt, RelabelRequest
from cwn.core.enums import CwnFunction
from cwn.portal.models import ContactMoment, ContactTopic
from cwn.portal.my_cwn import waiting_for
from cwn.portal.news import MOST_NEWS
from partners.models import Contact, Membership, Organisation, ProfileProposal
from tests.factories.comms import published
from tests.factories.partners import (
    ContactFactory,
    MembershipFactory,
    ParticipationFactory,
    RegionFactory,
    SectorFactory,
)
from tests.portal.test_saved_searches import keep

pytestmark = pytest.mark.django_db


@pytest.fixture
def haven(cast) -> Organisation:
    """Petra's and Ruben's organisation: it takes part in training, in care, in Zeeland."""
    haven = cast.organisations["havenring"]
    haven.sectors.add(SectorFactory(name="Zorg", slug="zorg"))
    haven.regions.add(RegionFactory(name="Zeeland", slug="zeeland"))
    ParticipationFactory(organisation=haven, function=CwnFunction.TRAINING)
    return haven


def page_of(client: Client) -> str:
    response = client.get("/mijn/")
    assert response.status_code == 200
    return unescape(response.content.decode())


def texts(user) -> list[str]:
    return [item.text for item in waiting_for(user)]


# --- what is new -------------------------------------------------------------------------------------
def fits(title: str, **fields) -> Publication:
    """Publish something in a function in which Petra's organisation does not take part."""
    return published(title=title, functions=[CwnFunction.INCIDENT_HANDLING], **fields)


def test_what_fits_one_function_or_domain_is_shown_with_the_reason(cast, haven):
    published(title="Over oefenen", functions=[CwnFunction.TRAINING])
    fits("Over de zorg").sectors.set(haven.sectors.all())
    below = fits("Over Middelburg")
    below.regions.set([RegionFactory(name="Middelburg", slug="middelburg", parent=haven.regions.get())])
    fits("Over iets anders").sectors.set([SectorFactory(name="Energie", slug="energie")])
    page = page_of(cast.client("mem"))
    for title, reason in (
        ("Over oefenen", "Opleiden, trainen en oefenen"),
        ("Over de zorg", "Zorg"),
        ("Over Middelburg", "Zeeland"),
    ):
        card = page[page.index(title) :].split("</li>")[0]
        assert f"U ziet dit vanwege: {reason}</p>" in card
    assert "Over iets anders" not in page


def test_urgent_comes_first_then_new(cast, haven):
    day = timezone.now()
    for title, urgency, age in (
        ("Vandaag", Urgency.INFORMATIVE, 0),
        ("Spoed", Urgency.IMMEDIATE, 3),
        ("Ouder", Urgency.INFORMATIVE, 9),
    ):
        published(
            title=f"{title} gedeeld",
            urgency=urgency,
            functions=[CwnFunction.TRAINING],
            published_at=day - timedelta(days=age),
        )
    page = page_of(cast.client("mem"))
    assert page.index("Spoed gedeeld") < page.index("Vandaag gedeeld") < page.index("Ouder gedeeld")
    assert "Direct handelen" in page


def test_nobody_reads_here_what_is_for_others(cast, haven):
    published(
        title="Voor de zorgring",
        tlp=Tlp.AMBER,
        functions=[CwnFunction.TRAINING],
        addressed_organisations=[cast.organisations["zorgring"]],
    )
    published(
        title="Voor de havenring",
        tlp=Tlp.AMBER_STRICT,
        functions=[CwnFunction.TRAINING],
        addressed_organisations=[haven],
    )
    published(title="Voor Petra", tlp=Tlp.RED, functions=[CwnFunction.TRAINING], named_readers=[cast["mem"]])
    page = page_of(cast.client("mem"))
    assert "Voor de havenring" in page
    assert "TLP:AMBER+STRICT" in page
    assert "Voor de zorgring" not in page
    assert "Voor Petra" not in page


def test_the_newest_few_are_enough(cast, haven):
    for number in range(MOST_NEWS + 2):
        published(title=f"Bericht nummer {number}!", functions=[CwnFunction.TRAINING])
    assert page_of(cast.client("mem")).count("Bericht nummer") == MOST_NEWS


def test_who_belongs_to_no_organisation_sees_what_is_new_for_them(cast):
    published(title="Voor het hele netwerk", tlp=Tlp.GREEN)
    assert "Voor het hele netwerk" in page_of(cast.client("coord"))
    for principal in ("ex", "sus"):
        page = page_of(cast.client(principal))
        assert "Voor het hele netwerk" not in page
        assert "U bent geen lid van een organisatie die nu partner is." in page


# --- what waits --------------------------------------------------------------------------------------
def test_nothing_waits_is_said(cast):
    assert "Er wacht niets op u." in page_of(cast.client("mem-o"))


def test_contacts_to_confirm_wait_for_who_can_confirm_them(cast, haven):
    Contact.objects.filter(organisation=haven).update(created_at=timezone.now() - timedelta(days=200))
    page = page_of(cast.client("rep"))
    assert "contacten nog kloppen" in page
    assert reverse("my_contacts", args=["havenring"]) in page
    assert texts(cast["mem"]) == []


def test_reviews_wait_for_the_reviewer_and_red_keeps_its_title(cast, haven):
    review = {"status": PublicationStatus.IN_REVIEW, "reviewer": cast["rep"], "owner": haven}
    published(title="Te beoordelen", **review)
    published(title="Geheim", tlp=Tlp.RED, approved_by=None, **review)
    assert texts(cast["rep"]) == ["Beoordeel: Te beoordelen", "Beoordeel: een bericht met TLP:RED"]
    assert "Te beoordelen" not in page_of(cast.client("mem-o"))


def test_a_wider_label_waits_for_the_consent_of_the_owner(cast, haven):
    publication = published(title="Ruimer delen?", tlp=Tlp.AMBER, owner=haven)
    RelabelRequest.objects.create(
        publication=publication, old_tlp=Tlp.AMBER, new_tlp=Tlp.GREEN, reason="Bekend.", requested_by=cast["coord"]
    )
    assert texts(cast["rep"]) == ["Geef toestemming voor een ruimer label: Ruimer delen?"]
    assert texts(cast["mem"]) == []


def got(publication: Publication, organisation: Organisation, **fields) -> Receipt:
    values = {"version": publication.version, "channel": ReceiptChannel.MAIL} | fields
    return Receipt.objects.create(publication=publication, organisation=organisation, **values)


def test_what_an_organisation_got_waits_until_it_passed_it_on_or_declined(cast, haven):
    publication = published(title="Geef dit door", urgency=Urgency.IMMEDIATE)
    assert texts(cast["rep"]) == []
    got(publication, haven)
    assert "Laat weten wat u ermee deed: Geef dit door" in page_of(cast.client("rep"))
    answer = Acknowledgement.objects.create(
        publication=publication, version=1, organisation=haven, answer=Answer.LATER, answered_by=cast["rep"]
    )
    assert len(texts(cast["rep"])) == 1, "later is still to come"
    Acknowledgement.objects.filter(pk=answer.pk).update(answer=Answer.NOT_RELEVANT)
    assert texts(cast["rep"]) == []


def test_the_desk_waits_for_who_works_in_the_admin(cast):
    topic = ContactTopic.objects.create(name="Pers", slug="pers")
    ContactMoment.objects.create(topic=topic, name="Anna", email="anna@example.nl", message="Vraag")
    assert "Nieuwe berichten (1)" in texts(cast["coord"])
    assert texts(cast["nctv"]) == []


# --- what is one's own -------------------------------------------------------------------------------
def test_corrections_of_what_was_received(cast, haven):
    publication = published(title="Met een fout", tlp=Tlp.GREEN)
    got(publication, haven)
    other = published(title="Nooit gekregen", tlp=Tlp.GREEN)
    assert "Gecorrigeerd nadat u het kreeg" not in page_of(cast.client("mem"))
    Publication.objects.filter(pk__in=[publication.pk, other.pk]).update(
        version=2, corrected_at=timezone.now(), correction_note="Het versienummer klopte niet."
    )
    page = page_of(cast.client("mem")).split("Gecorrigeerd nadat u het kreeg")[1].split("Uw zoekvragen")[0]
    assert "Met een fout" in page
    assert "Het versienummer klopte niet." in page
    assert "Nooit gekregen" not in page
    assert "Gecorrigeerd" not in page_of(cast.client("mem-o"))


def test_the_own_organisation_and_how_its_data_stand(cast, haven):
    ProfileProposal.objects.create(organisation=haven, values={"description": "Nieuw"}, proposed_by=cast["rep"])
    Contact.objects.filter(organisation=haven).delete()
    ContactFactory.create_batch(2, organisation=haven)
    Contact.objects.filter(pk=haven.contacts.first().pk).update(created_at=timezone.now() - timedelta(days=200))
    page = page_of(cast.client("rep"))
    card = page.split("Uw organisatie</h2>")[1]
    assert "De Havenring" in card
    assert "uw voorstel wacht op een coördinator" in card
    assert ": 2, 1 te bevestigen" in card
    assert "doet mee aan 1 functie" in card
    for name in ("own_organisation", "my_profile", "my_contacts", "my_participation"):
        assert reverse(name, args=["havenring"]) in card
    assert "De Zorgring" not in card


def test_saved_searches_stand_here_with_what_is_new(cast, haven):
    assert "Zoekt u vaker naar hetzelfde?" in page_of(cast.client("mem"))
    keep(cast["mem"], name="Mijn losgeld")
    published(title="Ransomware")
    page = page_of(cast.client("mem"))
    assert "Mijn losgeld" in page
    assert "1 nieuw" in page
    assert "Mijn losgeld" not in page_of(cast.client("rep"))


def test_an_access_that_was_suspended_can_be_lifted(cast, haven):
    Membership.objects.filter(user=cast["rep"]).update(suspended_at=timezone.now())
    assert "Uw toegang voor De Havenring is geschorst" in page_of(cast.client("rep"))


def test_two_organisations_stand_beside_each_other(cast, haven):
    MembershipFactory(user=cast["mem"], organisation=cast.organisations["zorgring"])
    page = page_of(cast.client("mem")).split("Uw organisaties</h2>")[1]
    assert page.index("De Havenring") < page.index("De Zorgring")


def test_a_longer_page_costs_no_more_questions(cast, haven):
    client = cast.client("rep")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(client)
        return len(captured)

    def grow() -> None:
        got(published(functions=[CwnFunction.TRAINING]), haven)
        corrected = published()
        got(corrected, haven)
        Publication.objects.filter(pk=corrected.pk).update(
            version=2, corrected_at=timezone.now(), correction_note="Anders."
        )
        keep(cast["rep"], f"/?q=vraag{Publication.objects.count()}")
        ContactFactory(organisation=haven)

    grow()
    queries()
    one = queries()
    grow()
    grow()
    queries()  # whoever comes first makes the new documents findable
    assert queries() == one
