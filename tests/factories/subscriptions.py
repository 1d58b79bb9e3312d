"""Newsletters and subscribers for tests: fictional addresses, confirmed, all different."""

from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from comms.subscriptions.enums import SubscriptionState
from comms.subscriptions.models import ConsentText, Newsletter, Subscription, Topic


class NewsletterFactory(DjangoModelFactory):
    """A newsletter to which anybody may subscribe."""

    class Meta:
        model = Newsletter

    name = factory.Sequence(lambda n: f"Nieuwsbrief {n}")
    slug = factory.Sequence(lambda n: f"nieuwsbrief-{n}")
    purpose = factory.LazyAttribute(lambda newsletter: f"Waarvoor {newsletter.name} er is.")
    sender_name = "Cyberweerbaarheidsnetwerk"
    is_public = True


class MembersNewsletterFactory(NewsletterFactory):
    """A newsletter for members, up to GREEN."""

    is_public = False
    label_ceiling = "green"


class TopicFactory(DjangoModelFactory):
    """A topic; give its newsletters as `newsletters=[…]`."""

    class Meta:
        model = Topic
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Onderwerp {n}")
    slug = factory.Sequence(lambda n: f"onderwerp-{n}")

    @factory.post_generation
    def newsletters(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Set the newsletters in which it can be chosen."""
        self.newsletters.set(extracted or [])


class ConsentTextFactory(DjangoModelFactory):
    """What subscribers agree to."""

    class Meta:
        model = ConsentText

    newsletter = factory.SubFactory(NewsletterFactory)
    version = factory.Sequence(lambda n: n + 1)
    text = "U krijgt deze nieuwsbrief tot u hem opzegt."


class SubscriptionFactory(DjangoModelFactory):
    """A confirmed subscription; give topics as `topics=[…]`."""

    class Meta:
        model = Subscription
        skip_postgeneration_save = True

    newsletter = factory.SubFactory(NewsletterFactory)
    email = factory.Sequence(lambda n: f"lezer{n}@lezers.example")
    state = SubscriptionState.ACTIVE
    consent_text = factory.LazyAttribute(lambda subscription: _text_of(subscription.newsletter))
    consented_at = factory.LazyFunction(timezone.now)
    confirmed_at = factory.LazyAttribute(
        lambda subscription: None if subscription.state == SubscriptionState.UNCONFIRMED else timezone.now()
    )

    @factory.post_generation
    def topics(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """Set the chosen topics."""
        self.topics.set(extracted or [])


def _text_of(newsletter: Newsletter) -> ConsentText:
    return ConsentText.objects.filter(newsletter=newsletter).first() or ConsentTextFactory(newsletter=newsletter)
