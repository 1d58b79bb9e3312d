"""The information flows of the file, and the way back to them (R43, R44)."""

from typing import Any

from cwn.core.reference import Outcome, Row, in_file_order, load_rows, read_rows
from functions.base.models import FlowEdge, FlowNode, InformationFlow
from partners.models import OrganisationKind
from partners.models.profile import all_phases


def load_flows(folder: str, *, refresh: bool = False) -> Outcome:
    """Load a flow per function with its places and arrows; a flow that an editor changed stays as it is."""
    rows = read_rows(folder, "flows", "flow")
    drawings = {row["function"]: (row.pop("nodes"), row.pop("edges")) for row in rows}
    outcome = load_rows(InformationFlow, rows, key="function", refresh=refresh)
    for function in sorted(outcome.created):
        _draw(outcome.rows[function], *drawings[function])
    if refresh:
        outcome.changed |= {
            function for function, drawing in drawings.items() if _redraw(outcome.rows.get(function), *drawing)
        } - outcome.created
    return outcome


def _draw(flow: InformationFlow, nodes: list[Row], edges: list[Row]) -> None:
    """Give an empty flow the places and arrows of the file."""
    kinds = {kind.slug: kind for kind in OrganisationKind.objects.all()}
    places = {}
    for row in in_file_order(nodes):
        key, kind = row.pop("key"), kinds.get(row.pop("organisation_kind", ""))
        places[key] = FlowNode.objects.create(flow=flow, organisation_kind=kind, **row)
    FlowEdge.objects.bulk_create(
        FlowEdge(flow=flow, **{**row, "start": places[row["start"]], "end": places[row["end"]]})
        for row in in_file_order(edges)
    )


def _redraw(flow: InformationFlow | None, nodes: list[Row], edges: list[Row]) -> bool:
    """Set a flow back to the file and tell whether that changed anything."""
    if flow is None or _as_drawn(flow) == _as_written(nodes, edges):
        return False
    flow.edges.all().delete()
    flow.nodes.all().delete()
    _draw(flow, nodes, edges)
    return True


def _as_drawn(flow: InformationFlow) -> list[Any]:
    """Return what a flow says now, in the form of `_as_written`."""
    nodes = flow.nodes.values_list("kind", "label", "label_en", "organisation_kind__slug")
    edges = flow.edges.values_list("start__label", "end__label", "what", "what_en", "is_two_way", "phases")
    return [list(nodes), list(edges)]


def _as_written(nodes: list[Row], edges: list[Row]) -> list[Any]:
    """Return what the file says."""
    known = set(OrganisationKind.objects.values_list("slug", flat=True))
    labels = {row["key"]: row["label"] for row in nodes}
    places = [
        (row["kind"], row["label"], row["label_en"], kind if (kind := row.get("organisation_kind")) in known else None)
        for row in nodes
    ]
    arrows = [
        (
            labels[row["start"]],
            labels[row["end"]],
            row["what"],
            row["what_en"],
            row.get("is_two_way", False),
            row.get("phases", all_phases()),
        )
        for row in edges
    ]
    return [places, arrows]
