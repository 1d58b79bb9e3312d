"""How the network calls itself outside its pages: in PDFs, packs, templates and mails (R17, R105).

Name, tagline and mark are data of the portal, which stands above the apps that need them; it registers where they are.
Mails have the words only: they hold no pictures of ours, hence no way to see who opened them.
"""

from collections.abc import Callable
from typing import TypedDict


class BrandWords(TypedDict):
    """The name of the network, its tagline, which may be empty, and its mark."""

    brand: str
    tagline: str
    mark: bytes
    """A PNG; empty while the network has no mark of its own."""


BrandSource = Callable[[], BrandWords]
_sources: list[BrandSource] = []


def brand_source(source: BrandSource) -> BrandSource:
    """Register where the words of the brand are kept; the last one counts."""
    _sources.append(source)
    return source


def brand_words() -> BrandWords:
    """Return the words in the language of the page."""
    return _sources[-1]() if _sources else BrandWords(brand="Cyberweerbaarheidsnetwerk", tagline="", mark=b"")
