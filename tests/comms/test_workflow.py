"""From draft to archive: who may take which step, what each needs, and what it leaves behind (R76, R77)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from comms.actions.attaching import set_attachment
from comms.actions.correcting import approve_correction, publish_correction, save_correction, start_correction
from comms.actions.drafting import create_draft, save_draft
from comms.actions.issuing import missing_elements, publish, publish_due, schedule, supersede, withdraw
from comms.actions.labelling import ask_wider, consent, decide, restrict
from comms.actions.review import approve, ask_review, return_to_author
from comms.actions.steps import StaleEditError
from comms.enums import PublicationStatus, Tlp
from comms.models import Notice, NoticeKind, Publication, Receipt
from tests.factories.comms import FILLED, PublicationFactory, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def haven(cast):
    """Petra's and Ruben's organisation."""
    return cast.organisations["havenring"]


@pytest.fixture
def draft(cast, haven):
    """A draft of Petra with a complete cover sheet."""
    return PublicationFactory(owner=haven, author=cast["mem"])


def test_a_member_begins_a_draft_for_the_own_organisation_only(cast, haven):
    made = create_draft(owner=haven, kind="nieuws", title="Nieuws van de haven", tlp=Tlp.CLEAR, by=cast["mem"])
    assert (made.status, made.slug, made.author) == (PublicationStatus.DRAFT, "nieuws-van-de-haven", cast["mem"])
    with pytest.raises(PermissionDenied):
        create_draft(owner=haven, kind="nieuws", title="Nieuws", tlp=Tlp.CLEAR, by=cast["mem-o"])


def test_the_address_of_something_restricted_tells_no_title(cast, haven):
    made = create_draft(owner=haven, kind="nieuws", title="Geheime inbraak", tlp=Tlp.RED, by=cast["mem"])
    assert "inbraak" not in made.slug


def test_a_label_is_required(cast, haven):
    with pytest.raises(ValidationError, match="TLP"):
        create_draft(owner=haven, kind="nieuws", title="Zonder label", tlp="", by=cast["mem"])


def test_what_forms_may_not_set_is_ignored(cast, draft):
    values = {"title": "Nieuwe titel", "status": "gepubliceerd", "owner": 1, "approved_by": cast["mem"], "version": 7}
    saved = save_draft(draft, values=values, edit_version=1, by=cast["mem"])
    saved.refresh_from_db()
    assert saved.title == "Nieuwe titel"
    assert (saved.status, saved.version, saved.approved_by) == (PublicationStatus.DRAFT, 0, None)


def test_two_editors_of_different_fields_lose_nothing(cast, draft):
    save_draft(draft, values={"title": "Titel van Petra"}, edit_version=1, by=cast["mem"])
    saved = save_draft(draft, values={"title": draft.title, "summary": "Van Ruben"}, edit_version=1, by=cast["rep"])
    assert (saved.title, saved.summary) == ("Titel van Petra", "Van Ruben")


def test_two_editors_of_one_field_must_choose(cast, draft):
    save_draft(draft, values={"title": "Titel van Petra"}, edit_version=1, by=cast["mem"])
    with pytest.raises(StaleEditError) as stale:
        save_draft(draft, values={"title": "Titel van Ruben"}, edit_version=1, by=cast["rep"])
    assert stale.value.current["title"] == "Titel van Petra"
    assert stale.value.base["title"] == draft.title
    draft.refresh_from_db()
    assert draft.title == "Titel van Petra"


def test_a_representative_publishes_and_readers_are_told_what_is_missing(cast, haven):
    empty = PublicationFactory(owner=haven, author=cast["mem"], filled=False)
    assert set(missing_elements(empty)) == {
        "urgency", "audience", "key_points", "communication_message", "action_perspective", "wider_developments",
    }  # fmt: skip
    with pytest.raises(ValidationError) as refused:
        publish(empty, by=cast["rep"])
    assert len(refused.value.message_dict) >= 6
    save_draft(empty, values=FILLED, edit_version=1, by=cast["mem"])
    issued = publish(empty, by=cast["rep"])
    assert (issued.status, issued.version) == (PublicationStatus.PUBLISHED, 1)
    assert issued.steps.get(verb="publish").by == cast["rep"]


@pytest.mark.parametrize("principal", ["mem", "mem-o", "nctv", "adm", "wg", "ex", "sus", "nomfa"])
def test_others_do_not_publish(cast, draft, principal):
    with pytest.raises(PermissionDenied):
        publish(draft, by=cast[principal])


def test_a_second_click_publishes_nothing(cast, draft):
    publish(draft, by=cast["rep"])
    with pytest.raises(ValidationError, match="gepubliceerd"):
        publish(draft, by=cast["rep"])


@pytest.fixture
def amber(cast, haven):
    """A draft of Ruben for the other partner."""
    made = PublicationFactory(owner=haven, author=cast["rep"], tlp=Tlp.AMBER)
    made.addressed_organisations.set([cast.organisations["zorgring"]])
    return made


def test_amber_needs_a_second_person_who_is_not_the_author(cast, amber):
    with pytest.raises(ValidationError):
        publish(amber, by=cast["rep"])
    ask_review(amber, reviewer=cast["coord"], by=cast["rep"])
    with pytest.raises(PermissionDenied):
        approve(amber, by=cast["rep"])
    approve(amber, by=cast["coord"])
    assert publish(amber, by=cast["rep"]).status == PublicationStatus.PUBLISHED
    mailed = Notice.objects.filter(kind=NoticeKind.PUBLISHED).values_list("user__name", flat=True)
    assert set(mailed) == {"Xandra Zorg", "Wim Werkgroep", "Petra Partner"}


def test_a_change_after_the_approval_takes_it_away(cast, amber):
    ask_review(amber, reviewer=cast["coord"], by=cast["rep"])
    approve(amber, by=cast["coord"])
    amber.refresh_from_db()
    save_draft(amber, values={"title": "Toch iets anders"}, edit_version=amber.edit_version, by=cast["rep"])
    with pytest.raises(ValidationError, match="tweede persoon"):
        publish(amber, by=cast["rep"])


def test_the_reviewer_returns_a_draft_with_a_reason(cast, amber):
    ask_review(amber, reviewer=cast["coord"], by=cast["rep"])
    with pytest.raises(ValidationError, match="waarom"):
        return_to_author(amber, reason=" ", by=cast["coord"])
    assert return_to_author(amber, reason="Noem de versie.", by=cast["coord"]).status == PublicationStatus.DRAFT


def test_scheduled_is_hidden_until_its_moment(cast, draft):
    at = timezone.now() + timedelta(hours=1)
    schedule(draft, at=at, by=cast["rep"])
    assert publish_due(at - timedelta(seconds=1)) == 0
    assert not Publication.objects.visible_to(cast["anon"]).exists()
    assert publish_due(at) == 1
    assert publish_due(at) == 0
    assert Publication.objects.visible_to(cast["anon"]).get() == draft


def test_a_stricter_label_holds_at_once(cast, haven):
    issued = published(owner=haven, author=cast["mem"])
    restrict(issued, tlp=Tlp.GREEN, reason="Bron herkenbaar", review_on=timezone.localdate(), by=cast["rep"])
    assert not Publication.objects.visible_to(cast["anon"]).exists()


def test_a_wider_label_takes_the_owner_and_a_coordinator(cast, haven):
    issued = published(owner=haven, author=cast["mem"], tlp=Tlp.AMBER)
    asked = ask_wider(issued, tlp=Tlp.GREEN, reason="De update is uit.", by=cast["coord"])
    with pytest.raises(ValidationError, match="toestemming"):
        decide(asked, by=cast["coord"])
    with pytest.raises(PermissionDenied):
        consent(asked, by=cast["coord"])
    consent(asked, by=cast["rep"])
    assert decide(asked, by=cast["coord"]).tlp == Tlp.GREEN


def test_no_path_widens_a_label_without_consent(cast, haven):
    issued = published(owner=haven, tlp=Tlp.AMBER)
    with pytest.raises(IntegrityError, match="consent"), transaction.atomic():
        Publication.objects.filter(pk=issued.pk).update(tlp=Tlp.CLEAR)


def test_an_issued_text_changes_only_by_a_version(haven):
    issued = published(owner=haven)
    with pytest.raises(IntegrityError, match="correction"), transaction.atomic():
        Publication.objects.filter(pk=issued.pk).update(title="Stiekem anders")


def test_a_correction_reaches_who_got_the_version_before_and_nobody_else(cast, haven):
    issued = published(owner=haven, author=cast["mem"])
    zorg = cast.organisations["zorgring"]
    Receipt.objects.create(publication=issued, version=1, organisation=zorg, channel="oplegger")
    Notice.objects.create(
        publication=issued, version=1, kind=NoticeKind.PUBLISHED, user=cast["mem-o"], state="verstuurd"
    )
    correction = start_correction(issued, by=cast["mem"])
    save_correction(correction, values={"title": "Beter"}, edit_version=1, by=cast["mem"])
    assert Publication.objects.get().title == issued.title
    corrected = publish_correction(correction, note="De titel klopte niet.", by=cast["rep"])
    assert (corrected.title, corrected.version) == ("Beter", 2)
    told = Notice.objects.filter(kind=NoticeKind.CORRECTED, version=2).values_list("user__name", flat=True)
    assert set(told) == {"Omar Ander"}


def test_a_correction_of_amber_needs_a_second_person_too(cast, haven):
    issued = published(owner=haven, author=cast["rep"], tlp=Tlp.AMBER)
    correction = start_correction(issued, by=cast["rep"])
    save_correction(correction, values={"title": "Beter"}, edit_version=1, by=cast["rep"])
    with pytest.raises(ValidationError, match="tweede persoon"):
        publish_correction(correction, note="De titel klopte niet.", by=cast["rep"])
    approve_correction(correction, by=cast["coord"])
    assert publish_correction(correction, note="De titel klopte niet.", by=cast["rep"]).version == 2


def test_a_correction_cannot_empty_the_sheet(cast, haven):
    issued = published(owner=haven, author=cast["mem"])
    correction = start_correction(issued, by=cast["mem"])
    save_correction(correction, values={"key_points": ["n.v.t."]}, edit_version=1, by=cast["mem"])
    with pytest.raises(ValidationError, match="Kernpunten"):
        publish_correction(correction, note="Korter gemaakt.", by=cast["rep"])


def test_withdrawing_takes_a_reason_and_leaves_a_trace(cast, haven):
    issued = published(owner=haven)
    with pytest.raises(ValidationError, match="waarom"):
        withdraw(issued, reason="", by=cast["rep"])
    gone = withdraw(issued, reason="De melding klopte niet.", by=cast["rep"])
    assert gone.is_tombstone
    assert Publication.objects.visible_to(cast["anon"]).get() == gone


def test_a_successor_is_of_the_same_organisation(cast, haven):
    issued, stranger, successor = published(owner=haven), published(), published(owner=haven)
    with pytest.raises(ValidationError, match="dezelfde organisatie"):
        supersede(issued, successor=stranger, reason="Nieuwe versie", by=cast["rep"])
    assert supersede(issued, successor=successor, reason="Nieuwe versie", by=cast["rep"]).superseded_by == successor


@pytest.mark.parametrize("status", ["concept", "ingepland"])
def test_what_was_issued_never_becomes_a_draft_again(haven, status):
    issued = published(owner=haven)
    with pytest.raises(Exception, match="transition"), transaction.atomic():
        Publication.objects.filter(pk=issued.pk).update(status=status)


def test_what_was_issued_cannot_be_deleted(haven):
    issued = published(owner=haven)
    with pytest.raises(Exception, match="delete"), transaction.atomic():
        Publication.objects.filter(pk=issued.pk).delete()


def test_a_file_added_after_the_approval_takes_it_away(cast, amber):
    ask_review(amber, reviewer=cast["coord"], by=cast["rep"])
    approve(amber, by=cast["coord"])
    set_attachment(amber, title="Lijst", upload=SimpleUploadedFile("lijst.txt", b"Een regel tekst."), by=cast["rep"])
    with pytest.raises(ValidationError, match="tweede persoon"):
        publish(amber, by=cast["rep"])


def test_the_author_alone_adds_no_file_to_what_is_restricted_and_issued(cast, haven):
    issued = published(owner=haven, author=cast["rep"], tlp=Tlp.AMBER)
    with pytest.raises(ValidationError, match="tweede persoon"):
        set_attachment(issued, title="Lijst", upload=SimpleUploadedFile("lijst.txt", b"Een regel."), by=cast["rep"])


def test_red_takes_only_files_that_can_carry_a_watermark(cast, haven):
    red = PublicationFactory(owner=haven, author=cast["mem"], tlp=Tlp.RED)
    with pytest.raises(ValidationError, match="watermerk"):
        set_attachment(red, title="Lijst", upload=SimpleUploadedFile("lijst.txt", b"Een regel."), by=cast["mem"])


def test_what_became_restricted_while_it_was_written_gets_another_address(cast, amber):
    amber.slug = "inbraak-bij-de-haven"
    amber.save()
    ask_review(amber, reviewer=cast["coord"], by=cast["rep"])
    approve(amber, by=cast["coord"])
    assert "inbraak" not in publish(amber, by=cast["rep"]).slug
