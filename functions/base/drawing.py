"""Where the parts of an information flow stand in its drawing (R44): columns of boxes with arrows between them.

Places stand in columns by what they do, in the order of the editor. An arrow that skips a column gets a lane of
its own there, so that it passes no box. The same flow always gives the same drawing. Each arrow carries the
number of its row in the table, which says in words what the drawing shows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

from functions.base.enums import FlowNodeKind

#: Units of the drawing: a box, the room between boxes, the width of the strip with arrows, a lane for one arrow.
BOX_WIDTH, ROW_GAP, COLUMN_GAP, LANE = 208, 28, 124, 14
LINE_HEIGHT, PADDING, HEADING, MARGIN, PORT_GAP = 20, 14, 34, 4, 20
#: Characters on a line of a box, and the radius of the circle with the number of an arrow.
LINE_LENGTH, BADGE = 23, 13
#: Where along a stretch the number may stand, best first.
BADGE_PLACES = (0.5, 0.35, 0.65, 0.22, 0.78)
Point = tuple[float, float]


@dataclass(slots=True)
class Box:
    """A place with the lines of its name."""

    node: Any
    column: int
    lines: list[str]
    most_ports: int = 0
    """How many arrows end on its busiest side."""
    x: float = 0
    y: float = 0

    @property
    def height(self) -> float:
        """As high as its lines and its arrows ask for."""
        return max(len(self.lines) * LINE_HEIGHT + 2 * PADDING, (self.most_ports + 1) * PORT_GAP)

    @property
    def width(self) -> float:
        """Every box is as wide."""
        return BOX_WIDTH

    @property
    def middle(self) -> float:
        """Where the text stands."""
        return self.x + BOX_WIDTH / 2

    @property
    def text_lines(self) -> list[tuple[float, str]]:
        """The lines with the height of the middle of each."""
        top = self.y + (self.height - len(self.lines) * LINE_HEIGHT) / 2
        return [(top + LINE_HEIGHT * (row + 0.5), line) for row, line in enumerate(self.lines)]


@dataclass(slots=True)
class Lane:
    """The room of one arrow in a column that it passes."""

    column: int
    rank: float
    y: float = 0
    x: float = 0

    @property
    def height(self) -> float:
        """Every lane is as high."""
        return LANE


@dataclass(slots=True)
class Arrow:
    """An arrow with its number in the table."""

    number: int
    edge: Any
    lanes: list[Lane] = field(default_factory=list)
    stretches: list[tuple[Point, Point, Point, Point]] = field(default_factory=list)
    """Bézier curves, one after the other; between two of them the arrow goes straight."""
    badge: Point = (0, 0)

    @property
    def path(self) -> str:
        """The line as SVG writes it."""
        parts: list[str] = []
        for start, first, second, end in self.stretches:
            move = "L" if parts else "M"
            parts.append(f"{move}{_at(start)}C{_at(first)} {_at(second)} {_at(end)}")
        return "".join(parts)


@dataclass(slots=True)
class FlowDrawing:
    """Everything that the drawing shows."""

    boxes: list[Box]
    arrows: list[Arrow]
    headings: list[tuple[float, str]]
    width: float
    height: float


def draw(nodes: Sequence[Any], edges: Sequence[Any]) -> FlowDrawing:
    """Place the nodes and edges of a flow; an edge between places that are not there is left out."""
    kinds = [kind for kind in FlowNodeKind if any(node.kind == kind for node in nodes)]
    boxes = {node.pk: Box(node, kinds.index(node.kind), _lines(node)) for node in nodes}
    known = [edge for edge in edges if edge.start_id in boxes and edge.end_id in boxes]
    arrows = [Arrow(number, edge) for number, edge in enumerate(known, start=1)]
    for (key, _on_the_right), number in Counter(side for arrow in arrows for side in _sides(arrow, boxes)).items():
        boxes[key].most_ports = max(boxes[key].most_ports, number)
    columns = _columns(list(boxes.values()), arrows, boxes, len(kinds))
    height = _stack(columns)
    _connect(arrows, boxes)
    _number(arrows, list(boxes.values()))
    bulges = any(boxes[edge.start_id].column == boxes[edge.end_id].column == len(kinds) - 1 for edge in known)
    return FlowDrawing(
        boxes=list(boxes.values()),
        arrows=arrows,
        headings=[(_left(column) + BOX_WIDTH / 2, str(kind.label)) for column, kind in enumerate(kinds)],
        width=_left(len(kinds)) - COLUMN_GAP * (0.35 if bulges else 1) + MARGIN,
        height=height,
    )


def _lines(node: Any) -> list[str]:
    words = (wrap(word, LINE_LENGTH - 1) for word in node.text("label").split())
    return wrap(" ".join("- ".join(parts) for parts in words), LINE_LENGTH, break_on_hyphens=False) or [""]


def _left(column: int) -> float:
    return MARGIN + column * (BOX_WIDTH + COLUMN_GAP)


def _columns(boxes: list[Box], arrows: list[Arrow], by_key: dict[Any, Box], number: int) -> list[list[Box | Lane]]:
    """Return what stands in each column from top to bottom: boxes in their order, lanes where they bend least."""
    ranked: list[list[tuple[float, int, Box | Lane]]] = [[] for _column in range(number)]
    rank: dict[Any, float] = {}
    for column in range(number):
        here = [box for box in boxes if box.column == column]
        for row, box in enumerate(here):
            rank[box.node.pk] = (row + 0.5) / len(here)
            ranked[column].append((rank[box.node.pk], 0, box))
    for arrow in arrows:
        start, end = by_key[arrow.edge.start_id].column, by_key[arrow.edge.end_id].column
        step = 1 if end > start else -1
        for column in range(start + step, end, step) if start != end else ():
            share = (column - start) / (end - start)
            height = rank[arrow.edge.start_id] + share * (rank[arrow.edge.end_id] - rank[arrow.edge.start_id])
            arrow.lanes.append(Lane(column, height))
            ranked[column].append((height, arrow.number, arrow.lanes[-1]))
    return [[item for _rank, _number, item in sorted(column, key=lambda entry: entry[:2])] for column in ranked]


def _stack(columns: list[list[Box | Lane]]) -> float:
    """Put the items of each column below each other, every column around the same middle; return the height."""
    heights = [sum(item.height + ROW_GAP for item in column) - ROW_GAP for column in columns]
    most = max(heights, default=0)
    for number, column in enumerate(columns):
        y = HEADING + (most - heights[number]) / 2
        for item in column:
            item.x, item.y = _left(number), y
            y += item.height + ROW_GAP
    return HEADING + most + MARGIN


def _connect(arrows: list[Arrow], boxes: dict[Any, Box]) -> None:
    """Draw the line of each arrow between ports that no other arrow uses."""
    ports = _ports(arrows, boxes)
    for arrow in arrows:
        start, end = boxes[arrow.edge.start_id], boxes[arrow.edge.end_id]
        here, there = ports[arrow.number, "start"], ports[arrow.number, "end"]
        if start.column == end.column:
            bulge = here[0] + COLUMN_GAP * 0.5
            arrow.stretches.append((here, (bulge, here[1]), (bulge, there[1]), there))
            continue
        forward = end.column > start.column
        stops = [here]
        for lane in arrow.lanes:
            sides = [(lane.x, lane.y + LANE / 2), (lane.x + BOX_WIDTH, lane.y + LANE / 2)]
            stops += sides if forward else sides[::-1]
        stops.append(there)
        for left, right in zip(stops[::2], stops[1::2], strict=True):
            half = (right[0] - left[0]) / 2
            arrow.stretches.append((left, (left[0] + half, left[1]), (right[0] - half, right[1]), right))


def _sides(arrow: Arrow, boxes: dict[Any, Box]) -> tuple[tuple[Any, bool], tuple[Any, bool]]:
    """Return where an arrow leaves and where it comes in: the box, and whether that is on its right side.

    An arrow within a column comes in on the side where it left.
    """
    start, end = boxes[arrow.edge.start_id], boxes[arrow.edge.end_id]
    return (start.node.pk, end.column >= start.column), (end.node.pk, end.column <= start.column)


def _ports(arrows: list[Arrow], boxes: dict[Any, Box]) -> dict[tuple[int, str], Point]:
    """Spread the ends of the arrows over the sides of their boxes, in the order in which they come and go."""
    sides: dict[tuple[Any, bool], list[tuple[float, int, str]]] = defaultdict(list)
    for arrow in arrows:
        start, end = boxes[arrow.edge.start_id], boxes[arrow.edge.end_id]
        out, into = _sides(arrow, boxes)
        stops: list[Box | Lane] = [start, *arrow.lanes, end]
        sides[out].append((stops[1].y, arrow.number, "start"))
        sides[into].append((stops[-2].y, arrow.number, "end"))
    ports = {}
    for (key, on_the_right), ends in sides.items():
        box = boxes[key]
        for place, (_height, number, which) in enumerate(sorted(ends), start=1):
            x = box.x + (BOX_WIDTH if on_the_right else 0)
            ports[number, which] = (x, box.y + box.height * place / (len(ends) + 1))
    return ports


def _number(arrows: list[Arrow], boxes: list[Box]) -> None:
    """Put the number of each arrow on its line, clear of boxes and of other numbers as far as that can be."""
    taken: list[Point] = []
    for arrow in arrows:
        places = list(_places(arrow))
        arrow.badge = next((one for one in places if _is_clear(one, taken, boxes)), places[0])
        taken.append(arrow.badge)


def _places(arrow: Arrow) -> Iterator[Point]:
    for share in BADGE_PLACES:
        for curve in arrow.stretches:
            yield _on_curve(curve, share)


def _on_curve(curve: tuple[Point, Point, Point, Point], share: float) -> Point:
    rest = 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    x, y = (sum(weight * point[axis] for weight, point in zip(weights, curve, strict=True)) for axis in (0, 1))
    return (x, y)


def _is_clear(place: Point, taken: list[Point], boxes: list[Box]) -> bool:
    x, y = place
    if any((x - other[0]) ** 2 + (y - other[1]) ** 2 < (2 * BADGE + 2) ** 2 for other in taken):
        return False
    return not any(
        box.x - BADGE < x < box.x + BOX_WIDTH + BADGE and box.y - BADGE < y < box.y + box.height + BADGE
        for box in boxes
    )


def _at(point: Point) -> str:
    return f"{point[0]:.0f} {point[1]:.0f}"
