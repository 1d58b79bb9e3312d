"""`/nieuwsbrief/redactie/abonnees/overnemen/`: existing subscribers, first a check and then a yes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from comms.planning.models.visibility import plans
from comms.subscriptions.actions.importing import carry_out_import, prepare_import
from comms.subscriptions.forms.desk import ImportForm
from comms.subscriptions.models import SubscriberImport
from cwn.accounts.http import AccountRequest
from cwn.accounts.reauthentication import recently_authenticated
from cwn.core.sheets import read_sheet

#: Wrong rows that the page names.
MOST_ERRORS = 20


@login_required
@recently_authenticated
@require_http_methods(["GET", "HEAD", "POST"])
def subscriber_import(request: AccountRequest) -> HttpResponse:
    """Read a file and show what taking it over would do; nothing is done yet."""
    if not plans(request.user):
        raise Http404
    sent = request.method == "POST"
    form = ImportForm(request.POST if sent else None, request.FILES if sent else None)
    context: dict[str, Any] = {"form": form}
    if sent and form.is_valid():
        try:
            sheet = read_sheet(form.cleaned_data.pop("file"))
        except ValidationError as refusal:
            form.add_error("file", refusal)
        else:
            pending, check = prepare_import(sheet, **form.cleaned_data, by=request.user)
            context |= {"pending": pending, "check": check, "errors": check.errors[:MOST_ERRORS]}
    return render(request, "subscriptions/desk_import.html", context)


@login_required
@recently_authenticated
@require_POST
def subscriber_import_done(request: AccountRequest, pk: int) -> HttpResponse:
    """Take over the subscribers of a file that was checked."""
    if not plans(request.user):
        raise Http404
    pending = get_object_or_404(SubscriberImport, pk=pk, by=request.user)
    try:
        done = carry_out_import(pending, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("subscriber_import")
    words = ngettext("%(number)d abonnee overgenomen.", "%(number)d abonnees overgenomen.", done.number_added)
    messages.success(request, words % {"number": done.number_added})
    return redirect("subscriber_figures")
