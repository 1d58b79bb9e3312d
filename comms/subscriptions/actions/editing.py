"""What the desk does: lists, topics, and a next version of a consent text."""

import datetime
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from comms.planning.models.visibility import plans
from comms.subscriptions.models import ConsentText, Newsletter, Topic


@transaction.atomic
def save_newsletter(newsletter: Newsletter, *, by: Any) -> Newsletter:
    """Keep a new or changed list and return it; raises PermissionDenied for others than the desk."""
    _at_the_desk(by)
    with pghistory.context(user=by.pk):
        newsletter.save()
    return newsletter


@transaction.atomic
def save_topic(topic: Topic, *, newsletters: Any, by: Any) -> Topic:
    """Keep a new or changed topic with the lists that offer it, and return it."""
    _at_the_desk(by)
    with pghistory.context(user=by.pk):
        topic.save()
        topic.newsletters.set(newsletters)
    return topic


@transaction.atomic
def add_consent_text(
    *, newsletter: Newsletter, language: str, text: str, valid_from: datetime.date, by: Any
) -> ConsentText:
    """Add the next version and return it; what people agreed to before stays as it was.

    A translation of the newest version gets its number, as long as it has none in that language.
    """
    _at_the_desk(by)
    Newsletter.objects.select_for_update().get(pk=newsletter.pk)
    texts = ConsentText.objects.filter(newsletter=newsletter)
    newest = texts.aggregate(newest=Max("version"))["newest"] or 0
    is_translation = newest and not texts.filter(version=newest, language=language).exists()
    return ConsentText.objects.create(
        newsletter=newsletter,
        version=newest if is_translation else newest + 1,
        language=language,
        text=text,
        valid_from=valid_from,
    )


def _at_the_desk(by: Any) -> None:
    if not plans(by):
        raise PermissionDenied
