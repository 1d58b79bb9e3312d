"""Calendar addresses: secret, as the reader now, dead with the rights; and files that become ideas (R86, A04, A13)."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from comms.enums import Tlp
from comms.planning.actions.feeds import create_feed, import_ideas, revoke_feed
from comms.planning.enums import CampaignStatus, EntryReaders, EntryStatus, FeedScope
from comms.planning.feeds import read_calendar, write_calendar
from comms.planning.models import CalendarEntry, CalendarFeed
from comms.planning.sources import CalendarItem
from comms.planning.views.feeds import WRONG_SECRETS
from cwn.core.enums import CwnFunction
from partners.enums import PartnerStatus
from tests.factories.planning import (
    CampaignFactory,
    EntryFactory,
    KeyMomentFactory,
    MilestoneFactory,
    WorkingGroupSessionFactory,
)

pytestmark = pytest.mark.django_db


def address_of(user, **scope) -> str:
    """Return the address of a new feed; the whole of what the reader may see, unless it says otherwise."""
    _feed, secret = create_feed(by=user, **{"scope": FeedScope.PERSON, **scope})
    return reverse("calendar_file", args=[secret])


def events(address: str) -> dict[str, object]:
    """Return what a calendar program gets, without a session, by uid."""
    answer = Client().get(address)
    assert answer.status_code == 200, answer.content
    return {str(event["UID"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def titles(address: str) -> set[str]:
    return {str(event["SUMMARY"]) for event in events(address).values()}


# --- making and taking back --------------------------------------------------------------------------
def test_an_address_is_shown_once_and_kept_as_a_digest(cast):
    client = cast.client("mem")
    text = client.post(reverse("calendar_feeds"), {"what": "persoon", "name": "telefoon"}).content.decode()
    secret = re.search(r"/agenda-adressen/([\w-]{43})\.ics", text)[1]

    feed = CalendarFeed.objects.get()
    assert secret not in feed.digest
    assert secret not in client.get(reverse("calendar_feeds")).content.decode()
    assert "telefoon" in client.get(reverse("calendar_feeds")).content.decode()
    assert Client().get(reverse("calendar_file", args=[secret])).status_code == 200
    feed.refresh_from_db()
    assert feed.last_used_on == timezone.localdate()

    client.post(reverse("calendar_feed_revoke", args=[feed.pk]))
    assert Client().get(reverse("calendar_file", args=[secret])).status_code == 404


def test_nobody_takes_back_what_is_of_another(cast):
    address_of(cast["mem"])
    feed = CalendarFeed.objects.get()
    assert cast.client("wg").post(reverse("calendar_feed_revoke", args=[feed.pk])).status_code == 404
    feed.refresh_from_db()
    assert feed.revoked_at is None


def test_only_what_is_offered_can_be_chosen(cast):
    campaign = CampaignFactory(status=CampaignStatus.DRAFT)
    client = cast.client("mem")
    for what in (
        f"organisatie:{cast.organisations['eilandring'].pk}", f"campagne:{campaign.slug}", "functie:x", "iets", "",
    ):  # fmt: skip
        assert client.post(reverse("calendar_feeds"), {"what": what}).status_code == 400
    assert not CalendarFeed.objects.exists()


def test_there_is_an_end_to_addresses(cast, monkeypatch):
    monkeypatch.setattr("comms.planning.actions.feeds.MOST_FEEDS", 1)
    address_of(cast["mem"])
    answer = cast.client("mem").post(reverse("calendar_feeds"), {"what": "persoon"})
    assert "Trek er eerst een in." in answer.content.decode()


# --- whose rights ------------------------------------------------------------------------------------
def test_an_address_shows_what_its_owner_may_see(cast):
    for readers in EntryReaders:
        EntryFactory(title=f"item-{readers}", readers=readers)
        MilestoneFactory(title=f"mijlpaal-{readers}", readers=readers)
    EntryFactory(title="kanarie", tlp=Tlp.AMBER, owner=cast.organisations["zorgring"])
    WorkingGroupSessionFactory(title="Sessie")

    seen = {name: " ".join(titles(address_of(cast[name]))) for name in ("mem", "rep", "wg", "coord")}

    assert "item-planners" not in seen["mem"]
    assert "item-leden" in seen["mem"]
    assert "Sessie" not in seen["mem"] + seen["rep"]
    assert "mijlpaal-planners" in seen["rep"]
    assert "Sessie" in seen["wg"]
    assert "TLP:AMBER-bericht" in seen["wg"]
    assert "TLP:AMBER-bericht" in seen["coord"]
    assert "TLP:AMBER" not in seen["mem"] + seen["rep"]
    assert "kanarie" not in "".join(seen.values())


def _suspend(user) -> None:
    membership = user.memberships.get()
    type(membership.organisation).objects.filter(pk=membership.organisation_id).update(status=PartnerStatus.SUSPENDED)


ENDINGS = {
    "membership ended": lambda user: user.memberships.update(ended_at=timezone.now()),
    "partner suspended": _suspend,
    "account closed": lambda user: type(user).objects.filter(pk=user.pk).update(is_active=False),
    "second factor gone": lambda user: user.authenticator_set.all().delete(),
    "address taken back": lambda user: revoke_feed(user.calendar_feeds.get(), by=user),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_address_dies_with_the_rights(cast, ending):
    """A04: from the next request on, and nothing tells it from an address that never was."""
    address = address_of(cast["rep"])
    assert Client().get(address).status_code == 200

    ENDINGS[ending](cast["rep"])

    never = Client().get(reverse("calendar_file", args=["x" * 43]))
    gone = Client().get(address)
    assert (gone.status_code, never.status_code) == (404, 404)
    assert gone.content.replace(address.encode(), b"") == never.content.replace(b"x" * 43, b"") or (
        len(gone.content) == len(never.content)
    )
    assert gone.headers.get("ETag") == never.headers.get("ETag")


def test_who_left_an_organisation_reads_its_calendar_no_more(cast):
    user, haven = cast["mem"], cast.organisations["havenring"]
    address = address_of(user, scope=FeedScope.ORGANISATION, organisation=haven)
    user.memberships.update(organisation=cast.organisations["eilandring"])
    assert Client().get(address).status_code == 404


def test_the_session_of_another_adds_nothing(cast):
    EntryFactory(title="item-planners")
    address = address_of(cast["mem"])
    assert b"item-planners" not in cast.client("coord").get(address).content


def test_each_kind_of_address(cast):
    haven = cast.organisations["havenring"]
    campaign = CampaignFactory(status=CampaignStatus.RUNNING, name="Samen")
    EntryFactory(title="van-haven", owner=haven, readers="leden")
    EntryFactory(title="van-oefenen", functions=[CwnFunction.TRAINING], readers="leden")
    EntryFactory(title="van-campagne", campaign=campaign, readers="leden")
    KeyMomentFactory(title="van-allen", readers="leden")

    def words(**scope) -> str:
        return " ".join(titles(address_of(cast["mem"], **scope)))

    assert "van-haven" in (text := words(scope=FeedScope.ORGANISATION, organisation=haven))
    assert "van-oefenen" not in text
    assert "van-oefenen" in (text := words(scope=FeedScope.FUNCTION, function=CwnFunction.TRAINING))
    assert "van-allen" in text
    assert "van-haven" not in text
    assert "van-campagne" in (text := words(scope=FeedScope.CAMPAIGN, campaign=campaign))
    assert "Samen" in text
    assert "van-allen" not in text


# --- the file ----------------------------------------------------------------------------------------
def test_a_second_reading_costs_nothing(cast):
    EntryFactory(readers="leden")
    address = address_of(cast["mem"])
    first = Client().get(address)
    tag = first["ETag"]

    for method in ("get", "head"):
        answer = getattr(Client(), method)(address, headers={"if-none-match": tag})
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
        whole = getattr(Client(), method)(address)
        assert (whole.status_code, whole["ETag"]) == (200, tag)
        assert whole["Cache-Control"] == "private, no-store"
        assert whole["Content-Type"] == "text/calendar; charset=utf-8"
        assert dict(whole.cookies) == {}

    CalendarEntry.objects.update(title="Anders")
    assert Client().get(address, headers={"if-none-match": tag}).status_code == 200


def test_what_was_taken_away_is_cancelled_for_a_month(cast, time_machine):
    time_machine.move_to(datetime(2026, 11, 20, 9, tzinfo=ZoneInfo("Europe/Amsterdam")), tick=False)
    entry = EntryFactory(readers="leden", title="kanarie-titel")
    moment = KeyMomentFactory(readers="iedereen")
    hidden = EntryFactory()
    keys = {f"entry-{entry.uid}@cwn", f"moment-{moment.uid}@cwn"}
    address = address_of(cast["mem"])
    assert {str(event["STATUS"]) for event in events(address).values()} <= {"TENTATIVE", "CONFIRMED"}

    CalendarEntry.objects.filter(pk__in=[entry.pk, hidden.pk]).update(removed_at=timezone.now())
    moment.delete()

    gone = events(address)
    assert set(gone) == keys
    assert {str(event["STATUS"]) for event in gone.values()} == {"CANCELLED"}
    assert {int(event["SEQUENCE"]) for event in gone.values()} == {1}
    assert "kanarie" not in str(gone)
    time_machine.move_to(datetime(2026, 12, 25, 9, tzinfo=ZoneInfo("Europe/Amsterdam")), tick=False)
    assert f"entry-{entry.uid}@cwn" not in events(address)


def test_wrong_secrets_are_not_tried_for_ever(cast):
    address = address_of(cast["mem"])
    wrong = [Client().get(reverse("calendar_file", args=[f"fout-{n}"])).status_code for n in range(WRONG_SECRETS + 2)]
    assert wrong == [404] * WRONG_SECRETS + [429] * 2
    assert Client().get(address).status_code == 200, "who has an address is not locked out by others"


def test_everybody_gets_the_same_public_file(cast):
    """A13: CLEAR and public only, whoever asks."""
    for readers in EntryReaders:
        EntryFactory(title=f"item-{readers}", readers=readers)
        MilestoneFactory(title=f"mijlpaal-{readers}", readers=readers)
        KeyMomentFactory(title=f"moment-{readers}", readers=readers)
    answers = {
        client.get(reverse("public_calendar_file")).content for name, client in cast.clients() if name != "nomfa"
    }
    (content,) = answers
    for kind in ("item", "mijlpaal", "moment"):
        assert f"{kind}-iedereen".encode() in content
    assert b"leden" not in content
    assert b"planners" not in content


def test_more_items_cost_no_more_questions(cast):
    address = address_of(cast["wg"])

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert Client().get(address).status_code == 200
        return len(caught)

    def rows(number: int) -> None:
        for _one in range(number):
            campaign = CampaignFactory()
            campaign.partners.add(cast.organisations["havenring"])
            EntryFactory(campaign=campaign)
            EntryFactory(removed_at=timezone.now())
            MilestoneFactory()
            KeyMomentFactory()
            WorkingGroupSessionFactory()

    rows(1)
    queries()
    one = queries()
    rows(2)
    assert queries() == one


# --- bringing a file in ------------------------------------------------------------------------------
def file_with(*titles: str, zone: str = "Europe/Amsterdam") -> bytes:
    start = datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo(zone))
    items = [CalendarItem(uid=f"vreemd-{n}", kind="x", title=title, starts=start, ends=None, url="/")
             for n, title in enumerate(titles)]  # fmt: skip
    return write_calendar(items, name="x", language="nl")


def upload(client, cast, content: bytes, **fields):
    data = {"owner": cast.organisations["zorgring"].pk, "tlp": "green", **fields}
    data["file"] = SimpleUploadedFile("agenda.ics", content, "text/calendar")
    return client.post(reverse("calendar_import"), data)


def bring(client, cast, content: bytes):
    """Upload, look, and say yes."""
    text = upload(client, cast, content).content.decode()
    planned = re.search(r'name="planned" value="([^"]+)"', text)[1]
    return client.post(reverse("calendar_import"), {"planned": planned}, follow=True)


def test_a_file_becomes_ideas_once_somebody_said_yes(cast):
    client = cast.client("wg")
    answer = upload(client, cast, file_with("Beurs", "Congres"))
    assert answer.content.decode().count("Nieuw idee") == 2
    assert not CalendarEntry.objects.exists()

    bring(client, cast, file_with("Beurs", "Congres"))
    entries = CalendarEntry.objects.all()
    assert {(one.title, one.status, one.tlp, one.readers) for one in entries} == {
        (title, EntryStatus.IDEA, Tlp.GREEN, EntryReaders.PLANNERS) for title in ("Beurs", "Congres")
    }
    assert {one.owner.slug for one in entries} == {"zorgring"}


def test_the_same_file_again_changes_nothing(cast):
    client, content = cast.client("wg"), file_with("Beurs", "Congres")
    bring(client, cast, content)
    before = list(CalendarEntry.objects.order_by("pk").values())

    assert upload(client, cast, content).content.decode().count("Staat er al, niets verandert") == 2
    bring(client, cast, content)

    assert list(CalendarEntry.objects.order_by("pk").values()) == before


def test_a_newer_file_changes_an_idea_but_no_work(cast):
    client = cast.client("wg")
    bring(client, cast, file_with("Beurs", "Congres"))
    CalendarEntry.objects.filter(title="Congres").update(status=EntryStatus.PLANNED, content="Wat", message="Zo")

    bring(client, cast, file_with("Beurs (verplaatst)", "Congres (verplaatst)"))

    rows = dict(CalendarEntry.objects.values_list("title", "sequence"))
    assert rows == {"Beurs (verplaatst)": 1, "Congres": 0}


def test_what_we_wrote_comes_back_as_itself(cast):
    for tlp in (Tlp.CLEAR, Tlp.GREEN):
        EntryFactory(title=f"Van ons {tlp}", readers="leden", tlp=tlp, content="Lang", message="Kort")
    before = list(CalendarEntry.objects.order_by("pk").values())
    bring(cast.client("wg"), cast, Client().get(address_of(cast["wg"])).content)
    assert list(CalendarEntry.objects.order_by("pk").values()) == before


def test_nobody_writes_over_an_item_that_he_or_she_cannot_see(cast):
    hidden = EntryFactory(title="Geheim", tlp=Tlp.AMBER, owner=cast.organisations["eilandring"])
    item = CalendarItem(f"entry-{hidden.uid}@cwn", "x", "Kaping", date(2026, 12, 1), None, "/")
    bring(cast.client("wg"), cast, write_calendar([item], name="x", language="nl"))
    hidden.refresh_from_db()
    assert hidden.title == "Geheim"
    assert CalendarEntry.objects.filter(title="Kaping").exclude(uid=hidden.uid).exists()


def test_a_preview_of_another_is_no_yes(cast):
    text = upload(cast.client("wg"), cast, file_with("Beurs")).content.decode()
    planned = re.search(r'name="planned" value="([^"]+)"', text)[1]
    for principal, value in (("coord", planned), ("rep", planned), ("wg", planned[:-3] + "abc"), ("wg", "x")):
        cast.client(principal).post(reverse("calendar_import"), {"planned": value})
    assert not CalendarEntry.objects.exists()


@pytest.mark.parametrize("principal", ["mem", "nctv", "adm", "ex", "sus", "mem-x"])
def test_only_the_desk_and_representatives_bring_files(cast, principal):
    assert cast.client(principal).get(reverse("calendar_import")).status_code == 404
    assert upload(cast.client(principal), cast, file_with("Beurs")).status_code == 404


def test_a_representative_brings_ideas_of_the_own_organisation_only(cast):
    client, haven = cast.client("rep"), cast.organisations["havenring"]
    assert upload(client, cast, file_with("Beurs")).status_code == 400  # that of another
    assert upload(client, cast, file_with("Beurs"), owner=haven.pk).status_code == 200
    with pytest.raises(PermissionDenied):
        import_ideas(
            read_calendar(file_with("Beurs")), owner=cast.organisations["zorgring"], tlp="green", by=cast["rep"]
        )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html>", "Dit is geen agendabestand."),
        (b"BEGIN:VCALENDAR\r\n" + b"X" * 600_000, "Het bestand is te groot."),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "In dit bestand staan geen afspraken."),
    ],
)
def test_a_hostile_file_is_one_sentence_at_its_box(cast, content, words):
    answer = upload(cast.client("wg"), cast, content)
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_a_label_is_asked_and_never_given(cast):
    assert upload(cast.client("wg"), cast, file_with("Beurs"), tlp="").status_code == 400
    assert upload(cast.client("wg"), cast, file_with("Beurs"), tlp="red").status_code == 400
