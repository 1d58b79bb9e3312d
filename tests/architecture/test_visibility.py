"""Who may see what is said once: views, feeds and filters ask `visible_to`, never the whole table (A01, A08)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

#: Files that answer people. Actions and tasks act for the portal; the admin has its own base and its own test.
ANSWERING = ("views", "feeds", "filters", "api")
ANSWERING_IN_PORTAL = (
    "landing",
    "list_formats",
    "overview",
    "suggestions",
    "faq",
    "sitemaps",
    "media",
    "my_cwn",
    "news",
)
#: Apps with rows that not everybody may see. Delivery has no such method: nobody reads the outbox (test_guard).
LABELS = (
    "partners", "comms", "portal", "search", "base",
    "planning", "events", "subscriptions", "newsletters", "cobranding", "delivery",
)  # fmt: skip
#: What a chain may go through instead of `visible_to`: each is about the reader's own things, or about what all see.
OWN = {
    "visible_to", "worked_on_by", "editable_by", "of", "represented_by", "at_address", "with_access_facts",
    "organised_by",  # narrower than visible_to: events of which one sees who comes
    "at_the_desk_of",  # narrower than visible_to: issues of which one sees how they come about
    "partners",  # organisations that take part now are public
    "none",
}  # fmt: skip
#: Queries without a reader, and why. A new line here is a decision, not a repair.
WITHOUT_READER = {
    ("comms/newsletters/views/reading.py", "LinkTarget"): "a signed link, for labels that a mail tells in full",
}


def guarded_models() -> set[str]:
    """Return the models of which not everybody may see every row."""
    return {
        model.__name__
        for model in apps.get_models()
        if hasattr(model._default_manager.get_queryset(), "visible_to") and model._meta.app_label in LABELS
    }


def answering_files() -> Iterator[Path]:
    """Yield the modules that answer people."""
    for path in sorted(settings.BASE_DIR.glob("**/*.py")):
        parts = path.relative_to(settings.BASE_DIR).with_suffix("").parts
        if parts[0] not in ("cwn", "partners", "functions", "comms", "recognition"):
            continue
        in_portal = parts[:2] == ("cwn", "portal") and parts[-1] in ANSWERING_IN_PORTAL
        if in_portal or (not {"admin", "actions"} & set(parts) and any(part in ANSWERING for part in parts[1:])):
            yield path


def unguarded(source: str, models: set[str]) -> list[str]:
    """Return the queries on a guarded model in which no method narrows the rows to the reader."""
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")):
            continue
        if not (isinstance(node.value, ast.Name) and node.value.id in models):
            continue
        methods, step = set(), node
        while isinstance(parents.get(step), ast.Attribute | ast.Call):
            step = parents[step]
            if isinstance(step, ast.Attribute):
                methods.add(step.attr)
        if not methods & OWN:
            found.append(f"line {node.lineno}: {node.value.id}.objects without visible_to")
    return found


def test_some_files_answer_people():
    assert len(list(answering_files())) > 10
    assert {
        "Organisation",
        "Contact",
        "Participation",
        "Relation",
        "Question",
        "Document",
        "Publication",
        "CalendarEntry",
        "Campaign",
        "Event",
        "Registration",
        "Subscription",
        "Issue",
        "MessageTemplate",
    } <= guarded_models()


@pytest.mark.parametrize("path", list(answering_files()), ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_query_goes_around_the_rule(path):
    name = str(path.relative_to(settings.BASE_DIR))
    exempt = {model for file, model in WITHOUT_READER if file == name}
    assert unguarded(path.read_text(), guarded_models() - exempt) == []


def test_the_check_would_find_one():
    models = {"Contact"}
    assert unguarded("rows = Contact.objects.filter(pk=1)", models)
    assert not unguarded("rows = Contact.objects.current().visible_to(user)", models)
