"""The contact page (R14): help first, then a form that goes to the right people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cwn.core.throttle import allowed, network_address
from cwn.portal.actions import receive_message
from cwn.portal.forms import ContactForm
from cwn.portal.models import ContactTopic

#: Messages from one machine or network per hour.
MESSAGES_PER_HOUR = 10


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Show the form; keep a message and thank for it, whether a person or a machine sent it (E04)."""
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial_values(request))
    status = 200
    if request.method == "POST" and form.is_valid():
        if form.is_trapped:
            return redirect("contact_received")
        if allowed("contact", network_address(request), times=MESSAGES_PER_HOUR, seconds=3600):
            receive_message(moment=form.save(commit=False))
            return redirect("contact_received")
        form.add_error(None, _("U stuurde ons veel berichten achter elkaar. Probeer het over een uur opnieuw."))
        status = 429
    return render(request, "portal/contact.html", {"form": form}, status=status)


def initial_values(request: HttpRequest) -> dict[str, object]:
    """Fill in what is known: the topic in the address (`?onderwerp=`), and who is logged in."""
    values: dict[str, object] = {"topic": ContactTopic.objects.filter(slug=request.GET.get("onderwerp", "")).first()}
    if request.user.is_authenticated:
        values |= {"name": request.user.name, "email": request.user.email}
    return values


@require_safe
def contact_received(request: HttpRequest) -> HttpResponse:
    """Say what happens next; the same page for everybody."""
    return render(request, "portal/contact_received.html")
