"""The own public profile: proposed here, decided on by a coordinator."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partners.actions.profile import (
    differences,
    in_words,
    open_proposals,
    profile_values,
    propose_profile,
    set_field_visibility,
    withdraw_proposal,
)
from partners.enums import ProposalState, VisibilityLevel
from partners.forms.profile import FIELD_LABELS, ProfileForm, VisibilityForm
from partners.models import Organisation
from partners.models.organisations import default_field_visibility
from partners.views.my_organisation import MemberRequest, own, render_own, represented


@login_required
@require_safe
def my_profile(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the profile as it is, what waits for a decision, and who reads which field."""
    organisation = own(request, slug)
    proposal = open_proposals(organisation).first()
    last = organisation.profile_proposals.order_by("-proposed_at").first()
    return render_own(
        request,
        "my_profile",
        organisation,
        rows=profile_rows(organisation),
        visibility=VisibilityForm(organisation=organisation),
        visible_to=visibility_in_words(organisation),
        proposal=proposal,
        differences=differences(proposal) if proposal else [],
        declined=last if last and last.state == ProposalState.DECLINED else None,
    )


def profile_rows(organisation: Organisation) -> list[tuple[str, str]]:
    """Return the profile in words: the name of each field and what it says."""
    return [
        (str(Organisation._meta.get_field(name).verbose_name), in_words(organisation, name, value))  # type: ignore[union-attr]
        for name, value in profile_values(organisation).items()
    ]


def visibility_in_words(organisation: Organisation) -> list[tuple[str, str]]:
    """Return who reads which field, in words."""
    levels = {**default_field_visibility(), **organisation.field_visibility}
    return [
        (str(FIELD_LABELS[name]), str(VisibilityLevel(level).label))
        for name, level in levels.items()
        if name in FIELD_LABELS and level in VisibilityLevel.values
    ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: MemberRequest, slug: str) -> HttpResponse:
    """Let a representative propose a profile; it starts from the proposal that waits."""
    organisation = represented(request, slug)
    proposal = open_proposals(organisation).first()
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ProfileForm(*data, organisation=organisation, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        try:
            propose_profile(organisation, values=form.values(), logo=form.cleaned_data["logo"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Uw voorstel is verstuurd. Een coördinator kijkt ernaar."))
            return redirect("my_profile", organisation.slug)
    return render_own(request, "my_profile_form", organisation, form=form, proposal=proposal)


@login_required
@require_POST
def withdraw(request: MemberRequest, slug: str) -> HttpResponse:
    """Withdraw the proposal that waits."""
    organisation = represented(request, slug)
    withdraw_proposal(organisation, by=request.user)
    messages.success(request, _("Uw voorstel is ingetrokken."))
    return redirect("my_profile", organisation.slug)


@login_required
@require_POST
def set_visibility(request: MemberRequest, slug: str) -> HttpResponse:
    """Set who reads which field; it holds at once."""
    organisation = represented(request, slug)
    form = VisibilityForm(request.POST, organisation=organisation)
    if not form.is_valid():
        return render_own(
            request,
            "my_profile",
            organisation,
            status=400,
            rows=profile_rows(organisation),
            visibility=form,
        )
    set_field_visibility(organisation, levels=form.cleaned_data, by=request.user)
    messages.success(request, _("Opgeslagen. De wijziging geldt meteen."))
    return redirect("my_profile", organisation.slug)
