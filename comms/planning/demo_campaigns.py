"""Campaigns, channels and the working group of the demo: fictional, and the same each time.

Asks for the demo organisations, the demo people and the reference data.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from comms.enums import Tlp
from comms.models import Audience, Publication
from comms.planning.actions.working_group import seat_member
from comms.planning.enums import (
    ActivityStatus,
    AttendanceState,
    Cadence,
    CampaignStatus,
    ChannelKind,
    CoreMessageStatus,
    EntryReaders,
    EntryStatus,
    PlacementState,
    SeatRole,
    SessionForm,
)
from comms.planning.models import (
    ActionItem,
    AudienceAnalysis,
    CalendarEntry,
    Campaign,
    CampaignAsset,
    CampaignResult,
    Channel,
    CoreMessage,
    Placement,
    SessionAttendance,
    Talk,
    WorkingGroupSeat,
    WorkingGroupSession,
)
from cwn.accounts.demo_people import MAIL_DOMAIN
from cwn.accounts.models import User
from cwn.core.enums import CwnFunction
from cwn.delivery.clock import local_moment
from partners.enums import PartnerStatus
from partners.models import Membership, Organisation

#: Owner, name, kind, how often, readers, target groups, days of lead.
PARTNER_CHANNELS = (
    ("zorgkring-stroopdam", "Zorgkring Weekbericht", ChannelKind.NEWSLETTER, Cadence.WEEKLY, 2400,
     ["indirecte-achterban"], 3),
    ("isac-kolibriebaai", "Kolibrie Intranet", ChannelKind.INTRANET, Cadence.CONTINUOUS, 180,
     ["schakelorganisaties"], 1),
    ("csirt-drophaven", "Drophaven Alert", ChannelKind.MAIL, Cadence.IRREGULAR, 640, ["schakelorganisaties"], 0),
    ("brancheraad-kruidnootveen", "Vakblad De Kruidnoot", ChannelKind.MAGAZINE, Cadence.MONTHLY, 5200,
     ["private-partners", "indirecte-achterban"], 20),
    ("cyberkring-speculaashoven", "Speculaashoven op LinkedIn", ChannelKind.SOCIAL, Cadence.WEEKLY, 1350,
     ["private-partners", "breed-publiek"], 1),
    ("brancheraad-kruidnootveen", "Podcast Kruidnoot", ChannelKind.VIDEO, Cadence.MONTHLY, None,
     ["breed-publiek"], 14),
)  # fmt: skip
PARTNERS = ("zorgkring-stroopdam", "isac-kolibriebaai", "csirt-drophaven", "cyberkring-speculaashoven")


@transaction.atomic
def make_campaigns() -> int:
    """Make everything once and return how many campaigns there are; a second time changes nothing."""
    if Campaign.objects.filter(slug="zet-die-tweede-stap-aan").exists():
        return 0
    maker = Maker()
    maker.channels()
    maker.core_messages()
    campaigns = [maker.running(), maker.draft(), maker.evaluated()]
    maker.working_group()
    maker.talks()
    return len(campaigns)


class Maker:
    """Holds what all of it refers to."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        slugs = {*PARTNERS, "brancheraad-kruidnootveen"}
        self.partners = {row.slug: row for row in Organisation.objects.filter(slug__in=slugs)}
        people = User.objects.filter(email__endswith=f"@{MAIL_DOMAIN}")
        self.people = {user.email.split("@")[0]: user for user in people}
        self.audiences = {audience.slug: audience for audience in Audience.objects.all()}
        self.owner = self.partners["brancheraad-kruidnootveen"]

    def day(self, days: int) -> date:
        """Return the day so many days from now."""
        return self.today + timedelta(days=days)

    def moment(self, days: int, hour: int = 10) -> datetime:
        """Return an hour of such a day."""
        return local_moment(self.day(days), time(hour))

    def channels(self) -> None:
        """Give partners their channels, and those of the network a reach."""
        for slug, name, kind, cadence, reach, audiences, lead in PARTNER_CHANNELS:
            channel = Channel.objects.create(
                organisation=self.partners[slug],
                name=name,
                kind=kind,
                cadence=cadence,
                reach=reach,
                reach_measured_on=self.day(-40) if reach else None,
                contact=f"redactie@{slug}.example",
                accepts_placements=True,
                lead_days=lead,
            )
            channel.audiences.set(self.audiences[audience] for audience in audiences)
        for name, reach in (("CWN-portaal", 9100), ("CWN-nieuwsbrief", 1870), ("CWN op LinkedIn", 3300)):
            network = Channel.objects.of_network().filter(name=name, reach=None)
            network.update(reach=reach, reach_measured_on=self.day(-20))

    def core_messages(self) -> None:
        """Adopt one sentence and retire none: the others still wait for the working group."""
        first = CoreMessage.objects.filter(status=CoreMessageStatus.SUGGESTED).order_by("order", "pk").first()
        if first:
            first.status, first.decided_by, first.decided_on = (
                CoreMessageStatus.ADOPTED, self.people["coord"], self.day(-60)
            )  # fmt: skip
            first.proof = "Publieke en private partners maken samen dit portaal en vullen het."
            first.save()

    def campaign(self, name: str, slug: str, goal: str, first: int, last: int, **fields: Any) -> Campaign:
        """Make a campaign with its target groups and channels of the network."""
        audiences = [self.audiences[one] for one in fields.pop("audiences")]
        made = Campaign.objects.create(
            name=name,
            slug=slug,
            goal=goal,
            owner=self.owner,
            lead=self.people["wg"],
            starts_on=self.day(first),
            ends_on=self.day(last),
            created_by=self.people["wg"],
            **fields,
        )
        made.audiences.set(audiences)
        made.core_messages.set(CoreMessage.objects.order_by("order", "pk")[:2])
        made.channels.set(Channel.objects.of_network().order_by("pk")[:4])
        return made

    def entry(self, campaign: Campaign, title: str, days: int, status: EntryStatus, **fields: Any) -> CalendarEntry:
        """Plan an item of a campaign."""
        made = CalendarEntry.objects.create(
            title=title,
            starts_at=self.moment(days),
            content="Korte tekst met één handeling.",
            message="Zet vandaag de tweede stap aan.",
            tlp=Tlp.CLEAR,
            readers=fields.pop("readers", EntryReaders.MEMBERS),
            owner=self.owner,
            person=self.people["wg"],
            status=status,
            campaign=campaign,
            functions=campaign.functions,
            created_by=self.people["wg"],
            **fields,
        )
        made.audiences.set(campaign.audiences.all())
        made.channels.set(campaign.channels.all()[:2])
        return made

    def running(self) -> Campaign:
        """The campaign that runs now, with partners, material and places in their channels."""
        campaign = self.campaign(
            "Zet die tweede stap aan",
            "zet-die-tweede-stap-aan",
            "Medewerkers van kleine organisaties loggen in met een tweede stap. Partners vertellen hoe.",
            -20,
            40,
            status=CampaignStatus.RUNNING,
            approved_by=self.people["coord"],
            functions=[CwnFunction.KNOWLEDGE_EXCHANGE.value, CwnFunction.INFORMATION_SHARING.value],
            audiences=["private-partners", "indirecte-achterban"],
        )
        campaign.partners.set(self.partners[slug] for slug in PARTNERS)
        self.entry(campaign, "Aftrap op het portaal", -19, EntryStatus.LIVE)
        asked = self.entry(campaign, "Artikel voor ledenbladen", 6, EntryStatus.PLANNED)
        self.entry(campaign, "Webinar: de tweede stap in tien minuten", 16, EntryStatus.CONCEPT)
        self.entry(campaign, "Animatie voor sociale media", 27, EntryStatus.IDEA)
        for title, publication in zip(("Hand-out", "Bericht voor partners"), self._publications(), strict=False):
            CampaignAsset.objects.create(campaign=campaign, title=title, publication=publication)
        CampaignResult.objects.create(
            campaign=campaign, what="Partners die het bericht plaatsten", value=3, goal_value=8, unit="partners",
            counted_on=self.day(-1), source="Plaatsingen op dit portaal",
        )  # fmt: skip
        self._placements(asked)
        return campaign

    def _publications(self) -> Any:
        clear = Publication.objects.listed().filter(tlp=Tlp.CLEAR, owner__is_fictional=True)
        return clear.order_by("pk")[:2]

    def _placements(self, entry: CalendarEntry) -> None:
        """Ask three partners: one has it in, one promised, one must still answer."""
        states: tuple[tuple[str, dict[str, Any]], ...] = (
            ("Vakblad De Kruidnoot", {"state": PlacementState.PLACED, "placed_on": self.day(-4), "reach": 4980}),
            ("Speculaashoven op LinkedIn", {"state": PlacementState.ACCEPTED, "answer": "Wij plaatsen dit maandag."}),
            ("Zorgkring Weekbericht", {}),
        )
        for name, fields in states:
            Placement.objects.create(
                entry=entry,
                channel=Channel.objects.get(name=name),
                question="Past dit in het eerstvolgende nummer?",
                asked_by=self.people["wg"],
                **fields,
            )

    def draft(self) -> Campaign:
        """A campaign that waits for a second person."""
        campaign = self.campaign(
            "Samen oefenen",
            "samen-oefenen",
            "Twintig partners oefenen mee met een verzonnen uitval bij een leverancier.",
            50,
            95,
            functions=[CwnFunction.TRAINING.value],
            audiences=["schakelorganisaties", "private-partners"],
        )
        self.entry(campaign, "Uitnodiging om mee te oefenen", 52, EntryStatus.IDEA, readers=EntryReaders.PLANNERS)
        return campaign

    def evaluated(self) -> Campaign:
        """A campaign that is over, with results and what was learned."""
        campaign = self.campaign(
            "Kennismaken met het netwerk",
            "kennismaken-met-het-netwerk",
            "Organisaties weten wat het netwerk doet en bij wie zij terechtkunnen.",
            -150,
            -90,
            status=CampaignStatus.EVALUATED,
            approved_by=self.people["coord"],
            functions=[CwnFunction.INFORMATION_SHARING.value],
            audiences=["schakelorganisaties", "overheden-en-beleidsmakers", "breed-publiek"],
            evaluation="Verhalen van partners werden vaker gelezen dan uitleg over het netwerk. "
            "De volgende keer beginnen wij met een verhaal, en vragen wij partners een maand eerder om plaats.",
            evaluated_on=self.day(-75),
        )
        campaign.partners.set(self.partners[slug] for slug in PARTNERS[:3])
        self.entry(campaign, "Persbericht over de start", -149, EntryStatus.EVALUATED)
        self.entry(campaign, "Interview met een partner", -120, EntryStatus.EVALUATED)
        for what, value, goal, unit in (
            ("Bezoekers van de startpagina", 12_400, 10_000, "bezoekers"),
            ("Aanvragen om mee te doen", 14, 25, "aanvragen"),
            ("Artikelen in vakbladen", 6, 6, "artikelen"),
        ):
            CampaignResult.objects.create(
                campaign=campaign, what=what, value=value, goal_value=goal, unit=unit, counted_on=self.day(-80),
                source="Webstatistiek en knipselmap",
            )  # fmt: skip
        AudienceAnalysis.objects.create(
            audience=self.audiences["breed-publiek"],
            made_on=self.day(-70),
            who="Mensen die bij een kleine organisatie de computer beheren, vaak naast ander werk.",
            needs="Eén handeling tegelijk, in gewone taal, van iemand die zij kennen.",
            ways="Via hun branche, hun leverancier en het vakblad; zelden via een site van de overheid.",
            baseline="31 van de 100 kennen het netwerk (verzonnen peiling).",
            made_by=self.people["wg2"],
        )
        return campaign

    def working_group(self) -> None:
        """Six seats, three sessions, and what was agreed there."""
        seats = self._seats()
        for number, (days, title) in enumerate(((-45, "Aftrap"), (-10, "Voortgang"), (12, "Plannen voor de winter"))):
            session = WorkingGroupSession.objects.create(
                title=f"Sessie {number + 1}: {title}",
                starts_at=self.moment(days, 13),
                ends_at=self.moment(days, 15),
                form=SessionForm.ONLINE if number else SessionForm.IN_PERSON,
                place="" if number else "Zaal De Stroopwafel, Drophaven",
                agenda="1. Wat is er gebeurd?\n2. Wat staat er in de kalender?\n3. Wie doet wat?",
                minutes="## Wat wij bespraken\n\nDe kalender is doorgenomen. **Twee** plekken zijn nog leeg."
                if days < 0
                else "",
            )
            for place, seat in enumerate(seats):
                state = AttendanceState.INVITED
                if days < 0:
                    state = AttendanceState.EXCUSED if place == number + 2 else AttendanceState.PRESENT
                SessionAttendance.objects.create(session=session, seat=seat, state=state)
            self._agree(session, days)

    def _seats(self) -> list[WorkingGroupSeat]:
        fixed = [self.people["wg"], self.people["wg2"]]
        members = Membership.objects.current().filter(
            user__is_fictional=True, organisation__status=PartnerStatus.PARTNER
        )
        roles = [SeatRole.CHAIR, SeatRole.SECRETARY]
        editors = members.filter(user__email__startswith="redactie@").order_by("pk")[:4]
        seated = [
            *((members.filter(user=user)[0], role) for user, role in zip(fixed, roles, strict=True)),
            *((membership, SeatRole.MEMBER) for membership in editors),
        ]
        return [
            seat_member(
                organisation=membership.organisation,
                user=membership.user,
                role=role,
                since=self.day(-90),
                by=self.people["coord"],
            )
            for membership, role in seated
        ]

    def _agree(self, session: WorkingGroupSession, days: int) -> None:
        if days > 0:
            return
        agreed = (
            ("Vraag drie partners om plaats in hun nieuwsbrief", "wg", ActivityStatus.DONE, days + 10),
            ("Maak de tekst voor het webinar", "wg2", ActivityStatus.BUSY, days + 17),
            ("Zoek een partner voor het volgende interview", "wg", ActivityStatus.TO_DO, days + 24),
        )
        for what, who, status, due in agreed:
            ActionItem.objects.create(
                session=session,
                what=what,
                who=self.people[who],
                status=status,
                due_on=self.day(due),
                done_on=self.day(days + 5) if status == ActivityStatus.DONE else None,
            )

    def talks(self) -> None:
        """Two talks, one with a next step."""
        Talk.objects.create(
            organisation=self.partners["isac-kolibriebaai"],
            on=self.day(-15),
            with_whom="De voorzitter",
            summary="Wil op de eilanden een eigen vertaling van de hand-out maken.",
            next_step="Stuur de bronbestanden",
            next_step_on=self.day(3),
            by=self.people["wg"],
        )
        Talk.objects.create(
            organisation=self.partners["cyberkring-speculaashoven"],
            on=self.day(-33),
            with_whom="De communicatieadviseur",
            summary="Deelt graag verhalen van leden, maar heeft weinig tijd.",
            by=self.people["coord"],
        )
