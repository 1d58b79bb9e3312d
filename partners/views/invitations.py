"""The page behind the link of an invitation."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from cwn.accounts.http import AccountRequest
from partners.actions.invitations import (
    accept_invitation,
    accept_invitation_as_newcomer,
    account_of,
    find_invitation,
    owns_address,
)
from partners.forms.invitations import NewcomerForm
from partners.models import Invitation


@never_cache
@sensitive_post_parameters("password")
def accept(request: AccountRequest, token: str) -> HttpResponse:
    """Show an invitation; only the button on the page uses it, never opening the link (security.md C03, D01)."""
    try:
        invitation = find_invitation(token)
        if request.user.is_authenticated:
            return _accept_with_account(request, token, invitation)
        if account_of(invitation.email) is not None:
            return _ask_to_log_in(request, invitation)
        return _accept_as_newcomer(request, token, invitation)
    except ValidationError as problem:
        return render(request, "partners/invitation_refused.html", {"problem": problem.message}, status=410)


def _accept_with_account(request: AccountRequest, token: str, invitation: Invitation) -> HttpResponse:
    if not owns_address(request.user, invitation.email):
        raise ValidationError(_("Deze uitnodiging is voor een ander e-mailadres. Log uit en open de link opnieuw."))
    if request.method != "POST":
        return render(request, "partners/invitation_accept.html", {"invitation": invitation})
    membership = accept_invitation(token, by=request.user)
    messages.success(request, _("U hoort nu bij %(name)s.") % {"name": membership.organisation})
    return redirect("my_organisation")


def _ask_to_log_in(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if request.method == "POST":
        return redirect_to_login(request.path)
    return render(request, "partners/invitation_accept.html", {"invitation": invitation, "has_account": True})


def _accept_as_newcomer(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    form = NewcomerForm(request.POST or None, invitation=invitation)
    if request.method != "POST" or not form.is_valid():
        return render(request, "partners/invitation_accept.html", {"invitation": invitation, "form": form})
    membership = accept_invitation_as_newcomer(token, **form.cleaned_data)
    record_authentication(request, membership.user, method="password", email=invitation.email)
    messages.success(request, _("Uw account is gemaakt. U hoort nu bij %(name)s.") % {"name": membership.organisation})
    return perform_login(request, Login(user=membership.user, email=invitation.email))
