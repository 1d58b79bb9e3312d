"""How the own organisation takes part in the functions (R49), and whom it reaches (R28)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cwn.core.enums import CwnFunction
from partners.actions.participation import remove_constituency, save_constituency, set_participation
from partners.forms.participation import ConstituencyForm, ParticipationForm
from partners.models import Constituency, Organisation
from partners.views.my_organisation import MemberRequest, own, render_own, represented


@login_required
@require_safe
def my_participation(request: MemberRequest, slug: str) -> HttpResponse:
    """Show per function how the organisation takes part, and below it whom it reaches."""
    organisation = own(request, slug)
    current = {row.function: row for row in organisation.participations.current()}
    return render_own(
        request,
        "my_participation",
        organisation,
        functions=[(function, current.get(function)) for function in CwnFunction],
        constituencies=organisation.constituencies.order_by("description"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_participation(request: MemberRequest, slug: str, function: str) -> HttpResponse:
    """Let a representative choose the degree and the phases for one function."""
    organisation = represented(request, slug)
    if function not in CwnFunction.values:
        raise Http404
    current = organisation.participations.current().filter(function=function).first()
    form = ParticipationForm(request.POST if request.method == "POST" else None, participation=current)
    if request.method == "POST" and form.is_valid():
        try:
            set_participation(organisation, function=function, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error("phases", refusal)
        else:
            messages.success(request, _("Uw keuze is opgeslagen."))
            return redirect("my_participation", organisation.slug)
    return render_own(
        request, "my_participation_form", organisation, form=form, function=CwnFunction(function), current=current
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_constituency(request: MemberRequest, slug: str) -> HttpResponse:
    """Add whom the organisation reaches."""
    organisation = represented(request, slug)
    return edit(request, organisation, Constituency(organisation=organisation))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_constituency(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Change whom the organisation reaches."""
    organisation = represented(request, slug)
    return edit(request, organisation, get_object_or_404(organisation.constituencies, pk=pk))


def edit(request: MemberRequest, organisation: Organisation, constituency: Constituency) -> HttpResponse:
    """Show the form of a constituency, and keep what was filled in."""
    data: Any = request.POST if request.method == "POST" else None
    form = ConstituencyForm(data, instance=constituency)
    if request.method == "POST" and form.is_valid():
        save_constituency(form.save(commit=False), by=request.user)
        messages.success(request, _("De achterban is opgeslagen."))
        return redirect("my_participation", organisation.slug)
    return render_own(request, "my_constituency_form", organisation, form=form, constituency=constituency)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def drop_constituency(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Ask whether a constituency may go, and remove it on a yes."""
    organisation = represented(request, slug)
    constituency = get_object_or_404(organisation.constituencies, pk=pk)
    if request.method != "POST":
        return render_own(request, "my_constituency_end", organisation, constituency=constituency)
    remove_constituency(constituency, by=request.user)
    messages.success(request, _("De achterban is verwijderd."))
    return redirect("my_participation", organisation.slug)
