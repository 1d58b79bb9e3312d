"""Opens and clicks: addresses, gateways with a known truth, and figures that say how sure they are (D06, D08)."""

import random
import time

import pytest
from django.urls import reverse

from comms.newsletters.actions.counting import count_readers
from comms.newsletters.counting.addresses import _links, _pixels
from comms.newsletters.counting.agents import class_of_agent
from comms.newsletters.counting.classifying import Event, MailState, count_mail
from comms.newsletters.counting.figures import Share, wilson
from comms.newsletters.counting.journal import note, note_sent
from comms.newsletters.enums import Measure, ReaderClass
from comms.newsletters.models import IssueFigure, LinkTarget
from tests.factories.newsletters import sent_issue

PERSON, GATEWAY, PROXY = ReaderClass.PERSON, ReaderClass.GATEWAY, ReaderClass.PROXY
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"


def clicked(*moments, targets=(1, 2, 3, 4), agent=PERSON):
    """Return clicks of one mail, each on the next target."""
    return [Event(1, "m", moment, agent, target) for moment, target in zip(moments, targets, strict=False)]


def total(deltas, measure, *readers):
    return sum(number for key, number in deltas.items() if key[1] == measure and key[2] in readers and key[4] == 0)


# --- addresses (D06) -----------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_counted_link_leads_to_the_stored_address_only(client):
    target = LinkTarget.objects.create(issue=sent_issue(), url="https://elders.example/pagina", position=1)
    address = reverse("issue_click", args=[_links.sign(str(target.pk)), "proefmerk"])
    answer = client.get(address + "?url=https://kwaad.example/&next=//kwaad.example")
    assert (answer.status_code, answer["Location"]) == (302, "https://elders.example/pagina")


@pytest.mark.django_db
@pytest.mark.parametrize("signed", ["1", "1.vals", "https:kwaad", "x.y", _pixels.sign("1"), _links.sign("999999")])
def test_what_we_did_not_sign_or_do_not_know_is_not_found(client, signed):
    assert client.get(f"/n/k/{signed}/proefmerk").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//kwaad.example", "ftp://x/", "/pad"])
def test_the_table_refuses_what_is_no_web_address(url):
    from django.db import IntegrityError

    issue = sent_issue()
    with pytest.raises(IntegrityError):
        LinkTarget.objects.create(issue=issue, url=url, position=1)


# --- the method ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("method", "agent", "reader"),
    [
        ("GET", BROWSER, PERSON),
        ("HEAD", BROWSER, GATEWAY),
        ("GET", "", GATEWAY),
        ("GET", "Barracuda Sentinel (EE)", GATEWAY),
        ("GET", "python-requests/2.32", GATEWAY),
        ("GET", "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)", PROXY),
        ("GET", "Mozilla/5.0", PROXY),
    ],
)
def test_who_asks(method, agent, reader):
    assert class_of_agent(method, agent) == reader


def test_a_burst_over_several_links_is_a_machine_also_over_two_counts():
    state = MailState()
    deltas = count_mail(state, clicked(100.0, 101.0), later=clicked(102.0, targets=(3,)))
    deltas.update(count_mail(state, clicked(102.0, targets=(3,))))
    assert total(deltas, Measure.CLICKS, PERSON) == 0
    assert total(deltas, Measure.CLICKS, GATEWAY) == 1


def test_three_links_in_a_minute_are_a_person():
    assert total(count_mail(MailState(), clicked(100.0, 125.0, 150.0)), Measure.CLICKS, PERSON) == 1


def test_a_click_right_after_the_mail_left_is_a_machine():
    assert total(count_mail(MailState(sent_at=95.0), clicked(100.0)), Measure.CLICKS, GATEWAY) == 1
    assert total(count_mail(MailState(sent_at=80.0), clicked(100.0)), Measure.CLICKS, PERSON) == 1


def test_a_person_after_a_machine_takes_its_place_and_counts_once():
    state = MailState()
    deltas = count_mail(state, clicked(100.0, 101.0, 102.0))
    deltas.update(count_mail(state, clicked(5_000.0, 9_000.0, targets=(1, 1))))
    assert total(deltas, Measure.CLICKS, GATEWAY) == 0
    assert total(deltas, Measure.CLICKS, PERSON) == 1
    assert total(deltas, Measure.OPENS, PERSON) == 1


def test_on_simulated_mails_with_a_known_truth_the_interval_holds_it_and_counting_naively_does_not():
    chance = random.Random(11)
    hits, naive_hits, rounds = 0, 0, 40
    for _round in range(rounds):
        number, true_share = 600, chance.uniform(0.05, 0.4)
        persons = machines = naive = truly = 0
        for _mail in range(number):
            has_gateway, clicks = chance.random() < 0.3, chance.random() < true_share
            truly += clicks
            events = clicked(1.0, 1.4, 2.0, 2.2) if has_gateway else []
            if clicks:
                events += clicked(chance.uniform(60, 90_000))
            naive += bool(events)
            deltas = count_mail(MailState(sent_at=0.5), events)
            persons += total(deltas, Measure.CLICKS, PERSON)
            machines += total(deltas, Measure.CLICKS, GATEWAY, PROXY)
        share = Share(persons, machines, number)
        lowest, highest = share.bounds
        assert lowest <= truly / number <= highest
        naive_low, naive_high = wilson(naive, number)
        naive_hits += naive_low <= true_share <= naive_high
        assert persons == truly
        hits += wilson(persons, number)[0] <= true_share <= wilson(persons, number)[1]
    assert hits >= 0.85 * rounds
    assert naive_hits == 0


@pytest.mark.parametrize(("hits", "number", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634)])
def test_wilson_equals_published_values(hits, number, low, high):
    assert wilson(hits, number) == pytest.approx((low, high), abs=1e-3)


# --- from click to figure --------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_click_becomes_a_number_and_nothing_else(client):
    issue = sent_issue()
    target = LinkTarget.objects.create(issue=issue, url="https://elders.example/", position=1)
    note_sent(["merk-van-a"], at=time.time() - 3_600)
    for _twice in range(2):
        client.get(f"/n/k/{_links.sign(str(target.pk))}/merk-van-a", HTTP_USER_AGENT=BROWSER)
    client.get(f"/n/o/{_pixels.sign(str(issue.pk))}/merk-van-b", HTTP_USER_AGENT=BROWSER)
    assert count_readers() == 0  # not settled yet
    assert count_readers(now=time.time() + 60) == 3
    assert count_readers(now=time.time() + 60) == 0
    rows = {(row.measure, row.reader_class, row.target_id): row.count for row in IssueFigure.objects.all()}
    assert rows == {
        ("geklikt", "persoon", None): 1,
        ("geklikt", "persoon", target.pk): 1,
        ("geopend", "persoon", None): 2,
    }


@pytest.mark.django_db
def test_events_of_an_issue_that_is_gone_are_dropped():
    note(Event(999_999, "merk", time.time(), PERSON, 0))
    assert count_readers(now=time.time() + 60) == 1
    assert not IssueFigure.objects.exists()
