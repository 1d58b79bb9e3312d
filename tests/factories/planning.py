"""Factories of the calendar, the year plan, campaigns and the working group."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from comms.enums import Tlp
from comms.models import Audience
from comms.planning import models
from comms.planning.enums import ChannelKind, EntryStatus, FeedScope, RolloutPhase
from comms.planning.models.calendar import COMPLETE
from cwn.core.enums import CwnFunction
from tests.factories.accounts import UserFactory
from tests.factories.partners import OrganisationFactory


class AudienceFactory(DjangoModelFactory):
    """A target group."""

    class Meta:
        model = Audience
        django_get_or_create = ("slug",)

    name = factory.Sequence(lambda number: f"Doelgroep {number}")
    slug = factory.Sequence(lambda number: f"doelgroep-{number}")
    objective = "Weet wat het netwerk doet."


class ChannelFactory(DjangoModelFactory):
    """A channel of the network itself."""

    class Meta:
        model = models.Channel

    name = factory.Sequence(lambda number: f"Kanaal {number}")
    kind = ChannelKind.NEWSLETTER


class CoreMessageFactory(DjangoModelFactory):
    """A suggested core message."""

    class Meta:
        model = models.CoreMessage

    text = factory.Sequence(lambda number: f"Samen sterk, nummer {number}.")


class CampaignFactory(DjangoModelFactory):
    """A campaign that is being prepared."""

    class Meta:
        model = models.Campaign

    name = factory.Sequence(lambda number: f"Campagne {number}")
    slug = factory.Sequence(lambda number: f"campagne-{number}")
    goal = "Iedereen zet meervoudige verificatie aan."
    owner = factory.SubFactory(OrganisationFactory)
    starts_on = factory.LazyFunction(lambda: timezone.localdate())
    ends_on = factory.LazyAttribute(lambda made: made.starts_on + timedelta(days=30))
    created_by = factory.SubFactory(UserFactory)


class CampaignAssetFactory(DjangoModelFactory):
    """A page elsewhere that a campaign uses."""

    class Meta:
        model = models.CampaignAsset

    campaign = factory.SubFactory(CampaignFactory)
    title = factory.Sequence(lambda number: f"Materiaal {number}")
    url = "https://voorbeeld.example/materiaal"


class CampaignResultFactory(DjangoModelFactory):
    """Something that was counted."""

    class Meta:
        model = models.CampaignResult

    campaign = factory.SubFactory(CampaignFactory)
    what = "Bezoekers van de campagnepagina"
    value = 1200
    counted_on = factory.LazyFunction(lambda: timezone.localdate())
    source = "Webstatistiek"


class AudienceAnalysisFactory(DjangoModelFactory):
    """What is known of a target group."""

    class Meta:
        model = models.AudienceAnalysis

    audience = factory.SubFactory(AudienceFactory)
    made_on = factory.LazyFunction(lambda: timezone.localdate())
    who = "Beheerders van kleine organisaties."
    needs = "Korte stappen die zij zelf kunnen doen."
    ways = "Via hun branche."
    made_by = factory.SubFactory(UserFactory)


class EntryFactory(DjangoModelFactory):
    """An idea for tomorrow; `filled=True` has all that a planned item needs, and a planned one has what it must.

    `audiences`, `channels` and `depends_on` may be given as lists.
    """

    class Meta:
        model = models.CalendarEntry
        skip_postgeneration_save = True

    title = factory.Sequence(lambda number: f"Item {number}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))
    tlp = Tlp.CLEAR
    owner = factory.SubFactory(OrganisationFactory)
    created_by = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> models.CalendarEntry:
        links = {name: fields.pop(name, None) for name in ("audiences", "channels", "depends_on")}
        if fields.pop("filled", False):
            fields = {"content": "Wat wij vertellen.", "message": "Zet het vandaag aan."} | fields
            fields.setdefault("status", EntryStatus.CONCEPT)
            links["audiences"] = links["audiences"] or [AudienceFactory()]
            links["channels"] = links["channels"] or [ChannelFactory()]
        elif fields.get("status") in COMPLETE:
            fields = {"content": "Wat wij vertellen.", "message": "Zet het vandaag aan."} | fields
        entry: models.CalendarEntry = super()._create(model_class, *args, **fields)
        for name, values in links.items():
            if values:
                getattr(entry, name).set(values)
        return entry


class EntryCommentFactory(DjangoModelFactory):
    """A remark about an item."""

    class Meta:
        model = models.EntryComment

    entry = factory.SubFactory(EntryFactory)
    text = "Kan dit een week later?"
    by = factory.SubFactory(UserFactory)


class EntryEditorFactory(DjangoModelFactory):
    """Somebody has an item open."""

    class Meta:
        model = models.EntryEditor

    entry = factory.SubFactory(EntryFactory)
    user = factory.SubFactory(UserFactory)


class BulkChangeFactory(DjangoModelFactory):
    """A change of many items that changed nothing."""

    class Meta:
        model = models.BulkChange

    what = "Niets veranderd"
    before = factory.LazyFunction(dict)
    by = factory.SubFactory(UserFactory)


class CalendarRuleFactory(DjangoModelFactory):
    """A rule of the calendar."""

    class Meta:
        model = models.CalendarRule
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda number: f"regel-{number}")
    sentence = "Een doelgroep krijgt te veel tegelijk."


class AcceptedFindingFactory(DjangoModelFactory):
    """A finding that may stay."""

    class Meta:
        model = models.AcceptedFinding

    rule = factory.SubFactory(CalendarRuleFactory)
    key = factory.Sequence(lambda number: f"sleutel-{number}")
    reason = "Dat is zo bedoeld."
    by = factory.SubFactory(UserFactory)


class CalendarFeedFactory(DjangoModelFactory):
    """The calendar address of a person."""

    class Meta:
        model = models.CalendarFeed

    digest = factory.Sequence(lambda number: f"{number:064x}")
    user = factory.SubFactory(UserFactory)
    scope = FeedScope.PERSON


class YearPlanFactory(DjangoModelFactory):
    """A year."""

    class Meta:
        model = models.YearPlan
        django_get_or_create = ("year",)

    year = factory.Sequence(lambda number: 2026 + number)
    ambition = "Iedereen kent het netwerk."


class KeyMomentFactory(DjangoModelFactory):
    """A moment that matters."""

    class Meta:
        model = models.KeyMoment

    title = factory.Sequence(lambda number: f"Moment {number}")
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))


class MilestoneFactory(DjangoModelFactory):
    """Something to reach."""

    class Meta:
        model = models.Milestone

    title = factory.Sequence(lambda number: f"Mijlpaal {number}")
    function = CwnFunction.INFORMATION_SHARING
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))


class CelebrationFactory(DjangoModelFactory):
    """A proposal to celebrate."""

    class Meta:
        model = models.Celebration

    milestone = factory.SubFactory(MilestoneFactory)
    timeline_text = "Honderd partners doen mee."


class ProgrammePhaseFactory(DjangoModelFactory):
    """The first phase of the strategy."""

    class Meta:
        model = models.ProgrammePhase
        django_get_or_create = ("phase",)

    phase = RolloutPhase.LAUNCH
    goal = "Het netwerk bekend maken."
    starts_on = date(2026, 1, 1)


class PhaseActivityFactory(DjangoModelFactory):
    """An activity of a phase."""

    class Meta:
        model = models.PhaseActivity

    phase = factory.SubFactory(ProgrammePhaseFactory)
    what = factory.Sequence(lambda number: f"Activiteit {number}")


class WorkingGroupSeatFactory(DjangoModelFactory):
    """A member of the working group."""

    class Meta:
        model = models.WorkingGroupSeat

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    since = date(2026, 1, 1)


class WorkingGroupSessionFactory(DjangoModelFactory):
    """A session next week."""

    class Meta:
        model = models.WorkingGroupSession

    title = factory.Sequence(lambda number: f"Sessie {number}")
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))
    ends_at = factory.LazyAttribute(lambda made: made.starts_at + timedelta(hours=2))


class SessionAttendanceFactory(DjangoModelFactory):
    """Somebody was invited to a session."""

    class Meta:
        model = models.SessionAttendance

    session = factory.SubFactory(WorkingGroupSessionFactory)
    seat = factory.SubFactory(WorkingGroupSeatFactory)


class ActionItemFactory(DjangoModelFactory):
    """Something that was agreed."""

    class Meta:
        model = models.ActionItem

    session = factory.SubFactory(WorkingGroupSessionFactory)
    what = factory.Sequence(lambda number: f"Actiepunt {number}")
    who = factory.SubFactory(UserFactory)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))


class PlacementFactory(DjangoModelFactory):
    """A place that was asked in the channel of a partner."""

    class Meta:
        model = models.Placement

    entry = factory.SubFactory(EntryFactory)
    channel = factory.SubFactory(ChannelFactory, organisation=factory.SubFactory(OrganisationFactory))
    asked_by = factory.SubFactory(UserFactory)


class TalkFactory(DjangoModelFactory):
    """A talk without a next step."""

    class Meta:
        model = models.Talk

    organisation = factory.SubFactory(OrganisationFactory)
    on = date(2026, 3, 1)
    with_whom = "De directeur"
    summary = "Wil graag meedoen."
    by = factory.SubFactory(UserFactory)
