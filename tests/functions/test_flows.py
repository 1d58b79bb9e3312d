"""The information flow of a function: a directed graph that can be edited, drawn and read as a table (R43, R44)."""

import re

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from cwn.core.enums import CwnFunction
from functions.base.drawing import BADGE, BOX_WIDTH, draw
from functions.base.enums import FlowNodeKind
from functions.base.models import FlowEdge, FlowNode, InformationFlow
from functions.base.reference import load_charters, load_flows
from partners.models import OrganisationKind
from partners.reference import load_organisation_kinds
from tests.factories.functions import make_charter, make_flow

pytestmark = pytest.mark.django_db
SHARING = CwnFunction.INFORMATION_SHARING


# --- what may be drawn -------------------------------------------------------------------------------
def test_information_may_go_round():
    flow = make_flow(SHARING, ("a0", "b1"), ("b1", "c2"), ("c2", "a0"))
    assert flow.edges.count() == 3


def test_an_arrow_to_itself_is_refused():
    flow = make_flow(SHARING, ("a0", "b1"))
    node = flow.nodes.first()
    with pytest.raises(IntegrityError, match="no_arrow_to_itself"), transaction.atomic():
        FlowEdge.objects.create(flow=flow, start=node, end=node, what="Niets")


def test_an_arrow_stays_in_its_flow():
    flow, other = make_flow(SHARING, ("a0", "b1")), make_flow(CwnFunction.TRAINING, ("c0", "d1"))
    with pytest.raises(DatabaseError, match="two places of one flow"), transaction.atomic():
        FlowEdge.objects.create(flow=flow, start=flow.nodes.first(), end=other.nodes.first(), what="Verdwaald")


# --- the drawing -------------------------------------------------------------------------------------
class Node:
    """A place as the drawing needs it."""

    def __init__(self, pk: int, kind: str, label: str) -> None:
        self.pk, self.kind, self.label = pk, kind, label

    def text(self, field: str) -> str:
        return getattr(self, field)


class Edge:
    """An arrow as the drawing needs it."""

    def __init__(self, start: int, end: int) -> None:
        self.start_id, self.end_id = start, end


labels = st.text(alphabet="abcdefgh ", min_size=1, max_size=60).filter(str.strip)
graphs = st.integers(2, 9).flatmap(
    lambda number: st.tuples(
        st.lists(st.tuples(st.sampled_from(FlowNodeKind), labels), min_size=number, max_size=number),
        st.lists(
            st.tuples(st.integers(0, number - 1), st.integers(0, number - 1)).filter(lambda pair: pair[0] != pair[1]),
            max_size=14,
        ),
    )
)


def drawing_of(places, arrows):
    nodes = [Node(pk, kind, label) for pk, (kind, label) in enumerate(places)]
    return draw(nodes, [Edge(*pair) for pair in arrows])


@given(graphs)
@settings(max_examples=150, deadline=None)
def test_no_box_lies_on_another_and_all_stay_on_the_sheet(graph):
    drawing = drawing_of(*graph)
    for number, box in enumerate(drawing.boxes):
        assert 0 <= box.x <= drawing.width - BOX_WIDTH
        assert 0 <= box.y <= drawing.height - box.height
        for other in drawing.boxes[number + 1 :]:
            apart = (
                abs(box.x - other.x) >= BOX_WIDTH or box.y + box.height <= other.y or other.y + other.height <= box.y
            )
            assert apart, (box.node.label, other.node.label)


@given(graphs)
@settings(max_examples=150, deadline=None)
def test_the_same_flow_gives_the_same_drawing(graph):
    assert _shape(drawing_of(*graph)) == _shape(drawing_of(*graph))


def _shape(drawing):
    return [(box.x, box.y) for box in drawing.boxes], [(arrow.path, arrow.badge) for arrow in drawing.arrows]


@given(graphs)
@settings(max_examples=150, deadline=None)
def test_an_arrow_goes_from_the_side_of_one_box_to_the_side_of_the_other(graph):
    drawing = drawing_of(*graph)
    boxes = {box.node.pk: box for box in drawing.boxes}
    for arrow in drawing.arrows:
        for key, (x, y) in (
            (arrow.edge.start_id, arrow.stretches[0][0]),
            (arrow.edge.end_id, arrow.stretches[-1][-1]),
        ):
            box = boxes[key]
            assert x in (box.x, box.x + BOX_WIDTH)
            assert box.y < y < box.y + box.height


def test_a_drawing_reads_from_left_to_right():
    nodes = [Node(1, FlowNodeKind.SERVED, "Klant"), Node(2, FlowNodeKind.SOURCE, "Bron"), Node(3, "schakel", "Schakel")]
    columns = {box.node.label: box.x for box in draw(nodes, []).boxes}
    assert columns["Bron"] < columns["Schakel"] < columns["Klant"]


def test_an_arrow_that_skips_a_column_passes_no_box():
    places = [(FlowNodeKind.SOURCE, "Bron"), (FlowNodeKind.LINK, "Schakel"), (FlowNodeKind.SERVED, "Klant")]
    drawing = drawing_of(places, [(0, 2), (0, 1)])
    link = drawing.boxes[1]
    long_one = drawing.arrows[0]
    (lane,) = long_one.lanes
    assert lane.y + lane.height <= link.y or lane.y >= link.y + link.height


# --- what the file says ------------------------------------------------------------------------------
@pytest.fixture
def reference() -> None:
    """The charters, the kinds of organisations and the flows of the files."""
    load_charters()
    load_organisation_kinds()
    load_flows()


def test_every_function_has_a_flow_that_admits_where_it_comes_from(reference):
    assert set(InformationFlow.objects.values_list("function", flat=True)) == set(CwnFunction.values)
    assert all("niet beschikbaar" in flow.source_note for flow in InformationFlow.objects.all())
    assert not [node for node in FlowNode.objects.all() if not (node.incoming.exists() or node.outgoing.exists())]


def test_numbers_of_the_shipped_drawings_can_be_read(reference):
    for flow in InformationFlow.objects.all():
        drawing = draw(list(flow.nodes.all()), list(flow.edges.all()))
        badges = [arrow.badge for arrow in drawing.arrows]
        for number, (x, y) in enumerate(badges):
            assert not [one for one in badges[number + 1 :] if (x - one[0]) ** 2 + (y - one[1]) ** 2 < (2 * BADGE) ** 2]
            assert not [
                box
                for box in drawing.boxes
                if box.x - BADGE < x < box.x + BOX_WIDTH + BADGE and box.y - BADGE < y < box.y + box.height + BADGE
            ]


def test_what_an_editor_drew_stays_until_the_file_is_asked_back(reference):
    flow = InformationFlow.objects.get(function=SHARING)
    places = set(flow.nodes.values_list("label", flat=True))
    flow.edges.all().delete()
    FlowNode.objects.create(flow=flow, kind="schakel", label="Eigen schakel")

    load_flows()
    assert flow.edges.count() == 0

    assert load_flows(refresh=True).changed == {SHARING}
    assert set(flow.nodes.values_list("label", flat=True)) == places
    assert not load_flows(refresh=True)


# --- the page ----------------------------------------------------------------------------------------
def test_the_page_draws_and_tells_every_arrow(client, reference):
    page = client.get("/functies/informatiedeling/").content.decode()
    flow = InformationFlow.objects.get(function=SHARING)
    drawing = re.search(r"<svg class=\"cwn-flow.*?</svg>", page, re.DOTALL)[0]

    assert "<title" in drawing
    assert "<desc" in drawing
    assert drawing.count('class="cwn-flow__arrow"') == flow.edges.count() == page.count('role="row"') - 1
    assert "Uit de tekst; de figuur in de bron was niet beschikbaar." in page
    assert 'href="/partners/?rol=schakelorganisatie&amp;functie=informatiedeling"' in page


def test_the_page_in_english_has_english_words(client, reference):
    page = client.get("/en/functies/informatiedeling/").content.decode()
    assert "Link organisations" in page
    assert "From the text; the figure in the source was not available." in page


def test_names_are_text(client):
    make_charter(SHARING)
    make_flow(SHARING, ("<script>alert(1)</script>0", "b1"))
    assert "<script>alert" not in client.get("/functies/informatiedeling/").content.decode()


# --- the admin ---------------------------------------------------------------------------------------
def _form(flow: InformationFlow, **changes: str) -> dict[str, str]:
    """Return what the form of a flow sends."""
    data = {"source_note": "Getekend met de partners", "change_reason": "Bouwplan"}
    for prefix, rows, fields in (
        ("nodes", flow.nodes.all(), ("kind", "label", "order")),
        ("edges", flow.edges.all(), ("start_id", "end_id", "what", "order")),
    ):
        data |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(len(rows))}
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name.removesuffix('_id')}": str(getattr(row, name)) for name in fields}
            data[f"{prefix}-{number}-id"] = str(row.pk)
            if prefix == "edges":
                data[f"edges-{number}-phases"] = "warm"
    return data | changes


def test_coordinators_draw_in_the_admin(cast):
    flow = make_flow(SHARING, ("a0", "b1"))
    address = reverse("admin:base_informationflow_change", args=[flow.pk])

    response = cast.client("coord").post(address, _form(flow, **{"nodes-0-label": "Nieuwe bron"}))

    assert response.status_code == 302
    assert flow.nodes.filter(label="Nieuwe bron").exists()
    history = reverse("admin:base_informationflow_history", args=[flow.pk])
    assert "Bouwplan" in cast.client("coord").get(history).content.decode()


def test_a_place_with_arrows_is_not_removed(cast):
    flow = make_flow(SHARING, ("a0", "b1"))
    address = reverse("admin:base_informationflow_change", args=[flow.pk])
    response = cast.client("coord").post(address, _form(flow, **{"nodes-0-DELETE": "on"}))
    assert response.status_code == 200
    assert flow.nodes.count() == 2


def test_an_arrow_offers_the_places_of_its_own_flow_only(cast):
    flow, _other = make_flow(SHARING, ("a0", "b1")), make_flow(CwnFunction.TRAINING, ("vreemd0", "c1"))
    page = cast.client("coord").get(reverse("admin:base_informationflow_change", args=[flow.pk])).content.decode()
    assert ">a0</option>" in page
    assert "vreemd0" not in page


def test_kinds_that_are_gone_leave_the_place(reference):
    OrganisationKind.objects.filter(slug="schakelorganisatie").delete()
    assert FlowNode.objects.filter(label="Schakelorganisaties", organisation_kind=None).exists()
