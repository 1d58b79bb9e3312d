"""`manage.py migrate`, in a sixth of the time on an empty database (docs/adr/0022-quick-migrate.md)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.commands import migrate
from django.db.migrations.state import ModelState, ProjectState


class Command(migrate.Command):
    """Django's own command; a new table no longer makes it build every model anew that is related to it."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate as Django does."""
        with new_models_stand_alone():
            super().handle(*args, **options)


@contextmanager
def new_models_stand_alone() -> Iterator[None]:
    """Let a migration that makes a table render that model alone.

    Nothing that is rendered already can refer to a model that did not exist, so only the new one is missing. What
    changes, renames or removes a model still renders everything related to it.
    """
    original = ProjectState.add_model
    ProjectState.add_model = _add_model  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        ProjectState.add_model = original  # type: ignore[method-assign]


def _add_model(state: ProjectState, model: ModelState) -> None:
    key = model.app_label, model.name_lower
    is_new = key not in state.models
    state.models[key] = model
    if state._relations is not None:  # type: ignore[attr-defined]
        state.resolve_model_relations(key)  # type: ignore[attr-defined]
    if "apps" not in state.__dict__:
        return
    if is_new:
        state.apps.render_multiple([model])
    else:
        state.reload_model(*key)
