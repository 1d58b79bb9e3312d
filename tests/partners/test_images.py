"""Logos of strangers (security.md B01, B02, B03, B05, B07)."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from partners.images import KEPT_SIDE, MAX_BYTES, clean_logo


def _picture(form: str = "PNG", size: tuple[int, int] = (40, 20), **options) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(file, form, **options)
    return file.getvalue()


def _upload(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_kept_as_a_small_webp_under_a_name_of_ours(form):
    kept = clean_logo(_upload(_picture(form, (1600, 400)), "../../Geheim plan.png"))

    assert "Geheim" not in kept.name
    assert "/" not in kept.name
    picture = Image.open(io.BytesIO(kept.read()))
    assert (picture.format, picture.size) == ("WEBP", (KEPT_SIDE, KEPT_SIDE // 4))


def test_what_is_not_a_pixel_does_not_come_along():
    marks = PngInfo()
    marks.add_text("Comment", "kanarie-commentaar")
    exif = Image.Exif()
    exif[0x013B] = "kanarie-maker"
    for content in (_picture("PNG", pnginfo=marks), _picture("JPEG", exif=exif), _picture("PNG") + b"<script>kanarie"):
        kept = clean_logo(_upload(content)).read()
        assert b"kanarie" not in kept
        assert not Image.open(io.BytesIO(kept)).getexif()


def test_a_photo_is_turned_the_right_way_up():
    exif = Image.Exif()
    exif[0x0112] = 6

    kept = clean_logo(_upload(_picture("JPEG", (40, 20), exif=exif)))

    assert Image.open(io.BytesIO(kept.read())).size == (20, 40)


def _header_of(width: int, height: int) -> bytes:
    """Return a PNG of which only the header is true: it says how large it would be."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG"),
        (b"GIF89a" + b"\x00" * 40, "PNG, JPEG of WebP"),
        (b"<html><script>alert(1)</script>", "PNG, JPEG of WebP"),
        (b"", "PNG, JPEG of WebP"),
        (_picture()[:60], "PNG, JPEG of WebP"),
        (_header_of(20_000, 20_000), "pixels|PNG, JPEG of WebP"),
        (_header_of(4_001, 10), "4.000"),
        (b"x" * (MAX_BYTES + 1), "2 MB"),
    ],
    ids=["svg", "gif", "html", "empty", "half", "bomb", "wide", "heavy"],
)
def test_what_is_no_honest_picture_is_refused_in_one_sentence(content, sentence):
    with pytest.raises(ValidationError, match=sentence) as refusal:
        clean_logo(_upload(content))
    assert len(refusal.value.messages) == 1


def test_a_moving_picture_is_refused():
    file = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])

    with pytest.raises(ValidationError, match="beweegt"):
        clean_logo(_upload(file.getvalue()))
