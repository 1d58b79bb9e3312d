"""The fictional year of the demo: moments, milestones, a celebration, and phases that are on their way.

Days count from today, so that the page of this year is never empty.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from comms.models import Publication
from comms.planning.actions.celebrating import accept_celebration, reach_milestone
from comms.planning.actions.year_plan import save_milestone, save_moment, set_activity
from comms.planning.enums import ActivityStatus, EntryReaders, RolloutPhase
from comms.planning.models import KeyMoment, Milestone, ProgrammePhase
from cwn.accounts.demo_people import MAIL_DOMAIN
from cwn.accounts.models import User
from cwn.core.enums import CwnFunction
from partners.models import Organisation

PUBLIC, MEMBERS, PLANNERS = EntryReaders.PUBLIC, EntryReaders.MEMBERS, EntryReaders.PLANNERS
#: Title, days from today, days that it lasts, function, readers.
MOMENTS = (
    ("Kick-off van het verzonnen netwerk", -200, 0, "", PUBLIC),
    ("Week van de veilige stroopwafel", -60, 4, "", PUBLIC),
    ("Landelijke oefendag “Natte Kabel”", 24, 1, CwnFunction.TRAINING, PUBLIC),
    ("CWN-dag in de Drophaven", 75, 0, "", PUBLIC),
    ("Europese maand van de digitale veiligheid", 110, 29, "", PUBLIC),
    ("Overleg van de klankbordgroep", 12, 0, CwnFunction.INFORMATION_SHARING, MEMBERS),
    ("Begroting van de werkgroep vaststellen", 33, 0, "", PLANNERS),
)
#: Title, days from today, function, readers, and whether it was reached.
MILESTONES = (
    ("Honderd organisaties delen dreigingsinformatie", -45, CwnFunction.INFORMATION_SHARING, PUBLIC, True),
    ("Eerste waarschuwing via de keten op alle eilanden", -20, CwnFunction.VICTIM_NOTIFICATION, PUBLIC, True),
    ("Iedere partner kent de doorverwijzers", 18, CwnFunction.INCIDENT_HANDLING, MEMBERS, False),
    ("Vijf goede voorbeelden uit de zorg staan online", 40, CwnFunction.KNOWLEDGE_EXCHANGE, PUBLIC, False),
    ("Vijftig mensen rondden de basiscursus af", 90, CwnFunction.TRAINING, PUBLIC, False),
    ("Alle partners noemen een piketnummer", 130, CwnFunction.INFORMATION_SHARING, PUBLIC, False),
)
DONE_PHASES = (RolloutPhase.LAUNCH, RolloutPhase.NETWORK_BUILDING)


@transaction.atomic
def make_year() -> None:
    """Make the year once; asks for the reference data, the demo organisations and the demo people."""
    wim = User.objects.filter(email=f"wg@{MAIL_DOMAIN}").first()
    if wim is None or Milestone.objects.exists():
        return
    wim, today = User.objects.with_access_facts().get(pk=wim.pk), timezone.localdate()
    for title, days, length, function, readers in MOMENTS:
        first = today + timedelta(days=days)
        last = first + timedelta(days=length) if length else None
        values = {"title": title, "starts_on": first, "ends_on": last, "function": function, "readers": readers}
        save_moment(KeyMoment(), values=values, by=wim)
    for title, days, function, readers, is_reached in MILESTONES:
        due = today + timedelta(days=days)
        values = {"title": title, "due_on": due, "function": function, "readers": readers}
        milestone = save_milestone(Milestone(), values=values, by=wim)
        if is_reached:
            _reach(milestone, due, wim)
    _tick_phases(wim)


def _reach(milestone: Milestone, day: date, by: Any) -> None:
    """Reach a milestone; the first one is celebrated, the next one waits for a decision."""
    owner = Organisation.objects.of(by).order_by("pk").first()
    is_first = not Milestone.objects.filter(celebration__isnull=False).exists()
    celebration = reach_milestone(milestone, on=day, owner=owner, by=by)
    Publication.objects.filter(pk__in=[celebration.publication_id]).update(is_fictional=True)
    if is_first:
        accept_celebration(
            celebration, timeline_text="Honderd organisaties delen wat zij zien. Dat is een feest waard.", by=by
        )


def _tick_phases(by: Any) -> None:
    """Tick what lies behind: all of the first two phases, and part of the third."""
    for phase in ProgrammePhase.objects.prefetch_related("activities"):
        activities = list(phase.activities.all())
        if phase.phase in DONE_PHASES:
            for activity in activities[:-1]:
                set_activity(activity, status=ActivityStatus.DONE, by=by)
            set_activity(activities[-1], status=ActivityStatus.BUSY, note="De laatste gesprekken lopen.", by=by)
        elif phase.phase == RolloutPhase.ACTIVATION:
            set_activity(activities[0], status=ActivityStatus.BUSY, by=by)
