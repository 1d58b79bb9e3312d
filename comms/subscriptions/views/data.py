"""`/nieuwsbrief/gegevens/…/`: all own data, behind a link that was mailed within the hour (security.md chapter 6)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from comms.subscriptions.actions.ending import erase_subscriber
from comms.subscriptions.actions.moving import ask_new_address, confirm_new_address
from comms.subscriptions.export import in_words, subscriber_export
from comms.subscriptions.forms.preferring import AddressForm
from comms.subscriptions.holders import LinkHolder
from comms.subscriptions.links import sign
from comms.subscriptions.models import AddressChange, Subscription
from comms.subscriptions.views.access import (
    behind_link,
    by_change,
    by_fresh_mail,
    first_or_gone,
    only,
    own_subscriptions,
)
from comms.subscriptions.views.preferring import steps_of
from cwn.core.throttle import allowed
from cwn.delivery.addresses import masked

SECONDS_BETWEEN_MAILS = 600


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(by_fresh_mail)
def subscriber_data(request: HttpRequest, holder: LinkHolder, signed: str) -> HttpResponse:
    """Show everything that we keep of a subscriber, and take a new address."""
    rows = own_subscriptions(holder)
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if allowed("subscriber-move", str(rows[0].subscriber), times=1, seconds=SECONDS_BETWEEN_MAILS):
            ask_new_address(
                subscriber=rows[0].subscriber, email=form.cleaned_data["email"], language=get_language() or "nl"
            )
        return render(request, "subscriptions/move_sent.html", {"signed": signed})
    context = {
        "lists": in_words(subscriber_export(holder)),
        "steps": steps_of(holder),
        "form": form,
        "signed": signed,
        "preferences": sign("preferences", [rows[0].subscriber]),
        "has_account": any(row.user_id for row in rows),
    }
    return render(request, "subscriptions/data.html", context)


@require_safe
@behind_link(by_fresh_mail)
def subscriber_data_file(request: HttpRequest, holder: LinkHolder, signed: str) -> HttpResponse:
    """Give the same data as a file for a machine."""
    own_subscriptions(holder)
    response = JsonResponse(subscriber_export(holder), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mijn-nieuwsbrieven.json"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(by_fresh_mail)
def subscriber_erase(request: HttpRequest, holder: LinkHolder, signed: str) -> HttpResponse:
    """Ask with a GET, erase everything with the button."""
    own_subscriptions(holder)
    if request.method == "POST":
        erase_subscriber(Subscription.objects.visible_to(holder))
        return render(request, "subscriptions/data_erase.html", {"is_erased": True})
    return render(request, "subscriptions/data_erase.html", {"signed": signed})


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(by_change)
def address_confirm(request: HttpRequest, holder: LinkHolder, signed: str) -> HttpResponse:
    """Ask with a GET, move the newsletters to the new address with the button."""
    change = first_or_gone(AddressChange.objects.of(holder).filter(key=only(holder.keys)))
    context = {"address": masked(change.email), "is_moved": request.method == "POST"}
    if request.method == "POST":
        confirm_new_address(change)
        context["preferences"] = sign("preferences", [change.subscriber])
    return render(request, "subscriptions/address_confirm.html", context)
