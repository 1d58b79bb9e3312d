"""Logos of strangers: hostile ones are refused with one sentence, the others are drawn anew and can be seen (R93)."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PngImagePlugin

from comms.cobranding.actions.branding import place_logo, remove_logo
from comms.cobranding.logos.drawing import DARK, LEAST_CONTRAST, LIGHT, contrast, draw_logo
from comms.cobranding.logos.placing import CLEAR_SPACE, fitted, inside
from comms.cobranding.models import PartnerLogo
from comms.files import EICAR
from tests.factories.cobranding import LOGO, logo_of, svg_upload

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SHAPE = '<circle cx="50" cy="50" r="40" fill="#0a2a6b"/>'


def svg(inside_it: str, head: str = "", attributes: str = 'viewBox="0 0 100 100"') -> str:
    return f"{head}<svg {NS} {attributes}>{SHAPE}{inside_it}</svg>"


HOSTILE = {
    "script": svg("<script>alert(1)</script>"),
    "script in a namespace": svg('<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>'),
    "html inside": svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'),
    "event": svg('<rect width="5" height="5" onload="alert(1)"/>'),
    "event on the root": svg("", attributes='viewBox="0 0 100 100" onload="alert(1)"'),
    "link": svg('<a href="javascript:alert(1)"><rect width="5" height="5"/></a>'),
    "external entity": svg("&x;", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "entity bomb": svg("&b;", '<!DOCTYPE svg [<!ENTITY a "xxxxxxxx"><!ENTITY b "&a;&a;&a;">]>'),
    "external doctype": svg("", '<!DOCTYPE svg SYSTEM "https://evil.example/x.dtd">'),
    "picture from elsewhere": svg('<image href="https://evil.example/x.png" width="9" height="9"/>'),
    "picture from the disk": svg('<image xlink:href="file:///etc/passwd" width="9" height="9"/>'),
    "picture inside": svg('<image href="data:image/png;base64,iVBORw0KGgo=" width="9" height="9"/>'),
    "use from elsewhere": svg('<use href="https://evil.example/x.svg#a"/>'),
    "use from a file": svg('<use xlink:href="other.svg#a"/>'),
    "style from elsewhere": svg('<style>@import url("https://evil.example/x.css");</style>'),
    "fill from elsewhere": svg('<rect width="9" height="9" fill="url(https://evil.example/x#a)"/>'),
    "style attribute": svg('<rect width="9" height="9" style="fill:url(  \'http://evil.example/x\')"/>'),
    "font from elsewhere": svg("<style>@font-face{font-family:x;src:local(x)}</style>"),
    "escaped style": svg(r"<style>rect{fill:u\72l(http://evil.example/x)}</style>"),
    "animation": svg('<rect width="9" height="9"><animate attributeName="x" to="9"/></rect>'),
    "filter": svg('<filter id="f"><feGaussianBlur stdDeviation="9999"/></filter>'),
    "filter in style": svg('<rect width="9" height="9" style="filter: blur(9999px)"/>'),
    "pattern": svg('<pattern id="p" width=".0001" height=".0001"/>'),
    "dashes": svg('<path d="M0 0H99999999" stroke="#000" stroke-dasharray=".00001"/>'),
    "use in use": svg('<g id="a"><use href="#b"/></g><g id="b"><rect/></g><use href="#a"/>'),
    "use of itself": svg('<g id="a"><use href="#a"/></g>'),
    "too many uses": svg('<g id="a"><rect/></g>' + '<use href="#a"/>' * 200),
    "too many parts": svg("<rect/>" * 4000),
    "too deep": svg("<g>" * 60 + "</g>" * 60),
    "text": svg("<text>Naam</text>"),
    "no size": f"<svg {NS}>{SHAPE}</svg>",
    "endless": svg("", attributes='viewBox="0 0 1e300 1"'),
    "a line": svg("", attributes='viewBox="0 0 9999 10"'),
    "nothing to see": f'<svg {NS} viewBox="0 0 10 10"/>',
    "no svg": "<html><body>x</body></html>",
    "broken": "<svg",
    "processing": svg("", '<?xml-stylesheet href="https://evil.example/x.css"?>').replace(SHAPE, ""),
    "base": svg('<g xml:base="https://evil.example/"><rect width="9" height="9"/></g>'),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_svg_is_refused_with_one_sentence(case):
    with pytest.raises(ValidationError) as refusal:
        draw_logo(svg_upload(HOSTILE[case]))
    (sentence,) = refusal.value.messages
    assert sentence.endswith(".")
    assert "Traceback" not in sentence


@pytest.mark.parametrize(
    "more",
    [
        '<linearGradient id="g"><stop stop-color="#a00"/></linearGradient><rect width="20" height="20" fill="url(#g)"/>',  # noqa: E501
        "<style>.a{fill:#123456}</style><rect class='a' width='20' height='20'/>",
        '<defs><path id="p" d="M0 0h9v9z"/></defs><use xlink:href="#p"/>',
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>',
        '<clipPath id="c"><rect width="20" height="20"/></clipPath><g clip-path="url(#c)"><rect width="30" height="9"/></g>',  # noqa: E501
    ],
)
def test_usual_logos_pass(more):
    assert draw_logo(svg_upload(svg(more))).width > 100


def picture(form: str = "PNG", size: tuple[int, int] = (120, 60), colour: str = "#0a2a6b", **options) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", size, "white").save(kept, form, **options)
    canvas = Image.open(io.BytesIO(kept.getvalue())).convert("RGB")
    ImageDraw.Draw(canvas).rectangle((size[0] // 6, size[1] // 6, size[0] * 5 // 6, size[1] * 5 // 6), fill=colour)
    kept = io.BytesIO()
    canvas.save(kept, form, **options)
    return kept.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG that says how large it is and has nothing more to it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("groot.png", bomb(20_000, 20_000)),
        ("breed.png", bomb(9_000, 10)),
        ("halve.png", picture()[:60]),
        ("leeg.png", b""),
        ("pagina.png", b"<html><script>alert(1)</script></html>"),
        ("plaatje.svg", picture()),
        ("plaatje.webp", picture("PNG")),
        ("tekst.txt", b"hallo"),
        ("plaatje", picture()),
        ("a.exe", picture()),
        ("virus.svg", LOGO.replace("</svg>", f"<!--{EICAR.decode()}--></svg>").encode()),
        ("te-groot.svg", b"<svg>" + b" " * 600_000 + b"</svg>"),
        ("te-groot.png", picture() + b"\0" * 2_100_000),
        ("klein.png", picture(size=(22, 22))),
        ("smal.png", picture(size=(900, 40))),
    ],
)  # fmt: skip
def test_other_files_are_refused_with_one_sentence(name, content):
    with pytest.raises(ValidationError) as refusal:
        draw_logo(ContentFile(content, name=name))
    assert len(refusal.value.messages) == 1


def test_only_pixels_are_kept():
    """Polyglots, positions, authors and colour profiles stay behind (B02, B05)."""
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "kanarie-auteur")
    hidden = picture(pnginfo=words) + b"PK\x03\x04kanarie-zip" + b"<script>kanarie-html</script>"
    drawn = draw_logo(ContentFile(hidden, name="../../beeld\u202emerk.PNG"))
    for kept in (drawn.on_light, drawn.on_dark):
        assert b"kanarie" not in kept
        assert kept.startswith(b"\x89PNG")
        assert b"tEXt" not in kept


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.png", "a.jpg", "a.webp", "a.svg"]), st.booleans())
def test_any_bytes_give_a_logo_or_one_sentence(content, name, has_a_head):
    if has_a_head:
        content = (LOGO.encode() if name.endswith("svg") else picture())[: -len(content) or None] + content
    try:
        kept = [draw_logo(ContentFile(content, name=name)).on_light[:4]]
    except ValidationError as refusal:
        kept = refusal.messages
    assert len(kept) == 1
    assert kept[0] == b"\x89PNG" or kept[0].endswith(".")


# --- can it be seen ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ((0, 0, 0), (255, 255, 255), 21.0),
        ((255, 255, 255), (255, 255, 255), 1.0),
        ((119, 119, 119), (255, 255, 255), 4.48),
        ((255, 0, 0), (255, 255, 255), 4.0),
        ((0, 0, 255), (255, 255, 255), 8.59),
        ((255, 255, 0), (255, 255, 255), 1.07),
    ],
)
def test_the_contrast_is_that_of_wcag(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01) == contrast(other, one)


#: Colour of a logo without a ground → whether it gets a plate on light and on dark.
TABLE = {
    "#000000": (False, True), "#ffffff": (True, False), "#0a2a6b": (False, True), "#ffe400": (True, False),
    "#d62a1e": (False, True), "#777777": (False, True), "#8fd14f": (True, False), "#e87722": (True, False),
    "#154273": (False, True), "#39870c": (False, True),
}  # fmt: skip


@pytest.mark.parametrize(("colour", "plates"), TABLE.items())
def test_a_logo_that_can_hardly_be_seen_gets_a_plate(colour, plates):
    drawn = draw_logo(
        svg_upload(f'<svg {NS} viewBox="0 0 100 50"><circle cx="50" cy="25" r="24" fill="{colour}"/></svg>')
    )
    assert drawn.colour == colour
    assert (drawn.plate_on_light, drawn.plate_on_dark) == plates
    assert plates == (drawn.contrast_light < LEAST_CONTRAST, drawn.contrast_dark < LEAST_CONTRAST)
    for ground, kept, has_plate in ((LIGHT, drawn.on_light, plates[0]), (DARK, drawn.on_dark, plates[1])):
        shown = Image.open(io.BytesIO(kept))
        beside = shown.getpixel((shown.width // 2, 2)) if has_plate else (*ground, 255)
        seen = shown.getpixel((shown.width // 2, shown.height // 2))
        assert contrast(seen[:3], beside[:3]) >= LEAST_CONTRAST


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_every_colour_can_be_seen_on_one_of_the_two_grounds(colour):
    """So a plate in the colour of the other ground always helps."""
    assert max(contrast(colour, LIGHT), contrast(colour, DARK)) >= LEAST_CONTRAST


def test_a_logo_with_its_own_ground_needs_no_plate():
    drawn = draw_logo(ContentFile(picture("JPEG"), name="logo.jpg"))
    assert drawn.has_own_ground
    assert not drawn.plate_on_light
    assert not drawn.plate_on_dark
    assert contrast(tuple(bytes.fromhex(drawn.colour[1:])), LIGHT) > 10


def test_what_is_empty_around_a_logo_does_not_count():
    drawn = draw_logo(
        svg_upload(f'<svg {NS} viewBox="0 0 400 400"><rect x="150" y="180" width="100" height="40"/></svg>')
    )
    assert drawn.width / drawn.height == pytest.approx(2.5, rel=0.05)


@given(st.integers(1, 2000), st.integers(1, 2000))
def test_a_place_holds_the_logo_and_its_clear_space(width, height):
    wide, high = inside(300, 110, width, height)
    assert wide + 2 * CLEAR_SPACE * high <= 300.001
    assert high * (1 + 2 * CLEAR_SPACE) <= 110.001
    assert wide / high == pytest.approx(width / height)
    assert all(a <= b + 0.001 for a, b in zip(fitted(width, height, 300, 110), (300, 110), strict=True))


# --- who places it ---------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_representatives_place_the_logo_and_nobody_else(cast):
    organisation = cast.organisations["havenring"]
    for principal in ("anon", "mem", "coord", "wg", "mem-o", "ex", "sus", "nomfa"):
        with pytest.raises(PermissionDenied):
            place_logo(organisation, upload=svg_upload(), by=cast[principal])
        with pytest.raises(PermissionDenied):
            remove_logo(organisation, by=cast[principal])
    logo = place_logo(organisation, upload=svg_upload(), by=cast["rep"])
    assert logo.contrast_light > 10
    assert logo.plate_on_dark


@pytest.mark.django_db
def test_the_page_shows_both_grounds_and_keeps_a_refused_file_out(cast):
    client, address = cast.client("rep"), reverse("template_logo", args=["havenring"])
    refused = client.post(address, {"upload": svg_upload(HOSTILE["script"])})
    assert refused.status_code == 400
    assert "meer dan vormen en kleuren" in refused.content.decode()
    assert not PartnerLogo.objects.exists()
    assert client.post(address, {"upload": svg_upload()}).status_code == 302
    page = client.get(address).content.decode()
    assert "Dat is goed te zien." in page
    assert "Daarom staat het op een wit plaatje." in page
    for ground in ("licht", "donker"):
        sent = client.get(reverse("template_logo_picture", args=["havenring", ground]))
        assert sent["Content-Type"] == "image/png"
        assert sent["Cache-Control"] == "no-store"
    assert cast.client("mem-o").get(reverse("template_logo_picture", args=["havenring", "licht"])).status_code == 404
    assert client.post(reverse("template_logo_remove", args=["havenring"])).status_code == 302
    assert not PartnerLogo.objects.exists()


@pytest.mark.django_db
def test_a_logo_whose_file_is_gone_breaks_no_page(cast):
    logo = logo_of(cast.organisations["havenring"])
    logo.on_light.storage.delete(logo.on_light.name)
    assert cast.client("rep").get(reverse("template_logo", args=["havenring"])).status_code == 200
    assert cast.client("rep").get(reverse("template_logo_picture", args=["havenring", "licht"])).status_code == 404
