"""What each reader of `/mijn/` can open of the communication desk (R85–R99); nobody is led to a page that is shut."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comms.actions.steps import is_coordinator
from comms.events.views.access import may_organise
from comms.planning.models import plans
from comms.planning.models.visibility import POLICY
from comms.planning.views.access import reads_along
from cwn.core.visibility import principals_of


@dataclass(frozen=True)
class Place:
    """A page, and whether it is there for a reader."""

    name: str
    label: Promise
    is_for: Callable[[Any], bool]

    @property
    def url(self) -> str:
        """Return its address in the language of the reader."""
        return reverse(self.name)


def _everybody(user: Any) -> bool:
    return True


def _sees_the_working_group(user: Any) -> bool:
    return plans(user) or POLICY in principals_of(user)


PLACES = (
    Place("calendar_agenda", _("Contentkalender: wat partners wanneer vertellen"), _everybody),
    Place("year_plan", _("Jaarplanning: momenten en mijlpalen"), _everybody),
    Place("campaign_list", _("Campagnes en materiaal"), reads_along),
    Place("template_list", _("Templates met uw eigen beeldmerk"), _everybody),
    Place("my_events", _("Uw aanmeldingen voor bijeenkomsten"), _everybody),
    Place("my_newsletters", _("Uw nieuwsbrieven"), _everybody),
    Place("calendar_feeds", _("De kalender in uw eigen agenda"), reads_along),
    Place("event_desk", _("Bijeenkomsten organiseren"), may_organise),
    Place("working_group", _("Werkgroep Communicatie"), _sees_the_working_group),
    Place("issue_desk_list", _("Nieuwsbrieven maken"), plans),
    Place("template_desk", _("Templates maken"), plans),
    Place("mailing_list", _("Verzending: wat de deur uit gaat"), is_coordinator),
)


def places_for(user: Any) -> list[Place]:
    """Return the pages of the desk that are there for somebody, the most general first."""
    return [place for place in PLACES if place.is_for(user)]
