"""`/nieuwsbrief/mijn/`: members subscribe with one click, also to what is not public."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comms.subscriptions.actions.subscribing import subscribe_member
from comms.subscriptions.links import sign
from comms.subscriptions.models import Newsletter, Subscription
from comms.subscriptions.views.public import consent_texts
from cwn.accounts.http import AccountRequest


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_newsletters(request: AccountRequest) -> HttpResponse:
    """Show which newsletters there are for this person and which come already; a button subscribes."""
    newsletters = Newsletter.objects.visible_to(request.user).filter(is_active=True)
    if request.method == "POST":
        newsletter = get_object_or_404(newsletters, slug=request.POST.get("nieuwsbrief", ""))
        try:
            subscribe_member(newsletter, by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, _("U krijgt vanaf nu “%(name)s”.") % {"name": newsletter.label})
        return redirect("my_newsletters")
    rows = {row.newsletter_id: row for row in Subscription.objects.visible_to(request.user).running().with_topics()}
    texts = {one.pk: text for one, text in consent_texts(list(newsletters), request.LANGUAGE_CODE)}
    context = {
        "lists": [(one, rows.get(one.pk), _signed(rows.get(one.pk)), texts.get(one.pk)) for one in newsletters],
    }
    return render(request, "subscriptions/my_newsletters.html", context)


def _signed(row: Subscription | None) -> dict[str, str]:
    """Return what opens the own preferences and the way out."""
    if row is None:
        return {}
    return {"preferences": sign("preferences", [row.subscriber]), "end": sign("end", [row.key])}
