"""What the rules find in the database, for whom, and how a finding is left alone (R87)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comms.enums import Tlp
from comms.planning.actions.findings import accept_finding
from comms.planning.enums import EntryStatus
from comms.planning.models import AcceptedFinding, CalendarEntry, CalendarRule
from comms.planning.reference.year import load_rules
from comms.planning.rules import findings_for
from comms.planning.rules.sentences import sentence_of
from cwn.core.enums import CwnFunction
from tests.factories.comms import DevelopmentFactory, published
from tests.factories.functions import make_period
from tests.factories.planning import AudienceFactory, CampaignFactory, ChannelFactory, EntryFactory, MilestoneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules(db) -> None:
    load_rules()


@pytest.fixture
def today():
    return timezone.localdate()


def planned(days: int = 1, **fields) -> CalendarEntry:
    """Return an item that goes out in some days, at noon."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    return EntryFactory(starts_at=noon + timedelta(days=days), **{"status": EntryStatus.PLANNED, **fields})


def codes(user, today, days: int = 60) -> dict[str, int]:
    """Return how often each rule speaks, but for the functions and milestones that a test did not make."""
    found: dict[str, int] = {}
    for one in findings_for(user, today - timedelta(days=days), today + timedelta(days=days)):
        found[one.rule.code] = found.get(one.rule.code, 0) + 1
    found.pop("functie-zonder-mijlpaal", None)
    return found


def test_an_audience_is_hit_too_often(cast, today):
    audience = AudienceFactory()
    entries = [planned(day, audiences=[audience]) for day in (1, 2, 3, 4)]

    (found,) = [
        one
        for one in findings_for(cast["wg"], today, today + timedelta(days=9))
        if one.rule.code == "doelgroep-te-vaak"
    ]

    assert found.sentence == f"{audience.name}: 4 berichten binnen 7 dagen. Spreek af wat kan wachten of samen kan."
    assert found.links == [(entry.title, entry.get_absolute_url()) for entry in entries]


def test_what_a_reader_may_not_see_is_neither_counted_nor_named(cast, today):
    """A08: three open items and a hidden one are three for whoever may not see the fourth."""
    audience = AudienceFactory()
    for day in (1, 2, 3):
        planned(day, audiences=[audience])
    planned(4, audiences=[audience], tlp=Tlp.AMBER, owner=cast.organisations["eilandring"], title="kanarie-titel")

    assert "doelgroep-te-vaak" not in codes(cast["wg"], today)
    assert codes(cast["coord"], today)["doelgroep-te-vaak"] == 1
    assert "kanarie-titel" not in cast.client("wg").get(reverse("finding_list")).content.decode()


def test_members_and_visitors_get_no_findings(cast, today):
    audience = AudienceFactory()
    for day in (1, 2, 3, 4):
        planned(day, audiences=[audience])
    for principal in ("anon", "mem", "ex", "sus", "nomfa", "adm"):
        assert findings_for(cast[principal], today, today + timedelta(days=30)) == []


def test_publications_that_contradict_each_other(cast, today):
    audience, theme = AudienceFactory(slug="private-partners"), DevelopmentFactory()
    rows = [
        {"audience": "private-partners", "action": text, "deadline": "direct", "effort": "uur"}
        for text in ("Installeer de update.", "Installeer de update niet.")
    ]
    for day, row in enumerate(rows, start=1):
        publication = published(action_perspective=[row], functions=[CwnFunction.TRAINING])
        publication.developments.add(theme)
        planned(day, audiences=[audience], publication=publication)

    assert codes(cast["wg"], today) == {"boodschappen-tegenstrijdig": 1}


def test_an_embargo_of_what_it_waits_for(cast, today):
    source = planned(5, embargo_until=timezone.now() + timedelta(days=4))
    planned(2, depends_on=[source])
    assert codes(cast["wg"], today) == {"embargo-gebroken": 1, "wacht-op-later": 1}


def test_what_is_planned_in_a_warm_phase(cast, today):
    make_period(function=CwnFunction.TRAINING)
    campaign = CampaignFactory(functions=[CwnFunction.TRAINING])
    planned(3, campaign=campaign)
    planned(3, functions=[CwnFunction.INCIDENT_HANDLING])
    assert codes(cast["wg"], today) == {"in-warme-fase": 2}


def test_silence_after_a_milestone(cast, today):
    milestone = MilestoneFactory(due_on=today + timedelta(days=3))
    assert codes(cast["wg"], today) == {"mijlpaal-zonder-viering": 1}

    milestone.celebration_entry = planned(9)
    milestone.save()
    assert codes(cast["wg"], today) == {}


def test_every_function_without_a_milestone_this_quarter(cast, today):
    MilestoneFactory(due_on=today, function=CwnFunction.TRAINING)
    found = [one for one in findings_for(cast["wg"], today, today) if one.rule.code == "functie-zonder-mijlpaal"]
    assert len(found) == 4
    assert all("Opleiden" not in one.sentence for one in found)


def test_a_full_channel_and_what_was_forgotten(cast, today):
    channel = ChannelFactory()
    for _number in range(3):
        planned(2, channels=[channel])
    planned(-3, status=EntryStatus.CONCEPT)
    assert codes(cast["wg"], today) == {"kanaal-vol": 1, "voorbij-maar-niet-klaar": 1}


def test_a_rule_that_is_off_says_nothing(cast, today):
    planned(-3, status=EntryStatus.CONCEPT)
    CalendarRule.objects.filter(code="voorbij-maar-niet-klaar").update(is_active=False)
    assert codes(cast["wg"], today) == {}


def test_a_sentence_reaches_nothing_but_its_words():
    rule = CalendarRule(sentence="{item.__class__} {item} {onbekend} {0}", most=3)
    assert sentence_of(rule, {"item": "Dit"}) == "{item.__class__} Dit {onbekend} {0}"


def test_a_finding_is_left_alone_with_a_reason_and_comes_back(cast, today):
    entry = planned(-3, status=EntryStatus.CONCEPT)
    client = cast.client("wg")
    shown = {"bevinding": f"voorbij-maar-niet-klaar:{entry.uid}"}

    refused = client.post(reverse("finding_accept"), shown)
    assert refused.status_code == 400
    assert "Waarom mag dit zo blijven?" in refused.content.decode()

    client.post(reverse("finding_accept"), {**shown, "reason": "Wacht op de drukker."})
    accepted = AcceptedFinding.objects.get()
    assert accepted.reason == "Wacht op de drukker."
    assert codes(cast["wg"], today) == {}
    assert "Wacht op de drukker." in client.get(reverse("finding_list")).content.decode()

    client.post(reverse("finding_take_back", args=[accepted.pk]))
    assert codes(cast["wg"], today) == {"voorbij-maar-niet-klaar": 1}


def test_nobody_accepts_what_is_not_found(cast):
    cast.client("wg").post(reverse("finding_accept"), {"bevinding": "kanaal-vol:9|x", "reason": "Zo maar"})
    assert not AcceptedFinding.objects.exists()


@pytest.mark.parametrize("principal", ["mem", "rep", "nctv", "adm", "ex", "sus"])
def test_only_the_desk_accepts(cast, principal, today):
    entry = planned(-3, status=EntryStatus.CONCEPT)
    data = {"bevinding": f"voorbij-maar-niet-klaar:{entry.uid}", "reason": "Mag"}
    assert cast.client(principal).post(reverse("finding_accept"), data).status_code == 404
    with pytest.raises(PermissionDenied):
        accept_finding(CalendarRule.objects.first(), key="x", reason="y", by=cast[principal])
    assert not AcceptedFinding.objects.exists()


def test_more_findings_cost_no_more_questions(cast, today):
    client, audience, channel = cast.client("wg"), AudienceFactory(), ChannelFactory()

    def rows(number: int) -> None:
        for _one in range(number):
            entry = planned(
                -3, status=EntryStatus.CONCEPT, audiences=[audience], channels=[channel], publication=published(),
                campaign=CampaignFactory(), depends_on=[planned(40)],
            )  # fmt: skip
            rule = CalendarRule.objects.get(code="voorbij-maar-niet-klaar")
            accept_finding(rule, key=str(entry.uid), reason="Mag", by=cast["wg"])
            MilestoneFactory(celebration_entry=planned(200))

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse("finding_list")).status_code == 200
        return len(caught)

    rows(1)
    queries()
    one = queries()
    rows(2)
    assert queries() == one
