"""From review to the readers and back: what the desk shows before it happens, and who may do it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from comms.actions.correcting import start_correction
from comms.actions.review import approve, ask_review
from comms.enums import PublicationStatus, RemarkKind, Tlp
from comms.models import Attachment, Correction, Publication, RelabelRequest, Remark
from partners.enums import MembershipRole
from tests.cast import log_in
from tests.comms.desk import page, post, writing
from tests.factories.comms import PublicationFactory, published
from tests.factories.partners import MembershipFactory, OrganisationFactory, ParticipationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def haven(cast):
    return cast.organisations["havenring"]


@pytest.fixture
def draft(cast, haven):
    return PublicationFactory(owner=haven, author=cast["rep"], urgency="ter-informatie")


@pytest.fixture
def amber(cast, haven):
    """A draft for Xandra's organisation that nobody agreed to yet."""
    draft = PublicationFactory(owner=haven, author=cast["rep"], tlp=Tlp.AMBER)
    draft.addressed_organisations.add(cast.organisations["zorgring"])
    return draft


@pytest.fixture
def ruben(cast):
    return cast.client("rep")


# --- review ------------------------------------------------------------------------------------------
def test_a_reviewer_is_asked_agrees_and_gives_back(cast, amber, ruben):
    coby = cast.client("coord")
    post(ruben, "publication_review", amber, doe="vraag", reviewer=cast["coord"].pk)
    amber.refresh_from_db()
    assert (amber.status, amber.reviewer) == (PublicationStatus.IN_REVIEW, cast["coord"])
    assert amber.title in coby.get(reverse("publication_desk")).content.decode()

    post(coby, "publication_approve", amber)
    amber.refresh_from_db()
    assert amber.approved_by == cast["coord"]

    post(coby, "publication_review", amber, doe="terug", reason="Noem de versies.")
    amber.refresh_from_db()
    assert (amber.status, amber.approved_by) == (PublicationStatus.DRAFT, None)
    assert "Noem de versies." in page(ruben, "history", amber)


def test_giving_back_needs_a_reason_and_keeps_what_was_typed(cast, amber):
    ask_review(amber, reviewer=cast["coord"], by=cast["rep"])

    response = post(cast.client("coord"), "publication_review", amber, doe="terug", reason="")

    assert response.status_code == 400
    assert Publication.objects.get(pk=amber.pk).status == PublicationStatus.IN_REVIEW


def test_nobody_agrees_with_the_own_text(cast, amber, ruben):
    ask_review(amber, reviewer=cast["coord"], by=cast["rep"])

    assert post(ruben, "publication_approve", amber).status_code == 404


def test_a_stranger_cannot_be_asked(cast, amber, ruben):
    response = post(ruben, "publication_review", amber, doe="vraag", reviewer=cast["mem-o"].pk)

    assert response.status_code == 400
    assert Publication.objects.get(pk=amber.pk).reviewer is None


def test_a_coordinator_suggests_and_the_writer_takes_it_over(cast, draft, ruben):
    coby = cast.client("coord")
    assert "De schrijver verandert de tekst" in page(coby, "edit", draft)
    sent = {"doe": "opmerking", "kind": RemarkKind.SUGGESTION, "text": "Korter kan.", "field": "summary"}
    assert post(coby, "publication_review", draft, **sent).status_code == 400  # proposes nothing
    post(coby, "publication_review", draft, **sent, proposed_text="Kort.")
    remark = Remark.objects.get()
    assert "<ins>" in page(ruben, "review", draft)
    assert post(coby, "remark_accept", draft, remark.pk).status_code == 404

    post(ruben, "remark_accept", draft, remark.pk)

    draft.refresh_from_db()
    assert draft.summary == "Kort."


def test_a_remark_of_another_publication_is_not_found(cast, haven, draft, ruben):
    """security.md A16: authorise one, change another."""
    elsewhere = PublicationFactory(owner=cast.organisations["eilandring"], author=cast["mem-o"])
    remark = Remark.objects.create(publication=elsewhere, kind="opmerking", text="Kijk.", author=cast["mem-o"])

    for name in ("remark_accept", "remark_decline"):
        assert post(ruben, name, draft, remark.pk).status_code == 404
    remark.refresh_from_db()
    assert remark.resolved_at is None


# --- publishing --------------------------------------------------------------------------------------
def test_the_page_says_exactly_who_reads_and_who_gets_mail(cast, amber, ruben):
    text = page(ruben, "publish", amber)

    assert "De mensen van 2 organisaties" in text
    assert "De Zorgring" in text
    assert "De Eilandring" not in text
    assert "Xandra Zorg" in text
    assert "Omar Ander" not in text
    assert "Een tweede persoon moet akkoord geven" in text
    assert "disabled" in text


def test_what_is_missing_leads_to_its_place(cast, haven, ruben):
    empty = PublicationFactory(owner=haven, author=cast["rep"], filled=False, tlp=Tlp.AMBER)

    text = page(ruben, "publish", empty)

    address = reverse("publication_edit", args=[empty.slug])
    for place in ("element-urgency", "element-key_points", "element-action_perspective"):
        assert f'href="{address}#{place}"' in text
    assert reverse("publication_readers", args=[empty.slug]) in text
    response = post(ruben, "publication_publish", empty, doe="nu")
    assert response.status_code == 400
    assert Publication.objects.get(pk=empty.pk).status == PublicationStatus.DRAFT


def test_one_button_publishes(draft, ruben):
    response = post(ruben, "publication_publish", draft, doe="nu")

    assert response["Location"] == reverse("publication_edit", args=[draft.slug])
    draft.refresh_from_db()
    assert (draft.status, draft.version) == (PublicationStatus.PUBLISHED, 1)
    assert post(ruben, "publication_publish", draft, doe="nu").status_code == 400  # a second click


def test_publishing_more_than_public_asks_again_who_one_is(cast, amber, client):
    ask_review(amber, reviewer=cast["coord"], by=cast["rep"])
    approve(amber, by=cast["coord"])
    client.force_login(cast["rep"])  # without having shown who one is

    response = post(client, "publication_publish", amber, doe="nu")
    assert "reauthenticate" in response["Location"]
    assert Publication.objects.get(pk=amber.pk).status == PublicationStatus.IN_REVIEW

    log_in(client, cast["rep"])
    post(client, "publication_publish", amber, doe="nu")
    assert Publication.objects.get(pk=amber.pk).status == PublicationStatus.PUBLISHED


def test_more_than_25_mails_ask_again_who_one_is(cast, haven, client):
    urgent = PublicationFactory(owner=haven, author=cast["rep"], urgency="direct")
    for _number in range(26):
        organisation = OrganisationFactory()
        member = MembershipFactory(organisation=organisation, role=MembershipRole.REPRESENTATIVE).user
        Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data={})
        ParticipationFactory(organisation=organisation, function="informatiedeling")
    client.force_login(cast["rep"])

    assert "26 personen krijgen een mail" in page(client, "publish", urgent)
    assert "reauthenticate" in post(client, "publication_publish", urgent, doe="nu")["Location"]


def test_it_can_be_planned_and_taken_back(draft, ruben):
    yesterday, tomorrow = (f"{timezone.localtime() + timedelta(days=days):%Y-%m-%dT%H:%M}" for days in (-1, 1))
    assert post(ruben, "publication_publish", draft, doe="later", publish_at=yesterday).status_code == 400
    post(ruben, "publication_publish", draft, doe="later", publish_at=tomorrow)
    draft.refresh_from_db()
    assert draft.status == PublicationStatus.SCHEDULED
    assert "Dit is ingepland" in page(ruben, "edit", draft)

    post(ruben, "publication_unschedule", draft)

    draft.refresh_from_db()
    assert (draft.status, draft.publish_at) == (PublicationStatus.DRAFT, None)


def test_members_and_strangers_do_not_publish(cast, draft):
    for principal in ("mem", "mem-o", "wg", "nctv", "adm"):
        assert post(cast.client(principal), "publication_publish", draft, doe="nu").status_code == 404
    assert Publication.objects.get(pk=draft.pk).status == PublicationStatus.DRAFT


# --- after publishing --------------------------------------------------------------------------------
@pytest.fixture
def issued(cast, haven):
    return published(owner=haven, author=cast["rep"])


def test_a_correction_is_written_shown_and_published(cast, issued, ruben):
    post(ruben, "publication_start_correction", issued)
    correction = Correction.objects.get()
    assert "U schrijft een correctie" in page(ruben, "edit", issued)
    sent = writing(issued, edit_version=correction.edit_version, body="Een betere tekst.", tlp=Tlp.RED)
    post(ruben, "publication_edit", issued, **sent)
    assert Publication.objects.get(pk=issued.pk).body == issued.body  # readers keep the old one

    text = page(ruben, "publish", issued)
    assert "<ins>betere" in text
    assert post(ruben, "publication_publish", issued, doe="correctie", note="").status_code == 400
    post(ruben, "publication_publish", issued, doe="correctie", note="De versie klopte niet.")

    after = Publication.objects.get(pk=issued.pk)
    assert (after.body, after.version, after.tlp) == ("Een betere tekst.", 2, Tlp.CLEAR)


def test_a_correction_of_amber_needs_somebody_else(cast, haven, ruben):
    issued = published(
        owner=haven, author=cast["rep"], tlp=Tlp.AMBER, addressed_organisations=[cast.organisations["zorgring"]]
    )
    correction = start_correction(issued, by=cast["rep"])
    sent = writing(issued, edit_version=correction.edit_version, body="Een betere tekst.")
    post(ruben, "publication_edit", issued, **sent)

    assert "Een betere tekst." in page(cast.client("coord"), "edit", issued)  # who agrees sees to what
    refused = post(ruben, "publication_publish", issued, doe="correctie", note="Beter.")
    assert "tweede persoon" in refused.content.decode()
    post(cast.client("coord"), "publication_approve", issued)
    post(ruben, "publication_publish", issued, doe="correctie", note="Beter.")

    assert Publication.objects.get(pk=issued.pk).version == 2


def test_a_correction_can_be_thrown_away(issued, ruben):
    post(ruben, "publication_start_correction", issued)
    post(ruben, "publication_drop_correction", issued)

    assert Correction.objects.get().dropped_at
    assert "Corrigeer deze tekst" in page(ruben, "edit", issued)


def test_taking_back_needs_a_reason(issued, ruben):
    assert post(ruben, "publication_withdraw", issued, withdrawal_reason=" ").status_code == 400

    post(ruben, "publication_withdraw", issued, withdrawal_reason="De melding klopte niet.")

    assert Publication.objects.get(pk=issued.pk).status == PublicationStatus.WITHDRAWN
    assert "De melding klopte niet." in page(ruben, "edit", issued)


def test_a_newer_one_takes_the_place(cast, haven, issued, ruben):
    newer = published(owner=haven, author=cast["rep"])
    foreign = published(owner=cast.organisations["eilandring"], author=cast["mem-o"])
    assert post(ruben, "publication_supersede", issued, successor=foreign.pk, reason="Nieuw.").status_code == 400

    post(ruben, "publication_supersede", issued, successor=newer.pk, reason="Er is een nieuwe versie.")

    assert Publication.objects.get(pk=issued.pk).superseded_by == newer


def test_it_can_be_renewed(issued, ruben):
    assert post(ruben, "publication_renew", issued, expires_on="2020-01-01", reason="Nog goed.").status_code == 400

    post(ruben, "publication_renew", issued, expires_on="2099-01-01", reason="Nog goed.")

    assert str(Publication.objects.get(pk=issued.pk).expires_on) == "2099-01-01"


def test_stricter_holds_at_once(cast, issued):
    coby = cast.client("coord")
    sent = {"tlp": Tlp.GREEN, "reason": "De bron vraagt dit.", "review_on": "2099-01-01"}
    assert post(coby, "publication_restrict", issued, **sent | {"tlp": Tlp.CLEAR}).status_code == 400

    post(coby, "publication_restrict", issued, **sent)

    assert Publication.objects.get(pk=issued.pk).tlp == Tlp.GREEN


def test_wider_takes_two_people(cast, haven, ruben):
    """security.md A26."""
    green = published(owner=haven, author=cast["rep"], tlp=Tlp.GREEN)
    post(ruben, "publication_ask_wider", green, tlp=Tlp.CLEAR, reason="Het is overal bekend.")
    asked = RelabelRequest.objects.get()
    assert post(ruben, "relabel_decide", green, asked.pk).status_code == 404
    assert Publication.objects.get(pk=green.pk).tlp == Tlp.GREEN

    coby = cast.client("coord")
    assert "Besluit u?" in coby.get(reverse("publication_desk")).content.decode()
    post(coby, "relabel_decide", green, asked.pk)

    assert Publication.objects.get(pk=green.pk).tlp == Tlp.CLEAR


def test_a_request_of_another_publication_is_not_found(cast, haven, ruben):
    own = published(owner=haven, author=cast["rep"], tlp=Tlp.GREEN)
    other = published(owner=cast.organisations["eilandring"], author=cast["mem-o"], tlp=Tlp.GREEN)
    asked = RelabelRequest.objects.create(
        publication=other, old_tlp="green", new_tlp="clear", reason="Bekend.", requested_by=cast["coord"]
    )

    for name in ("relabel_consent", "relabel_decide", "relabel_refuse"):
        assert post(ruben, name, own, asked.pk, reason="Nee.").status_code == 404


def test_a_draft_can_be_thrown_away(draft, ruben):
    page(ruben, "discard", draft)
    post(ruben, "publication_discard", draft)

    assert not Publication.objects.filter(pk=draft.pk).exists()


# --- history -----------------------------------------------------------------------------------------
def test_an_older_text_of_a_draft_comes_back(draft, ruben):
    post(ruben, "publication_edit", draft, **writing(draft, title="Tweede titel"))
    text = page(ruben, "history", draft)
    event = int(text.split("terugzetten/")[0].rsplit("/", 2)[-2])

    post(ruben, "publication_restore", draft, event)

    assert Publication.objects.get(pk=draft.pk).title == draft.title


def test_the_history_of_another_publication_gives_nothing(cast, draft, ruben):
    other = PublicationFactory(owner=cast.organisations["eilandring"], author=cast["mem-o"], title="Geheim")
    event = other.events.first()  # type: ignore[attr-defined]

    post(ruben, "publication_restore", draft, event.pk)

    assert Publication.objects.get(pk=draft.pk).title == draft.title


def test_an_attachment_of_another_publication_stays(cast, draft, ruben):
    other = PublicationFactory(owner=cast.organisations["eilandring"], author=cast["mem-o"])
    attachment = Attachment.objects.create(publication=other, title="Lijst")

    assert post(ruben, "attachment_remove", draft, attachment.pk).status_code == 404
    attachment.refresh_from_db()
    assert attachment.removed_at is None


def test_a_file_is_inspected_kept_renewed_and_taken_away(draft, ruben):
    def send(content: bytes, name: str, **data: str):
        return post(ruben, "publication_attachments", draft, upload=SimpleUploadedFile(name, content), **data)

    refused = send(b"MZ\x90\x00", "virus.exe", title="Lijst")
    assert refused.status_code == 400
    assert "Lijst" in refused.content.decode()  # what was typed

    send(b"192.0.2.1\n", "lijst.txt", title="Lijst met adressen")
    attachment = Attachment.objects.get()
    send(b"192.0.2.2\n", "lijst.txt", attachment=str(attachment.pk))
    assert [file.number for file in attachment.files.all()] == [1, 2]
    assert "Lijst met adressen" in page(ruben, "attachments", draft)

    post(ruben, "attachment_remove", draft, attachment.pk)
    assert "Lijst met adressen" not in page(ruben, "attachments", draft)
