"""Fictional newsletters and subscribers to try the portal with; every address ends in .example (RFC 2606)."""

import random
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.utils import timezone

from comms.enums import ReaderRole
from comms.subscriptions.enums import (
    OVER,
    ConsentSource,
    EndReason,
    Frequency,
    StepKind,
    SubscriptionState,
)
from comms.subscriptions.models import ConsentText, Newsletter, Subscription, SubscriptionStep, Topic
from cwn.accounts.models import User
from cwn.core.enums import CwnFunction
from cwn.delivery.addresses import digest_of
from partners.models import Branch, OrganisationKind, Region, Sector

#: Slug → everything else; the last two say who may have it.
NEWSLETTERS = {
    "netwerknieuws": {
        "name": "Netwerknieuws", "name_en": "Network news", "sender_name": "Cyberweerbaarheidsnetwerk",
        "purpose": "Wat partners samen doen, en wat u daaraan hebt.",
        "purpose_en": "What partners do together, and what you gain by it.",
        "rhythm": "elke maand", "rhythm_en": "every month", "is_public": True, "archive_is_public": True, "order": 10,
    },
    "dreigingsbeeld": {
        "name": "Dreigingsbeeld in gewone taal", "name_en": "Threats in plain words",
        "sender_name": "Cyberweerbaarheidsnetwerk",
        "purpose": "Welke aanvallen wij zien, en wat u er deze week tegen doet.",
        "purpose_en": "Which attacks we see, and what you do about them this week.",
        "rhythm": "elke week", "rhythm_en": "every week", "is_public": True, "archive_is_public": True, "order": 20,
    },
    "partnerpost": {
        "name": "Partnerpost", "name_en": "Partner post", "sender_name": "Werkgroep Communicatie",
        "purpose": "Voor leden: wat eraan komt, wat wij vragen en wat u kunt gebruiken.",
        "purpose_en": "For members: what is coming, what we ask, and what you can use.",
        "rhythm": "elke twee weken", "rhythm_en": "every two weeks", "label_ceiling": "green", "order": 30,
    },
}  # fmt: skip
TOPICS = {
    "dreigingen": ("Dreigingen en kwetsbaarheden", "Threats and vulnerabilities"),
    "oefenen": ("Oefenen en leren", "Exercises and learning"),
    "bijeenkomsten": ("Bijeenkomsten", "Events"),
    "partners": ("Nieuwe partners en verhalen", "New partners and stories"),
    "regio": ("Nieuws uit de regio", "News from the region"),
    "caribisch": ("Caribisch deel van het Koninkrijk", "Caribbean part of the Kingdom"),
}
CONSENT = {
    "nl": "U krijgt deze nieuwsbrief per mail. Wij bewaren daarvoor uw e-mailadres en uw keuzes. Wij meten niet of u "
    "mails opent, tenzij u dat zelf aanzet. Onderaan elke mail kunt u uw keuzes wijzigen of u afmelden.",
    "en": "You get this newsletter by mail. For that we keep your address and your choices. We do not measure whether "
    "you open mails, unless you switch that on. Below each mail you can change your choices or unsubscribe.",
}
HOSTS = ("lezers.example", "gemeente.example", "zorggroep.example", "haven.example", "school.example", "mkb.example")
#: Stands in front of the number of a subscriber; the same number always gets the same random key.
NAMESPACE = uuid.UUID("5d1f1b0e-6a4e-4a58-9d0c-3c2f6f0f8a11")
BATCH = 2_000
STATES = (
    [SubscriptionState.ACTIVE] * 88
    + [SubscriptionState.PAUSED] * 4
    + [SubscriptionState.UNCONFIRMED] * 3
    + [SubscriptionState.ENDED] * 4
    + [SubscriptionState.BOUNCED]
)


def make(subscribers: int, seed: int = 1) -> int:
    """Make the newsletters, subscribe the demo people, bring the subscribers up to a number; return how many came.

    The same seed and number give the same subscribers; running it again adds only what is missing.
    """
    newsletters = make_newsletters()
    subscribe_demo_people(newsletters["partnerpost"])
    present = set(Subscription.objects.values_list("subscriber", flat=True))
    numbers = (number for number in range(subscribers) if subscriber_key(seed, number) not in present)
    draw = Draw(seed, [newsletters["netwerknieuws"], newsletters["dreigingsbeeld"]])
    added = 0
    while batch := list(islice(numbers, BATCH)):
        draw.write(batch)
        added += len(batch)
    return added


def make_newsletters() -> dict[str, Newsletter]:
    """Make the newsletters with topics and consent texts that are not there yet, and return them by slug."""
    found = {}
    for slug, values in NEWSLETTERS.items():
        found[slug], _made = Newsletter.objects.get_or_create(slug=slug, defaults=values)
        for language, text in CONSENT.items():
            ConsentText.objects.get_or_create(
                newsletter=found[slug],
                version=1,
                language=language,
                defaults={"text": text, "valid_from": timezone.localdate() - timedelta(days=730)},
            )
    for order, (slug, (name, name_en)) in enumerate(TOPICS.items(), start=1):
        topic, made = Topic.objects.get_or_create(
            slug=slug, defaults={"name": name, "name_en": name_en, "order": 10 * order}
        )
        if made:
            topic.newsletters.set(found.values())
    return found


def subscribe_demo_people(newsletter: Newsletter) -> None:
    """Let the demo people have the newsletter for members."""
    people = User.objects.filter(is_fictional=True, is_active=True).exclude(subscriptions__newsletter=newsletter)
    text = ConsentText.objects.get(newsletter=newsletter, version=1, language="nl")
    now = timezone.now()
    Subscription.objects.bulk_create(
        Subscription(
            newsletter=newsletter, email=user.email, user=user, name=user.name, language=user.language,
            state=SubscriptionState.ACTIVE, consent_text=text, consent_source=ConsentSource.ACCOUNT,
            consented_at=now, confirmed_at=now,
        )
        for user in people.order_by("pk")
    )  # fmt: skip


def subscriber_key(seed: int, number: int) -> uuid.UUID:
    """Return the random key of a drawn subscriber."""
    return uuid.uuid5(NAMESPACE, f"{seed}:{number}")


class Draw:
    """Draws subscribers from numbers, and writes them in bulk."""

    def __init__(self, seed: int, newsletters: list[Newsletter]) -> None:
        self.seed, self.newsletters, self.now = seed, newsletters, timezone.now()
        self.texts = {
            (text.newsletter_id, text.language): text for text in ConsentText.objects.filter(version=1).order_by("pk")
        }
        self.topics = list(Topic.objects.order_by("pk"))
        self.domains = {
            name: list(model._default_manager.order_by("pk").values_list("slug", flat=True))
            for name, model in (("regions", Region), ("sectors", Sector), ("branches", Branch))
        }
        self.kinds = list(OrganisationKind.objects.order_by("pk").values_list("slug", flat=True))

    def write(self, numbers: list[int]) -> None:
        """Write a batch: subscriptions, their topics and what happened to them."""
        rows = [row for number in numbers for row in self.subscriptions(number)]
        Subscription.objects.bulk_create(rows)
        through = Subscription.topics.through
        through.objects.bulk_create(
            through(subscription_id=row.pk, topic_id=topic.pk) for row in rows for topic in self.some_topics(row)
        )
        SubscriptionStep.objects.bulk_create(step for row in rows for step in self.steps(row))

    def subscriptions(self, number: int) -> Iterator[Subscription]:
        """Draw one person, with one list or two."""
        chance = random.Random(f"{self.seed}:{number}")  # noqa: S311
        person = {
            "subscriber": subscriber_key(self.seed, number),
            "language": "en" if chance.random() < 0.12 else "nl",
            "functions": chance.sample(CwnFunction.values, chance.choice((0, 0, 1, 2))),
            "reader_role": chance.choice(["", *ReaderRole.values]),
            "organisation_kind": chance.choice(["", *self.kinds]),
            **{name: self._some(chance, slugs) for name, slugs in self.domains.items()},
        }
        address = f"lezer{number:05d}@{chance.choice(HOSTS)}"
        for newsletter in chance.sample(self.newsletters, chance.choice((1, 1, 2))):
            yield self._subscription(chance, newsletter, address, person)

    def _subscription(
        self, chance: random.Random, newsletter: Newsletter, address: str, person: dict[str, Any]
    ) -> Subscription:
        state = chance.choice(STATES)
        asked = self.now - timedelta(minutes=chance.randrange(15_000, 500_000))
        if state == SubscriptionState.UNCONFIRMED:
            asked = self.now - timedelta(minutes=chance.randrange(1, 8_000))
        values = {
            "key": uuid.UUID(int=chance.getrandbits(128), version=4),
            "newsletter": newsletter,
            "email": address,
            "state": state,
            "frequency": chance.choice([Frequency.EACH, Frequency.EACH, Frequency.WEEKLY, Frequency.MONTHLY]),
            "tracks_me": chance.random() < 0.2,
            "consent_text": self.texts[newsletter.pk, person["language"]],
            "consented_at": asked,
            "created_at": asked,
            "confirmed_at": None if state == SubscriptionState.UNCONFIRMED else asked + timedelta(hours=1),
        }
        if state == SubscriptionState.PAUSED:
            values["paused_until"] = timezone.localdate() + timedelta(days=chance.randrange(1, 90))
        return Subscription(**person | values | self._end(chance, state, address, asked))

    def _end(self, chance: random.Random, state: str, address: str, asked: datetime) -> dict[str, Any]:
        if state not in OVER:
            return {}
        left = {"email": "", "digest": digest_of(address), "tracks_me": False, "reader_role": ""}
        left |= {"functions": [], "regions": [], "sectors": [], "branches": [], "organisation_kind": ""}
        reason = EndReason.BOUNCED if state == SubscriptionState.BOUNCED else EndReason.ONE_CLICK
        ended = asked + (self.now - asked) * chance.random()
        return left | {"ended_at": ended, "ended_reason": reason}

    def _some(self, chance: random.Random, slugs: list[str]) -> list[str]:
        return sorted(chance.sample(slugs, min(len(slugs), chance.choice((0, 1, 1, 2)))))

    def some_topics(self, row: Subscription) -> list[Topic]:
        """Draw the topics of a subscription; four in ten people want everything."""
        chance = random.Random(row.key.int)  # noqa: S311
        if row.is_over or chance.random() < 0.4:
            return []
        return chance.sample(self.topics, min(len(self.topics), chance.randrange(1, 4)))

    def steps(self, row: Subscription) -> Iterator[SubscriptionStep]:
        """Say what happened to a subscription."""
        moments = [(StepKind.ASKED, row.consented_at), (StepKind.CONFIRMED, row.confirmed_at)]
        for kind, moment in [*moments, (StepKind.ENDED, row.ended_at)]:
            if moment:
                text = row.consent_text_id if kind != StepKind.ENDED else None
                yield SubscriptionStep(subscription=row, kind=kind, at=moment, consent_text_id=text)
