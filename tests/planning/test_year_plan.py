"""The year plan: what stands in it for whom, milestones with their celebration, the phases (R88, R89, R109)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comms.enums import PublicationStatus, Tlp
from comms.models import Publication
from comms.planning.actions.celebrating import accept_celebration, decline_celebration, reach_milestone
from comms.planning.actions.year_plan import save_milestone, set_activity
from comms.planning.demo_year import make_year
from comms.planning.enums import ActivityStatus, CelebrationState, EntryReaders, EntryStatus, MilestoneStatus
from comms.planning.models import CalendarEntry, KeyMoment, Milestone, PhaseActivity, ProgrammePhase, YearPlan
from comms.planning.reference.year import load_phases, load_rules, load_years
from cwn.accounts.roles import WORKING_GROUP
from cwn.core.enums import CwnFunction
from cwn.core.history import event_model
from tests.cast import PRINCIPALS, _member, log_in
from tests.factories.planning import KeyMomentFactory, MilestoneFactory

pytestmark = pytest.mark.django_db
READERS = {
    EntryReaders.PUBLIC: set(PRINCIPALS) - {"nomfa"},
    EntryReaders.MEMBERS: {"mem", "rep", "wg", "coord", "nctv", "mem-x", "mem-o", "rcp"},
    EntryReaders.PLANNERS: {"rep", "wg", "coord", "nctv"},
}


def page_of(client, year: int, query: str = "") -> str:
    return client.get(reverse("year_plan", args=[year]) + query).content.decode()


def test_everybody_sees_what_is_meant_for_him_or_her(cast):
    for readers in EntryReaders:
        KeyMomentFactory(title=f"kanarie-moment-{readers}", starts_on=date(2026, 5, 4), readers=readers)
        MilestoneFactory(title=f"kanarie-mijlpaal-{readers}", due_on=date(2026, 6, 4), readers=readers)

    for principal, client in cast.clients():
        text = page_of(client, 2026)
        for readers, people in READERS.items():
            for kind in ("moment", "mijlpaal"):
                seen = f"kanarie-{kind}-{readers}" in text
                assert seen == (principal in people), f"{principal}: {kind} for {readers}"


def test_a_milestone_of_others_is_not_found(cast):
    milestone = MilestoneFactory(readers=EntryReaders.PLANNERS)
    address = reverse("milestone_detail", args=[milestone.uid])
    assert {name for name, client in cast.clients() if client.get(address).status_code == 200} == READERS[
        EntryReaders.PLANNERS
    ]


def test_a_moment_over_new_year_stands_in_both_years(cast):
    KeyMomentFactory(
        title="Winterweken", starts_on=date(2026, 12, 20), ends_on=date(2027, 1, 5), readers=EntryReaders.PUBLIC
    )
    client = cast.client("anon")
    assert "20 dec" in page_of(client, 2026)
    assert "1 jan" in page_of(client, 2027)
    assert "Winterweken" not in page_of(client, 2028)


def test_one_function_alone(cast):
    MilestoneFactory(title="Van oefenen", function=CwnFunction.TRAINING, due_on=date(2026, 3, 1), readers="iedereen")
    MilestoneFactory(title="Van delen", due_on=date(2026, 3, 1), readers="iedereen")
    text = page_of(cast.client("anon"), 2026, f"?functie={CwnFunction.TRAINING}")
    assert "Van oefenen" in text
    assert "Van delen" not in text
    assert "Van delen" in page_of(cast.client("anon"), 2026, "?functie=onzin")


@pytest.mark.parametrize("year", [1, 1999, 2041, 99999])
def test_years_far_away_have_no_page(cast, year):
    assert cast.client("anon").get(f"/jaarplanning/{year}/").status_code == 404


def test_the_desk_adds_and_changes_a_milestone(cast):
    client = cast.client("wg")
    data = {"title": "Honderd", "function": CwnFunction.TRAINING, "due_on": "2026-12-01", "readers": "iedereen"}

    answer = client.post(reverse("milestone_new"), data)
    milestone = Milestone.objects.get()
    assert answer.url == reverse("milestone_detail", args=[milestone.uid])

    client.post(reverse("milestone_edit", args=[milestone.uid]), {**data, "title": "Honderdtien"})
    milestone.refresh_from_db()
    assert (milestone.title, milestone.sequence) == ("Honderdtien", 1)
    events = event_model(Milestone).objects.filter(pgh_obj_id=milestone.pk)
    assert list(events.order_by("pgh_id").values_list("title", flat=True)) == ["Honderd", "Honderdtien"]
    assert "Honderd → Honderdtien" in client.get(answer.url).content.decode()


def test_what_stays_the_same_is_no_change_for_calendars(cast):
    milestone = MilestoneFactory()
    save_milestone(milestone, values={"title": milestone.title}, by=cast["wg"])
    assert milestone.sequence == 0


def test_wrong_days_are_said_at_the_box_and_nothing_typed_is_lost(cast):
    data = {"title": "Lange week", "starts_on": "2026-12-05", "ends_on": "2026-12-01", "readers": "iedereen"}
    answer = cast.client("wg").post(reverse("moment_new"), data)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "De laatste dag ligt voor de eerste." in text
    assert 'value="Lange week"' in text
    assert not KeyMoment.objects.exists()


def test_the_desk_takes_a_moment_away_after_a_yes(cast):
    moment = KeyMomentFactory()
    client, address = cast.client("wg"), reverse("moment_remove", args=[moment.uid])
    assert client.get(address).status_code == 200
    assert KeyMoment.objects.exists()
    client.post(address)
    assert not KeyMoment.objects.exists()


@pytest.mark.parametrize("principal", ["mem", "rep", "nctv", "adm", "ex", "sus"])
def test_nobody_else_keeps_the_year(cast, principal):
    milestone, moment = MilestoneFactory(readers="iedereen"), KeyMomentFactory(readers="iedereen")
    load_phases()
    client = cast.client(principal)
    addresses = [
        reverse("milestone_new"),
        reverse("moment_new"),
        reverse("ambition_edit", args=[2026]),
        reverse("moment_edit", args=[moment.uid]),
        reverse("moment_remove", args=[moment.uid]),
        *(
            reverse(name, args=[milestone.uid])
            for name in ("milestone_edit", "milestone_reach", "milestone_drop", "celebration_accept")
        ),
        reverse("activity_set", args=[PhaseActivity.objects.first().pk]),
    ]
    assert {client.post(address, {"status": "klaar"}).status_code for address in addresses} == {404}
    with pytest.raises(PermissionDenied):
        save_milestone(milestone, values={"title": "Anders"}, by=cast[principal])
    with pytest.raises(PermissionDenied):
        reach_milestone(milestone, on=timezone.localdate(), owner=None, by=cast[principal])


# --- reaching and celebrating ------------------------------------------------------------------------
def test_reaching_a_milestone_proposes_the_celebration(cast):
    milestone = MilestoneFactory(title="Honderd partners", readers=EntryReaders.PUBLIC)
    own = cast.organisations["zorgring"]
    client = cast.client("wg")

    data = {"on": timezone.localdate().isoformat(), "owner": own.pk}
    answer = client.post(reverse("milestone_reach", args=[milestone.uid]), data, follow=True)

    milestone.refresh_from_db()
    draft, entry = Publication.objects.get(), CalendarEntry.objects.get()
    assert (milestone.status, milestone.reached_on) == (MilestoneStatus.REACHED, timezone.localdate())
    assert milestone.celebration.state == CelebrationState.PROPOSED
    assert (draft.status, draft.owner, draft.author) == (PublicationStatus.DRAFT, own, cast["wg"])
    assert (draft.tlp, entry.tlp) == (Tlp.CLEAR, Tlp.CLEAR)
    assert (entry.status, entry.publication, milestone.celebration_entry) == (EntryStatus.IDEA, draft, entry)
    assert draft.title in answer.content.decode()


def test_a_coordinator_without_an_organisation_proposes_a_line_only(cast):
    milestone = MilestoneFactory()
    client = cast.client("coord")
    address = reverse("milestone_reach", args=[milestone.uid])
    assert 'name="owner"' not in client.get(address).content.decode()
    client.post(address, {"on": timezone.localdate().isoformat()})
    milestone.refresh_from_db()
    assert milestone.celebration.publication is None
    assert not CalendarEntry.objects.exists()


def test_a_day_that_is_still_to_come_is_refused(cast):
    milestone = MilestoneFactory()
    tomorrow = timezone.localdate() + timedelta(days=1)
    data = {"on": tomorrow.isoformat(), "owner": cast.organisations["zorgring"].pk}
    answer = cast.client("wg").post(reverse("milestone_reach", args=[milestone.uid]), data)
    assert answer.status_code == 400
    assert "Deze dag moet nog komen." in answer.content.decode()


def reached(cast, **fields) -> Milestone:
    milestone = MilestoneFactory(title="Honderd partners", **fields)
    reach_milestone(milestone, on=timezone.localdate(), owner=cast.organisations["zorgring"], by=cast["wg"])
    milestone.refresh_from_db()
    return milestone


def test_the_line_comes_on_the_timeline_for_everybody_once_it_is_taken_over(cast):
    milestone, year = reached(cast, readers=EntryReaders.PUBLIC), timezone.localdate().year
    assert "Samen met honderd" not in page_of(cast.client("anon"), year)

    data = {"timeline_text": "Samen met honderd!"}
    cast.client("wg").post(reverse("celebration_accept", args=[milestone.uid]), data)

    for principal in ("anon", "mem", "wg"):
        assert "Samen met honderd!" in page_of(cast.client(principal), year)


def test_the_line_of_a_milestone_for_planners_stays_with_them(cast):
    milestone, year = reached(cast, readers=EntryReaders.PLANNERS), timezone.localdate().year
    accept_celebration(milestone.celebration, timeline_text="kanarie-regel", by=cast["wg"])
    seen = {name for name, client in cast.clients() if "kanarie-regel" in page_of(client, year)}
    assert seen == READERS[EntryReaders.PLANNERS]


def test_declining_takes_a_reason_and_clears_what_nobody_worked_on(cast):
    milestone = reached(cast)
    address = reverse("celebration_decline", args=[milestone.uid])
    client = cast.client("wg")
    assert client.post(address, {"reason": ""}).status_code == 400

    client.post(address, {"reason": "Er is nu iets ergers."})

    celebration = type(milestone.celebration).objects.get()
    assert (celebration.state, celebration.reason) == (CelebrationState.DECLINED, "Er is nu iets ergers.")
    assert not Publication.objects.exists()
    assert CalendarEntry.objects.get().removed_at is not None


def test_declining_leaves_work_alone(cast):
    milestone = reached(cast)
    Publication.objects.update(edit_version=2, body="Al geschreven")
    CalendarEntry.objects.update(edit_version=2)
    decline_celebration(milestone.celebration, reason="Nee", by=cast["wg"])
    assert Publication.objects.exists()
    assert CalendarEntry.objects.get().removed_at is None


def test_somebody_of_another_organisation_decides_without_seeing_the_draft(cast):
    milestone, client = reached(cast), Client()
    log_in(client, _member("Wilma Tweede", cast.organisations["eilandring"], role=WORKING_GROUP))
    page = client.get(reverse("milestone_detail", args=[milestone.uid]))
    assert page.status_code == 200
    assert Publication.objects.get().title not in page.content.decode()

    client.post(reverse("celebration_decline", args=[milestone.uid]), {"reason": "Nu niet."})

    assert type(milestone.celebration).objects.get().state == CelebrationState.DECLINED
    assert Publication.objects.exists()
    assert CalendarEntry.objects.get().removed_at is not None


def test_nothing_is_decided_or_reached_twice(cast):
    milestone = reached(cast)
    accept_celebration(milestone.celebration, timeline_text="Ja", by=cast["wg"])
    with pytest.raises(ValidationError):
        decline_celebration(milestone.celebration, reason="Toch niet", by=cast["wg"])
    with pytest.raises(ValidationError):
        reach_milestone(milestone, on=timezone.localdate(), owner=None, by=cast["wg"])
    assert cast.client("wg").post(reverse("milestone_drop", args=[milestone.uid])).status_code == 404


def test_a_milestone_that_is_dropped_leaves_the_year(cast):
    milestone = MilestoneFactory(title="Te veel gevraagd", due_on=date(2026, 8, 1), readers="iedereen")
    cast.client("wg").post(reverse("milestone_drop", args=[milestone.uid]))
    milestone.refresh_from_db()
    assert milestone.status == MilestoneStatus.DROPPED
    assert "Te veel gevraagd" not in page_of(cast.client("anon"), 2026)


# --- phases, ambition, reference, demo ---------------------------------------------------------------
def test_the_four_phases_have_the_dates_of_the_strategy():
    load_phases()
    phases = list(ProgrammePhase.objects.values_list("starts_on", "ends_on"))
    assert phases == [
        (date(2025, 7, 1), date(2026, 3, 31)),
        (date(2025, 10, 1), date(2026, 3, 31)),
        (date(2026, 1, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), None),
    ]
    assert [phase.activities.count() for phase in ProgrammePhase.objects.all()] == [9, 7, 3, 3]


def test_loading_again_keeps_what_the_desk_ticked(cast):
    load_phases()
    activity = PhaseActivity.objects.first()
    set_activity(activity, status=ActivityStatus.DONE, note="Gedaan in de haven.", by=cast["wg"])
    load_phases(refresh=True)
    load_rules()
    load_years()
    activity.refresh_from_db()
    assert (activity.status, activity.done_on) == (ActivityStatus.DONE, timezone.localdate())
    assert PhaseActivity.objects.count() == 22


def test_the_desk_ticks_and_everybody_sees_the_progress(cast):
    load_phases()
    activity = ProgrammePhase.objects.first().activities.first()
    client = cast.client("coord")
    client.post(reverse("activity_set", args=[activity.pk]), {"status": "klaar", "note": ""})
    assert "1 van 9" in cast.client("anon").get(reverse("phase_list")).content.decode()
    client.post(reverse("activity_set", args=[activity.pk]), {"status": "te-doen", "note": ""})
    activity.refresh_from_db()
    assert activity.done_on is None


def test_the_desk_writes_the_ambition(cast):
    cast.client("wg").post(reverse("ambition_edit", args=[2029]), {"ambition": "Iedereen doet mee."})
    assert YearPlan.objects.get(year=2029).ambition == "Iedereen doet mee."
    assert "Iedereen doet mee." in page_of(cast.client("anon"), 2029)


def test_the_demo_makes_nothing_without_its_people(db):
    make_year()
    assert not Milestone.objects.exists()


def test_more_items_cost_no_more_questions(cast):
    client, year = cast.client("wg"), timezone.localdate().year

    def queries(name: str, *arguments) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(reverse(name, args=arguments)).status_code == 200
        return len(caught)

    def rows(number: int) -> None:
        for _one in range(number):
            KeyMomentFactory(starts_on=date(year, 2, 2))
            MilestoneFactory(due_on=date(year, 2, 2))
            reached(cast)

    rows(1)
    queries("year_plan", year)
    one = queries("year_plan", year)
    rows(2)
    assert queries("year_plan", year) == one
    load_phases()
    assert queries("phase_list") < 15
