"""The brand of the network as data (R17): who is being shown, and the colours that make its own theme.

Name, tagline, mark and colours are not decided yet, so they stand in one row of `Brand`. Every page shows
it and it hardly ever changes, so each process keeps it: half a minute at most, and never longer than the
version of the index, which a trigger on `Brand` raises. So no page that `page_cache` keeps has an old brand.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from io import BytesIO

from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import etag, require_safe
from PIL import Image

from cwn.core.brand_words import BrandWords, brand_source
from cwn.portal.models import Brand
from cwn.portal.palette import theme
from cwn.search import journal

#: Seconds that a process may show the brand of before a change.
LIFETIME = 30
#: Width and height that a mark fills at most in a PDF, three times as fine as a screen.
MARK_PIXELS = (480, 120)


@dataclass(frozen=True, slots=True)
class ShownBrand:
    """What the templates need of the brand."""

    name: str
    short_name: str
    tagline_nl: str
    tagline_en: str
    mark_url: str
    mark: str
    """Name of its file."""
    stylesheet: str

    @property
    def tagline(self) -> str:
        """The tagline in the language of the page."""
        return (get_language() == "en" and self.tagline_en) or self.tagline_nl

    @property
    def version(self) -> str:
        """A mark that changes with the colours, so that browsers may keep the stylesheet."""
        return sha256(self.stylesheet.encode()).hexdigest()[:12]

    @property
    def stylesheet_url(self) -> str:
        """The address of the own colours; empty while the network has the standard ones."""
        return f"{reverse('brand_stylesheet')}?v={self.version}" if self.stylesheet else ""


@dataclass(frozen=True, slots=True)
class Known:
    """A brand, the version of the index at which it was read, and until when it holds."""

    brand: ShownBrand
    version: int
    until: float
    """Monotonic seconds."""

    @property
    def holds(self) -> bool:
        """Tell whether this brand may still be shown."""
        return self.version == journal.state.version and time.monotonic() < self.until


_known: Known | None = None


def current_brand() -> ShownBrand:
    """Return the brand of the network, from memory while it holds."""
    known = _known
    if known is None or not known.holds:
        known = remember_brand(Brand.objects.order_by("pk").first())
    return known.brand


def remember_brand(row: Brand | None) -> Known:
    """Show this brand from now on in this process; without a row, the standard name and colours."""
    global _known
    shown = row or Brand()
    brand = ShownBrand(
        name=shown.name,
        short_name=shown.short_name,
        tagline_nl=shown.tagline,
        tagline_en=shown.tagline_en,
        mark_url=shown.mark.url if shown.mark else "",
        mark=shown.mark.name or "",
        stylesheet=theme(shown.colour, shown.colour_dark) if row else "",
    )
    _known = Known(brand, journal.state.version, time.monotonic() + LIFETIME)
    return _known


@brand_source
def words() -> BrandWords:
    """Tell the apps below how the network calls itself."""
    brand = current_brand()
    return BrandWords(brand=brand.name, tagline=brand.tagline, mark=_mark(brand.mark))


def _mark(name: str) -> bytes:
    """Return the mark as PNG; nothing when its file is away, as no document should fail for its ornament."""
    try:
        return _drawn_mark(name, default_storage.get_modified_time(name)) if name else b""
    except OSError:
        return b""


@lru_cache(maxsize=4)
def _drawn_mark(name: str, _changed: datetime) -> bytes:
    """Return a mark as a PNG small enough for the head of a page; a new file under the same name is drawn anew."""
    drawn = BytesIO()
    with default_storage.open(name) as file, Image.open(file) as picture:
        small = picture.convert("RGBA")
        small.thumbnail(MARK_PIXELS)
        small.save(drawn, "PNG")
    return drawn.getvalue()


def brand_context(request: HttpRequest) -> dict[str, object]:
    """Give every template the brand."""
    return {"brand": current_brand()}


@require_safe
@etag(lambda request: f'"{current_brand().version}"')
def brand_stylesheet(request: HttpRequest) -> HttpResponse:
    """Serve the colours of the brand as custom properties for light and dark."""
    brand = current_brand()
    response = HttpResponse(brand.stylesheet, content_type="text/css; charset=utf-8")
    if request.GET.get("v") == brand.version:
        patch_cache_control(response, public=True, max_age=31_536_000, immutable=True)
    else:
        patch_cache_control(response, no_cache=True)
    return response
