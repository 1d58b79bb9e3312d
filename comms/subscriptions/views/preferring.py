"""`/nieuwsbrief/voorkeuren/…/`: the preference centre, without logging in (R94).

Who got a newsletter that somebody passed on holds this link too. So the page says only a masked address, and what
would show or destroy personal data takes a link that is mailed to the subscriber (docs/adr/0020).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from comms.subscriptions.actions.preferring import change_preferences
from comms.subscriptions.forms.preferring import PreferencesForm
from comms.subscriptions.holders import LinkHolder
from comms.subscriptions.links import sign
from comms.subscriptions.mails import mail_data_link
from comms.subscriptions.models import Subscription, SubscriptionStep
from comms.subscriptions.views.access import behind_link, by_subscriber, own_subscriptions
from cwn.core.throttle import allowed
from cwn.delivery.addresses import masked

SECONDS_BETWEEN_MAILS = 600


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(by_subscriber)
def subscription_preferences(request: HttpRequest, holder: LinkHolder, signed: str) -> HttpResponse:
    """Show and change what somebody gets; what was typed stays when something is wrong."""
    rows = own_subscriptions(holder)
    form = PreferencesForm(rows, request.POST if request.method == "POST" else None)
    is_saved = False
    if request.method == "POST" and form.is_valid():
        rows = change_preferences(rows, shared=form.shared, per_list=form.per_list)
        form, is_saved = PreferencesForm(own_subscriptions(holder)), True
    context = {
        "form": form,
        "is_saved": is_saved,
        "address": masked(rows[0].email),
        "lists": [(row, fields, sign("end", [row.key])) for row, fields in form.lists()],
        "signed": signed,
        "steps": steps_of(holder),
    }
    return render(request, "subscriptions/preferences.html", context)


def steps_of(holder: LinkHolder) -> list[SubscriptionStep]:
    """Return what somebody asked, agreed to and changed, the newest first."""
    own = Subscription.objects.visible_to(holder).values("pk")
    steps = SubscriptionStep.objects.filter(subscription__in=own)
    return list(steps.select_related("subscription__newsletter", "consent_text").order_by("-at", "-pk"))


@require_http_methods(["POST"])
@behind_link(by_subscriber)
def subscriber_data_link(request: HttpRequest, holder: LinkHolder, signed: str) -> HttpResponse:
    """Mail the link behind which all own data stand, to the address that we know."""
    first = own_subscriptions(holder)[0]
    if allowed("subscriber-data", str(first.subscriber), times=1, seconds=SECONDS_BETWEEN_MAILS):
        mail_data_link(first)
    return render(request, "subscriptions/data_link_sent.html", {"address": masked(first.email), "signed": signed})
