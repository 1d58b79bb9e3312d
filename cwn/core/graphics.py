"""Where the parts of a drawing stand: the tile map of the Kingdom and the relations around an organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from django.utils.translation import gettext as _

#: Units of the drawing: a tile with the gap after it, and the strip of sea where a row or column is empty.
TILE_WIDTH, TILE_HEIGHT, SEA = 68, 46, 20
#: What the Dutch write on a map; a region without an abbreviation shows its first letters.
ABBREVIATIONS = {
    "groningen": "GR", "friesland": "FR", "drenthe": "DR", "overijssel": "OV", "flevoland": "FL",
    "gelderland": "GE", "utrecht": "UT", "noord-holland": "NH", "zuid-holland": "ZH", "zeeland": "ZE",
    "noord-brabant": "NB", "limburg": "LI", "aruba": "AUA", "curacao": "CUR", "sint-maarten": "SXM",
    "bonaire": "BON", "sint-eustatius": "EUX", "saba": "SAB",
}  # fmt: skip
#: More relations than this stand in the table only; the drawing would say nothing any more.
MOST_NODES = 16


@dataclass(frozen=True, slots=True)
class MapRegion:
    """A region on the map: its row and column from 1, its count, and the address that toggles it."""

    value: str
    label: str
    position: tuple[int, int]
    count: int
    selected: bool
    url: str


def tiles(regions: Sequence[MapRegion]) -> dict[str, Any]:
    """Place the tiles; a darker shade means more, and every tile shows its count in figures as well."""
    most = max((region.count for region in regions), default=0)
    rows = _offsets({region.position[0] for region in regions}, TILE_HEIGHT)
    columns = _offsets({region.position[1] for region in regions}, TILE_WIDTH)
    return {
        "tiles": [
            {
                "value": region.value,
                "label": region.label,
                "code": ABBREVIATIONS.get(region.value, region.label[:3].upper()),
                "count": region.count,
                "selected": region.selected,
                "url": region.url,
                "name": tile_name(region),
                "shade": shade(region.count, most),
                "x": columns[region.position[1]],
                "y": rows[region.position[0]],
            }
            for region in regions
        ],
        "width": max(columns.values(), default=0) + TILE_WIDTH,
        "height": max(rows.values(), default=0) + TILE_HEIGHT,
    }


def _offsets(places: set[int], size: int) -> dict[int, int]:
    """Return where each row or column starts; an empty one becomes a strip of sea."""
    offsets, offset = {}, 2
    for place in range(1, max(places, default=0) + 1):
        offsets[place] = offset
        offset += size if place in places else SEA
    return offsets


def tile_name(region: MapRegion) -> str:
    """Say in words what a tile shows and does, for those who do not see it."""
    name, chosen = tile_words()
    text = name % {"label": region.label, "count": region.count}
    return f"{text}, {chosen}" if region.selected else text


def tile_words() -> tuple[str, str]:
    """Return the name of a tile, with places for its label and count, and what is added when it is chosen."""
    return _("%(label)s, aantal resultaten: %(count)d"), _("gekozen")


def shade(count: int, most: int) -> str:
    """Return the class of a tile: nothing, some, or at least half of the fullest one."""
    if not count:
        return "cwn-tile--zero"
    return "cwn-tile--2" if 2 * count >= most else "cwn-tile--1"


def relation_nodes(number: int) -> list[dict[str, Any]]:
    """Place numbered nodes evenly around the centre (160, 160), the first one at the top."""
    shown = min(number, MOST_NODES)
    return [
        {
            "number": index + 1,
            "x": round(160 + 128 * sin(2 * pi * index / shown)),
            "y": round(160 - 128 * cos(2 * pi * index / shown)),
        }
        for index in range(shown)
    ]
