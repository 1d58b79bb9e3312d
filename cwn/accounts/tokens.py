"""The page with the personal keys for the API."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cwn.accounts.actions import create_token, withdraw_token
from cwn.accounts.http import AccountRequest
from cwn.accounts.models import ApiToken
from cwn.accounts.reauthentication import recently_authenticated

#: Days that a key can work; the longest is a year, so that a forgotten one ends by itself.
TERMS = [(30, gettext_lazy("30 dagen")), (90, gettext_lazy("90 dagen")), (365, gettext_lazy("Een jaar"))]


class TokenForm(forms.Form):
    """What a key is for and how long it works."""

    name = forms.CharField(
        label=gettext_lazy("Waarvoor gebruikt u de sleutel?"),
        max_length=100,
        help_text=gettext_lazy("Bijvoorbeeld: onze eigen website."),
    )
    days = forms.TypedChoiceField(label=gettext_lazy("Hoe lang werkt de sleutel?"), choices=TERMS, coerce=int)


@never_cache
@login_required
@recently_authenticated
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: AccountRequest) -> HttpResponse:
    """Show the own keys and make a new one, of which the secret is shown this once."""
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = create_token(request.user, **form.cleaned_data)
            form = TokenForm()
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {"form": form, "secret": secret, "tokens": ApiToken.objects.of(request.user)}
    return render(request, "accounts/token_list.html", context)


@login_required
@require_POST
def withdraw(request: AccountRequest, pk: int) -> HttpResponse:
    """Withdraw one of the own keys."""
    token = get_object_or_404(ApiToken.objects.of(request.user), pk=pk)
    withdraw_token(token, by=request.user)
    messages.success(request, _("De sleutel werkt niet meer."))
    return redirect("token_list")
