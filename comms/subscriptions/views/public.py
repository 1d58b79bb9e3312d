"""`/nieuwsbrief/`: which newsletters there are, asking for one, and confirming that (R94, security.md D04, D05)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comms.subscriptions.actions.subscribing import ask_subscription, confirm_subscriptions
from comms.subscriptions.enums import SubscriptionState
from comms.subscriptions.forms.subscribing import SubscribeForm
from comms.subscriptions.holders import LinkHolder
from comms.subscriptions.links import sign
from comms.subscriptions.models import ConsentText, Newsletter, Subscription
from comms.subscriptions.parts import recent_issues
from comms.subscriptions.views.access import LinkGoneError, behind_link, by_key
from cwn.accounts.addresses import normal_address
from cwn.core.throttle import allowed, network_address

#: One mail per address in ten minutes, and requests from one machine or network in an hour (D05).
SECONDS_BETWEEN_MAILS = 600
REQUESTS_PER_HOUR = 20


@require_http_methods(["GET", "HEAD", "POST"])
def newsletter_list(request: HttpRequest) -> HttpResponse:
    """Show the newsletters and take a request; the answer is the same whoever's address it is."""
    open_lists = Newsletter.objects.visible_to(request.user).filter(
        is_public=True, is_active=True, consent_texts__isnull=False
    )
    language = get_language() or "nl"
    data = request.POST if request.method == "POST" else None
    chosen = request.GET.getlist("brief")
    form = SubscribeForm(open_lists.distinct(), data, initial={"language": language, "newsletters": chosen})
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.is_trapped:
            return redirect("subscription_sent")
        if allowed("subscribe", network_address(request), times=REQUESTS_PER_HOUR, seconds=3600):
            keep(form)
            return redirect("subscription_sent")
        form.add_error(None, _("Vanaf uw netwerk komen veel aanmeldingen. Probeer het over een uur opnieuw."))
        status = 429
    newsletters = list(Newsletter.objects.visible_to(request.user).filter(is_active=True))
    issues = recent_issues(request.user, newsletters)
    context = {
        "form": form,
        "newsletters": [(one, issues.get(one.pk, [])) for one in newsletters],
        "texts": consent_texts(list(open_lists.distinct()), language),
    }
    return render(request, "subscriptions/newsletter_list.html", context, status=status)


def keep(form: SubscribeForm) -> None:
    """Write a request down, unless one for this address came in just now."""
    email = normal_address(form.cleaned_data["email"])
    if allowed("subscribe-address", email, times=1, seconds=SECONDS_BETWEEN_MAILS):
        ask_subscription(
            email=email,
            newsletters=form.cleaned_data["newsletters"],
            topics=form.cleaned_data.get("topics", ()),
            language=form.cleaned_data["language"],
        )


def consent_texts(newsletters: list[Newsletter], language: str) -> list[tuple[Newsletter, ConsentText]]:
    """Return what somebody agrees to per newsletter, in one query."""
    newest: dict[int, ConsentText] = {}
    for text in ConsentText.objects.in_use(newsletters):
        known = newest.get(text.newsletter_id)
        if known is None or (text.version == known.version and text.language == language):
            newest[text.newsletter_id] = text
    return [(one, newest[one.pk]) for one in newsletters if one.pk in newest]


@require_safe
def subscription_sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way; the same page for everybody."""
    return render(request, "subscriptions/subscription_sent.html")


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(by_key("confirm"))
def subscription_confirm(request: HttpRequest, holder: LinkHolder, signed: str) -> HttpResponse:
    """Show what was asked; only the button confirms it, opening the link does not (D01)."""
    own = Subscription.objects.visible_to(holder)
    if request.method == "POST":
        confirm_subscriptions(own)
    rows = [row for row in own.with_topics().order_by("newsletter__order", "pk") if not row.is_over]
    if not rows:
        raise LinkGoneError
    context = {
        "subscriptions": rows,
        "is_confirmed": all(row.state != SubscriptionState.UNCONFIRMED for row in rows),
        "preferences": sign("preferences", [rows[0].subscriber]),
    }
    return render(request, "subscriptions/subscription_confirm.html", context)
