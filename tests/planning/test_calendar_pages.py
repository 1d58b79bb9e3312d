"""The four views of the calendar: who sees what, on which day, with which filters, and how many questions it takes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comms.enums import PublicationStatus, Tlp
from comms.models import Publication
from comms.planning.enums import EntryStatus
from comms.planning.sources import items_between
from comms.planning.views.calendar.periods import agenda_of, day_asked, month_of, quarter_of, week_of
from cwn.core.enums import CwnFunction
from partners.models import Organisation
from tests.factories.comms import PublicationFactory, published
from tests.factories.partners import RegionFactory
from tests.factories.planning import AudienceFactory, CampaignFactory, ChannelFactory, EntryFactory

pytestmark = pytest.mark.django_db
VIEWS = ("calendar_agenda", "calendar_month", "calendar_week", "calendar_board")
NOON = datetime(2026, 3, 11, 11, tzinfo=UTC)


def page(client, view: str, **query) -> str:
    response = client.get(reverse(view), {"dag": "2026-03-11", **query})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("view", VIEWS)
def test_everybody_sees_what_is_for_everybody_and_no_more(cast, view):
    EntryFactory(title="Open voor allen", readers="iedereen", starts_at=NOON)
    EntryFactory(title="Voor leden", readers="leden", tlp=Tlp.GREEN, starts_at=NOON)
    EntryFactory(title="Voor planners", starts_at=NOON)
    EntryFactory(title="Vertrouwelijk", tlp=Tlp.AMBER, starts_at=NOON)
    EntryFactory(title="Weggehaald", readers="iedereen", starts_at=NOON, removed_at=NOON)
    shown = {
        "anon": ["Open voor allen"],
        "mem": ["Open voor allen", "Voor leden"],
        "rep": ["Open voor allen", "Voor leden", "Voor planners"],
        "nctv": ["Open voor allen", "Voor leden", "Voor planners"],
        "wg": ["Open voor allen", "Voor leden", "Voor planners"],
        "coord": ["Open voor allen", "Voor leden", "Voor planners", "Vertrouwelijk"],
        "ex": ["Open voor allen"],
        "sus": ["Open voor allen"],
    }
    titles = ["Open voor allen", "Voor leden", "Voor planners", "Vertrouwelijk", "Weggehaald"]
    for principal, expected in shown.items():
        html = page(cast.client(principal), view)
        assert [title for title in titles if title in html] == expected, principal


def test_a_visitor_gets_no_forms_and_no_cookie(cast):
    EntryFactory(readers="iedereen", starts_at=NOON)
    client = cast.client("anon")
    assert "csrfmiddlewaretoken" not in page(client, "calendar_month")
    assert dict(client.cookies) == {}


def test_publications_stand_in_it_once_and_red_ones_never(cast):
    day = timezone.now()
    owner = cast.organisations["havenring"]
    published(title="Uitgebracht bericht", owner=owner)
    planned = published(title="Bericht met een item", owner=owner)
    EntryFactory(title="Item met een bericht", publication=planned, starts_at=day)
    published(title="Rood bericht", tlp=Tlp.RED, owner=owner, named_readers=[cast["wg"]])
    PublicationFactory(
        title="Ingepland bericht",
        owner=owner,
        author=cast["rep"],
        status=PublicationStatus.SCHEDULED,
        publish_at=day + timedelta(days=1),
    )
    seen = {
        principal: {
            item.title
            for item in items_between(cast[principal], timezone.localdate(), timezone.localdate() + timedelta(days=2))
        }
        for principal in ("wg", "rep")
    }
    assert seen["wg"] == {"Uitgebracht bericht", "Item met een bericht"}
    assert seen["rep"] == {"Uitgebracht bericht", "Item met een bericht", "Ingepland bericht"}


def test_filters_narrow_and_can_be_taken_away(cast):
    zeeland = RegionFactory(slug="zeeland", name="Zeeland")
    haven = cast.organisations["havenring"]
    haven.regions.add(zeeland)
    EntryFactory(
        title="Havenweek",
        starts_at=NOON,
        owner=haven,
        functions=[CwnFunction.TRAINING],
        audiences=[AudienceFactory(slug="burgers")],
        channels=[ChannelFactory(kind="social")],
        campaign=CampaignFactory(slug="havencampagne", status="loopt"),
        status=EntryStatus.CONCEPT,
        message="Zet de sluis dicht.",
    )
    EntryFactory(title="Iets anders", starts_at=NOON)
    client = cast.client("wg")
    for name, value in {
        "q": "sluis",
        "functie": CwnFunction.TRAINING.value,
        "doelgroep": "burgers",
        "kanaal": "social",
        "campagne": "havencampagne",
        "status": "concept",
        "regio": "zeeland",
        "eigenaar": "havenring",
    }.items():
        html = page(client, "calendar_agenda", **{name: value})
        assert "Havenweek" in html, name
        assert "Iets anders" not in html, name
        assert "Verwijder filter" in html, name
    assert "Hier staat niets" in page(client, "calendar_agenda", soort="mijlpaal")
    assert "Hier staat niets" in page(client, "calendar_agenda", status="bestaat-niet")


@pytest.mark.parametrize("query", ["dag=2026-02-31", "dag=99999-01-01", "dag=x", "q=" + "a" * 5000])
def test_an_address_that_makes_no_sense_is_no_error(cast, query):
    assert cast.client("wg").get(f"{reverse('calendar_month')}?{query}").status_code == 200


def test_weeks_have_their_iso_number_and_a_month_shows_whole_weeks(cast):
    assert week_of(date(2027, 1, 1)).title.startswith("Week 53 van 2026")
    html = page(cast.client("wg"), "calendar_month", dag="2027-01-15")
    assert 'data-day="2026-12-28"' in html
    assert 'data-day="2027-01-31"' in html


def test_periods_follow_each_other():
    for period_of in (month_of, week_of, agenda_of, quarter_of):
        period = period_of(date(2026, 3, 31))
        assert period_of(period.after).before == period.first
        assert period.last + timedelta(days=1) == period.after
    assert day_asked("") == timezone.localdate()


def test_an_item_stands_on_the_day_of_the_clocks_here_and_says_what_time_it_is_there(cast):
    EntryFactory(title="Avond op Curaçao", starts_at=datetime(2026, 3, 11, 2, tzinfo=UTC), time_zone="America/Curacao")
    html = page(cast.client("wg"), "calendar_agenda")
    assert "03:00" in html
    assert "10 maart 22:00 in Curacao" in html


def test_a_long_item_stands_on_each_of_its_days(cast):
    EntryFactory(
        title="Driedaagse",
        starts_at=datetime(2026, 3, 9, 23, tzinfo=UTC),
        ends_at=datetime(2026, 3, 12, 23, tzinfo=UTC),
        is_all_day=False,
    )
    html = page(cast.client("wg"), "calendar_week")
    assert html.count("Driedaagse</a>") == 3  # 10, 11 and 12 March: it ends at midnight
    assert html.count("Vervolg:") == 2


@pytest.mark.parametrize("view", VIEWS)
def test_the_number_of_questions_does_not_grow(cast, view):
    client, counts = cast.client("rep"), []
    owner = cast.organisations["zorgring"]
    for number in (1, 29):
        for one in range(number):
            EntryFactory(starts_at=NOON + timedelta(hours=one), owner=owner, person=cast["wg"], status=EntryStatus.IDEA)
        page(client, view)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(client, view)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_full_day_of_the_month_shows_a_few_and_leads_to_the_others_with_the_same_filters(cast):
    for number in range(5):
        EntryFactory(title=f"Drukke dag {number}", starts_at=NOON + timedelta(minutes=number))
    html = page(cast.client("wg"), "calendar_month", q="drukke")
    assert [f"Drukke dag {number}</a>" in html for number in range(5)] == [True, True, True, False, False]
    assert f"{reverse('calendar_agenda')}?q=drukke&amp;dag=2026-03-11" in html
    assert ">nog 2<" in html
    for view in ("calendar_week", "calendar_agenda"):
        assert "Drukke dag 4</a>" in page(cast.client("wg"), view), view


def test_a_full_column_of_the_board_keeps_the_others_behind_a_button(cast):
    for number in range(8):
        EntryFactory(title=f"Plan {number}", starts_at=NOON + timedelta(minutes=number))
    first, button, others = page(cast.client("wg"), "calendar_board").partition('<details class="cwn-board__rest">')
    assert button
    assert "(8)" in first
    assert "Plan 5</a>" in first
    assert "nog 2 items" in others
    assert "Plan 7</a>" in others


@pytest.mark.parametrize("view", ["calendar_month", "calendar_week", "calendar_board"])
def test_a_small_card_writes_each_label_but_clear(cast, view):
    EntryFactory(title="Open", starts_at=NOON)
    client = cast.client("wg")
    assert "cwn-tlp" not in page(client, view)
    assert "Een kaart zonder label is TLP:CLEAR." in page(client, view)
    # also on the second day, where the card says no more than that it goes on
    EntryFactory(title="Onder ons", tlp=Tlp.GREEN, starts_at=NOON, ends_at=NOON + timedelta(days=1))
    assert page(client, view).count("TLP:GREEN</span>") == (1 if view == "calendar_board" else 2)


def test_the_agenda_says_since_when_something_runs(cast):
    EntryFactory(title="Driedaagse", starts_at=NOON - timedelta(days=1), ends_at=NOON + timedelta(days=1))
    html = page(cast.client("wg"), "calendar_agenda")
    assert "sinds dinsdag 10 maart 2026" in html


def test_a_day_is_in_order_of_the_clock_whatever_zone_an_item_has(cast):
    published(title="Om half tien", owner=cast.organisations["havenring"])
    Publication.objects.update(published_at=datetime(2026, 3, 11, 8, 30, tzinfo=UTC))
    EntryFactory(title="Om negen uur", starts_at=datetime(2026, 3, 11, 8, tzinfo=UTC))
    EntryFactory(
        title="Kwart voor negen", starts_at=datetime(2026, 3, 11, 7, 45, tzinfo=UTC), time_zone="America/Curacao"
    )
    EntryFactory(title="Hele dag", starts_at=NOON, is_all_day=True)
    found = [item.title for item in items_between(cast["wg"], date(2026, 3, 11), date(2026, 3, 11))]
    assert found == ["Hele dag", "Kwart voor negen", "Om negen uur", "Om half tien"]


def test_htmx_gets_the_part_that_changes(cast):
    response = cast.client("wg").get(reverse("calendar_month"), headers={"HX-Request": "true"})
    assert response.content.decode().lstrip().startswith('<div class="cwn-calendar"')
    assert "HX-Request" in response["Vary"]


def test_owners_in_the_filter_are_only_those_that_one_may_know_of(cast):
    EntryFactory(owner=Organisation.objects.get(slug="geschorste-ring"), starts_at=NOON)
    assert "geschorste-ring" not in page(cast.client("wg"), "calendar_agenda")
