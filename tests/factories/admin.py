"""Rows for every table in the admin: each maker makes as many as it is asked for, all different."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.models import Group

from comms.cobranding.models import MessageTemplate, PartnerLogo, TemplateDownload
from comms.enums import Answer
from comms.events.models import Event
from comms.models import Acknowledgement, Audience, Development, Feedback, Publication, SharingGroup
from comms.newsletters.models import Issue, LinkCheck
from comms.planning.models import (
    AudienceAnalysis,
    CalendarEntry,
    Campaign,
    Channel,
    CoreMessage,
    Placement,
    Talk,
    WorkingGroupSeat,
    WorkingGroupSession,
)
from comms.subscriptions.models import ConsentText, Newsletter, Topic
from cwn.accounts.models import User
from cwn.core.audit import record
from cwn.core.enums import CwnFunction
from cwn.core.models import AuditEntry
from cwn.delivery.models import Mailing
from cwn.portal.models import Brand, ContactMoment, ContactTopic, Question
from cwn.search.models import MissedQuery, SynonymGroup
from functions.base.models import FunctionChannel, FunctionCharter, FunctionPhase, InformationFlow, SoundingBoard
from partners.enums import LegalBasisKind, PartnerStatus
from partners.models import (
    Application,
    Branch,
    Contact,
    DuplicateCandidate,
    Initiative,
    Invitation,
    LegalBasis,
    LegalRegime,
    Membership,
    Organisation,
    OrganisationKind,
    ProfileProposal,
    Region,
    Sector,
    StatusChange,
)
from tests.factories.accounts import UserFactory
from tests.factories.cobranding import logo_of, template_in_use
from tests.factories.comms import DevelopmentFactory, published, sharing_group
from tests.factories.events import EventFactory
from tests.factories.functions import make_channel, make_charter, make_flow, make_period, make_seat
from tests.factories.newsletters import IssueFactory
from tests.factories.partners import (
    ApplicationFactory,
    BranchFactory,
    ContactFactory,
    InitiativeFactory,
    KindFactory,
    MembershipFactory,
    OrganisationFactory,
    ParticipationFactory,
    RegionFactory,
    SectorFactory,
)
from tests.factories.planning import (
    AudienceAnalysisFactory,
    CampaignFactory,
    ChannelFactory,
    CoreMessageFactory,
    EntryCommentFactory,
    PlacementFactory,
    TalkFactory,
    WorkingGroupSeatFactory,
    WorkingGroupSessionFactory,
)
from tests.factories.subscriptions import ConsentTextFactory, NewsletterFactory, TopicFactory


def _organisation() -> Organisation:
    organisation = OrganisationFactory(
        kinds=[KindFactory()], regions=[RegionFactory()], sectors=[SectorFactory()], branches=[BranchFactory()]
    )
    ParticipationFactory(organisation=organisation)
    ContactFactory(organisation=organisation)
    return organisation


def _user() -> User:
    user = UserFactory()
    user.groups.add(Group.objects.get_or_create(name="working_group")[0])
    return user


def _regime() -> LegalRegime:
    return LegalRegime.objects.create(name=f"Wet {LegalRegime.objects.count()}")


def _legal_basis() -> LegalBasis:
    return LegalBasis.objects.create(
        organisation=OrganisationFactory(),
        kind=LegalBasisKind.OKTT,
        regime=_regime(),
        evidence="Besluit",
        valid_from=date(2026, 1, 1),
    )


def _status_change() -> StatusChange:
    return StatusChange.objects.create(
        organisation=OrganisationFactory(), new_status=PartnerStatus.PARTNER, reason="Besluit", changed_by=UserFactory()
    )


def _invitation() -> Invitation:
    number = Invitation.objects.count()
    return Invitation.objects.create(
        email=f"nieuw{number}@example.nl",
        name="Nina Nieuw",
        organisation=OrganisationFactory(),
        token_hash=f"uitnodiging-{number}",
        invited_by=UserFactory(),
    )


def _proposal() -> ProfileProposal:
    return ProfileProposal.objects.create(
        organisation=OrganisationFactory(), values={"description": "Nieuwe tekst"}, proposed_by=UserFactory()
    )


def _duplicate() -> DuplicateCandidate:
    return DuplicateCandidate.objects.create(
        first=OrganisationFactory(), second=OrganisationFactory(), reasons=["naam", "website"]
    )


def _next_function(model: type[Any]) -> str:
    return CwnFunction.values[model.objects.count()]


def _board() -> SoundingBoard:
    board = SoundingBoard.objects.create(function=_next_function(SoundingBoard), purpose="Denkt mee")
    make_seat(board, OrganisationFactory())
    return board


def _topic() -> ContactTopic:
    number = ContactTopic.objects.count()
    return ContactTopic.objects.create(name=f"Onderwerp {number}", slug=f"onderwerp-{number}")


def _question() -> Question:
    number = Question.objects.count()
    return Question.objects.create(slug=f"vraag-{number}", question=f"Vraag {number}?", answer="Ja.", topic="Netwerk")


def _acknowledgement() -> Acknowledgement:
    return Acknowledgement.objects.create(
        publication=published(),
        version=1,
        organisation=OrganisationFactory(),
        answer=Answer.PASSED_ON,
        answered_by=UserFactory(),
    )


MAKERS: dict[type, Callable[[], Any]] = {
    Acknowledgement: _acknowledgement,
    Application: ApplicationFactory,
    AuditEntry: lambda: record("read", kind="publication", object_id=AuditEntry.objects.count(), by=UserFactory()),
    Audience: lambda: Audience.objects.create(
        name="Partners", slug=f"doelgroep-{Audience.objects.count()}", objective="Weten"
    ),
    AudienceAnalysis: AudienceAnalysisFactory,
    Branch: BranchFactory,
    Brand: lambda: Brand.objects.create(),
    CalendarEntry: lambda: EntryCommentFactory().entry,
    Campaign: CampaignFactory,
    Channel: ChannelFactory,
    Contact: lambda: ContactFactory(function=CwnFunction.TRAINING),
    ConsentText: ConsentTextFactory,
    ContactMoment: lambda: ContactMoment.objects.create(
        topic=_topic(), name="Vera Vraag", email="vera@example.nl", message="Hoe doe ik mee?"
    ),
    ContactTopic: _topic,
    CoreMessage: CoreMessageFactory,
    Development: DevelopmentFactory,
    Event: EventFactory,
    Issue: IssueFactory,
    LinkCheck: lambda: LinkCheck.objects.create(url=f"https://voorbeeld.example/{LinkCheck.objects.count()}"),
    DuplicateCandidate: _duplicate,
    Feedback: lambda: Feedback.objects.create(publication=published(), version=1, is_useful=True, text="Helder"),
    FunctionChannel: lambda: make_channel(owner=OrganisationFactory()),
    FunctionCharter: lambda: make_charter(_next_function(FunctionCharter)),
    FunctionPhase: lambda: make_period(sector=SectorFactory(), region=RegionFactory()),
    InformationFlow: lambda: make_flow(_next_function(InformationFlow), ("bron0", "schakel2")),
    Initiative: InitiativeFactory,
    Invitation: _invitation,
    LegalBasis: _legal_basis,
    LegalRegime: _regime,
    Membership: MembershipFactory,
    Mailing: lambda: Mailing.objects.create(key=f"proef:{Mailing.objects.count()}", kind="uitgave"),
    Newsletter: NewsletterFactory,
    MissedQuery: lambda: MissedQuery.objects.create(
        words=f"kwantumzwam {MissedQuery.objects.count()}", week=date(2026, 11, 16)
    ),
    MessageTemplate: template_in_use,
    Organisation: _organisation,
    PartnerLogo: lambda: logo_of(OrganisationFactory()),
    TemplateDownload: lambda: TemplateDownload.objects.create(
        version=template_in_use().current, format="mail", day=date(2026, 11, 22)
    ),
    OrganisationKind: KindFactory,
    Placement: PlacementFactory,
    ProfileProposal: _proposal,
    Publication: published,
    Question: _question,
    Region: lambda: RegionFactory(parent=RegionFactory()),
    Sector: SectorFactory,
    SoundingBoard: _board,
    SharingGroup: lambda: sharing_group(OrganisationFactory(), name=f"Groep {SharingGroup.objects.count()}"),
    StatusChange: _status_change,
    SynonymGroup: lambda: SynonymGroup.objects.create(
        phrases=[f"woord {SynonymGroup.objects.count()}", "term"], explanation="Uitleg"
    ),
    Talk: TalkFactory,
    Topic: lambda: TopicFactory(newsletters=[NewsletterFactory()]),
    User: _user,
    WorkingGroupSeat: WorkingGroupSeatFactory,
    WorkingGroupSession: WorkingGroupSessionFactory,
}
