"""The pages around one's own account that allauth does not have."""

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cwn.accounts.actions import end_sessions, update_account
from cwn.accounts.forms import AccountForm
from cwn.accounts.http import AccountRequest
from cwn.accounts.models import LoginEvent
from cwn.accounts.second_factor import SecondFactorAdapter

#: Log-ins on the page of the account.
SHOWN_LOGINS = 20


@never_cache
@login_required
def home(request: AccountRequest) -> HttpResponse:
    """Show and change the own account: name, language, and the ways to password, address and second factor."""
    form = AccountForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        update_account(request.user, **form.cleaned_data)
        messages.success(request, _("Uw gegevens zijn bewaard."))
        return redirect("account_home")
    context = {
        "form": form,
        "factors": Authenticator.objects.filter(user=request.user).order_by("type", "pk"),
        "memberships": request.user.memberships.current().select_related("organisation").order_by("since"),
        "logins": LoginEvent.objects.of(request.user)[:SHOWN_LOGINS],
    }
    return render(request, "accounts/home.html", context)


@require_POST
@login_required
def log_out_elsewhere(request: AccountRequest) -> HttpResponse:
    """End the person's sessions on other devices and keep this one."""
    update_session_auth_hash(request, end_sessions(request.user, by=request.user))
    messages.success(request, _("U bent op alle andere apparaten uitgelogd."))
    return redirect("account_home")


@login_required
def remove_passkey(request: AccountRequest, pk: int) -> HttpResponse:
    """Remove a passkey, unless it is the last factor of somebody whose role asks for one.

    Allauth asks its adapter about the last code app, but not about the last passkey.
    """
    passkey = get_object_or_404(Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN)
    adapter = SecondFactorAdapter()
    if not adapter.can_delete_authenticator(passkey):
        messages.error(request, adapter.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_list_webauthn")
    return webauthn.remove_webauthn(request, pk=pk)
