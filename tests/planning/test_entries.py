"""Planning an item: who may, what it needs, labels, deadlines, and what two people write at once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from comms.actions.steps import StaleEditError
from comms.enums import Tlp
from comms.models import Publication
from comms.planning.actions.entries import (
    create_entry,
    locked,
    move_entry,
    remove_entry,
    save_entry,
    values_of,
)
from comms.planning.actions.steps import step_entry
from comms.planning.entry_mails import announce_deadline
from comms.planning.enums import EntryStatus
from comms.planning.models import CalendarEntry, EntryComment
from cwn.core.guard import reading_as
from cwn.delivery.clock import local_moment
from cwn.delivery.models import Delivery, Reminder
from tests.factories.comms import PublicationFactory, published
from tests.factories.planning import AudienceFactory, ChannelFactory, EntryFactory

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 26, 8, tzinfo=UTC)  # nine o'clock in Amsterdam, in winter time


def beginning(owner, **fields) -> dict:
    return {
        "title": "Nieuw idee",
        "starts_at": MORNING,
        "tlp": Tlp.CLEAR,
        "owner": owner.pk,
        "audiences": [],
        "channels": [],
        "depends_on": [],
    } | fields


# --- beginning ---------------------------------------------------------------------------------------
def test_representatives_begin_ideas_of_their_own_organisation_only(cast):
    haven, zorg = cast.organisations["havenring"], cast.organisations["zorgring"]
    entry = create_entry(values=beginning(haven), by=cast["rep"])
    assert (entry.status, entry.created_by) == (EntryStatus.IDEA, cast["rep"])
    for owner, by in ((zorg, "rep"), (haven, "mem"), (haven, "nctv"), (haven, "adm")):
        with pytest.raises(PermissionDenied):
            create_entry(values=beginning(owner), by=cast[by])
    assert create_entry(values=beginning(haven), by=cast["wg"]).owner == haven


def test_an_item_without_a_label_or_with_red_is_refused(cast):
    for tlp in ("", Tlp.RED):
        with pytest.raises(ValidationError):
            create_entry(values=beginning(cast.organisations["havenring"], tlp=tlp), by=cast["wg"])
    assert not CalendarEntry.objects.exists()


def test_status_and_author_cannot_be_sent_along(cast):
    entry = EntryFactory(owner=cast.organisations["havenring"])
    values = {"status": EntryStatus.LIVE, "created_by": cast["rep"].pk, "sequence": 99, "removed_at": MORNING}
    saved = save_entry(entry, values=values, base={}, by=cast["rep"])
    assert (saved.status, saved.sequence, saved.removed_at) == (EntryStatus.IDEA, 0, None)


# --- together ----------------------------------------------------------------------------------------
def test_two_fields_of_two_people_come_together(cast):
    entry = EntryFactory(title="Oud", content="Oud", audiences=[AudienceFactory(slug="a")])
    base, burgers = values_of(entry), AudienceFactory(slug="burgers")
    save_entry(entry, values=base | {"title": "Nieuw"}, base=base, by=cast["wg"])
    save_entry(entry, values=base | {"content": "Ook nieuw", "audiences": [burgers.pk]}, base=base, by=cast["coord"])
    entry.refresh_from_db()
    assert (entry.title, entry.content, list(entry.audiences.all())) == ("Nieuw", "Ook nieuw", [burgers])
    assert entry.edit_version == 3


def test_the_same_field_of_two_people_is_asked_about_and_nothing_is_written(cast):
    entry = EntryFactory(title="Oud", content="Oud")
    base = values_of(entry)
    save_entry(entry, values={"title": "Van Wim"}, base=base, by=cast["wg"])
    with pytest.raises(StaleEditError) as stale:
        save_entry(entry, values={"title": "Van Coby", "content": "Van Coby"}, base=base, by=cast["coord"])
    assert stale.value.current["title"] == "Van Wim"
    assert stale.value.base["title"] == "Oud"
    entry.refresh_from_db()
    assert (entry.title, entry.content) == ("Van Wim", "Oud")


def test_an_old_page_that_changes_nothing_writes_nothing_over(cast):
    entry = EntryFactory(title="Oud")
    base = values_of(entry)
    save_entry(entry, values={"title": "Nieuw"}, base=base, by=cast["wg"])
    again = save_entry(entry, values=base, base=base, by=cast["coord"])
    assert (again.title, again.edit_version) == ("Nieuw", 2)


def test_calendar_programs_notice_what_they_show(cast):
    entry = EntryFactory()
    save_entry(entry, values={"medium": "video"}, base=values_of(entry), by=cast["wg"])
    assert locked(entry).sequence == 0
    save_entry(entry, values={"title": "Anders"}, base=values_of(locked(entry)), by=cast["wg"])
    assert locked(entry).sequence == 1
    assert remove_entry(entry, by=cast["wg"]).sequence == 2


# --- moving and removing -----------------------------------------------------------------------------
def test_a_moved_item_keeps_its_time_on_the_wall_over_summer_time(cast):
    entry = EntryFactory(starts_at=MORNING, ends_at=MORNING + timedelta(hours=2))
    moved = move_entry(entry, day=date(2026, 3, 30), seen=date(2026, 3, 26), by=cast["wg"])
    assert timezone.localtime(moved.starts_at).strftime("%d %H:%M") == "30 09:00"
    assert moved.ends_at - moved.starts_at == timedelta(hours=2)


def test_two_moves_to_different_days_do_not_undo_each_other(cast):
    entry = EntryFactory(starts_at=MORNING)
    move_entry(entry, day=date(2026, 3, 27), seen=date(2026, 3, 26), by=cast["wg"])
    with pytest.raises(StaleEditError):
        move_entry(entry, day=date(2026, 3, 28), seen=date(2026, 3, 26), by=cast["coord"])
    assert timezone.localtime(locked(entry).starts_at).day == 27


def test_a_removed_item_is_gone_for_all_and_still_there(cast):
    entry = EntryFactory(owner=cast.organisations["havenring"], readers="iedereen")
    remove_entry(entry, by=cast["rep"])
    for person in cast.people.values():
        assert not CalendarEntry.objects.visible_to(person).exists()
    assert CalendarEntry.objects.get().removed_at


def test_representatives_change_ideas_only(cast):
    entry = EntryFactory(owner=cast.organisations["havenring"], status=EntryStatus.CONCEPT)
    for act in (remove_entry, lambda entry, by: save_entry(entry, values={"title": "x"}, base={}, by=by)):
        with pytest.raises(PermissionDenied):
            act(entry, by=cast["rep"])


def test_a_stricter_label_may_take_the_item_from_its_writer(cast):
    entry = EntryFactory()
    with reading_as(cast["wg"]):
        save_entry(entry, values={"tlp": Tlp.AMBER}, base=values_of(entry), by=cast["wg"])
    assert not CalendarEntry.objects.visible_to(cast["wg"]).exists()
    assert CalendarEntry.objects.get().tlp == Tlp.AMBER


# --- steps -------------------------------------------------------------------------------------------
def test_planning_needs_the_six_fields(cast):
    entry = EntryFactory(status=EntryStatus.REVIEW)
    with pytest.raises(ValidationError) as refusal:
        step_entry(entry, status=EntryStatus.PLANNED, by=cast["wg"])
    assert refusal.value.messages == ["Vul eerst in: inhoud, boodschap, doelgroepen, kanalen."]
    entry.audiences.add(AudienceFactory())
    entry.channels.add(ChannelFactory())
    save_entry(entry, values={"content": "Wat", "message": "Zo"}, base=values_of(entry), by=cast["wg"])
    assert step_entry(entry, status=EntryStatus.PLANNED, by=cast["wg"]).status == EntryStatus.PLANNED


@pytest.mark.parametrize("status", ["gepland", "live", "geevalueerd"])
@pytest.mark.parametrize("empty", ["content", "message"])
@pytest.mark.parametrize("blank", ["", " \n\t "])
def test_no_way_in_plans_an_item_that_says_nothing(status, empty, blank):
    texts = {"content": "Wat", "message": "Zo"} | {empty: blank}
    entry = EntryFactory(**texts)
    with pytest.raises(IntegrityError, match="planned_entry_has_content_and_message"), transaction.atomic():
        CalendarEntry.objects.filter(pk=entry.pk).update(status=status)
    CalendarEntry.objects.filter(pk=entry.pk).update(status=status, content="Wat", message="Zo")
    with pytest.raises(IntegrityError, match="planned_entry_has_content_and_message"), transaction.atomic():
        CalendarEntry.objects.filter(pk=entry.pk).update(**{empty: blank})


@pytest.mark.parametrize("status", ["gepland", "live", "geevalueerd"])
@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"content": ""}, "Een item dat gepland is, heeft een inhoud en een boodschap."),
        ({"message": "  "}, "Een item dat gepland is, heeft een inhoud en een boodschap."),
        ({"audiences": []}, "Vul eerst in: doelgroepen."),
        ({"channels": [], "audiences": []}, "Vul eerst in: doelgroepen, kanalen."),
    ],
)
def test_a_planned_item_keeps_its_six_fields(cast, status, values, sentence):
    entry = EntryFactory(filled=True, status=status)
    before = values_of(entry)
    with pytest.raises(ValidationError) as refusal:
        save_entry(entry, values=values, base=before, by=cast["wg"])
    assert refusal.value.messages == [sentence]
    entry.refresh_from_db()
    assert values_of(entry) == before
    # back to the drawing board, and it may be empty again
    CalendarEntry.objects.filter(pk=entry.pk).update(status="review")
    save_entry(entry, values=values, base=before, by=cast["wg"])


def test_live_needs_a_publication_or_a_note(cast):
    entry = EntryFactory(filled=True, status=EntryStatus.PLANNED)
    with pytest.raises(ValidationError):
        step_entry(entry, status=EntryStatus.LIVE, by=cast["wg"])
    step_entry(entry, status=EntryStatus.LIVE, note="Staat op de website van de haven.", by=cast["wg"])
    assert EntryComment.objects.get().text == "Live: Staat op de website van de haven."
    other = EntryFactory(filled=True, status=EntryStatus.PLANNED, publication=published())
    assert step_entry(other, status=EntryStatus.LIVE, by=cast["wg"]).status == EntryStatus.LIVE


@pytest.mark.parametrize("status", ["gepland", "live", "geevalueerd", "bestaat-niet"])
def test_no_step_is_skipped(cast, status):
    entry = EntryFactory(filled=True, status=EntryStatus.CONCEPT)
    with pytest.raises(ValidationError):
        step_entry(entry, status=status, note="x", by=cast["wg"])


def test_only_the_desk_takes_steps(cast):
    entry = EntryFactory(owner=cast.organisations["havenring"])
    for principal in ("rep", "mem", "nctv"):
        with pytest.raises(PermissionDenied):
            step_entry(entry, status=EntryStatus.CONCEPT, by=cast[principal])
    assert step_entry(entry, status=EntryStatus.CONCEPT, by=cast["coord"]).status == EntryStatus.CONCEPT


# --- labels ------------------------------------------------------------------------------------------
def test_an_item_is_never_less_strict_than_its_publication(cast):
    strict = published(tlp=Tlp.AMBER, owner=cast.organisations["zorgring"])
    with pytest.raises(IntegrityError), transaction.atomic():
        EntryFactory(publication=strict, tlp=Tlp.GREEN)
    entry = EntryFactory(publication=strict, tlp=Tlp.AMBER_STRICT)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarEntry.objects.filter(pk=entry.pk).update(tlp=Tlp.CLEAR)
    with pytest.raises(ValidationError) as refusal:
        save_entry(entry, values={"tlp": Tlp.CLEAR}, base=values_of(entry), by=cast["wg"])
    assert refusal.value.message_dict["tlp"] == ["Het label mag niet ruimer zijn dan dat van de publicatie."]


def test_a_writer_who_may_not_see_the_draft_cannot_widen_the_label(cast):
    draft = PublicationFactory(tlp=Tlp.GREEN, owner=cast.organisations["eilandring"])
    entry = EntryFactory(publication=draft, tlp=Tlp.GREEN)
    with pytest.raises(IntegrityError), transaction.atomic(), reading_as(cast["wg"]):
        CalendarEntry.objects.filter(pk=entry.pk).update(tlp=Tlp.CLEAR)


def test_a_stricter_publication_takes_its_items_along(cast):
    publication = PublicationFactory(owner=cast.organisations["havenring"], author=cast["mem"])
    entry = EntryFactory(publication=publication, readers="iedereen")
    stricter = {"restriction_reason": "Bron.", "review_on": date(2027, 3, 1)}
    with reading_as(cast["mem"]):  # an author who does not see the calendar
        Publication.objects.filter(pk=publication.pk).update(tlp=Tlp.GREEN, **stricter)
        assert not CalendarEntry.objects.filter(pk=entry.pk, tlp=Tlp.CLEAR).exists()
    entry.refresh_from_db()
    assert (entry.tlp, entry.readers, entry.sequence) == (Tlp.GREEN, "leden", 1)
    Publication.objects.filter(pk=publication.pk).update(tlp=Tlp.AMBER)
    entry.refresh_from_db()
    assert (entry.tlp, entry.readers) == (Tlp.AMBER, "planners")
    Publication.objects.filter(pk=publication.pk).update(tlp=Tlp.RED)
    entry.refresh_from_db()
    assert entry.removed_at
    assert entry.publication is None


# --- deadlines ---------------------------------------------------------------------------------------
def waiting(entry) -> set:
    return set(Reminder.objects.filter(kind="entry", object_id=entry.pk, state="wacht").values_list("stage", "due_at"))


def test_a_deadline_is_on_the_clock_until_it_means_nothing_any_more(cast, time_machine):
    time_machine.move_to(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False)
    entry = EntryFactory(filled=True, status=EntryStatus.PLANNED, person=cast["wg"])
    save_entry(entry, values={"deadline_on": date(2026, 3, 30)}, base=values_of(locked(entry)), by=cast["coord"])
    assert waiting(entry) == {
        ("twee-dagen", local_moment(date(2026, 3, 28), time(8))),
        ("vandaag", local_moment(date(2026, 3, 30), time(8))),
    }
    save_entry(entry, values={"deadline_on": date(2026, 4, 2)}, base=values_of(locked(entry)), by=cast["coord"])
    assert {moment.day for _stage, moment in waiting(entry)} == {31, 2}
    step_entry(entry, status=EntryStatus.LIVE, note="Klaar.", by=cast["wg"])
    assert waiting(entry) == set()
    step_entry(entry, status=EntryStatus.PLANNED, by=cast["wg"])
    assert len(waiting(entry)) == 2
    save_entry(entry, values={"person": None}, base=values_of(locked(entry)), by=cast["coord"])
    assert waiting(entry) == set()
    save_entry(entry, values={"person": cast["wg"].pk}, base=values_of(locked(entry)), by=cast["coord"])
    remove_entry(entry, by=cast["wg"])
    assert waiting(entry) == set()


def test_the_reminder_mails_who_does_it(cast):
    entry = EntryFactory(filled=True, status=EntryStatus.PLANNED)
    day = timezone.localdate() + timedelta(days=5)
    save_entry(entry, values={"person": cast["wg"].pk, "deadline_on": day}, base=values_of(entry), by=cast["coord"])
    reminder = Reminder.objects.get(kind="entry", stage="vandaag")
    assert announce_deadline(reminder) == ""
    assert announce_deadline(reminder) == ""  # the outbox knows this key
    assert [delivery.address for delivery in Delivery.objects.all()] == [cast["wg"].email]


def test_who_may_not_see_the_item_any_more_gets_no_reminder(cast):
    entry = EntryFactory(tlp=Tlp.AMBER, person=cast["wg"], deadline_on=timezone.localdate())
    reminder = Reminder(kind="entry", object_id=entry.pk, stage="vandaag")
    assert announce_deadline(reminder)
    assert not Delivery.objects.exists()
