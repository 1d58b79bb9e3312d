"""Drawing a publication: the same number, seed and network give the same one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils.text import slugify

from comms.demo.phrases import FORMS, SUBJECTS, Subject
from comms.demo.stories import REVIEW_AFTER, Story, action
from comms.enums import ISSUED, PublicationKind, PublicationStatus, ReaderRole, Tlp, Tone, Urgency
from cwn.core.enums import CwnFunction, IncidentPhase
from partners.demo.names import PLACES

#: Publications go back this many days.
DAYS = 730
LABELS = {Tlp.CLEAR: 68, Tlp.GREEN: 20, Tlp.AMBER: 8, Tlp.AMBER_STRICT: 3, Tlp.RED: 1}
STATUSES = {
    PublicationStatus.PUBLISHED: 93,
    PublicationStatus.EXPIRED: 3,
    PublicationStatus.WITHDRAWN: 2,
    PublicationStatus.SCHEDULED: 1,
    PublicationStatus.DRAFT: 1,
}
#: What warns is urgent now and then; a story never is.
WARNINGS = (PublicationKind.THREAT, PublicationKind.VULNERABILITY, PublicationKind.INCIDENT)
URGENCIES = {
    True: {Urgency.IMMEDIATE: 8, Urgency.SOON: 32, Urgency.PLANNED: 40, Urgency.INFORMATIVE: 20},
    False: {Urgency.PLANNED: 30, Urgency.INFORMATIVE: 70},
}
PHASES = {IncidentPhase.COLD: 80, IncidentPhase.LUKEWARM: 12, IncidentPhase.WARM: 3, IncidentPhase.AFTERMATH: 5}
KINDS, FUNCTIONS, ROLES = PublicationKind.values, CwnFunction.values, ReaderRole.values
EFFORTS = ("uur", "uur", "dag", "week")
DEADLINES = ("direct", "7", "14", "30", "doorlopend")


class Owners:
    """What the drawing knows of the organisations that share: slugs, and the domains of each by slug."""

    def __init__(self, domains: dict[str, dict[str, list[str]]], audiences: Sequence[str]) -> None:
        self.domains, self.slugs, self.audiences = domains, sorted(domains), list(audiences)


def draw(number: int, seed: int, now: datetime, owners: Owners, groups: Sequence[str]) -> Story:
    """Draw one publication; slugs end in its number, by which the next run knows where to go on."""
    chance = Random(f"{seed}/publication/{number}")  # noqa: S311  no secret, and it must repeat
    subject, kind = chance.choice(SUBJECTS), chance.choice(KINDS)
    owner, place = chance.choice(owners.slugs), chance.choice(PLACES)
    thing, (titles, opening) = chance.choice(subject.things), FORMS[kind]
    title = chance.choice(titles).format(thing=thing, place=place)
    title = title[0].upper() + title[1:]
    tlp, status = _weighted(chance, LABELS), _weighted(chance, STATUSES)
    published = now - timedelta(minutes=chance.randrange(60, DAYS * 24 * 60)) if status in ISSUED else None
    facts = chance.sample(subject.facts, 3)
    columns = {
        "slug": f"{slugify(title)[:80].strip('-')}-f{number}",
        "kind": kind,
        "title": title,
        "summary": f"{opening.format(place=place)} {facts[0]}",
        "body": f"## Wat er speelt\n\n{facts[1]} {facts[2]}\n\n## Wat helpt\n\n{subject.points[0]}",
        "status": status,
        "tlp": tlp,
        "phase": _weighted(chance, PHASES),
        **_sheet(chance, subject, owners.audiences, published or now, is_warning=kind in WARNINGS),
        **_moments(status, tlp, published, now, chance),
    }
    story = Story(owner=owner, columns=columns, published_at=published)
    story.links = {**owners.domains[owner], "developments": chance.sample(subject.developments, chance.choice((1, 2)))}
    story.keywords = chance.sample(subject.keywords, chance.choice((0, 1, 2)))
    _address(story, tlp, chance, owners, groups)
    return story


def _sheet(
    chance: Random, subject: Subject, audiences: list[str], day: datetime, *, is_warning: bool
) -> dict[str, Any]:
    chosen = chance.sample(audiences, chance.choice((1, 1, 2)))
    return {
        "urgency": _weighted(chance, URGENCIES[is_warning]),
        "urgency_reason": chance.choice(subject.facts),
        "audiences": chosen,
        "reader_roles": chance.sample(ROLES, chance.choice((0, 1, 2))),
        "audience_reason": "Zij hebben hiermee te maken en kunnen er iets aan doen.",
        "key_points": chance.sample(subject.points, chance.choice((1, 2, 3))),
        "communication_message": subject.message,
        "channel_messages": {"social": subject.message} if chance.random() < 0.3 else {},
        "tone": chance.choice(Tone.values),
        "speaker": "Persvoorlichting van de afzender",
        "action_perspective": [
            action(chance.choice(chosen), text, chance.choice(DEADLINES), chance.choice(EFFORTS), today=day.date())
            for text in chance.sample(subject.actions, chance.choice((1, 2)))
        ],
        "wider_developments": subject.wider,
        "functions": sorted(chance.sample(FUNCTIONS, chance.choice((1, 1, 2)))),
    }


def _moments(status: str, tlp: str, published: datetime | None, now: datetime, chance: Random) -> dict[str, Any]:
    moments: dict[str, Any] = {"version": 1 if status in ISSUED else 0}
    if tlp != Tlp.CLEAR:
        moments["restriction_reason"] = "De bron vraagt om dit niet openbaar te maken."
        moments["review_on"] = (published or now).date() + timedelta(days=REVIEW_AFTER)
    if status == PublicationStatus.SCHEDULED:
        moments["publish_at"] = now + timedelta(days=chance.randrange(1, 60))
    if status == PublicationStatus.EXPIRED and published:
        moments["expires_on"] = published.date()
    if status == PublicationStatus.WITHDRAWN:
        moments["withdrawal_reason"] = "De melding bleek niet te kloppen."
    return moments


def _address(story: Story, tlp: str, chance: Random, owners: Owners, groups: Sequence[str]) -> None:
    if tlp in (Tlp.AMBER, Tlp.AMBER_STRICT):
        if groups and chance.random() < 0.5:
            story.groups = [chance.choice(groups)]
        else:
            story.organisations = chance.sample(owners.slugs, min(len(owners.slugs), chance.choice((1, 2, 4))))
    if tlp == Tlp.RED:
        story.readers = ["rcp"]


def _weighted(chance: Random, weights: dict[Any, int]) -> Any:
    return chance.choices(list(weights), list(weights.values()))[0]
