"""How the network calls itself outside its pages: in PDFs, packs and mails (R17, R105).

Name and tagline are data of the portal, which stands above the apps that need the words; it registers where they are.
"""

from collections.abc import Callable
from typing import TypedDict


class BrandWords(TypedDict):
    """The name of the network and its tagline, which may be empty."""

    brand: str
    tagline: str


BrandSource = Callable[[], BrandWords]
_sources: list[BrandSource] = []


def brand_source(source: BrandSource) -> BrandSource:
    """Register where the words of the brand are kept; the last one counts."""
    _sources.append(source)
    return source


def brand_words() -> BrandWords:
    """Return the words in the language of the page."""
    return _sources[-1]() if _sources else BrandWords(brand="Cyberweerbaarheidsnetwerk", tagline="")
