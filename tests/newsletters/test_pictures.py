"""Pictures in issues: drawn anew, described, and fetched without a log-in from CLEAR issues only (B02-B05, D13)."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from comms.newsletters.actions.composing import remove_item
from comms.newsletters.actions.testing import send_test
from comms.newsletters.actions.writing import discard_issue, save_issue
from comms.newsletters.checking import errors_of, findings_of
from comms.newsletters.contents import full_address
from comms.newsletters.models import Issue, IssueItem
from comms.newsletters.pictures import LARGEST, MAX_WIDTH, mail_picture
from tests.comms.uploads import picture
from tests.factories.newsletters import IssueFactory, own_text, with_picture, with_publication
from tests.newsletters.steps import approved, html_of, mails_in, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def upload(content, name="foto.jpg"):
    return SimpleUploadedFile(name, content)


# --- what is kept ----------------------------------------------------------------------------------------
def test_of_a_picture_only_pixels_are_kept_and_no_more_than_a_mail_needs():
    exif = Image.Exif()
    exif[0x013B] = "kanarie-maker"
    kept = mail_picture(upload(picture("JPEG", (4_000, 2_000), exif=exif)))
    content = kept.content.read()
    assert b"kanarie" not in content
    with Image.open(io.BytesIO(content)) as again:
        assert (again.format, again.size, dict(again.getexif())) == ("JPEG", (MAX_WIDTH, MAX_WIDTH // 2), {})
    assert (kept.width, kept.size) == (MAX_WIDTH, len(content))


def test_webp_leaves_as_what_a_mail_program_shows_and_what_is_clear_stays_clear():
    with Image.open(mail_picture(upload(picture("WEBP"), "foto.webp")).content) as plain:
        assert plain.format == "JPEG"
    canvas = io.BytesIO()
    Image.new("RGBA", (50, 50), (200, 0, 0, 90)).save(canvas, "PNG")
    with Image.open(mail_picture(upload(canvas.getvalue(), "foto.png")).content) as clear:
        assert clear.format == "PNG"
        assert clear.getpixel((1, 1))[3] == 90


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "foto.svg"),
        (b"<script>alert(1)</script>", "foto.jpg"),
        (b"een tekst", "foto.txt"),
        (b"", "foto.png"),
        (b"x" * (10 * 1024 * 1024 + 1), "foto.png"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence_and_nothing_typed_is_lost(cast, public_list, content, name):
    issue = IssueFactory(newsletter=public_list, created_by=cast["wg"])
    words = {"alternative": "kanarie-beschrijving", "source": "kanarie-bron", "upload": upload(content, name)}
    answer = cast.client("wg").post(reverse("issue_picture_new", args=[issue.pk]), words)
    assert answer.status_code == 400
    assert answer.content.decode().count("kanarie-") == 2
    assert not issue.items.exists()


@pytest.mark.parametrize("missing", ["alternative", "source", "upload"])
def test_a_picture_without_description_or_source_is_no_picture(cast, public_list, missing):
    issue = IssueFactory(newsletter=public_list, created_by=cast["wg"])
    words = {"alternative": "Een foto van de dag.", "source": "Eigen foto", "upload": upload(picture("JPEG"))}
    address = reverse("issue_picture_new", args=[issue.pk])
    assert cast.client("wg").post(address, {name: words[name] for name in words if name != missing}).status_code == 400
    words["upload"].seek(0)
    assert cast.client("wg").post(address, words).status_code == 302
    item = issue.items.get()
    if missing != "upload":
        with pytest.raises(IntegrityError), transaction.atomic():
            IssueItem.objects.filter(pk=item.pk).update(**{missing: ""})


def test_the_file_goes_with_the_item_and_with_the_issue(cast, public_list, django_capture_on_commit_callbacks):
    issue = IssueFactory(newsletter=public_list, created_by=cast["wg"])
    first, second = with_picture(issue, by=cast["wg"]), with_picture(issue, by=cast["wg"])
    with django_capture_on_commit_callbacks(execute=True):
        remove_item(first, by=cast["wg"])
    assert not default_storage.exists(first.picture.name)
    assert default_storage.exists(second.picture.name)
    with django_capture_on_commit_callbacks(execute=True):
        discard_issue(issue, by=cast["wg"])
    assert not default_storage.exists(second.picture.name)


def put_in_archive(issue, cast):
    Issue.objects.filter(pk=issue.pk).update(status="verstuurd", sent_at=timezone.now(), approved_by=cast["coord"])


# --- who may fetch it ------------------------------------------------------------------------------------
def fetches(client, item):
    return client.get(item.picture.url).status_code == 200


def test_a_picture_is_public_once_a_clear_issue_is_mailed(ready, cast, sink, client):
    item = with_picture(ready, by=cast["wg"])
    assert fetches(cast.client("coord"), item)
    for principal in ("anon", "mem", "rep", "nctv"):
        assert not fetches(cast.client(principal), item), principal
    send(approved(ready, cast))
    assert fetches(client, item)
    for mail in mails_in(sink):
        assert f'src="{full_address(item.picture.url)}"' in html_of(mail)
        assert item.alternative in html_of(mail)
        assert item.alternative in text_of(mail)
        assert item.source in text_of(mail)
    page = client.get(ready.get_absolute_url()).content.decode()
    assert f'<img src="{item.picture.url}" alt="{item.alternative}">' in page
    assert item.source in page


def test_who_gets_a_test_mail_sees_its_pictures(ready, cast, client):
    item = with_picture(ready, by=cast["wg"])
    send_test(ready, addresses=[cast["wg"].email], by=cast["wg"])
    assert fetches(client, item)


def test_a_list_without_a_public_archive_still_shows_its_pictures_in_the_mail(cast, public_list, client):
    item = with_picture(IssueFactory(newsletter=public_list), by=cast["wg"])
    type(public_list).objects.filter(pk=public_list.pk).update(archive_is_public=False)
    put_in_archive(item.issue, cast)
    assert client.get(item.issue.get_absolute_url()).status_code == 404
    assert fetches(client, item)


def test_the_pictures_of_a_green_issue_are_for_the_network_and_the_mail_describes_them(cast, members_list, client):
    issue = IssueFactory(newsletter=members_list, own_tlp="green", created_by=cast["wg"])
    item = with_picture(issue, by=cast["wg"])
    html = cast.client("wg").get(reverse("issue_preview_mail", args=[issue.pk])).content.decode()
    assert item.alternative in html
    assert "<img" not in html
    put_in_archive(issue, cast)
    assert not fetches(client, item)
    assert fetches(cast.client("mem"), item)


def test_amber_and_pictures_do_not_go_together(cast, members_list, client):
    issue = IssueFactory(newsletter=members_list, created_by=cast["wg"])
    item = with_picture(issue, by=cast["wg"])
    with_publication(issue, tlp="amber", owner=cast.organisations["zorgring"])
    assert issue.tlp == "amber"
    assert any("geen beeld" in error.message for error in errors_of(issue, cast["wg"]))
    html = cast.client("wg").get(reverse("issue_preview_mail", args=[issue.pk])).content.decode()
    assert item.alternative not in html
    with pytest.raises(ValidationError, match="geen beeld"):
        with_picture(issue, by=cast["wg"])
    with pytest.raises(IntegrityError), transaction.atomic():
        IssueItem.objects.filter(pk=item.pk).update(tlp="amber")
    put_in_archive(issue, cast)
    assert not fetches(client, item)
    assert not fetches(cast.client("mem"), item)


def test_the_preview_holds_its_pictures_itself(ready, cast):
    item = with_picture(ready, by=cast["wg"])
    html = cast.client("wg").get(reverse("issue_preview_mail", args=[ready.pk])).content.decode()
    assert "data:image/jpeg;base64," in html
    assert item.picture.url not in html


# --- the checker and the desk ------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["IMG_2041", "foto van dag.jpg", "Beeld", "[invullen] door de redactie"])
def test_a_description_that_says_nothing_is_an_error(ready, cast, words):
    item = with_picture(ready, by=cast["wg"])
    assert errors_of(ready, cast["wg"]) == []
    IssueItem.objects.filter(pk=item.pk).update(alternative=words)
    (error,) = errors_of(ready, cast["wg"])
    assert error.place == f"onderdeel-{item.pk}"


def test_a_heavy_picture_is_an_error_and_a_narrow_one_a_tip(ready, cast):
    item = with_picture(ready, by=cast["wg"])
    IssueItem.objects.filter(pk=item.pk).update(picture_bytes=LARGEST + 1)
    assert any("500 kB" in error.message for error in errors_of(ready, cast["wg"]))
    IssueItem.objects.filter(pk=item.pk).update(picture_bytes=10, picture_width=300)
    assert any("300 pixels" in finding.message for finding in findings_of(ready, cast["wg"]))
    assert errors_of(ready, cast["wg"]) == []


def test_the_description_can_be_rewritten_and_nothing_else(ready, cast):
    item, client = with_picture(ready, by=cast["wg"]), cast.client("wg")
    address = reverse("item_edit", args=[ready.pk, item.pk])
    assert client.post(address, {"edit_version": 1, "alternative": "", "source": "x"}).status_code == 400
    sent = {"edit_version": 1, "alternative": "Vier mensen oefenen.", "source": "Eigen foto", "heading": "kanarie"}
    assert client.post(address, sent).status_code == 302
    item.refresh_from_db()
    assert (item.alternative, item.source, item.heading) == ("Vier mensen oefenen.", "Eigen foto", "")
    assert "Vier mensen oefenen." in client.get(reverse("issue_desk", args=[ready.pk])).content.decode()


def test_the_own_label_takes_the_pictures_along(cast, members_list):
    issue = IssueFactory(newsletter=members_list, created_by=cast["wg"])
    own_text(issue)
    item = with_picture(issue, by=cast["wg"])
    save_issue(issue, values={"own_tlp": "green"}, edit_version=1, by=cast["wg"])
    issue.refresh_from_db()
    assert issue.tlp == "green"
    assert not IssueItem.objects.mailed_to_everybody().filter(pk=item.pk).exists()
