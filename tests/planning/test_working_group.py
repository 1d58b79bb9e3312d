"""The working group: rights follow the seat, two editors lose nothing, agreements are remembered (R85, R100)."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comms.actions.steps import StaleEditError
from comms.planning.actions.analyses import finish_next_step, log_talk
from comms.planning.actions.working_group import (
    agree_action,
    end_seat,
    end_seats_of_who_left,
    mark_attendance,
    plan_session,
    save_session,
    say_attendance,
    seat_member,
    set_action_status,
)
from comms.planning.enums import ActivityStatus, AttendanceState, SeatRole
from comms.planning.models import ActionItem, Campaign, Talk, WorkingGroupSeat, plans
from cwn.accounts.models import User
from cwn.accounts.roles import WORKING_GROUP
from cwn.core.waiting import waiting_items
from cwn.delivery.actions.announcing import announce_due
from cwn.delivery.models import Delivery, Reminder
from tests.cast import PRINCIPALS
from tests.factories.planning import ActionItemFactory, CampaignFactory, WorkingGroupSessionFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _on_a_sunday(time_machine):
    time_machine.move_to("2026-11-22 10:00:00+01:00", tick=False)


@pytest.fixture
def seat(cast):
    """Wim's seat."""
    Group.objects.get_or_create(name=WORKING_GROUP.slug)
    return seat_member(organisation=cast.organisations["zorgring"], user=cast["wg"], by=cast["coord"])


def fresh(user):
    """Return somebody as the next request knows him or her."""
    return User.objects.get(pk=user.pk)


# --- seats -------------------------------------------------------------------------------------------
def test_rights_come_and_go_with_the_seat(cast):
    Group.objects.get_or_create(name=WORKING_GROUP.slug)
    assert not plans(fresh(cast["mem"]))
    seat = seat_member(organisation=cast.organisations["havenring"], user=cast["mem"], by=cast["coord"])
    assert plans(fresh(cast["mem"]))
    end_seat(seat, by=cast["coord"])
    assert not plans(fresh(cast["mem"]))
    seat.refresh_from_db()
    assert seat.until == TODAY


@pytest.mark.parametrize("who", ["ex", "sus", "mem-o", "coord"])
def test_only_active_members_of_active_partners_get_a_seat(cast, who):
    organisation = cast.organisations["geschorste-ring" if who == "sus" else "havenring"]
    with pytest.raises(ValidationError, match="lid is van een netwerkpartner"):
        seat_member(organisation=organisation, user=cast[who], by=cast["coord"])


@pytest.mark.parametrize("who", ["wg", "rep", "nctv", "adm"])
def test_only_coordinators_give_and_end_seats(cast, seat, who):
    with pytest.raises(PermissionDenied):
        seat_member(organisation=cast.organisations["havenring"], user=cast["mem"], by=cast[who])
    with pytest.raises(PermissionDenied):
        end_seat(seat, by=cast[who])


def test_who_leaves_the_partner_plans_no_more_and_loses_the_seat(cast, seat):
    """At once for every page, whatever the role says; the clock tidies up seat and role (A04)."""
    CampaignFactory(name="kanarie-concept")
    cast["wg"].memberships.update(ended_at=timezone.now())
    left = fresh(cast["wg"])
    assert left.has_role(WORKING_GROUP)
    assert not plans(left)
    assert not Campaign.objects.visible_to(left).exists()
    assert cast.client("wg").get(reverse("working_group")).status_code == 404
    assert (end_seats_of_who_left(), end_seats_of_who_left()) == (1, 0)
    assert not fresh(cast["wg"]).has_role(WORKING_GROUP)


def test_one_open_seat_a_person(cast, seat):
    with pytest.raises(ValidationError, match="al lid"):
        seat_member(organisation=cast.organisations["zorgring"], user=cast["wg"], by=cast["coord"])
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkingGroupSeat.objects.create(organisation=seat.organisation, user=seat.user, since=TODAY)


def test_a_coordinator_seats_and_unseats_in_the_browser(cast):
    Group.objects.get_or_create(name=WORKING_GROUP.slug)
    client, membership = cast.client("coord"), cast["mem"].memberships.get()
    typed = {"membership": membership.pk, "role": "secretaris", "since": "2026-11-01"}
    assert client.post(reverse("seat_new"), typed | {"membership": 0}).status_code == 400
    assert client.post(reverse("seat_new"), typed).status_code == 302
    seat = WorkingGroupSeat.objects.get(user=cast["mem"])
    assert seat.role == SeatRole.SECRETARY
    assert client.post(reverse("seat_end", args=[seat.pk])).status_code == 302
    assert not plans(fresh(cast["mem"]))


# --- sessions ----------------------------------------------------------------------------------------
def times(days=7):
    """A session of two hours, so many days from now."""
    starts = timezone.now() + timedelta(days=days)
    return {"title": "Sessie", "starts_at": starts, "ends_at": starts + timedelta(hours=2), "form": "online"}


def test_a_session_invites_everybody_with_a_seat(cast, seat):
    session = plan_session(values=times(), by=cast["wg"])
    assert [row.seat for row in session.attendance.all()] == [seat]
    assert [delivery.user for delivery in Delivery.objects.all()] == [cast["wg"]]
    assert say_attendance(session, comes=True, by=cast["wg"]).state == AttendanceState.COMING
    with pytest.raises(ValidationError, match="geen zetel"):
        say_attendance(session, comes=True, by=cast["coord"])


def test_the_keepers_mark_who_came(cast, seat):
    session = plan_session(values=times(), by=cast["coord"])
    with pytest.raises(ValidationError, match="nog niet begonnen"):
        mark_attendance(session, present={seat.pk}, by=cast["coord"])
    session = plan_session(values=times(-1), by=cast["coord"])
    with pytest.raises(PermissionDenied):
        mark_attendance(session, present={seat.pk}, by=cast["wg"])
    WorkingGroupSeat.objects.update(role=SeatRole.SECRETARY)
    address = reverse("session_attendance", args=[session.uid])
    assert cast.client("wg").post(address, {"aanwezig": [seat.pk, "x"]}).status_code == 302
    assert session.attendance.get().state == AttendanceState.PRESENT


def test_two_editors_of_the_minutes_lose_nothing(cast):
    session = WorkingGroupSessionFactory(agenda="Opening.", minutes="Niets.")
    save_session(session, values={"minutes": "Wim schreef dit."}, edit_version=1, by=cast["wg"])
    saved = save_session(
        session, values={"agenda": "Nieuwe agenda.", "minutes": "Niets."}, edit_version=1, by=cast["coord"]
    )
    assert (saved.agenda, saved.minutes) == ("Nieuwe agenda.", "Wim schreef dit.")
    with pytest.raises(StaleEditError):
        save_session(session, values={"minutes": "Coby schreef dit."}, edit_version=1, by=cast["coord"])


def test_a_moved_session_counts_for_calendars(cast):
    session = WorkingGroupSessionFactory()
    moved = save_session(
        session, values={"starts_at": session.starts_at - timedelta(hours=1)}, edit_version=1, by=cast["wg"]
    )
    said = save_session(session, values={"agenda": "Nog een punt."}, edit_version=2, by=cast["wg"])
    assert (moved.sequence, said.sequence) == (1, 1)


def test_minutes_are_formatted_and_harmless(cast):
    session = WorkingGroupSessionFactory(minutes="## Besluit\n\n<script>alert(1)</script> **ja**")
    page = cast.client("wg").get(reverse("session_detail", args=[session.uid])).content.decode()
    assert "<h2>Besluit</h2>" in page
    assert "<script>alert" not in page


def test_a_session_is_written_in_the_browser(cast, seat):
    client = cast.client("wg")
    typed = {"title": "Najaar", "starts_at": "2026-12-01T10:00", "ends_at": "2026-12-01T09:00", "form": "online"}
    wrong = client.post(reverse("session_new"), typed)
    assert (wrong.status_code, "Het einde ligt voor het begin." in wrong.content.decode()) == (400, True)
    assert client.post(reverse("session_new"), typed | {"ends_at": "2026-12-01T12:00"}).status_code == 302


# --- agreements --------------------------------------------------------------------------------------
def test_an_action_item_is_named_reminded_once_and_ticked_off(cast, seat, time_machine):
    session = WorkingGroupSessionFactory()
    item = agree_action(session, what="Bel de pers", who=cast["wg"], due_on=TODAY + timedelta(days=5), by=cast["coord"])
    assert "Bel de pers" in [waiting.text for waiting in waiting_items(cast["wg"])]
    assert announce_due() == 0
    time_machine.move_to("2026-11-25 09:00:00+01:00", tick=False)
    assert (announce_due(), announce_due()) == (1, 0)
    assert Delivery.objects.get().user == cast["wg"]
    assert set_action_status(item, status="klaar", by=cast["wg"]).done_on == date(2026, 11, 25)
    assert "Bel de pers" not in [waiting.text for waiting in waiting_items(cast["wg"])]


def test_what_is_done_is_not_reminded(cast, seat):
    item = agree_action(WorkingGroupSessionFactory(), what="Klaar", who=cast["wg"], due_on=TODAY, by=cast["wg"])
    set_action_status(item, status="klaar", by=cast["wg"])
    assert (announce_due(), Delivery.objects.count(), Reminder.objects.count()) == (0, 0, 0)


def test_others_do_not_tick_off(cast, seat):
    item = ActionItemFactory(who=cast["coord"])
    with pytest.raises(PermissionDenied):
        set_action_status(item, status="klaar", by=cast["wg"])
    assert ActionItem.objects.get().status == ActivityStatus.TO_DO


def test_the_list_filters_by_person_and_status(cast, seat):
    ActionItemFactory(what="kanarie-van-mij", who=cast["wg"])
    ActionItemFactory(what="kanarie-van-ander")
    ActionItemFactory(what="kanarie-klaar", who=cast["wg"], status=ActivityStatus.DONE)
    client, address = cast.client("wg"), reverse("action_item_list")

    def shown(query):
        page = client.get(address + query).content.decode()
        return {one for one in ("van-mij", "van-ander", "klaar") if f"kanarie-{one}" in page}

    assert shown("") == {"van-mij", "van-ander"}
    assert shown("?van=mij") == {"van-mij"}
    assert shown("?stand=alle") == {"van-mij", "van-ander", "klaar"}
    assert shown("?stand=%00bestaat-niet") == set()


# --- talks -------------------------------------------------------------------------------------------
def talk(cast, organisation="havenring", **fields):
    """Coby spoke to an organisation."""
    values = {"organisation": cast.organisations[organisation], "on": TODAY, "with_whom": "De directeur",
              "summary": "kanarie-gesprek"}  # fmt: skip
    return log_talk(values=values | fields, by=cast["coord"])


def test_who_reads_talks(cast):
    talk(cast)
    talk(cast, "prospectring")  # that it is one, only coordinators know
    seen = {one: Talk.objects.visible_to(cast[one]).count() for one in PRINCIPALS}
    assert {one: number for one, number in seen.items() if number} == {"wg": 1, "coord": 2}


def test_the_next_step_comes_on_its_day_and_only_while_it_is_open(cast, time_machine):
    talk(cast, next_step="Bel terug", next_step_on=TODAY + timedelta(days=2))
    taken = talk(cast, next_step="Stuur de map", next_step_on=TODAY + timedelta(days=2))
    finish_next_step(taken, by=cast["coord"])
    time_machine.move_to("2026-11-24 09:00:00+01:00", tick=False)
    assert announce_due() == 1
    mail = Delivery.objects.get().mailing.mails.get().content.decode()
    assert "havenring" not in mail.lower()  # nothing of the talk is in the mail


def test_a_step_needs_a_day(cast):
    with pytest.raises(ValidationError, match="dag"):
        talk(cast, next_step="Ooit")


@pytest.mark.parametrize("name", ["working_group", "action_item_list", "talk_list"])
def test_pages_ask_as_much_for_three_as_for_one(cast, seat, name):
    client = cast.client("coord")

    def queries():
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name)).status_code == 200
        return len(asked)

    def fill():
        talk(cast, next_step="Bel", next_step_on=TODAY)
        ActionItemFactory(who=cast["wg"], session=WorkingGroupSessionFactory())

    fill()
    one = queries()
    fill()
    fill()
    assert queries() == one
