"""The parts of a list page that occur by the dozen, written straight as HTML.

A page of results has about a hundred filter values, twenty-five cards and eighteen tiles. As templates
they cost most of the time of a page, so they are plain functions here; everything that comes from data is
escaped where it enters. The style guide shows them in a made-up list.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from cwn.core.graphics import MapRegion, shade, tile_words, tiles


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter."""

    value: str
    label: str
    depth: int = 1


@dataclass(frozen=True, slots=True)
class Card:
    """A thing in a list, in plain text."""

    url: str
    title: str
    kind: str
    badges: Sequence[tuple[str, str]] = ()
    text: str = ""
    facts: Sequence[tuple[str, str]] = ()
    tlp: str = ""
    """Its TLP label as it is written, such as "TLP:AMBER+STRICT"."""
    language: str = ""
    """The language of title and text where that is not the language of the page."""


class FilterOptions:
    """The checkboxes of a filter, each with its count; a value that finds nothing is muted.

    Only the count and the choice differ from page to page, so the rest is escaped and written once.
    """

    def __init__(self, facet: str, options: Iterable[Option]) -> None:
        self.values: list[str] = []
        self._parts: list[tuple[str, str, str]] = []
        for option in options:
            depth = f" cwn-option--{option.depth}" if option.depth > 1 else ""
            value = escape(option.value)
            self.values.append(option.value)
            self._parts.append(
                (
                    f'<li class="cwn-option{depth}',
                    f'"><label><input type="checkbox" name="{facet}" value="{value}" id="{facet}-{value}"',
                    f'><span>{escape(option.label)}</span><span class="cwn-option__count">',
                )
            )

    def written(self, counts: Mapping[str, int], chosen: Collection[str]) -> list[str]:
        """Write each checkbox with its count."""
        html = []
        for value, (start, middle, end) in zip(self.values, self._parts, strict=True):
            count = counts.get(value, 0)
            zero = "" if count else " cwn-option--zero"
            checked = " checked" if value in chosen else ""
            html.append(f"{start}{zero}{middle}{checked}{end}{count}</span></label></li>")
        return html


class FilterGroup:
    """A filter that opens and closes: its first values, and the others behind a button of their own."""

    def __init__(self, name: str, label: str, legend: str) -> None:
        self._start = f'<details class="cwn-filter" id="filter-{escape(name)}"'
        self._summary = f"><summary>{escape(label)}"
        self._list = (
            f'</summary><fieldset><legend class="cwn-visually-hidden">{escape(legend)}</legend><ul role="list">'
        )
        self._more = f'</ul><details class="cwn-more" id="meer-{escape(name)}"><summary>'

    def written(self, first: Iterable[str], more: Iterable[str], chosen: str, more_label: str) -> str:
        """Write the filter with its options; `chosen` says how many are on, and opens it."""
        is_open = " open" if chosen else ""
        number = f' <span class="cwn-filter__chosen">{escape(chosen)}</span>' if chosen else ""
        rest = f'{self._more}{escape(more_label)}</summary><ul role="list">{"".join(more)}</ul></details>'
        end = rest if more_label else "</ul>"
        return f"{self._start}{is_open}{self._summary}{number}{self._list}{''.join(first)}{end}</fieldset></details>"


def badge_html(label: str, tone: str) -> str:
    """Write a status in words; the tone only adds to them."""
    return f'<span class="utrecht-badge-status utrecht-badge-status--{tone}">{escape(label)}</span>'


def tlp_html(label: str) -> str:
    """Write a TLP label; the word says the same as the colour."""
    colour = label.removeprefix("TLP:").partition("+")[0].lower()
    return f'<span class="cwn-tlp cwn-tlp--{escape(colour)}">{escape(label)}</span>'


class WrittenCard:
    """A card as HTML: title, kind, label, badges, text and facts; marks in title and text can still be added."""

    def __init__(self, card: Card) -> None:
        self._title, self._text = escape(card.title), escape(card.text)
        language = f' lang="{escape(card.language)}"' if card.language else ""
        badges = "".join(f" {badge_html(label, tone)}" for label, tone in card.badges)
        if card.tlp:
            badges = f" {tlp_html(card.tlp)}{badges}"
        facts = "".join(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in card.facts)
        self._start = f'<li class="cwn-card"><h3 class="cwn-card__title"><a href="{escape(card.url)}"{language}>'
        self._meta = (
            f'</a></h3><p class="cwn-card__meta"><span class="cwn-card__kind">{escape(card.kind)}</span>{badges}</p>'
        )
        self._paragraph = f'<p class="cwn-card__text"{language}>'
        self._end = f'<dl class="cwn-facts">{facts}</dl></li>' if facts else "</li>"

    def html(self, title: SafeString | None = None, text: SafeString | None = None) -> str:
        """Return the card, with another form of its title and text when they are given."""
        shown = self._text if text is None else text
        paragraph = f"{self._paragraph}{shown}</p>" if shown else ""
        return f"{self._start}{self._title if title is None else title}{self._meta}{paragraph}{self._end}"


def marked(segments: Iterable[tuple[str, bool]]) -> SafeString:
    """Write text with the words that were searched for marked."""
    html = "".join(f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in segments)
    return mark_safe(html)  # noqa: S308  every segment is escaped


class TileMap:
    """The map of the Kingdom; only counts, shades, choices and addresses differ from page to page."""

    def __init__(self, regions: Sequence[MapRegion]) -> None:
        drawing = tiles(regions)
        self.width, self.height = drawing["width"], drawing["height"]
        self.values = [tile["value"] for tile in drawing["tiles"]]
        self._name, self._chosen = tile_words()
        self._parts = [
            (
                tile["label"],
                f'" id="tegel-{escape(tile["value"])}" href="',
                f"<title>{escape(tile['label'])}: ",
                (
                    f'</title><g transform="translate({tile["x"]} {tile["y"]})"><rect width="64" height="42" rx="6"/>'
                    f'<text class="cwn-tile__code" x="32" y="18">{escape(tile["code"])}</text><text x="32" y="35">'
                ),
            )
            for tile in drawing["tiles"]
        ]

    def written(self, counts: Mapping[str, int], chosen: Collection[str], urls: Sequence[str]) -> SafeString:
        """Write the tiles, each with its count and the address that switches it."""
        most = max((counts.get(value, 0) for value in self.values), default=0)
        html = []
        for value, (label, start, title, drawing), address in zip(self.values, self._parts, urls, strict=True):
            count, url = counts.get(value, 0), escape(address)
            name, current = self._name % {"label": label, "count": count}, ""
            if value in chosen:
                name, current = f"{name}, {self._chosen}", ' aria-current="true"'
            html.append(
                f'<a class="cwn-tile {shade(count, most)}{start}{url}" hx-get="{url}"{current} '
                f'aria-label="{escape(name)}">{title}{count}{drawing}{count}</text></g></a>'
            )
        return mark_safe("".join(html))  # noqa: S308  every value is escaped above


def page_links(links: Iterable[tuple[int, str]], current: int, word: str) -> SafeString:
    """Write links to pages, with a gap where pages are skipped; `word` is read before each number."""
    html, last = [], 0
    hidden = f'<span class="cwn-visually-hidden">{escape(word)} </span>'
    for number, url in links:
        if number - last > 1:
            html.append('<li><span class="cwn-gap">…</span></li>')
        if number == current:
            html.append(f'<li><span aria-current="page">{hidden}{number}</span></li>')
        else:
            html.append(f'<li><a href="{escape(url)}">{hidden}{number}</a></li>')
        last = number
    return mark_safe("".join(html))  # noqa: S308  every value is escaped above
