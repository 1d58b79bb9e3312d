"""The page of a publication: who opens it, what stands on it, and what it leaves behind."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comms.enums import ISSUED, PublicationStatus, ReceiptChannel, Tlp
from comms.models import Attachment, AttachmentFile, Publication, Receipt
from cwn.core.models import AuditEntry
from tests.cast import PRINCIPALS
from tests.factories.comms import DevelopmentFactory, PublicationFactory, published, sharing_group
from tests.factories.partners import RegionFactory

pytestmark = pytest.mark.django_db


def page(client, publication, **headers):
    return client.get(publication.get_absolute_url(), headers=headers)


def addressed(cast, tlp=Tlp.AMBER, **fields):
    """A publication of the Zorgring for the Havenring, Petra's."""
    fields.setdefault("addressed_organisations", [cast.organisations["havenring"]])
    return published(tlp=tlp, owner=cast.organisations["zorgring"], **fields)


def corrected(publication, **changes):
    """Issue the next version."""
    now = timezone.now()
    values = {"version": publication.version + 1, "correction_note": "Het nummer klopte niet.", "corrected_at": now}
    for name, value in (values | changes).items():
        setattr(publication, name, value)
    publication.save()
    return publication


# --- who opens it ------------------------------------------------------------------------------------
@pytest.mark.parametrize("tlp", Tlp)
def test_the_page_opens_for_whom_the_rule_says_and_for_nobody_else(cast, tlp):
    publication = addressed(cast, tlp, named_readers=[cast["rcp"]])

    for principal in PRINCIPALS:
        may = Publication.objects.visible_to(cast[principal]).filter(pk=publication.pk).exists()
        if principal == "nomfa" and tlp != Tlp.CLEAR:
            may = False
        status = page(cast.client(principal), publication).status_code
        assert (status == 200) == may or status == 302, principal


def test_what_is_not_for_a_reader_is_answered_like_what_is_not_there(cast):
    secret = addressed(cast)

    for principal in ("anon", "mem-o", "nctv"):
        client = cast.client(principal)
        hidden = page(client, secret)
        absent = client.get(reverse("publication_detail", args=["bestaat-niet"]))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content.replace(secret.slug.encode(), b"") == absent.content.replace(b"bestaat-niet", b"")
        assert dict(hidden.headers) == dict(absent.headers)


def test_a_lost_right_holds_from_the_next_request(cast):
    group = sharing_group(cast.organisations["havenring"])
    publication = addressed(cast, addressed_organisations=[], addressed_groups=[group])
    client = cast.client("mem")
    assert page(client, publication).status_code == 200

    group.members.all().delete()
    assert page(client, publication).status_code == 404


def test_partners_first(cast):
    publication = published(public_from=timezone.now() + timedelta(days=1))

    assert page(cast.client("anon"), publication).status_code == 404
    response = page(cast.client("mem"), publication)
    assert "alleen voor netwerkpartners" in response.content.decode()


def test_a_draft_says_that_it_is_one_to_who_works_on_it(cast):
    draft = PublicationFactory(owner=cast.organisations["havenring"])

    text = page(cast.client("rep"), draft).content.decode()
    assert "Dit is een concept" in text
    assert page(cast.client("mem-x"), draft).status_code == 404


def test_a_page_in_english_says_so_around_a_dutch_text(cast):
    publication = published(title="Een lek in een firewall")

    text = cast.client("anon").get("/en" + publication.get_absolute_url()).content.decode()
    assert '<html lang="en">' in text
    assert '<h1 class="utrecht-heading-1" lang="nl">Een lek in een firewall</h1>' in text


# --- what stands on it -------------------------------------------------------------------------------
def test_the_sheet_and_its_actions_come_before_the_text(cast):
    publication = published(body="Lange tekst onderaan.\n\n## Kop\n\nMeer.")

    text = page(cast.client("anon"), publication).content.decode()
    places = [
        text.index(words) for words in ("TLP:CLEAR", publication.title + "</h1>", "Wat moet u doen?", "Lange tekst")
    ]
    assert places == sorted(places)
    assert text.index("cwn-sheet__top") < text.index("Lange tekst")
    assert "<h2>Kop</h2>" in text


def test_texts_of_people_stay_text(cast):
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    publication = published(title=evil, summary=evil, body=evil, correction_note=evil, source=evil, version=2)

    text = page(cast.client("mem"), publication).content.decode()
    assert "<script>alert" not in text
    assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)" in text


def test_subjects_and_words_lead_to_the_list(cast):
    publication = published()
    publication.developments.add(DevelopmentFactory(name="NIS2", slug="nis2"))
    publication.regions.add(RegionFactory(name="Zeeland", slug="zeeland"))
    publication.keywords.add("zwakke wachtwoorden")

    text = page(cast.client("anon"), publication).content.decode()
    for address in ("/?thema=nis2", "/?regio=zeeland", "/?q=zwakke%20wachtwoorden", "/?functie=informatiedeling"):
        assert f'href="{address}"' in text


def test_related_shows_what_this_reader_may_know(cast):
    publication, open_one, secret = published(), published(title="Open zaak"), addressed(cast, title="Stille zaak")
    withdrawn = published(title="Oude zaak", status=PublicationStatus.WITHDRAWN)
    publication.related.add(open_one, secret, withdrawn)

    seen = page(cast.client("anon"), publication).content.decode()
    assert "Open zaak" in seen
    assert "Stille zaak" not in seen
    assert "Oude zaak" not in seen
    assert "Stille zaak" in page(cast.client("mem"), publication).content.decode()


def test_search_engines_get_what_visitors_read_and_nothing_else(cast):
    clear, green = published(title="Voor iedereen"), published(tlp=Tlp.GREEN, title="Voor het netwerk")
    early = published(public_from=timezone.now() + timedelta(days=1), title="Eerst voor partners")

    text = page(cast.client("anon"), clear).content.decode()
    assert '"headline": "Voor iedereen"' in text
    assert 'property="og:title" content="Voor iedereen"' in text
    for publication in (green, early):
        text = page(cast.client("mem"), publication).content.decode()
        assert "og:title" not in text
        assert "ld+json" not in text
        assert '<meta name="robots" content="noindex">' in text


def test_only_public_pages_may_be_kept(cast):
    assert "no-store" not in page(cast.client("anon"), published()).headers.get("Cache-Control", "")
    for publication in (
        published(tlp=Tlp.GREEN),
        addressed(cast),
        published(public_from=timezone.now() + timedelta(1)),
    ):
        assert page(cast.client("mem"), publication)["Cache-Control"] == "no-store"


def test_a_visitor_who_reads_gets_no_cookie(cast):
    client = cast.client("anon")
    page(client, published())
    assert dict(client.cookies) == {}


# --- corrections -------------------------------------------------------------------------------------
def changes(client, publication):
    return client.get(reverse("publication_changes", args=[publication.slug]))


def test_a_correction_is_shown_with_the_difference(cast):
    publication = corrected(published(body="Het nummer is 12 van de poort."), body="Het nummer is 34 van de poort.")
    client = cast.client("anon")

    assert "Bekijk wat er veranderde" in page(client, publication).content.decode()
    text = changes(client, publication).content.decode()
    assert "Het nummer klopte niet." in text
    assert "</span>12<span" in text.split("<del>")[2]
    assert "34" in text.split("<ins>")[2]
    assert changes(client, published()).status_code == 404


def test_the_older_text_is_for_who_could_read_it(cast):
    """A correction may take away what should not have been there (security.md A10)."""
    publication = addressed(cast, body="De bron is Piet.")
    Receipt.objects.create(
        publication=publication, version=1, organisation=cast.organisations["havenring"], channel=ReceiptChannel.MAIL
    )
    corrected(publication, body="De bron is bekend.")
    publication.addressed_organisations.add(cast.organisations["eilandring"])

    assert "Piet" in changes(cast.client("mem"), publication).content.decode()
    assert "Piet" in changes(cast.client("coord"), publication).content.decode()
    assert page(cast.client("mem-o"), publication).status_code == 200
    assert changes(cast.client("mem-o"), publication).status_code == 404
    assert "Bekijk wat er veranderde" not in page(cast.client("mem-o"), publication).content.decode()


def test_what_was_corrected_before_it_became_public_stays_with_partners(cast):
    early = published(public_from=timezone.now() + timedelta(hours=1), body="De bron is Piet.")
    corrected(early, body="De bron is bekend.")
    Publication.objects.filter(pk=early.pk).update(
        public_from=timezone.now() - timedelta(days=1), corrected_at=timezone.now() - timedelta(days=2)
    )

    assert page(cast.client("anon"), early).status_code == 200
    assert changes(cast.client("anon"), early).status_code == 404
    assert "Piet" in changes(cast.client("mem"), early).content.decode()


# --- what is gone ------------------------------------------------------------------------------------
def test_a_withdrawn_publication_leaves_a_notice_without_content(cast):
    gone = addressed(cast, status=PublicationStatus.WITHDRAWN, title="Stille zaak", body="Inhoud", summary="Kort")

    response = page(cast.client("mem"), gone)
    text = response.content.decode()
    assert response.status_code == 410
    assert "De melding bleek niet te kloppen." in text
    assert "De Zorgring" in text
    assert "TLP:AMBER" in text
    for words in ("Stille zaak", "Inhoud", "Kort"):
        assert words not in text
    assert page(cast.client("mem-o"), gone).status_code == 404


def test_a_superseded_publication_names_its_successor_to_who_may_know_it(cast):
    successor = addressed(cast, title="Nieuwe zaak")
    old = published(tlp=Tlp.GREEN, owner=successor.owner, status=PublicationStatus.SUPERSEDED, superseded_by=successor)

    assert "Nieuwe zaak" in page(cast.client("mem"), old).content.decode()
    other = page(cast.client("mem-o"), old)
    assert other.status_code == 410
    assert "Nieuwe zaak" not in other.content.decode()
    assert successor.slug not in other.content.decode()


def test_every_status_answers(cast):
    for status in PublicationStatus:
        successor = published() if status == PublicationStatus.SUPERSEDED else None
        moment = timezone.now() if status == PublicationStatus.SCHEDULED else None
        publication = published(status=status, superseded_by=successor, publish_at=moment)
        assert page(cast.client("coord"), publication).status_code in (200, 410)
        assert (page(cast.client("anon"), publication).status_code == 404) == (status not in ISSUED)


def test_an_expired_publication_warns(cast):
    publication = published(status=PublicationStatus.EXPIRED)
    assert "Dit is verlopen" in page(cast.client("anon"), publication).content.decode()


# --- what it leaves behind ---------------------------------------------------------------------------
def test_opening_a_restricted_page_is_noted_once(cast):
    publication = addressed(cast)
    client = cast.client("mem")

    for _number in range(3):
        page(client, publication)
    line = AuditEntry.objects.get()
    assert (line.verb, line.kind, line.object_id, line.actor_id) == (
        "read",
        "publication",
        publication.pk,
        cast["mem"].pk,
    )
    assert line.detail == {"version": 1}
    receipt = Receipt.objects.get()
    assert (receipt.organisation, receipt.channel, receipt.version) == (
        cast.organisations["havenring"], ReceiptChannel.PAGE, 1,
    )  # fmt: skip


def test_a_new_version_and_a_later_day_are_noted_again(cast):
    publication = addressed(cast)
    client = cast.client("mem")
    page(client, publication)
    page(client, corrected(publication))

    assert list(AuditEntry.objects.order_by("id").values_list("detail__version", flat=True)) == [1, 2]
    assert set(Receipt.objects.values_list("version", flat=True)) == {1, 2}


def test_red_is_noted_by_person_and_never_by_organisation(cast):
    publication = addressed(cast, Tlp.RED, named_readers=[cast["rcp"]])
    page(cast.client("rcp"), publication)

    assert AuditEntry.objects.get().actor_id == cast["rcp"].pk
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("tlp", [Tlp.CLEAR, Tlp.GREEN])
def test_nobody_is_followed_on_open_pages(cast, tlp):
    publication = published(tlp=tlp)
    for principal in ("anon", "mem", "coord"):
        page(cast.client(principal), publication)

    assert not AuditEntry.objects.exists()
    assert not Receipt.objects.exists()


def test_asking_for_the_head_or_fetching_ahead_is_no_reading(cast):
    publication = addressed(cast)
    client = cast.client("mem")

    assert client.head(publication.get_absolute_url()).status_code == 200
    page(client, publication, **{"Sec-Purpose": "prefetch;prerender"})
    assert not AuditEntry.objects.exists()
    assert not Receipt.objects.exists()


def test_a_coordinator_reads_without_a_receipt(cast):
    page(cast.client("coord"), addressed(cast))
    assert AuditEntry.objects.get().actor_id == cast["coord"].pk
    assert not Receipt.objects.exists()


def test_the_owner_gets_no_receipt_of_its_own_publication(cast):
    page(cast.client("mem-x"), addressed(cast))
    assert not Receipt.objects.exists()


def test_the_page_is_there_when_nothing_can_be_noted(cast):
    publication = addressed(cast)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_auditentry RENAME TO core_auditentry_elsewhere")
    assert page(cast.client("mem"), publication).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_auditentry_elsewhere RENAME TO core_auditentry")


# --- what it costs -----------------------------------------------------------------------------------
def furnish(publication, number):
    """Give a page one more of everything that it lists."""
    publication.related.add(published(), published())
    publication.developments.add(DevelopmentFactory())
    publication.regions.add(RegionFactory())
    publication.keywords.add(f"woord {number}")
    attachment = Attachment.objects.create(publication=publication, title=f"Bijlage {number}")
    AttachmentFile.objects.create(
        attachment=attachment, number=1, name="a.pdf", content_type="application/pdf", size=10, sha256="0" * 64,
        uploaded_by=publication.author, file="attachments/a",
    )  # fmt: skip


@pytest.mark.parametrize("principal", ["anon", "mem", "coord"])
def test_the_page_costs_the_same_for_one_row_and_many(cast, principal):
    publication = published()
    client = cast.client(principal)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert page(client, publication).status_code == 200
        return len(caught)

    furnish(publication, 1)
    queries()  # the first request fills the caches
    one = queries()
    for number in range(2, 5):
        furnish(publication, number)
    assert queries() == one
    assert one < 45


def test_a_mail_leads_to_the_page_by_number_without_telling(cast):
    publication = addressed(cast, Tlp.RED, named_readers=[cast["rcp"]])
    address = reverse("publication_by_number", args=[publication.pk])

    assert cast.client("rcp").get(address).url == publication.get_absolute_url()
    for principal in ("mem", "coord", "mem-o"):
        assert cast.client(principal).get(address).status_code == 404
    assert cast.client("anon").get(address).url.startswith(reverse("account_login"))
    assert publication.slug not in cast.client("anon").get(address).url
