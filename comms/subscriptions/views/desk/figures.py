"""`/nieuwsbrief/redactie/abonnees/`: how many, never who."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comms.planning.models.visibility import plans
from comms.subscriptions.figures import SMALLEST, figures_of
from comms.subscriptions.models import Newsletter
from cwn.accounts.http import AccountRequest
from cwn.accounts.roles import POLICY_OWNER
from cwn.core.visibility import principals_of, role_principal


@login_required
@require_safe
def subscriber_figures(request: AccountRequest) -> HttpResponse:
    """Show the numbers of each newsletter to the desk, and to the policy owner."""
    edits = plans(request.user)
    if not edits and role_principal(POLICY_OWNER.slug) not in principals_of(request.user):
        raise Http404
    figures = figures_of(Newsletter.objects.visible_to(request.user))
    context = {"figures": figures, "smallest": SMALLEST, "edits": edits}
    return render(request, "subscriptions/desk_figures.html", context)
