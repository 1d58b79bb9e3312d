"""Unsubscribing: one click of the mail program (RFC 8058), or the button on the page (security.md D01, D02)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from comms.subscriptions.actions.ending import end_all_subscriptions, end_subscription
from comms.subscriptions.enums import EndReason
from comms.subscriptions.holders import LinkHolder
from comms.subscriptions.links import sign
from comms.subscriptions.models import Subscription
from comms.subscriptions.views.access import behind_link, by_key, by_subscriber, first_or_gone, own_subscriptions


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(by_key("end"))
def subscription_end(request: HttpRequest, holder: LinkHolder, signed: str) -> HttpResponse:
    """Ask with a GET, end this one list with a POST; a second time says the same, without a redirect."""
    row = first_or_gone(Subscription.objects.visible_to(holder).select_related("newsletter"))
    status = 200
    if request.method == "POST":
        reason = reason_in(request)
        if reason is None:
            status = 400
        else:
            end_subscription(row, reason=reason)
    context = {"subscription": row, "preferences": sign("preferences", [row.subscriber])}
    return render(request, "subscriptions/subscription_end.html", context, status=status)


def reason_in(request: HttpRequest) -> EndReason | None:
    """Return who asks to end: the button of a mail program, or that of the page; None for any other body."""
    if dict(request.POST.lists()) == {"List-Unsubscribe": ["One-Click"]}:
        return EndReason.ONE_CLICK
    return EndReason.LEFT if "afmelden" in request.POST else None


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(by_subscriber)
def subscriptions_end(request: HttpRequest, holder: LinkHolder, signed: str) -> HttpResponse:
    """Ask with a GET, end every newsletter of this address with the button."""
    own = Subscription.objects.visible_to(holder)
    if request.method == "POST":
        ended = end_all_subscriptions(own)
        return render(request, "subscriptions/subscriptions_end.html", {"ended": ended, "is_ended": True})
    context = {"subscriptions": own_subscriptions(holder), "signed": signed}
    return render(request, "subscriptions/subscriptions_end.html", context)
