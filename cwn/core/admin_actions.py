"""Actions on many rows at once, which first show what they would change.

Three steps on one address: choose (if there is something to choose), look, confirm. At the last step rights and
rows are read again; when the outcome would differ from what was shown, it is shown again instead of done.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pghistory
from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: More rows than this are an import, not an action.
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """What an action would do with one row; with a refusal it would leave that row alone."""

    row: Any
    old: Any
    new: Any
    refusal: str = ""


class ReasonForm(forms.Form):
    """Asks why; the answer stands in the history."""

    reason = forms.CharField(label="", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label = _("Reden")


class PreviewedAction:
    """An action of the admin that shows old and new before it does anything.

    `preview` tells what would happen to a row, `perform` makes it so through an action of the app.
    """

    #: Templates show an action, they never run it.
    do_not_call_in_templates = True

    def __init__(
        self,
        name: str,
        label: Any,
        *,
        preview: Callable[[Any, dict[str, Any]], PreviewLine],
        perform: Callable[[Any, dict[str, Any], Any], Any],
        form: type[forms.Form] | None = None,
        permission: str = "change",
        single: bool = False,
        guard: Callable[[Callable[..., Any]], Callable[..., Any]] | None = None,
    ) -> None:
        self.__name__ = self.name = name
        self.short_description = label
        self.allowed_permissions = [permission]
        self.preview = preview
        self.perform = perform
        self.form = form
        #: Also offered as a button on the page of one record, while its preview has no refusal.
        self.single = single
        #: What stands between the yes and the doing, as a decorator: showing again who one is, for instance.
        self._carry_out = guard(self._do) if guard else self._do

    def __call__(self, modeladmin: Any, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Answer one of the three steps; nothing comes back when the list may be shown again."""
        rows = list(self._editable(queryset, request.user)[: MOST_ROWS + 1])
        if len(rows) > MOST_ROWS:
            messages.warning(request, _("Kies hoogstens %(most)d regels tegelijk.") % {"most": MOST_ROWS})
            return None
        step = request.POST.get("step", "")
        form = self.form(request.POST if step else None) if self.form else None
        if form is not None and not (step and form.is_valid()):
            return self._page(modeladmin, request, rows, form=form)
        data = form.cleaned_data if form is not None else {}
        lines = [self.preview(row, data) for row in rows]
        if step != "confirm" or request.POST.get("fingerprint") != fingerprint(lines):
            if step == "confirm":
                messages.warning(request, _("Er is intussen iets gewijzigd. Bekijk opnieuw wat er gebeurt."))
            return self._page(modeladmin, request, rows, form=form, lines=lines)
        return self._carry_out(request, lines, data)

    def _editable(self, queryset: Any, user: Any) -> Any:
        return queryset.editable_by(user) if hasattr(queryset, "editable_by") else queryset

    def _do(self, request: HttpRequest, lines: list[PreviewLine], data: dict[str, Any]) -> None:
        """Do it to every row that has no refusal, or to none when one of them fails."""
        done = 0
        try:
            with transaction.atomic(), pghistory.context(reason=data.get("reason", "")):
                for line in lines:
                    if not line.refusal:
                        self.perform(line.row, data, request.user)
                        done += 1
        except ValidationError as error:
            messages.error(request, _("Er is niets gewijzigd. %(why)s") % {"why": " ".join(error.messages)})
        except PermissionDenied:
            messages.error(request, _("Er is niets gewijzigd. U mag dit niet bij alle gekozen regels."))
        else:
            text = ngettext("%(label)s: %(count)d gedaan.", "%(label)s: %(count)d gedaan.", done)
            messages.success(request, text % {"label": self.short_description, "count": done})

    def _page(
        self,
        modeladmin: Any,
        request: HttpRequest,
        rows: list[Any],
        *,
        form: forms.Form | None,
        lines: list[PreviewLine] | None = None,
    ) -> TemplateResponse:
        context = {
            **modeladmin.admin_site.each_context(request),
            "title": self.short_description,
            "opts": modeladmin.opts,
            "form": form,
            "rows": rows,
            "lines": lines,
            "possible": [line for line in lines or [] if not line.refusal],
            "fingerprint": fingerprint(lines) if lines is not None else "",
            "action_name": self.__name__,
            "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", "0"),
            "checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/preview_action.html", context)


def fingerprint(lines: list[PreviewLine]) -> str:
    """Return a short text that differs as soon as the lines say something else."""
    what = [(line.row.pk, line.old, line.new, line.refusal) for line in lines]
    return hashlib.sha256(json.dumps(what, default=str).encode()).hexdigest()
