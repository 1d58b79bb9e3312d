"""Reaching a milestone, and deciding how to celebrate it (R88, R89)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comms.planning.actions.celebrating import accept_celebration, decline_celebration, reach_milestone
from comms.planning.actions.year_plan import drop_milestone
from comms.planning.enums import CelebrationState, MilestoneStatus
from comms.planning.forms.year_plan import AcceptCelebrationForm, ConfirmForm, DeclineCelebrationForm, ReachForm
from comms.planning.models import Celebration, Milestone
from comms.planning.views.access import desk_page
from comms.planning.views.forms import StepWords, answer_form
from cwn.accounts.http import AccountRequest


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def milestone_reach(request: AccountRequest, uid: UUID) -> HttpResponse:
    """Say that a milestone was reached; the portal proposes the celebration."""
    milestone = _ahead(request, uid)
    form = ReachForm(request.POST if request.method == "POST" else None, user=request.user)
    words = StepWords(
        _("Mijlpaal bereikt"),
        _("“%(title)s” krijgt een concept voor een bericht, een regel voor de tijdlijn en een idee in de kalender.")
        % {"title": milestone.title},
        _("Bereikt"),
        _("De mijlpaal is bereikt. Hieronder staat het voorstel om het te vieren."),
    )

    def act() -> Celebration:
        values = form.cleaned_data
        return reach_milestone(milestone, on=values["on"], owner=values.get("owner"), by=request.user)

    return answer_form(request, form, words, act=act, back=_page(milestone), trail=_trail(milestone))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def milestone_drop(request: AccountRequest, uid: UUID) -> HttpResponse:
    """Give a milestone up, after a yes."""
    milestone = _ahead(request, uid)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    words = StepWords(
        _("Mijlpaal laten vervallen"),
        _("“%(title)s” verdwijnt uit de jaarplanning. De geschiedenis blijft.") % {"title": milestone.title},
        _("Laat vervallen"),
        _("De mijlpaal is vervallen."),
        is_danger=True,
    )
    return answer_form(
        request,
        form,
        words,
        act=lambda: drop_milestone(milestone, by=request.user),
        back=_page(milestone),
        goes_to=reverse("year_plan", args=[milestone.due_on.year]),
        trail=_trail(milestone),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def celebration_accept(request: AccountRequest, uid: UUID) -> HttpResponse:
    """Take the line for the timeline over, in these words or others."""
    celebration = _proposed(request, uid)
    initial = {"timeline_text": celebration.timeline_text}
    form = AcceptCelebrationForm(request.POST if request.method == "POST" else None, initial=initial)
    words = StepWords(
        _("Viering overnemen"),
        _("De regel komt op de tijdlijn. Het concept van het bericht werkt u af bij de redactie."),
        _("Neem over"),
        _("De viering staat op de tijdlijn."),
    )
    return answer_form(
        request,
        form,
        words,
        act=lambda: accept_celebration(celebration, timeline_text=form.cleaned_data["timeline_text"], by=request.user),
        back=_page(celebration.milestone),
        trail=_trail(celebration.milestone),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def celebration_decline(request: AccountRequest, uid: UUID) -> HttpResponse:
    """Do not celebrate, with a reason."""
    celebration = _proposed(request, uid)
    form = DeclineCelebrationForm(request.POST if request.method == "POST" else None)
    words = StepWords(
        _("Niet vieren"),
        _("Het concept en het idee verdwijnen als niemand eraan werkte."),
        _("Vier dit niet"),
        _("Vastgelegd. De mijlpaal blijft bereikt."),
    )
    return answer_form(
        request,
        form,
        words,
        act=lambda: decline_celebration(celebration, reason=form.cleaned_data["reason"], by=request.user),
        back=_page(celebration.milestone),
        trail=_trail(celebration.milestone),
    )


def _ahead(request: AccountRequest, uid: UUID) -> Milestone:
    """Return a milestone that is still to come."""
    rows = Milestone.objects.editable_by(request.user).filter(status=MilestoneStatus.AHEAD)
    return get_object_or_404(rows, uid=uid)


def _proposed(request: AccountRequest, uid: UUID) -> Celebration:
    """Return the celebration of a milestone about which nobody decided yet."""
    milestone = get_object_or_404(Milestone.objects.editable_by(request.user), uid=uid)
    celebration: Celebration | None = getattr(milestone, "celebration", None)
    if celebration is None or celebration.state != CelebrationState.PROPOSED:
        raise Http404
    return celebration


def _page(milestone: Milestone) -> str:
    return reverse("milestone_detail", args=[milestone.uid])


def _trail(milestone: Milestone) -> tuple[tuple[str, str], ...]:
    return ((_("Jaarplanning"), reverse("year_plan")), (milestone.title, _page(milestone)))
