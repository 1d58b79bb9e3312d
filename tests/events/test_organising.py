"""The desk of who organises: two editors lose nothing, the list is for few, the door works (R98, R99, R123)."""

from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comms.enums import Tlp
from comms.events.actions.attending import check_in, forget_what_is_no_longer_needed
from comms.events.actions.inviting import ask_again, invite
from comms.events.actions.organising import cancel_event, close_event, content_of, publish_event, save_event
from comms.events.actions.preparing import decide_offer, offer_contribution
from comms.events.enums import EventKind, EventStatus, InvitationAnswer, OfferState, RegistrationState
from comms.events.forms.event import EventForm
from comms.events.models import Event, EventInvitation, EventMaterial, Registration, Speaker
from cwn.core.models import AuditEntry
from tests.factories.events import SOON, EventFactory, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast) -> Event:
    return EventFactory(owner=cast.organisations["havenring"], created_by=cast["rep"], title="Oude titel")


def posted(event: Event, user, **changes) -> dict:
    """Return what the browser sends of the form of an event."""
    form = EventForm(instance=event, by=user)
    data = {}
    for name in form.fields:
        bound = form[name]
        value = bound.value()
        if isinstance(value, bool):
            data |= {name: "on"} if value else {}
        elif isinstance(value, list):
            data[name] = [getattr(one, "pk", one) for one in value]
        else:
            data[name] = "" if value is None else (f"{value:%Y-%m-%dT%H:%M}" if hasattr(value, "hour") else value)
    return data | changes


def test_two_editors_of_different_parts_both_keep_their_work(cast, event):
    client = cast.client("rep")
    address = reverse("event_edit", args=[event.slug])
    mine, theirs = posted(event, cast["rep"], title="Nieuwe titel"), posted(event, cast["rep"], place="Zwolle")
    assert client.post(address, theirs).status_code == 302
    assert client.post(address, mine).status_code == 302
    event.refresh_from_db()
    assert (event.title, event.place, event.edit_version) == ("Nieuwe titel", "Zwolle", 3)


def test_two_editors_of_one_part_choose(cast, event):
    client = cast.client("rep")
    address = reverse("event_edit", args=[event.slug])
    mine, theirs = posted(event, cast["rep"], title="Mijn titel"), posted(event, cast["rep"], title="Hun titel")
    client.post(address, theirs)
    answer = client.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hun titel" in page
    assert "Mijn titel" in page
    assert Event.objects.get().title == "Hun titel"
    assert client.post(address, mine | {"keuze-title": "mijn"}).status_code == 302
    assert Event.objects.get().title == "Mijn titel"
    event.refresh_from_db()
    old = posted(event, cast["rep"], title="Weer anders", edit_version=1)
    assert client.post(address, old | {"keuze-title": "hun"}).status_code == 302
    assert Event.objects.get().title == "Mijn titel"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_at": "2026-01-01T10:00"}, "Het einde ligt niet na het begin"),
        ({"capacity": "0"}, "minstens één persoon"),
        ({"capacity": "-4"}, "deze waarde minstens 0 is"),
        ({"starts_at": "morgen"}, "Vul een dag en een tijd in"),
        ({"starts_at": "2027-03-28T02:30"}, "Deze tijd bestaat niet"),
        ({"tlp": "red"}, "Selecteer een geldige keuze"),
        ({"tlp": "amber", "allows_guests": "on"}, "alleen naar een bijeenkomst met TLP:CLEAR"),
        ({"title": "-"}, "Geef een titel"),
        ({"place": ""}, "Vul een plaats in"),
        ({"kind": "stand"}, "van wie de bijeenkomst is"),
        ({"time_zone": "Mars/Olympus"}, "Selecteer een geldige keuze"),
        ({"owner": "9999", "addressed_organisations": ["9999"]}, "9999"),
        ({"edit_version": "x"}, "geheel getal"),
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(cast, event, changes, words):
    before = content_of(event)
    answer = cast.client("rep").post(reverse("event_edit", args=[event.slug]), posted(event, cast["rep"], **changes))
    assert answer.status_code in (400, 409)
    assert words in answer.content.decode()
    event.refresh_from_db()
    assert content_of(event) == before


def test_from_nothing_to_the_agenda(cast):
    client = cast.client("rep")
    blank = posted(Event(time_zone="America/Aruba"), cast["rep"])
    values = {
        "title": "Redactie", "kind": EventKind.WEBINAR, "summary": "Een webinar.", "starts_at": "2027-03-28T02:30",
        "ends_at": "2027-03-28T04:00", "tlp": "clear", "online_address": "https://vergaderen.example/",
    }  # fmt: skip
    answer = client.post(reverse("event_new"), blank | values)
    assert answer.status_code == 302, answer.context["form"].errors
    event = Event.objects.get()
    assert event.slug == "redactie-2", "the word stands for the desk"
    assert f"{event.starts_there:%H:%M %Z}" == "02:30 AST"
    assert client.post(reverse("event_publish", args=[event.slug]), follow=True).status_code == 200
    assert cast.client("anon").get(event.get_absolute_url()).status_code == 200


def test_a_label_gets_stricter_but_not_wider_once_shown(cast, event):
    values = content_of(event)
    save_event(event, values=values | {"tlp": Tlp.GREEN}, links={}, edit_version=1, by=cast["rep"])
    with pytest.raises(ValidationError, match="geen ruimer label"):
        save_event(event, values=values, links={}, edit_version=2, by=cast["rep"])


def test_only_who_may_acts(cast, event):
    for action in (
        lambda by: publish_event(event, by=by),
        lambda by: cancel_event(event, reason="Zomaar.", by=by),
        lambda by: close_event(event, follow_up="", by=by),
        lambda by: invite(event, organisations=[], by=by),
        lambda by: check_in(registered(event, email=f"{by.pk}@x.example"), by=by),
        lambda by: save_event(event, values={}, links={}, edit_version=1, by=by),
    ):
        for principal in ("mem", "mem-o", "nctv", "adm", "ex", "sus", "nomfa"):
            with pytest.raises(PermissionDenied):
                action(cast[principal])


def test_who_did_not_answer_is_known_and_asked_again_once_a_day(cast, event):
    zorg, eiland = cast.organisations["zorgring"], cast.organisations["eilandring"]
    assert len(invite(event, organisations=[zorg, eiland, cast.organisations["havenring"]], by=cast["rep"])) == 3
    assert invite(event, organisations=[zorg], by=cast["rep"]) == []
    page = cast.client("rep").post(
        reverse("event_answer", args=[event.slug]),
        {
            "uitnodiging": EventInvitation.objects.get(organisation=cast.organisations["havenring"]).pk,
            "antwoord": "nee",
        },
    )
    assert page.status_code == 302
    assert EventInvitation.objects.filter(answer=InvitationAnswer.NO).count() == 1
    assert ask_again(event, by=cast["rep"]) == 2
    stranger = cast.client("mem-o").post(
        reverse("event_answer", args=[event.slug]),
        {"uitnodiging": EventInvitation.objects.first().pk, "antwoord": "ja"},
    )
    assert stranger.status_code in (403, 404)


def test_the_door(cast, event):
    seated = registered(event, needs="kanarie-dieet")
    waiting = registered(event, state=RegistrationState.WAITING)
    gone = registered(event, state=RegistrationState.CANCELLED)
    address = reverse("event_check_in", args=[event.slug, seated.key])
    rep = cast.client("rep")
    with time_machine.travel(SOON - timedelta(minutes=10), tick=False):
        rep.force_login(cast["rep"])
        assert "kanarie-dieet" in rep.get(address).content.decode()
        assert Registration.objects.get(pk=seated.pk).state == RegistrationState.CONFIRMED
        assert "is binnen" in rep.post(address, follow=True).content.decode()
        rep.post(address)
        assert Registration.objects.get(pk=seated.pk).state == RegistrationState.ATTENDED
        check_in(waiting, by=cast["rep"])
        with pytest.raises(ValidationError):
            check_in(gone, by=cast["rep"])
    for principal in ("mem", "mem-x", "nctv", "adm", "anon"):
        assert cast.client(principal).post(address).status_code in (302, 404)


def test_the_list_as_a_file_runs_no_formula_and_is_accounted_for(cast, event):
    registered(event, name="=cmd|'/c calc'!A1", needs="+1", organisation_name="@SOM(A1)")
    address = reverse("event_participants_file", args=[event.slug])
    content = cast.client("rep").get(address).content.decode("utf-8-sig")
    assert "'=cmd" in content
    assert "'+1" in content
    assert "'@SOM" in content
    assert AuditEntry.objects.filter(verb="export_participants", object_id=event.pk, actor_id=cast["rep"].pk).exists()
    assert {cast.client(who).get(address).status_code for who in ("mem", "wg", "nctv", "mem-o")} == {404}


def test_what_is_no_longer_needed_is_forgotten_at_the_border_day(event):
    kept = registered(event, needs="blijft")
    asked = registered(event, state=RegistrationState.ASKED)
    with time_machine.travel(event.ends_at + timedelta(days=30, seconds=-1)):
        assert forget_what_is_no_longer_needed()[0] == 0
    with time_machine.travel(event.ends_at + timedelta(days=30, seconds=1)):
        forget_what_is_no_longer_needed()
    assert Registration.objects.get(pk=kept.pk).needs == ""
    assert not Registration.objects.filter(pk=asked.pk).exists()


def test_a_partner_offers_a_part_and_the_organiser_decides(cast):
    event = EventFactory(owner=cast.organisations["havenring"], calls_for_contributions=True)
    values = {"organisation": cast.organisations["eilandring"], "title": "Lezing", "explanation": "Over eilanden."}
    offer = offer_contribution(event, by=cast["mem-o"], **values)
    with pytest.raises(PermissionDenied):
        offer_contribution(event, by=cast["mem"], **values)
    with pytest.raises(PermissionDenied):
        decide_offer(offer, accepts=True, by=cast["mem-o"])
    assert decide_offer(offer, accepts=True, by=cast["rep"]).state == OfferState.ACCEPTED
    with pytest.raises(ValidationError):
        decide_offer(offer, accepts=False, by=cast["rep"])


def test_a_speaker_is_named_with_consent_only_and_counts_once_it_took_place(cast):
    event = EventFactory(owner=cast.organisations["havenring"])
    Speaker.objects.create(event=event, name="kanarie-spreker", organisation=cast.organisations["zorgring"])
    assert "kanarie-spreker" not in cast.client("mem").get(event.get_absolute_url()).content.decode()
    assert Speaker.objects.contributions().count() == 0
    Event.objects.update(status=EventStatus.CLOSED)
    assert Speaker.objects.contributions().count() == 1


def test_what_is_on_loan_comes_back(cast, event):
    material = EventMaterial.objects.create(event=event, what="Banner", source="bruikleen")
    client = cast.client("rep")
    assert "Is terug" in client.get(reverse("event_parts", args=[event.slug, "materiaal"])).content.decode()
    client.post(reverse("event_material_back", args=[event.slug, material.pk]))
    material.refresh_from_db()
    assert not material.must_come_back
    assert client.get(reverse("event_parts", args=[event.slug, "onzin"])).status_code == 404


@pytest.mark.parametrize(
    ("name", "principal"),
    [("event_list", "anon"), ("event_list", "coord"), ("event_desk", "coord"), ("events_file", "anon")],
)
def test_lists_cost_the_same_for_one_event_and_three(cast, name, principal):
    client, costs = cast.client(principal), []
    for _number in range(3):
        registered(EventFactory(capacity=5))
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse(name)).status_code == 200
        costs.append(len(caught))
    assert all(one == other for one, other in pairwise(costs))


def test_a_page_costs_the_same_for_one_part_and_three(cast, event):
    client, costs = cast.client("rep"), []
    pages = [event.get_absolute_url(), reverse("event_participants", args=[event.slug])]
    for number in range(3):
        registered(event, organisation=cast.organisations["zorgring"])
        speaker = Speaker.objects.create(
            event=event, name=f"S{number}", organisation=cast.organisations["zorgring"], may_be_named=True
        )
        item = event.programme.create(title="Deel", starts_at=event.starts_at, ends_at=event.ends_at)
        item.speakers.add(speaker)
        counted = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as caught:
                assert client.get(page).status_code == 200
            counted.append(len(caught))
        costs.append(counted)
    assert costs[1] == costs[2]


def test_an_event_is_found_on_the_landing_page_by_who_may_open_it(cast):
    EventFactory(title="Kanariebijeenkomst openbaar")
    EventFactory(title="Kanariebijeenkomst groen", tlp=Tlp.GREEN)
    EventFactory(title="Kanariebijeenkomst amber", tlp=Tlp.AMBER, owner=cast.organisations["havenring"])
    for principal, found in (("anon", ["openbaar"]), ("mem-o", ["openbaar", "groen"]), ("nctv", ["openbaar", "groen"]),
                             ("mem", ["openbaar", "groen", "amber"])):  # fmt: skip
        page = cast.client(principal).get("/?q=kanariebijeenkomst").content.decode()
        for word in ("openbaar", "groen", "amber"):
            assert (f"bijeenkomst-{word}" in page or f"</mark> {word}" in page or f" {word}</a>" in page) == (
                word in found
            ), (principal, word)
