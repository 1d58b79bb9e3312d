"""`/werkgroep/gesprekken/`: one-to-one talks and the next step (R100); for the desk only."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.planning.actions.analyses import finish_next_step, log_talk
from comms.planning.forms.desk import TalkForm
from comms.planning.models import Talk
from comms.planning.views.access import desk_page
from comms.planning.views.forms import StepWords, answer_form
from cwn.accounts.http import AccountRequest
from cwn.core.steps import press

#: Talks that the page shows.
MOST_TALKS = 100


@desk_page
@require_safe
def talk_list(request: AccountRequest) -> HttpResponse:
    """Show the talks, and above them the steps that are still to be taken."""
    rows = Talk.objects.visible_to(request.user).select_related("organisation", "by")
    context = {
        "steps": rows.filter(next_step_on__isnull=False, next_step_done_on=None).order_by("next_step_on", "pk"),
        "talks": rows[:MOST_TALKS],
        "today": timezone.localdate(),
    }
    return render(request, "planning/working_group_talks.html", context)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def talk_new(request: AccountRequest) -> HttpResponse:
    """Write down a talk."""
    form = TalkForm(request.POST if request.method == "POST" else None, by=request.user)
    words = StepWords(
        _("Leg een gesprek vast"),
        _("Alleen de werkgroep en de coördinatoren lezen dit. Schrijf op wat een ander moet weten, en niet meer."),
        _("Leg vast"),
        _("Het gesprek is vastgelegd."),
    )
    trail = ((_("Werkgroep"), reverse("working_group")), (_("Gesprekken"), reverse("talk_list")))
    return answer_form(
        request,
        form,
        words,
        act=lambda: log_talk(values=form.cleaned_data, by=request.user),
        back=reverse("talk_list"),
        trail=trail,
    )


@desk_page
@require_POST
def talk_done(request: AccountRequest, pk: int) -> HttpResponse:
    """Tick a next step off."""
    talk = get_object_or_404(Talk.objects.editable_by(request.user), pk=pk)
    done = _("De stap is gezet.")
    return press(request, lambda: finish_next_step(talk, by=request.user), done, reverse("talk_list"))
