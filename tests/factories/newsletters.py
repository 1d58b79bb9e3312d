"""Factories of issues of newsletters."""

from typing import Any

import factory
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from comms.newsletters.actions.composing import add_picture
from comms.newsletters.enums import IssueStatus, ItemKind
from comms.newsletters.models import Issue, IssueItem
from tests.comms.uploads import picture
from tests.factories.accounts import UserFactory
from tests.factories.comms import published
from tests.factories.subscriptions import NewsletterFactory

#: Words that the checker has nothing to say about.
OWN_TEXT = "Op het portaal staat een nieuw overzicht. Bekijk wat uw organisatie kan doen."


class IssueFactory(factory.django.DjangoModelFactory):
    """A draft without items, for everybody."""

    class Meta:
        model = Issue

    newsletter = factory.SubFactory(NewsletterFactory, archive_is_public=True)
    number = factory.Sequence(lambda n: n + 1)
    subject = factory.Sequence(lambda n: f"Nieuws uit het netwerk {n}")
    preheader = "Wat er deze maand gebeurt."
    introduction = "Dit is er deze maand te doen."
    own_tlp = "clear"
    tlp = "clear"
    created_by = factory.SubFactory(UserFactory)
    last_edited_by = factory.SelfAttribute("created_by")

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Issue:
        """Return the row with the label that the trigger gave it."""
        issue: Issue = super()._create(model_class, *args, **kwargs)
        issue.refresh_from_db()
        return issue


def own_text(issue: Issue, **fields: Any) -> IssueItem:
    """Return a text of the desk in an issue."""
    values = {"heading": "Een nieuw overzicht", "text": OWN_TEXT, "tlp": issue.own_tlp} | fields
    return _item(issue, kind=ItemKind.OWN_TEXT, **values)


def with_publication(issue: Issue, **fields: Any) -> IssueItem:
    """Return an item about a new publication."""
    publication = fields.pop("publication", None) or published(**fields)
    return _item(issue, kind=ItemKind.PUBLICATION, publication=publication, tlp=publication.tlp)


def with_picture(issue: Issue, *, by: Any, content: bytes = b"", name: str = "foto.jpg", **fields: Any) -> IssueItem:
    """Return a picture in an issue, through the door that the desk uses."""
    upload = SimpleUploadedFile(name, content or picture("JPEG", (800, 400)))
    words = {"alternative": "Drie mensen oefenen samen aan een tafel.", "source": "Foto van de redactie, CC BY 4.0"}
    item = add_picture(issue, upload=upload, **words | fields, by=by)
    issue.refresh_from_db()
    return item


def _item(issue: Issue, **values: Any) -> IssueItem:
    item = IssueItem.objects.create(issue=issue, position=issue.items.count() + 1, **values)
    issue.refresh_from_db()
    return item


def sent_issue(**fields: Any) -> Issue:
    """Return an issue in the archive."""
    issue = IssueFactory(**fields)
    Issue.objects.filter(pk=issue.pk).update(status=IssueStatus.SENT, sent_at=timezone.now(), approved_by=UserFactory())
    issue.refresh_from_db()
    return issue
