"""The people of the own organisation: everybody of it reads the names, representatives decide (C12)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cwn.accounts.reauthentication import recently_authenticated
from partners.actions.invitations import invite_person, withdraw_invitation
from partners.actions.memberships import change_member_role, end_membership
from partners.enums import MembershipRole
from partners.forms.members import InviteForm, RoleForm
from partners.models import Membership, Organisation
from partners.views.my_organisation import MemberRequest, own, render_own, represented


@login_required
@require_safe
def my_members(request: MemberRequest, slug: str) -> HttpResponse:
    """List the people of the organisation and, for representatives, who was invited."""
    organisation = own(request, slug)
    return render_own(
        request,
        "my_members",
        organisation,
        members=members_of(organisation),
        invitations=organisation.invitations.open(),
        roles=MembershipRole.choices,
    )


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return the memberships that have not ended, with their people."""
    return organisation.memberships.not_ended().select_related("user").order_by("user__name", "pk")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: MemberRequest, slug: str) -> HttpResponse:
    """Let a representative invite somebody as member or representative."""
    organisation = represented(request, slug)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invite_person(organisation=organisation, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("De uitnodiging is verstuurd naar %(email)s.") % {"email": invitation.email})
            return redirect("my_members", organisation.slug)
    return render_own(request, "my_member_invite", organisation, form=form)


@login_required
@require_POST
def withdraw(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Withdraw an invitation that was not used yet."""
    organisation = represented(request, slug)
    withdraw_invitation(get_object_or_404(organisation.invitations.open(), pk=pk), by=request.user)
    messages.success(request, _("De uitnodiging is ingetrokken."))
    return redirect("my_members", organisation.slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@recently_authenticated
def change_member(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Change the role of a member, or refuse in one sentence."""
    organisation = represented(request, slug)
    membership = get_object_or_404(members_of(organisation), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = RoleForm(data, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            change_member_role(membership, role=form.cleaned_data["role"], by=request.user)
        except PermissionDenied as refusal:
            raise Http404 from refusal
        except ValidationError as refusal:
            form.add_error("role", refusal)
        else:
            messages.success(request, _("De rol is veranderd."))
            return redirect("my_members", organisation.slug)
    return render_own(request, "my_member_form", organisation, form=form, membership=membership)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@recently_authenticated
def stop_member(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Ask whether a membership may end, and end it on a yes."""
    organisation = represented(request, slug)
    membership = get_object_or_404(members_of(organisation), pk=pk)
    refusals: list[str] = []
    if request.method == "POST":
        try:
            end_membership(membership, by=request.user)
        except PermissionDenied as refusal:
            raise Http404 from refusal
        except ValidationError as refusal:
            refusals = refusal.messages
        else:
            messages.success(request, _("Het lidmaatschap is beëindigd."))
            if membership.user_id == request.user.pk:  # nothing to do here any more
                return redirect("my_organisation")
            return redirect("my_members", organisation.slug)
    return render_own(request, "my_member_end", organisation, membership=membership, refusals=refusals)
