"""Inviting organisations and single persons: nobody hears of what he or she may not see (R98; security.md A17)."""

import re
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comms.enums import Tlp
from comms.events.actions.inviting import answer_invitation, ask_again, invite
from comms.events.actions.registering import register
from comms.events.enums import InvitationAnswer
from comms.events.invitable import invitable_people
from comms.events.models import Event, EventInvitation
from comms.events.partner_mails import recheck_invitation
from cwn.core.waiting import waiting_items
from cwn.delivery.models import Delivery
from tests.cast import PRINCIPALS
from tests.events.test_partner_mails import read
from tests.factories.events import EventFactory
from tests.factories.partners import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast) -> Event:
    return EventFactory(owner=cast.organisations["havenring"], title="Netwerkdag", tlp=Tlp.GREEN)


@pytest.mark.parametrize(
    ("tlp", "people"),
    [
        (Tlp.CLEAR, {"mem", "rep", "wg", "mem-x", "mem-o", "rcp", "nomfa"}),
        (Tlp.GREEN, {"mem", "rep", "wg", "mem-x", "mem-o", "rcp"}),
        (Tlp.AMBER, {"mem", "rep", "wg", "mem-x"}),
        (Tlp.AMBER_STRICT, {"mem", "rep", "wg", "mem-x"}),
    ],
)
def test_who_may_be_invited_may_see_the_event(cast, tlp, people):
    event = EventFactory(owner=cast.organisations["havenring"], tlp=tlp, addressed=[cast.organisations["zorgring"]])
    assert set(invitable_people(event)) == {cast[name] for name in people}
    for person in invitable_people(event):
        assert Event.objects.visible_to(person).filter(pk=event.pk).exists()
    for name in set(PRINCIPALS) - people - {"anon"}:
        with pytest.raises(ValidationError, match="mag zien"):
            invite(event, people=[cast[name]], by=cast["rep"])
    assert not EventInvitation.objects.exists()
    assert not Delivery.objects.exists()


def test_an_organisation_that_may_not_know_is_refused(cast):
    event = EventFactory(owner=cast.organisations["havenring"], tlp=Tlp.AMBER)
    with pytest.raises(ValidationError, match="mag zien"):
        invite(event, organisations=[cast.organisations["zorgring"]], by=cast["rep"])
    assert not Delivery.objects.exists()


def test_a_person_is_invited_once_and_answers(cast, event):
    (invitation,) = invite(event, people=[cast["mem-o"]], by=cast["rep"])
    assert invite(event, people=[cast["mem-o"]], by=cast["rep"]) == []
    delivery = Delivery.objects.get()
    subject, text = read(delivery)
    assert (delivery.user, subject) == (cast["mem-o"], "[TLP:GREEN] Uitnodiging: Netwerkdag")
    assert "U bent uitgenodigd." in text
    assert "Laat weten of u komt: Netwerkdag" in [item.text for item in waiting_items(cast["mem-o"])]

    client = cast.client("mem-o")
    page = client.get(event.get_absolute_url()).content.decode()
    assert "U bent uitgenodigd" in page
    answer = {"uitnodiging": invitation.pk, "antwoord": "ja"}
    assert client.post(reverse("event_answer", args=[event.slug]), answer).status_code == 302
    invitation.refresh_from_db()
    assert invitation.answer == InvitationAnswer.YES
    assert waiting_items(cast["mem-o"]) == []


def test_nobody_else_answers_or_sees_an_own_invitation(cast, event):
    (invitation,) = invite(event, people=[cast["mem-o"]], by=cast["rep"])
    for name in ("rcp", "mem", "mem-x", "wg", "nctv", "rep", "coord"):  # rcp is of the same organisation
        with pytest.raises(PermissionDenied):
            answer_invitation(invitation, answer="ja", by=cast[name])
        page = cast.client(name).get(event.get_absolute_url()).content.decode()
        assert "uitgenodigd" not in page
    answer = {"uitnodiging": invitation.pk, "antwoord": "nee"}
    assert cast.client("rcp").post(reverse("event_answer", args=[event.slug]), answer).status_code == 404
    invitation.refresh_from_db()
    assert invitation.answer == InvitationAnswer.NONE


def test_who_did_not_answer_counts_organisations_and_persons(cast, event):
    zorg = cast.organisations["zorgring"]
    invite(event, organisations=[zorg], people=[cast["mem-o"], cast["rcp"]], by=cast["rep"])
    answer_invitation(EventInvitation.objects.get(person=cast["rcp"]), answer="nee", by=cast["rcp"])
    page = cast.client("rep").get(reverse("event_invitations", args=[event.slug])).content.decode()
    assert "2 genodigden antwoordden nog niet." in page
    assert cast["mem-o"].name in page
    Delivery.objects.all().delete()
    assert ask_again(event, by=cast["rep"]) == 2
    assert [delivery.user for delivery in Delivery.objects.all()] == [cast["mem-o"]], "the Zorgring has nobody who acts"
    assert set(EventInvitation.objects.values_list("person", "times_reminded")) == {
        (None, 1), (cast["mem-o"].pk, 1), (cast["rcp"].pk, 0),
    }  # fmt: skip


def test_a_mail_stays_behind_for_who_answered_or_may_not_know_any_more(cast, event):
    invite(event, people=[cast["mem-o"], cast["rcp"], cast["mem-x"]], by=cast["rep"])
    answer_invitation(EventInvitation.objects.get(person=cast["rcp"]), answer="ja", by=cast["rcp"])
    cast["mem-x"].memberships.all().delete()
    refused = recheck_invitation(Delivery.objects.select_related("user", "mailing"))
    kept = Delivery.objects.get(user=cast["mem-o"]).pk
    assert set(refused) == set(Delivery.objects.values_list("pk", flat=True)) - {kept}


def test_an_answer_for_the_organisation_is_not_one_for_the_person(cast, event):
    invite(event, organisations=[cast.organisations["havenring"]], people=[cast["rep"]], by=cast["coord"])
    assert Delivery.objects.filter(user=cast["rep"]).count() == 2
    answer_invitation(EventInvitation.objects.get(person=None), answer="ja", by=cast["rep"])
    refused = recheck_invitation(Delivery.objects.select_related("user", "mailing"))
    assert set(refused) == set(Delivery.objects.filter(mailing__kind="event-invitation").values_list("pk", flat=True))


def test_who_registers_says_yes_to_the_own_invitation_and_to_no_other(cast, event):
    invite(event, organisations=[cast.organisations["zorgring"]], people=[cast["mem-o"], cast["rcp"]], by=cast["rep"])
    register(event, by=cast["mem-o"])
    assert EventInvitation.objects.get(answer=InvitationAnswer.YES).person == cast["mem-o"]


def test_an_invitation_is_for_one(cast, event):
    both = {"organisation": cast.organisations["zorgring"], "person": cast["mem-x"]}
    for who in (both, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EventInvitation.objects.create(event=event, invited_by=cast["rep"], **who)
    EventInvitation.objects.create(event=event, invited_by=cast["rep"], person=cast["mem-x"])
    with pytest.raises(IntegrityError), transaction.atomic():
        EventInvitation.objects.create(event=event, invited_by=cast["rep"], person=cast["mem-x"])


# --- in the browser ----------------------------------------------------------------------------------
def test_the_organiser_searches_ticks_and_invites(cast, event):
    client, page = cast.client("rep"), reverse("event_invitations", args=[event.slug])
    assert cast["mem-o"].name not in client.get(page).content.decode()
    zorg = cast.organisations["zorgring"]
    found = client.post(page, {"q": "eilandring", "zoek": "1", "organisations": [zorg.pk]})
    html = found.content.decode()
    assert found.status_code == 200
    for name in ("mem-o", "rcp"):
        assert f"{cast[name].name} (De Eilandring)" in html
    assert re.search(rf'name="organisations" value="{zorg.pk}"[^>]* checked', html), "what was ticked stays"
    again = client.post(page, {"q": "Xandra", "zoek": "1", "people": [cast["mem-o"].pk]}).content.decode()
    assert cast["mem-o"].name in again
    assert cast["mem-x"].name in again
    assert cast["rcp"].name not in again
    assert not EventInvitation.objects.exists(), "a search invites nobody"
    sent = {"people": [cast["mem-o"].pk, cast["mem-x"].pk], "organisations": [zorg.pk], "q": "Xandra"}
    assert "Uitgenodigd: 3." in client.post(page, sent, follow=True).content.decode()
    assert EventInvitation.objects.count() == 3


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Kies minstens één organisatie of persoon."),
        ({"people": ["999999999"]}, "Deze persoon kunt u niet uitnodigen."),
        ({"people": ["x"]}, "is geen geldige"),
        ({"people": ["9" * 40]}, "Deze persoon kunt u niet uitnodigen."),
        ({"organisations": ["999999999"]}, "Deze organisatie kunt u niet uitnodigen."),
        ({"q": "x" * 200, "people": []}, "80"),
    ],
)
def test_bad_input_is_one_sentence_and_invites_nobody(cast, event, sent, words):
    answer = cast.client("rep").post(reverse("event_invitations", args=[event.slug]), sent)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not EventInvitation.objects.exists()


def test_the_search_shows_nobody_who_may_not_know(cast):
    event = EventFactory(owner=cast.organisations["havenring"], tlp=Tlp.AMBER)
    page, client = reverse("event_invitations", args=[event.slug]), cast.client("rep")
    html = client.post(page, {"q": "ring", "zoek": "1"}).content.decode()
    assert cast["mem"].name in html
    for name in ("mem-o", "mem-x", "sus", "ex", "nomfa"):
        assert cast[name].name not in html
    sent = client.post(page, {"people": [cast["mem-o"].pk]}).content.decode()
    assert "Deze persoon kunt u niet uitnodigen." in sent
    assert cast["mem-o"].name not in sent


def test_the_page_costs_the_same_for_one_person_and_three(cast, event):
    client, page, costs = cast.client("rep"), reverse("event_invitations", args=[event.slug]), []
    people = [MembershipFactory(organisation=cast.organisations["zorgring"]).user for _number in range(6)]
    for number in range(3):
        invite(event, people=[people[number]], by=cast["rep"])
        client.get(page)
        counted = []
        for data in (None, {"q": "zorgring", "zoek": "1"}):
            with CaptureQueriesContext(connection) as caught:
                assert (client.post(page, data) if data else client.get(page)).status_code == 200
            counted.append(len(caught))
        costs.append(counted)
    assert all(one == other for one, other in pairwise(costs))
