"""The parts of a list page that occur by the dozen, written straight as HTML.

A page of results has about a hundred filter values, twenty-five cards and eighteen tiles. As templates
they cost most of the time of a page, so they are plain functions here; everything that comes from data is
escaped where it enters. The style guide shows them beside the template components.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cwn.core.graphics import MapRegion, tiles


@lru_cache(maxsize=8_192)
def _escaped(text: str) -> str:
    """Escape a label; the same few hundred come back on every page."""
    return str(escape(text))


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter."""

    value: str
    label: str
    count: int
    selected: bool
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Card:
    """A thing in a list; texts are plain, `title` and `text` may carry marks as safe HTML."""

    url: str
    title: str
    kind: str
    badges: Sequence[tuple[str, str]] = ()
    date: str = ""
    date_label: str = ""
    text: str = ""
    facts: Sequence[tuple[str, str]] = ()


def filter_options(facet: str, options: Iterable[Option]) -> SafeString:
    """Write the checkboxes of a filter, each with its count; a value that finds nothing is muted."""
    return mark_safe("".join(_option(facet, option) for option in options))  # noqa: S308  escaped in _option


def _option(facet: str, option: Option) -> str:
    depth = f" cwn-option--{option.depth}" if option.depth > 1 else ""
    zero = "" if option.count else " cwn-option--zero"
    checked = " checked" if option.selected else ""
    value = _escaped(option.value)
    return (
        f'<li class="cwn-option{depth}{zero}"><label><input type="checkbox" name="{facet}" value="{value}" '
        f'id="{facet}-{value}"{checked}><span>{_escaped(option.label)}</span>'
        f'<span class="cwn-option__count">{option.count}</span></label></li>'
    )


def badge_html(label: str, tone: str) -> str:
    """Write a status in words; the tone only adds to them."""
    return f'<span class="utrecht-badge-status utrecht-badge-status--{tone}">{_escaped(label)}</span>'


def card_html(card: Card) -> SafeString:
    """Write a thing in a list: title, kind, badges, date, text and facts."""
    badges = "".join(f" {badge_html(label, tone)}" for label, tone in card.badges)
    date = f' <time datetime="{card.date}">{_escaped(card.date_label)}</time>' if card.date else ""
    text = f'<p class="cwn-card__text">{escape(card.text)}</p>' if card.text else ""
    facts = "".join(f"<div><dt>{_escaped(label)}</dt><dd>{_escaped(value)}</dd></div>" for label, value in card.facts)
    facts = f'<dl class="cwn-facts">{facts}</dl>' if facts else ""
    html = (
        f'<li class="cwn-card"><h3 class="cwn-card__title"><a href="{escape(card.url)}">{escape(card.title)}</a></h3>'
        f'<p class="cwn-card__meta"><span class="cwn-card__kind">{_escaped(card.kind)}</span>{badges}{date}</p>'
        f"{text}{facts}</li>"
    )
    return mark_safe(html)  # noqa: S308  every value is escaped above


def marked(segments: Iterable[tuple[str, bool]]) -> SafeString:
    """Write text with the words that were searched for marked."""
    html = "".join(f"<mark>{escape(text)}</mark>" if hit else str(escape(text)) for text, hit in segments)
    return mark_safe(html)  # noqa: S308  every segment is escaped


def map_tiles(regions: Sequence[MapRegion]) -> tuple[SafeString, dict]:
    """Write the tiles of the map and return them with the size of the drawing and the rows of its table."""
    drawing = tiles(regions)
    html = "".join(
        f'<a class="cwn-tile {tile["shade"]}" id="tegel-{_escaped(tile["value"])}" href="{escape(tile["url"])}" '
        f'hx-get="{escape(tile["url"])}"{" aria-current=" + chr(34) + "true" + chr(34) if tile["selected"] else ""} '
        f'aria-label="{_escaped(tile["name"])}"><title>{_escaped(tile["label"])}: {tile["count"]}</title>'
        f'<g transform="translate({tile["x"]} {tile["y"]})"><rect width="64" height="42" rx="6"/>'
        f'<text class="cwn-tile__code" x="32" y="18">{_escaped(tile["code"])}</text>'
        f'<text x="32" y="35">{tile["count"]}</text></g></a>'
        for tile in drawing["tiles"]
    )
    return mark_safe(html), drawing  # noqa: S308  every value is escaped above
