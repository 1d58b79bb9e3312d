"""Events of a part of the network in an issue: title and link only, to who may know of them (TLP x channel)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from comms.events.models import Event
from comms.newsletters.actions.composing import add_event, relabel_items
from comms.newsletters.checking import errors_of
from comms.newsletters.contents import blocks_of
from comms.newsletters.mails.issue_mail import write_mail
from comms.newsletters.models import Issue, IssueItem
from comms.newsletters.proposals import upcoming_events
from comms.newsletters.segments import recipients_of
from comms.newsletters.sending import problem_of
from tests.factories.events import EventFactory
from tests.factories.newsletters import IssueFactory, own_text
from tests.factories.subscriptions import SubscriptionFactory
from tests.newsletters.steps import approved, html_of, mails_in, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def restricted(cast):
    """Return an event of the organisation of Wim for that of Mem, with words that must not leave the portal."""
    return EventFactory(
        title="Oefening Noordzee",
        summary="kanarie-samenvatting",
        place="kanarie-plaats",
        tlp="amber",
        owner=cast.organisations["zorgring"],
        addressed=[cast.organisations["havenring"]],
    )


@pytest.fixture
def issue(cast, members_list):
    """Return an issue for members, with a text."""
    made = IssueFactory(newsletter=members_list, created_by=cast["wg"])
    own_text(made)
    return made


def test_of_an_amber_event_stand_title_and_link_only(cast, issue, restricted):
    assert restricted in upcoming_events(issue, cast["wg"])
    item = add_event(issue, restricted, by=cast["wg"])
    issue.refresh_from_db()
    assert issue.tlp == "amber"
    mail = write_mail(issue, blocks_of(issue, cast["wg"]), "nl")
    for words in (mail.html, mail.text):
        assert "Oefening Noordzee" in words
        assert restricted.get_absolute_url() in words
        assert "kanarie" not in words
        assert "2027" not in words
    for name in ("heading", "text"):
        with pytest.raises(IntegrityError), transaction.atomic():
            IssueItem.objects.filter(pk=item.pk).update(**{name: "Kom oefenen"})


def test_only_who_may_know_of_it_gets_the_mail(cast, issue, restricted, sink):
    people = ("wg", "mem", "rep", "mem-x", "mem-o", "nctv", "ex")
    rows = {name: SubscriptionFactory(newsletter=issue.newsletter, user=cast[name]) for name in people}
    add_event(issue, restricted, by=cast["wg"])
    issue.refresh_from_db()
    send(approved(issue, cast))
    mails = mails_in(sink)
    assert {mail["To"] for mail in mails} == {rows[name].email for name in ("wg", "mem", "rep", "mem-x")}
    for mail in mails:
        assert mail["Subject"].startswith("[TLP:AMBER]")
        assert "kanarie" not in html_of(mail) + text_of(mail)
        assert "/n/k/" not in html_of(mail)


def test_a_list_for_everybody_and_an_editor_who_may_not_know_refuse_it(cast, public_list, members_list, restricted):
    public = IssueFactory(newsletter=public_list, created_by=cast["wg"])
    assert restricted not in upcoming_events(public, cast["wg"])
    with pytest.raises(ValidationError, match="TLP:CLEAR"):
        add_event(public, restricted, by=cast["wg"])
    foreign = EventFactory(tlp="amber-strict", owner=cast.organisations["eilandring"])
    issue = IssueFactory(newsletter=members_list, created_by=cast["wg"])
    assert foreign not in upcoming_events(issue, cast["wg"])
    with pytest.raises(PermissionDenied):
        add_event(issue, foreign, by=cast["wg"])


def test_no_event_is_red_and_no_item_is(cast, issue, restricted):
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=restricted.pk).update(tlp="red")
    with pytest.raises(IntegrityError), transaction.atomic():
        IssueItem.objects.create(issue=issue, position=9, kind="bijeenkomst", event=restricted, tlp="red")


def test_the_table_refuses_an_item_that_is_less_strict_than_its_event(issue, restricted):
    with pytest.raises(IntegrityError), transaction.atomic():
        IssueItem.objects.create(issue=issue, position=9, kind="bijeenkomst", event=restricted, tlp="green")


def test_a_label_that_became_stricter_takes_the_words_and_holds_the_mails(cast, issue):
    event = EventFactory(tlp="green", owner=cast.organisations["zorgring"], summary="kanarie-samenvatting")
    item = add_event(issue, event, by=cast["wg"])
    IssueItem.objects.filter(pk=item.pk).update(text="kanarie-tekst")
    Event.objects.filter(pk=event.pk).update(tlp="amber")
    assert "kanarie" not in str(blocks_of(issue, cast["wg"]))
    assert errors_of(issue, cast["wg"])
    assert "strenger" in problem_of(issue)
    relabel_items(issue, by=cast["wg"])
    issue = Issue.objects.get(pk=issue.pk)
    assert issue.tlp == "amber"
    assert errors_of(issue, cast["wg"]) == []
    assert problem_of(issue) == ""


def test_who_may_not_know_of_it_finds_no_title_in_a_page(cast, issue, restricted):
    add_event(issue, restricted, by=cast["wg"])
    issue.refresh_from_db()
    words = str([(block.title, block.url, block.notice) for block in blocks_of(issue, cast["mem-o"])])
    assert "Noordzee" not in words
    assert restricted.slug not in words


def test_recipients_are_those_of_every_restricted_thing_together(cast, issue, restricted):
    for name in ("mem", "mem-x", "mem-o"):
        SubscriptionFactory(newsletter=issue.newsletter, user=cast[name])
    add_event(issue, restricted, by=cast["wg"])
    own = EventFactory(tlp="amber-strict", owner=cast.organisations["zorgring"])
    add_event(issue, own, by=cast["wg"])
    issue.refresh_from_db()
    assert set(recipients_of(issue).values_list("user", flat=True)) == {cast["mem-x"].pk}
