"""`/mijn/<slug>/`: the own organisation at a glance, and the way back after a suspension.

Every page below `/mijn/<slug>/` finds its organisation through `own` or `represented`: whoever has
nothing to do with it, or only reads, gets 404 and nothing changes (security.md A16).
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cwn.accounts.models import User
from cwn.core.throttle import allowed
from partners.actions.confirmation import find_suspended, lift_suspension, send_lift_link
from partners.actions.profile import open_proposals
from partners.models import Contact, Membership, Organisation


class MemberRequest(HttpRequest):
    """A request of somebody who is logged in, as `login_required` sees to."""

    user: User


#: Seconds between two mails with a link that lifts a suspension.
LIFT_LINK_PAUSE = 600


def own(request: MemberRequest, slug: str) -> Organisation:
    """Return an organisation of which the reader is a member now; 404 for every other one."""
    return get_object_or_404(Organisation.objects.of(request.user), slug=slug)


def represented(request: MemberRequest, slug: str) -> Organisation:
    """Return an organisation for which the reader may act; 404 for every other one."""
    return get_object_or_404(Organisation.objects.represented_by(request.user), slug=slug)


def render_own(
    request: MemberRequest, template: str, organisation: Organisation, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page about the own organisation with the tabs that lead to the others."""
    pages = [
        (_("Overzicht"), "own_organisation"),
        (_("Profiel"), "my_profile"),
        (_("Contacten"), "my_contacts"),
        (_("Deelname"), "my_participation"),
        (_("Mensen"), "my_members"),
    ]
    context |= {
        "organisation": organisation,
        "represents": Organisation.objects.represented_by(request.user).filter(pk=organisation.pk).exists(),
        "tabs": [(label, reverse(name, args=[organisation.slug])) for label, name in pages],
    }
    return render(request, f"partners/{template}.html", context, status=status)


@login_required
@require_safe
def own_organisation(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the own organisation: what waits, who represents it, how to reach it, where it takes part."""
    organisation = own(request, slug)
    contacts = Contact.objects.visible_to(request.user).filter(organisation=organisation)
    members = organisation.memberships.select_related("user").order_by("user__name")
    return render_own(
        request,
        "my_overview",
        organisation,
        contacts=contacts.current().order_by("role", "name"),
        to_confirm=contacts.to_confirm().count(),
        proposal=open_proposals(organisation).first(),
        representatives=members.current().representatives(),
        suspended=members.suspended(),
        participations=organisation.participations.current().order_by("function"),
        invitations=organisation.invitations.open(),
    )


@login_required
@require_POST
def request_lift_link(request: MemberRequest, pk: int) -> HttpResponse:
    """Mail a suspended representative the link that lifts the suspension, to the address of the account."""
    suspended = Membership.objects.filter(user=request.user).suspended().of_active_partners()
    membership = get_object_or_404(suspended.select_related("user", "organisation"), pk=pk)
    if allowed("lift-suspension", str(membership.pk), times=1, seconds=LIFT_LINK_PAUSE):
        send_lift_link(membership)
    messages.success(request, _("Wij hebben u een mail met een link gestuurd. De link werkt 7 dagen."))
    return redirect("my_organisation")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: MemberRequest, token: str) -> HttpResponse:
    """Ask whether somebody still represents the organisation, and lift the suspension on a yes.

    A representative has a second factor; without one this page is no way around it.
    """
    if not request.user.has_second_factor:
        return redirect("mfa_index")
    try:
        membership = find_suspended(token, request.user)
    except ValidationError as refusal:
        return render(request, "partners/my_suspension.html", {"refusal": refusal.messages[0]}, status=404)
    if request.method != "POST":
        return render(request, "partners/my_suspension.html", {"membership": membership})
    lift_suspension(membership, by=request.user)
    messages.success(request, _("U hebt weer toegang. Kijk nu of de contacten nog kloppen."))
    return redirect("my_contacts", membership.organisation.slug)
