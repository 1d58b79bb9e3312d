"""Fictional events of every kind, with programme, speakers and people who come; the same ones each time.

Asks for the demo organisations, the demo people and the reference data. Writes rows and no mails: the people of the
demo get none for what never happened.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from comms.demo.people import demo_people
from comms.enums import Tlp
from comms.events.enums import (
    EventKind,
    EventStatus,
    EventZone,
    InvitationAnswer,
    MaterialSource,
    ProgrammeItemKind,
    RegistrationState,
)
from comms.events.models import (
    ContributionOffer,
    Event,
    EventDocument,
    EventInvitation,
    EventMaterial,
    ProgrammeItem,
    Registration,
    Speaker,
)
from comms.events.reminders import put_on_the_clock
from comms.models import Audience
from cwn.accounts.models import User
from cwn.core.enums import CwnFunction
from partners.models import Organisation, Region

F = CwnFunction
#: Names of people who exist nowhere.
NAMES = (
    "Bo Stroopwafel", "Cas Kaneelstok", "Daan Drop", "Evi Eierkoek", "Fay Fladder", "Gijs Gember", "Hava Hagelslag",
    "Isa IJsbloem", "Jip Janhagel", "Kee Krakeling", "Lou Luilak", "Mees Muisjes",
)  # fmt: skip
TALKS = ("Wat er het afgelopen jaar misging", "Zo deden wij het", "Aan de slag in groepen")


@dataclass(frozen=True, slots=True)
class Plan:
    """A demo event: how many days from now it is, and everything that is not the same for all."""

    slug: str
    title: str
    kind: EventKind
    days: int
    owner: str
    summary: str
    place: str = ""
    at: time = time(13, 30)
    hours: float = 3
    tlp: Tlp = Tlp.CLEAR
    zone: EventZone = EventZone.AMSTERDAM
    functions: tuple[CwnFunction, ...] = ()
    regions: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ("schakelorganisaties",)
    capacity: int | None = None
    seated: int = 0
    waiting: int = 0
    status: EventStatus = EventStatus.PUBLISHED
    fields: dict[str, Any] = field(default_factory=dict)


ZORG, KOLIBRIE, DROP, SPECULAAS = (
    "zorgkring-stroopdam", "isac-kolibriebaai", "csirt-drophaven", "cyberkring-speculaashoven",
)  # fmt: skip
ONLINE = {"online_address": "https://vergaderen.example/cwn"}
PLANS = (
    Plan("demo-kick-off", "Kick-off van het netwerk in het zuiden", EventKind.KICK_OFF, -120, SPECULAAS,
         "Partners uit het zuiden leerden elkaar kennen en maakten eerste afspraken.", "Speculaashoven",
         functions=(F.KNOWLEDGE_EXCHANGE,), capacity=60, seated=8, status=EventStatus.CLOSED,
         fields={"follow_up": "Er waren **acht** organisaties. Wij spraken af elk kwartaal bijeen te komen."}),
    Plan("demo-webinar-nis2", "Webinar: wat de zorgplicht van u vraagt", EventKind.WEBINAR, -20, ZORG,
         "In een uur hoort u wat de zorgplicht betekent voor een kleine organisatie.", at=time(10), hours=1,
         functions=(F.INFORMATION_SHARING,), capacity=500, seated=6, status=EventStatus.CLOSED,
         fields={**ONLINE, "follow_up": "De vragen en antwoorden staan bij de stukken."}),
    Plan("demo-partnerbijeenkomst", "Partnerbijeenkomst van dit kwartaal", EventKind.PARTNER_MEETING, 9, DROP,
         "Een middag om bij te praten over de vijf functies.", "Drophaven", tlp=Tlp.GREEN,
         functions=(F.INFORMATION_SHARING, F.INCIDENT_HANDLING), capacity=80, seated=7,
         fields={"calls_for_contributions": True}),
    Plan("demo-oefening-ransomware", "Oefening: ransomware bij een toeleverancier", EventKind.EXERCISE, 16, DROP,
         "U oefent in een halve dag hoe u samen een incident bij een gedeelde leverancier afhandelt.", "Drophaven",
         functions=(F.TRAINING, F.INCIDENT_HANDLING), capacity=6, seated=6, waiting=3),
    Plan("demo-cwn-dag", "CWN-dag", EventKind.CWN_DAY, 75, ZORG,
         "De jaarlijkse dag van het netwerk: een dag vol verhalen, werkplaatsen en ontmoetingen.", "Stroopdam",
         at=time(9, 30), hours=7, functions=tuple(F), audiences=("schakelorganisaties", "private-partners"),
         capacity=300, seated=10,
         fields={"allows_guests": True, "calls_for_contributions": True, "address": "Stroopkade 1, zaal 2",
                 "accessibility": "De zaal is rolstoeltoegankelijk en heeft een ringleiding."}),
    Plan("demo-waarderingsdiner", "Partnerwaarderingsdiner", EventKind.RECOGNITION_DINNER, 75, ZORG,
         "Na de CWN-dag eten wij samen en reiken wij de awards uit.", "Stroopdam", at=time(18, 30), hours=4,
         tlp=Tlp.GREEN, functions=(F.KNOWLEDGE_EXCHANGE,), capacity=120, seated=5,
         fields={"address": "Restaurant De Siroop, Stroopkade 3"}),
    Plan("demo-informatiesessie", "Informatiesessie voor organisaties die willen meedoen",
         EventKind.INFORMATION_SESSION, 23, SPECULAAS, "Wat levert het netwerk op, en wat vraagt het van u?",
         at=time(15), hours=1.5, functions=(F.KNOWLEDGE_EXCHANGE,), audiences=("private-partners", "breed-publiek"),
         capacity=100, seated=4, fields={**ONLINE, "allows_guests": True}),
    Plan("demo-training-loket", "Training: een melding goed doorverwijzen", EventKind.TRAINING, 30, ZORG,
         "U leert in een ochtend hoe u een melding aanneemt en bij de juiste partner brengt.", "Stroopdam",
         at=time(9), functions=(F.TRAINING, F.VICTIM_NOTIFICATION), capacity=20, seated=5),
    Plan("demo-eilanden", "Samen weerbaar op de eilanden", EventKind.MEETING, 37, KOLIBRIE,
         "Partners van de zes eilanden spreken over wat bij hen speelt. U kunt ook online meedoen.", "Kolibriebaai",
         at=time(10), zone=EventZone.CURACAO, functions=(F.INFORMATION_SHARING,), capacity=40, seated=5,
         fields={**ONLINE, "allows_guests": True}),
    Plan("demo-besloten-leverancier", "Besloten overleg over een gedeelde leverancier", EventKind.MEETING, 5, DROP,
         "Alleen voor de genoemde organisaties.", "Drophaven", at=time(11), hours=2, tlp=Tlp.AMBER,
         functions=(F.INFORMATION_SHARING,), capacity=12, seated=2),
    Plan("demo-stand-havenbeurs", "Met een stand op de Havenbeurs", EventKind.STAND, 44, SPECULAAS,
         "Op deze vakbeurs vertellen partners bezoekers over het netwerk.", "Drophaven", at=time(9), hours=8,
         functions=(F.KNOWLEDGE_EXCHANGE,), audiences=("breed-publiek",), seated=4,
         fields={"hosted_by": "Stichting Havenbeurs", "host_url": "https://havenbeurs.example/"}),
    Plan("demo-webinar-phishing", "Webinar: phishing herkennen en melden", EventKind.WEBINAR, 12, ZORG,
         "Praktische tips voor medewerkers en hun leidinggevenden.", at=time(12), hours=1,
         functions=(F.VICTIM_NOTIFICATION,), audiences=("breed-publiek",), capacity=500, seated=9,
         fields={**ONLINE, "allows_guests": True}),
    Plan("demo-afgelast", "Kennissessie over OT in gemalen", EventKind.MEETING, 19, SPECULAAS,
         "Wat kunnen wij leren van twee storingen?", "Speculaashoven", functions=(F.KNOWLEDGE_EXCHANGE,),
         status=EventStatus.CANCELLED, fields={"cancellation_reason": "De spreker is ziek. Er komt een nieuwe dag."}),
    Plan("demo-concept", "Werkplaats: oefenscenario’s schrijven", EventKind.TRAINING, 60, ZORG,
         "Met andere partners schrijft u een scenario dat iedereen kan gebruiken.", "Stroopdam",
         functions=(F.TRAINING,), capacity=16, status=EventStatus.DRAFT),
)  # fmt: skip


@transaction.atomic
def make() -> int:
    """Make the demo events that are not there yet and return how many."""
    ground = Ground()
    missing = [plan for plan in PLANS if not Event.objects.filter(slug=plan.slug).exists()]
    for plan in missing:
        _make(plan, ground)
    return len(missing)


class Ground:
    """The organisations, people and domains on which the events stand."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        owners = Organisation.objects.filter(slug__in={plan.owner for plan in PLANS})
        self.organisations = {organisation.slug: organisation for organisation in owners}
        people = demo_people()
        self.author = User.objects.get(pk=people["coord"])
        self.members = list(User.objects.filter(pk__in=[people[name] for name in ("mem", "rep", "mem-x", "mem-o")]))
        self.audiences = {audience.slug: audience for audience in Audience.objects.all()}
        self.regions = {region.slug: region for region in Region.objects.all()}


def _make(plan: Plan, ground: Ground) -> Event:
    starts = _moment(ground.today + timedelta(days=plan.days), plan.at, plan.zone)
    event = Event.objects.create(
        uid=uuid5(NAMESPACE_URL, f"cwn:{plan.slug}"),
        slug=plan.slug,
        title=plan.title,
        kind=plan.kind,
        summary=plan.summary,
        description=f"{plan.summary}\n\n## Voor wie\n\nVoor iedereen die hier in zijn werk mee te maken heeft.",
        starts_at=starts,
        ends_at=starts + timedelta(hours=plan.hours),
        time_zone=plan.zone,
        place=plan.place,
        owner=ground.organisations[plan.owner],
        functions=[function.value for function in plan.functions],
        tlp=plan.tlp,
        status=plan.status,
        capacity=plan.capacity,
        is_fictional=True,
        created_by=ground.author,
        **plan.fields,
    )
    event.audiences.set([ground.audiences[slug] for slug in plan.audiences if slug in ground.audiences])
    event.regions.set([ground.regions[slug] for slug in plan.regions if slug in ground.regions])
    if plan.tlp == Tlp.AMBER:
        event.addressed_organisations.set([ground.organisations[slug] for slug in (ZORG, KOLIBRIE)])
    _fill_programme(event, ground)
    _register(event, plan, ground)
    _surround(event, plan, ground)
    put_on_the_clock(event)
    return event


def _moment(day: date, at: time, zone: EventZone) -> datetime:
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone))


def _fill_programme(event: Event, ground: Ground) -> None:
    if event.kind == EventKind.STAND:
        return
    part = (event.ends_at - event.starts_at) / 4
    partners = list(ground.organisations.values())
    for number, title in enumerate(TALKS):
        speaker = Speaker.objects.create(
            event=event, name=NAMES[number], role="adviseur", organisation=partners[number], may_be_named=number != 1
        )
        first = event.starts_at + part * (number + (number > 0))
        item = ProgrammeItem.objects.create(
            event=event,
            title=title,
            kind=(ProgrammeItemKind.TALK, ProgrammeItemKind.PANEL, ProgrammeItemKind.WORKSHOP)[number],
            starts_at=first,
            ends_at=first + part,
        )
        item.speakers.add(speaker)
    ProgrammeItem.objects.create(
        event=event,
        title="Pauze",
        kind=ProgrammeItemKind.BREAK,
        starts_at=event.starts_at + part,
        ends_at=event.starts_at + part * 2,
    )


def _register(event: Event, plan: Plan, ground: Ground) -> None:
    people: list[tuple[str, str, User | None]] = [(user.name, user.email, user) for user in ground.members]
    if event.tlp == Tlp.AMBER:
        people = people[:2]
    people += [(name, f"{name.split()[0].lower()}@gast.example", None) for name in NAMES]
    was = RegistrationState.ATTENDED if event.status == EventStatus.CLOSED else RegistrationState.CONFIRMED
    now = timezone.now()
    Registration.objects.bulk_create(
        Registration(
            event=event,
            key=uuid5(NAMESPACE_URL, f"cwn:{event.slug}:{email}"),
            user=user,
            name=name,
            email=email,
            organisation_name="" if user else "Gastorganisatie",
            organisation=_organisation_of(user, ground),
            state=was if number < plan.seated else RegistrationState.WAITING,
            seat=number + 1 if number < plan.seated else None,
            needs="Vegetarisch" if number == 1 else "",
            in_line_since=now - timedelta(days=20 - number),
            checked_in_at=event.starts_at if was == RegistrationState.ATTENDED else None,
        )
        for number, (name, email, user) in enumerate(people[: plan.seated + plan.waiting])
    )


def _organisation_of(user: User | None, ground: Ground) -> Organisation | None:
    if user is None:
        return None
    own = {membership.organisation_id for membership in user.current_memberships}
    return next((one for one in ground.organisations.values() if one.pk in own), None)


def _surround(event: Event, plan: Plan, ground: Ground) -> None:
    """Add what stands around some of them: documents, a stand, an offer, invitations."""
    if event.status == EventStatus.CLOSED:
        EventDocument.objects.create(event=event, title="Presentatie", url="https://stukken.example/presentatie.pdf")
        EventDocument.objects.create(
            event=event, title="Vragen en antwoorden", url="https://stukken.example/vragen", is_follow_up=True
        )
    if event.kind == EventKind.STAND:
        for what, amount, source in (
            ("Banner van het netwerk", 2, MaterialSource.LOAN),
            ("Hand-out over de vijf functies", 250, MaterialSource.STOCK),
            ("Tablet met het portaal", 1, MaterialSource.LOAN),
        ):
            EventMaterial.objects.create(
                event=event, what=what, amount=amount, source=source, brought_by=ground.organisations[SPECULAAS]
            )
    if event.slug == "demo-cwn-dag":
        ContributionOffer.objects.create(
            event=event,
            organisation=ground.organisations[KOLIBRIE],
            title="Workshop: oefenen met vijf eilanden",
            explanation="In een uur spelen deelnemers een incident na dat op vijf eilanden tegelijk begint.",
            offered_by=ground.members[2],  # of that organisation
        )
    if event.slug in ("demo-cwn-dag", "demo-partnerbijeenkomst"):
        answers = (InvitationAnswer.YES, InvitationAnswer.NONE, InvitationAnswer.NO, InvitationAnswer.NONE)
        invited = [{"organisation": organisation} for organisation in ground.organisations.values()]
        persons = [{"person": user} for user in ground.members]
        for who, answer in (*zip(invited, answers, strict=False), *zip(persons, answers, strict=False)):
            EventInvitation.objects.create(
                event=event,
                **who,
                answer=answer,
                answered_at=None if answer == InvitationAnswer.NONE else timezone.now(),
                invited_by=ground.author,
            )
