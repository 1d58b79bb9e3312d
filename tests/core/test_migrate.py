"""Migrating quickly ends in the same picture of the models as Django's own way (docs/adr/0022-quick-migrate.md)."""

import pytest
from django.core.management import get_commands
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from cwn.core.management.commands.migrate import new_models_stand_alone

#: An app of each kind: with history and row security, with links to itself, and of a package.
APPS = ("delivery", "planning", "account")


def picture(state: ProjectState) -> dict[str, set[tuple[str, str]]]:
    """Return what each rendered model knows of its own fields and of those who refer to it."""
    return {
        model._meta.label: {
            (field.name, field.related_model._meta.label if field.related_model else "")
            for field in model._meta.get_fields(include_hidden=True)
        }
        for model in state.apps.get_models(include_auto_created=True)
    }


def migrated(app: str, until: str = "") -> ProjectState:
    """Return the picture after the migrations of an app, or after one of them, rendered from its first table on."""
    loader = MigrationLoader(None)
    leaf = (app, until) if until else loader.graph.leaf_nodes(app)[0]
    state = ProjectState(real_apps=loader.unmigrated_apps)
    state.apps  # noqa: B018  from here on each new model is rendered
    for key in loader.graph.forwards_plan(leaf):
        loader.graph.nodes[key].mutate_state(state, preserve=False)
    return state


@pytest.mark.parametrize("app", APPS)
def test_the_quick_picture_is_the_picture_of_django(app):
    with new_models_stand_alone():
        quick = picture(migrated(app))

    assert quick == picture(migrated(app))


def test_it_is_quick():
    """One model is rendered for a new table, not all that are related to it; what changes a table is as before."""
    rendered = []
    original = ProjectState.reload_model
    ProjectState.reload_model = lambda state, *key, **rest: (rendered.append(key), original(state, *key, **rest))[1]
    try:
        with new_models_stand_alone():
            migrated("delivery", until="0001_initial")
        quick = len(rendered)
        migrated("delivery", until="0001_initial")
    finally:
        ProjectState.reload_model = original

    assert quick < (len(rendered) - quick) / 2


def test_our_command_is_the_one_that_runs():
    assert get_commands()["migrate"] == "cwn.core"
