"""The year plan (R88): one year on one page, its milestones, and the four phases (R109)."""

from copy import copy
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comms.models import Publication
from comms.planning.actions.year_plan import (
    remove_moment,
    save_milestone,
    save_moment,
    set_activity,
    set_ambition,
)
from comms.planning.enums import ActivityStatus, CelebrationState, MilestoneStatus
from comms.planning.forms.year_plan import ActivityForm, AmbitionForm, ConfirmForm, MilestoneForm, MomentForm
from comms.planning.models import (
    CalendarEntry,
    Celebration,
    KeyMoment,
    Milestone,
    PhaseActivity,
    ProgrammePhase,
    YearPlan,
    plans,
)
from comms.planning.views.access import desk_page
from comms.planning.views.forms import StepWords, answer_form
from comms.planning.years import NETWORK, rows_of
from cwn.accounts.http import AccountRequest
from cwn.core.enums import CwnFunction
from cwn.core.history import history_of
from cwn.core.steps import press

#: Years that have a page.
FIRST_YEAR, LAST_YEAR = 2024, 2040


@require_safe
def year_plan(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """Show the moments and milestones of a year per function, and what was reached."""
    year = timezone.localdate().year if year is None else year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    functions = [(NETWORK, _("Het hele netwerk")), *CwnFunction.choices]
    chosen = request.GET.get("functie", "")
    chosen = chosen if chosen in dict(functions) else ""
    rows = rows_of(year, request.user, chosen)
    context = {
        "year": year,
        "plan": YearPlan.objects.filter(year=year).first(),
        "rows": rows,
        "months": [(date(year, month, 1), any(row.months[month - 1] for row in rows)) for month in range(1, 13)],
        "functions": functions,
        "chosen": chosen,
        "reached": reached_in(year, request.user, chosen),
        "may_change": plans(request.user),
        "earlier": year - 1 if year > FIRST_YEAR else None,
        "later": year + 1 if year < LAST_YEAR else None,
    }
    return render(request, "planning/year_plan.html", context)


def reached_in(year: int, user: Any, function: str) -> list[tuple[Milestone, str]]:
    """Return the milestones that were reached in a year, newest first, each with its line for the timeline (R117)."""
    rows = Milestone.objects.visible_to(user).filter(status=MilestoneStatus.REACHED, reached_on__year=year)
    if function:
        rows = rows.filter(function=function)
    return [(row, _line_of(row)) for row in rows.select_related("celebration").order_by("-reached_on", "-pk")]


def _first(rows: QuerySet[Any], key: int | None) -> Any:
    """Return what hangs on a milestone, if it is among the rows of this reader."""
    return rows.filter(pk=key).first() if key else None


def _line_of(milestone: Milestone) -> str:
    """Return what the timeline says: the line that the desk took over, else the title."""
    celebration: Celebration | None = getattr(milestone, "celebration", None)
    if celebration is None or celebration.state != CelebrationState.ACCEPTED:
        return milestone.title
    return celebration.timeline_text


@require_safe
def milestone_detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a milestone; who plans also sees its celebration and its history."""
    milestone = get_object_or_404(Milestone.objects.visible_to(request.user), uid=uid)
    may_change = plans(request.user)
    celebration = getattr(milestone, "celebration", None) if may_change else None
    context = {
        "milestone": milestone,
        "line": _line_of(milestone),
        "may_change": may_change,
        "is_ahead": milestone.status == MilestoneStatus.AHEAD,
        "celebration": celebration,
        "draft": _first(Publication.objects.worked_on_by(request.user), celebration and celebration.publication_id),
        "entry": _first(CalendarEntry.objects.visible_to(request.user), milestone.celebration_entry_id),
        "is_proposed": celebration is not None and celebration.state == CelebrationState.PROPOSED,
        "history": history_of(milestone) if may_change else [],
        "year": (milestone.reached_on or milestone.due_on).year,
    }
    return render(request, "planning/year_plan_milestone.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def moment_edit(request: AccountRequest, uid: UUID | None = None) -> HttpResponse:
    """Add a key moment, or change one."""
    moment = _own(KeyMoment, request, uid)
    form = MomentForm(request.POST if request.method == "POST" else None, instance=copy(moment))
    title = _("Moment wijzigen") if uid else _("Moment toevoegen")
    words = StepWords(title, "", _("Bewaar"), _("Het moment staat in de jaarplanning."))
    extra = ((_("Haal dit moment weg"), reverse("moment_remove", args=[uid])),) if uid else ()
    return answer_form(
        request,
        form,
        words,
        act=lambda: save_moment(moment, values=form.cleaned_data, by=request.user),
        back=_year(moment.starts_on),
        goes_to=lambda made: _year(made.starts_on),
        trail=(*_trail(), *extra),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def moment_remove(request: AccountRequest, uid: UUID) -> HttpResponse:
    """Take a moment away, after a yes."""
    moment = _own(KeyMoment, request, uid)
    lead = _("“%(title)s” verdwijnt uit de jaarplanning. In agenda’s staat een maand lang dat het vervallen is.")
    words = StepWords(
        _("Moment weghalen"), lead % {"title": moment.title}, _("Haal weg"), _("Het moment is weggehaald."), True
    )
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    back = _year(moment.starts_on)
    return answer_form(
        request, form, words, act=lambda: remove_moment(moment, by=request.user), back=back, trail=_trail()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def milestone_edit(request: AccountRequest, uid: UUID | None = None) -> HttpResponse:
    """Add a milestone, or change one."""
    milestone = _own(Milestone, request, uid)
    form = MilestoneForm(request.POST if request.method == "POST" else None, instance=copy(milestone))
    title = _("Mijlpaal wijzigen") if uid else _("Mijlpaal toevoegen")
    words = StepWords(title, "", _("Bewaar"), _("De mijlpaal staat in de jaarplanning."))
    return answer_form(
        request,
        form,
        words,
        act=lambda: save_milestone(milestone, values=form.cleaned_data, by=request.user),
        back=reverse("milestone_detail", args=[uid]) if uid else reverse("year_plan"),
        goes_to=lambda made: reverse("milestone_detail", args=[made.uid]),
        trail=_trail(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def ambition_edit(request: AccountRequest, year: int) -> HttpResponse:
    """Change what the network wants to reach in a year."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    plan = YearPlan.objects.filter(year=year).first()
    initial = {"ambition": plan.ambition if plan else ""}
    form = AmbitionForm(request.POST if request.method == "POST" else None, initial=initial)
    words = StepWords(_("Ambitie van %(year)d") % {"year": year}, "", _("Bewaar"), _("De ambitie is bewaard."))
    return answer_form(
        request,
        form,
        words,
        act=lambda: set_ambition(year, ambition=form.cleaned_data["ambition"], by=request.user),
        back=reverse("year_plan", args=[year]),
        trail=_trail(),
    )


@require_safe
def phase_list(request: HttpRequest) -> HttpResponse:
    """Show the four phases with their goals and how far their activities are."""
    today = timezone.localdate()
    phases = [
        {
            "phase": phase,
            "activities": (activities := list(phase.activities.all())),
            "done": sum(one.status == ActivityStatus.DONE for one in activities),
            "asked": sum(one.status != ActivityStatus.DROPPED for one in activities),
            "is_now": phase.starts_on <= today and (phase.ends_on is None or today <= phase.ends_on),
        }
        for phase in ProgrammePhase.objects.prefetch_related("activities")
    ]
    context = {"phases": phases, "may_change": plans(request.user), "statuses": ActivityStatus.choices}
    return render(request, "planning/year_plan_phases.html", context)


@require_POST
@desk_page
def activity_set(request: AccountRequest, pk: int) -> HttpResponse:
    """Say how far an activity of a phase is."""
    activity = get_object_or_404(PhaseActivity, pk=pk)
    form = ActivityForm(request.POST)
    back = f"{reverse('phase_list')}#activiteit-{activity.pk}"
    if not form.is_valid():
        raise Http404
    return press(request, lambda: set_activity(activity, **form.cleaned_data, by=request.user), _("Bijgewerkt."), back)


def _own(model: Any, request: AccountRequest, uid: UUID | None) -> Any:
    """Return a row that the desk may change, or a new one."""
    return get_object_or_404(model.objects.editable_by(request.user), uid=uid) if uid else model()


def _year(day: date | None) -> str:
    return reverse("year_plan", args=[day.year]) if day else reverse("year_plan")


def _trail() -> tuple[tuple[str, str], ...]:
    return ((_("Jaarplanning"), reverse("year_plan")),)
