"""What readers take along: who gets which form, what it says about itself, and what is kept of it."""

import hashlib
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from comms.enums import PublicationStatus, ReceiptChannel, Tlp
from comms.models import Attachment, AttachmentFile, Download, Receipt
from comms.renderings import as_pdf
from comms.sheets import sheet_of
from cwn.core.models import AuditEntry
from tests.factories.comms import PublicationFactory, published

pytestmark = pytest.mark.django_db

FORMS = ("publication_sheet", "publication_text", "publication_mail_block", "publication_pack")


def get(client, publication, name, **arguments):
    return client.get(reverse(name, kwargs={"slug": publication.slug, **arguments}))


def addressed(cast, tlp=Tlp.AMBER, **fields):
    """A publication of the Zorgring for the Havenring (Petra) and, of RED, for Rik."""
    fields.setdefault("addressed_organisations", [cast.organisations["havenring"]])
    return published(tlp=tlp, owner=cast.organisations["zorgring"], named_readers=[cast["rcp"]], **fields)


def attach(publication, content=b"adres;sinds\n", name="sporen.csv", content_type="text/csv; charset=utf-8", to=None):
    """Add a file, or a new version of an attachment."""
    attachment = to or Attachment.objects.create(publication=publication, title="Sporen van misbruik")
    file = AttachmentFile(
        attachment=attachment,
        number=attachment.files.count() + 1,
        name=name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=publication.author,
    )
    file.file.save(name, ContentFile(content))
    return file


def fetch(client, file):
    publication = file.attachment.publication
    return get(client, publication, "attachment_download", pk=file.attachment_id, number=file.number)


def body(response) -> bytes:
    return response.getvalue()


def picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (400, 300), "white").save(file, "PNG")
    return file.getvalue()


# --- forms of the sheet ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("tlp", "forms"),
    [
        (Tlp.CLEAR, FORMS),
        (Tlp.GREEN, FORMS),
        (Tlp.AMBER, FORMS),
        (Tlp.AMBER_STRICT, ("publication_sheet", "publication_text")),
        (Tlp.RED, ()),
    ],
)
def test_what_leaves_the_portal_follows_from_the_label(cast, tlp, forms):
    publication = addressed(cast, tlp)

    reader = cast.client("rcp" if tlp == Tlp.RED else "mem")
    assert {name for name in FORMS if get(reader, publication, name).status_code == 200} == set(forms)
    offered = get(reader, publication, "publication_detail").content.decode()
    for name in FORMS:
        assert (reverse(name, args=[publication.slug]) in offered) == (name in forms), name


@pytest.mark.parametrize("tlp", [Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED])
def test_who_may_not_read_it_gets_no_form_of_it(cast, tlp):
    publication = addressed(cast, tlp)

    for principal in ("anon", "ex", "sus"):
        client = cast.client(principal)
        assert {get(client, publication, name).status_code for name in FORMS} == {404}, principal


def test_the_pack_is_for_partners(cast):
    publication = published()

    assert get(cast.client("mem"), publication, "publication_pack").status_code == 200
    for principal in ("anon", "nctv", "adm", "coord"):
        assert get(cast.client(principal), publication, "publication_pack").status_code == 404, principal


def test_every_form_says_its_label_and_its_actions(cast):
    publication = addressed(cast)
    client = cast.client("mem")
    action = publication.action_perspective[0]["action"]

    pdf = pypdfium2.PdfDocument(body(get(client, publication, "publication_sheet")))
    words = pdf[0].get_textpage().get_text_range()
    for text in (
        words,
        body(get(client, publication, "publication_text")).decode(),
        body(get(client, publication, "publication_mail_block")).decode(),
    ):
        assert "TLP:AMBER" in text
        assert action in text
    with ZipFile(BytesIO(body(get(client, publication, "publication_pack")))) as pack:
        assert {"oplegger.pdf", "oplegger.txt", "mailblok.html", "LEESMIJ.txt"} <= set(pack.namelist())


def test_a_form_is_a_file_and_not_a_page(cast):
    for name in FORMS:
        response = get(cast.client("mem"), addressed(cast), name)
        assert response["Content-Disposition"].startswith("attachment;")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "no-store"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_visitor_takes_a_public_sheet_without_a_cookie(cast):
    client = cast.client("anon")
    response = get(client, published(), "publication_sheet")
    assert response["Cache-Control"] == "no-cache"
    assert dict(client.cookies) == {}


def test_the_kept_pdf_is_that_of_the_present_text(cast):
    publication = published()
    client = cast.client("anon")
    get(client, publication, "publication_sheet")
    publication.version, publication.title, publication.correction_note = 2, "Een andere titel", "Titel verbeterd."
    publication.save()

    assert body(get(client, publication, "publication_sheet")) == as_pdf(sheet_of(publication, "nl"))


@pytest.mark.parametrize("status", [PublicationStatus.WITHDRAWN, PublicationStatus.DRAFT])
def test_there_is_no_form_of_what_is_gone_or_not_there_yet(cast, status):
    publication = published(status=status)
    assert {get(cast.client("anon"), publication, name).status_code for name in FORMS} == {404}
    if status == PublicationStatus.WITHDRAWN:
        assert {get(cast.client("coord"), publication, name).status_code for name in FORMS} == {404}


def test_a_draft_can_be_looked_at_on_paper_by_its_editor(cast):
    draft = PublicationFactory(owner=cast.organisations["havenring"])
    assert "Dit is een concept" in body(get(cast.client("rep"), draft, "publication_text")).decode()
    assert get(cast.client("rep"), draft, "publication_pack").status_code == 404
    assert not Receipt.objects.exists()


# --- what is kept of it ------------------------------------------------------------------------------
def test_downloads_are_counted_per_day_without_the_person(cast):
    publication = published()
    for principal in ("anon", "anon", "mem"):
        get(cast.client(principal), publication, "publication_sheet")
    get(cast.client("mem"), publication, "publication_pack")
    cast.client("anon").head(reverse("publication_sheet", args=[publication.slug]))

    assert dict(Download.objects.values_list("what", "count")) == {"oplegger": 3, "doorstuurpakket": 1}
    assert not AuditEntry.objects.exists()


def test_an_organisation_that_took_it_has_it(cast):
    publication = published(tlp=Tlp.GREEN)
    for name in ("publication_sheet", "publication_text", "publication_pack"):
        get(cast.client("mem"), publication, name)

    kept = Receipt.objects.values_list("organisation__slug", "channel")
    assert set(kept) == {("havenring", ReceiptChannel.SHEET), ("havenring", ReceiptChannel.PACK)}
    assert kept.count() == 2


def test_each_download_of_what_is_restricted_stands_in_the_log(cast):
    file = attach(addressed(cast))
    client = cast.client("mem")
    for _number in range(2):
        fetch(client, file)
    get(client, file.attachment.publication, "publication_sheet")

    lines = list(AuditEntry.objects.order_by("id").values_list("verb", "actor_id", "detail__what"))
    what = f"bijlage:{file.attachment_id}:1"
    reader = cast["mem"].pk
    assert lines == [("download", reader, what), ("download", reader, what), ("download", reader, "oplegger")]


# --- attachments -------------------------------------------------------------------------------------
@pytest.mark.parametrize("tlp", Tlp)
def test_an_attachment_has_the_readers_of_its_publication(cast, tlp):
    content, name, kind = (picture(), "kaart.png", "image/png") if tlp == Tlp.RED else (b"x", "a.csv", "text/csv")
    file = attach(addressed(cast, tlp), content, name, kind)

    for principal in ("anon", "mem", "mem-o", "rcp", "coord", "nctv", "adm", "ex", "sus"):
        client = cast.client(principal)
        page = get(client, file.attachment.publication, "publication_detail").status_code
        assert fetch(client, file).status_code == page, principal


def test_an_attachment_is_sent_as_it_came_and_shown_by_nothing(cast):
    file = attach(published(), b"adres;sinds\n", "sporen van misbruik.csv")
    response = fetch(cast.client("anon"), file)

    assert body(response) == b"adres;sinds\n"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("name", ["a\r\nSet-Cookie: x=1.csv", '../../"etc".csv', "CON.csv", "\u202evsc.exe", "ë" * 300])
def test_no_name_becomes_a_header_or_a_path(cast, name):
    """security.md B07."""
    file = attach(published())
    AttachmentFile.objects.filter(pk=file.pk).update(name=name[:150])

    header = fetch(cast.client("anon"), file)["Content-Disposition"]
    assert header.isprintable()
    assert "Set-Cookie:" not in header
    assert "/" not in header
    assert "\u202e" not in header


def test_readers_get_the_newest_version_only(cast):
    old = attach(published())
    new = attach(old.attachment.publication, b"beter", to=old.attachment)
    client = cast.client("anon")

    assert fetch(client, old).status_code == 404
    assert body(fetch(client, new)) == b"beter"


def test_what_was_taken_away_is_gone(cast):
    file = attach(published())
    Attachment.objects.update(removed_at="2026-11-01T12:00Z")
    assert fetch(cast.client("coord"), file).status_code == 404
    page = get(cast.client("coord"), file.attachment.publication, "publication_detail").content.decode()
    assert "Sporen van misbruik" not in page


def test_a_file_of_one_publication_is_not_found_under_another(cast):
    """security.md A16: the address names both, and they must belong together."""
    secret, other = attach(addressed(cast)), published()
    for principal in ("anon", "mem", "coord"):
        response = get(cast.client(principal), other, "attachment_download", pk=secret.attachment_id, number=1)
        assert response.status_code == 404


def test_a_lost_right_holds_for_the_next_download(cast):
    file = attach(addressed(cast))
    client = cast.client("mem")
    assert fetch(client, file).status_code == 200
    file.attachment.publication.addressed_organisations.clear()
    assert fetch(client, file).status_code == 404


def test_a_file_that_is_missing_is_explained(cast):
    """security.md G13."""
    file = attach(published())
    file.file.storage.delete(file.file.name)

    response = fetch(cast.client("anon"), file)
    assert response.status_code == 404
    assert "Dat ligt niet aan u" in response.content.decode()
    pack = get(cast.client("mem"), file.attachment.publication, "publication_pack")
    assert "Dat ligt niet aan u" in pack.content.decode()
    assert not Download.objects.exists()


def test_red_leaves_with_a_watermark_or_not_at_all(cast):
    publication = addressed(cast, Tlp.RED)
    marked, other = attach(publication, picture(), "kaart.png", "image/png"), attach(publication)
    client = cast.client("rcp")

    copy = body(fetch(client, marked))
    assert copy != picture()
    assert Image.open(BytesIO(copy)).format == "PNG"
    assert fetch(client, other).status_code == 404
    assert "Dit type kan geen watermerk dragen" in get(client, publication, "publication_detail").content.decode()


def test_a_marked_pdf_names_its_reader(cast):
    publication = addressed(cast, Tlp.RED)
    content = as_pdf(sheet_of(published(title="Een blad"), "nl"))
    file = attach(publication, content, "blad.pdf", "application/pdf")

    copy = pypdfium2.PdfDocument(body(fetch(cast.client("rcp"), file)))
    words = copy[0].get_textpage().get_text_range()
    assert "Rik Ontvanger" in words
    assert "Een blad" in words


def test_the_pack_holds_the_newest_attachments(cast):
    file = attach(published(), b"oud")
    attach(file.attachment.publication, b"nieuw", to=file.attachment)

    response = get(cast.client("mem"), file.attachment.publication, "publication_pack")
    with ZipFile(BytesIO(body(response))) as pack:
        assert [pack.read(name) for name in pack.namelist() if name.startswith("bijlagen/")] == [b"nieuw"]
