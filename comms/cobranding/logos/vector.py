"""SVG logos of strangers: read with a parser that fetches nothing, checked against a short list, drawn to pixels.

Only shapes, groups and gradients are allowed (security.md B01, B23): no script, no event, no picture or style from
elsewhere, no text (it would need a font), no filter or pattern (a few bytes of those can cost hours).
"""

import re
from collections import Counter
from typing import Any

import resvg_py
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {
    "svg", "g", "defs", "title", "desc", "metadata", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "linearGradient", "radialGradient", "stop", "clipPath", "use", "symbol", "style",
}  # fmt: skip
#: What belongs to drawing programs, and draws nothing.
IGNORED_NAMESPACES = (
    "{http://www.inkscape.org/", "{http://sodipodi.sourceforge.net/", "{http://www.w3.org/1999/02/22-rdf-syntax-ns",
    "{http://purl.org/dc/", "{http://creativecommons.org/", "{http://web.resource.org/cc/", "{http://ns.adobe.com/",
)  # fmt: skip
MAX_BYTES = 512 * 1024
MAX_ELEMENTS = 3_000
MAX_USES = 100
MAX_DEPTH = 40
#: Longest against shortest side.
MAX_RATIO = 12
#: Properties that cost much for few bytes.
COSTLY = ("stroke-dasharray", "filter", "mask", "pattern", "animation", "marker")
_ELSEWHERE = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|@import|@font-face|expression\s*\(|javascript:|\\", re.IGNORECASE)


def draw_svg(content: bytes, width: int) -> bytes:
    """Return an SVG as PNG of a width in pixels; raises `ValidationError` with one sentence for what is refused."""
    if len(content) > MAX_BYTES:
        raise ValidationError(_("Het SVG-bestand is groter dan 512 kB. Maak het eenvoudiger of kies PNG."))
    try:
        root: Any = fromstring(content.decode("utf-8-sig"), forbid_dtd=True)
    except DefusedXmlException:
        raise _refused() from None
    except (UnicodeDecodeError, SyntaxError, ValueError):
        raise ValidationError(_("Dit SVG-bestand kunnen wij niet lezen. Sla het opnieuw op.")) from None
    _check(root)
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=content.decode("utf-8-sig"), width=width, skip_system_fonts=True, resources_dir=None
            )
        )
    except (ValueError, OSError):
        raise ValidationError(_("Dit SVG-bestand kunnen wij niet tekenen. Sla het opnieuw op of kies PNG.")) from None


def _check(root: Any) -> None:
    """Refuse everything but plain shapes."""
    if root.tag != f"{SVG}svg":
        raise ValidationError(_("Dit is geen SVG-plaatje. Kies een ander bestand."))
    elements = list(_walk(root, 0))
    if len(elements) > MAX_ELEMENTS:
        raise ValidationError(_("Dit SVG-bestand heeft te veel onderdelen. Maak het eenvoudiger of kies PNG."))
    for element in elements:
        _check_element(element)
    _check_uses(elements)
    _check_size(root)


def _walk(element: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise _refused()
    yield element
    for child in element:
        if not (isinstance(child.tag, str) and child.tag.startswith(IGNORED_NAMESPACES)):
            yield from _walk(child, depth + 1)


def _check_element(element: Any) -> None:
    name = element.tag.removeprefix(SVG) if isinstance(element.tag, str) else ""
    if name == "text":
        raise ValidationError(_("Uw SVG bevat tekst. Zet de letters om naar lijnen en plaats het opnieuw."))
    if name not in ALLOWED or not element.tag.startswith(SVG):
        raise _refused()
    for key, value in element.attrib.items():
        plain = key.rpartition("}")[2].lower()
        points_elsewhere = plain == "href" and not value.strip().startswith("#")
        if plain.startswith("on") or plain in ("base", "src") or points_elsewhere:
            raise _refused()
        if plain in COSTLY or _is_costly(value) or _ELSEWHERE.search(value):
            raise _refused()
    if name == "style" and (_ELSEWHERE.search(element.text or "") or _is_costly(element.text or "")):
        raise _refused()


def _is_costly(style: str) -> bool:
    return any(re.search(rf"(?<![\w-]){word}[\w-]*\s*:", style) for word in COSTLY)


def _check_uses(elements: list[Any]) -> None:
    """Refuse drawings that repeat a drawing that repeats a drawing."""
    uses = [element for element in elements if element.tag == f"{SVG}use"]
    named = {element.get("id"): element for element in elements if element.get("id")}
    targets = Counter(
        value.strip()[1:] for one in uses for key, value in one.attrib.items() if key.rpartition("}")[2] == "href"
    )
    nested = any(inner.tag == f"{SVG}use" for target in targets if target in named for inner in named[target].iter())
    drawn = sum(sum(1 for _one in named[target].iter()) * count for target, count in targets.items() if target in named)
    if nested or len(uses) > MAX_USES or drawn > MAX_ELEMENTS:
        raise _refused()


def _check_size(root: Any) -> None:
    """Refuse a drawing that is nothing but a line, or without a size."""
    box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    numbers = box[2:4] if len(box) == 4 else [root.get("width") or "", root.get("height") or ""]
    try:
        width, height = (float(re.sub(r"(px|pt|mm|cm)$", "", number)) for number in numbers)
    except ValueError:
        raise ValidationError(_("Uw SVG heeft geen afmetingen. Sla het op met een viewBox.")) from None
    if not (0.01 < width < 1e6 and 0.01 < height < 1e6) or max(width / height, height / width) > MAX_RATIO:
        raise ValidationError(_("Uw beeldmerk is te lang of te smal. Kies een andere uitsnede."))


def _refused() -> ValidationError:
    return ValidationError(
        _("Dit SVG-bestand bevat meer dan vormen en kleuren. Sla het op als gewone SVG of kies PNG.")
    )
