"""One rule in four places: `visible_to`, PostgreSQL, the search and plain Python show the same issues (M3)."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comms.newsletters.documents import readers_of
from comms.newsletters.models import Issue, IssueFigure, IssueItem, LinkTarget, TestSend
from cwn.core.guard import reading_as
from cwn.core.visibility import principals_of
from tests.comms.worlds import PEOPLE, build, make_ground, reader, worlds
from tests.factories.newsletters import IssueFactory, own_text
from tests.factories.subscriptions import MembersNewsletterFactory, NewsletterFactory

pytestmark = pytest.mark.django_db

LABELS = ("clear", "green", "amber", "amber-strict")
#: Which list (open archive, closed archive, for members), the label, and whether it was sent.
ISSUES = st.tuples(
    st.sampled_from([("open", "clear"), ("closed", "clear"), *(("members", label) for label in LABELS)]), st.booleans()
)
#: Rows that whoever reads an issue may read, and those for the desk.
FOR_READERS = {"newsletters_issueitem": "issue_id", "newsletters_linktarget": "issue_id"}
FOR_THE_DESK = {
    "newsletters_testsend": "issue_id",
    "newsletters_issuefigure": "issue_id",
    "newsletters_issueevent": "pgh_obj_id",
    "newsletters_issueitemevent": "issue_id",
}


def at_the_desk(who) -> bool:
    """Coordinators, and who sits in the working group for a partner."""
    return "coordinator" in who.roles or ("working_group" in who.roles and bool(who.member_of))


def may_read(who, kind: str, label: str, is_sent: bool) -> bool:
    """Say who opens an issue, from security.md chapter 3 and without a look at the code."""
    if at_the_desk(who):
        return True
    if not is_sent or label not in ("clear", "green"):
        return False
    return kind == "open" or bool(who.member_of) or "policy_owner" in who.roles


def make(kind, label, is_sent, by) -> Issue:
    newsletter = (
        MembersNewsletterFactory() if kind == "members" else NewsletterFactory(archive_is_public=kind == "open")
    )
    issue = IssueFactory(newsletter=newsletter, created_by=by)
    own_text(issue)
    target = LinkTarget.objects.create(issue=issue, url="https://elders.example/", position=1)
    TestSend.objects.create(issue=issue, number_of_addresses=1, sent_by=by)
    IssueFigure.objects.create(
        issue=issue, measure="geopend", reader_class="persoon", hour=timezone.now(), target=target, count=1
    )
    if label in ("amber", "amber-strict"):
        IssueItem.objects.create(issue=issue, position=2, kind="tekst", tlp=label)
    elif label == "green":
        Issue.objects.filter(pk=issue.pk).update(own_tlp=label)
    if is_sent:
        Issue.objects.filter(pk=issue.pk).update(sent_at=timezone.now())
    issue.refresh_from_db()
    assert issue.tlp == label
    return issue


def keys(table: str, column: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT {column} FROM {table}")  # noqa: S608  our own names
        return {key for (key,) in cursor.fetchall()}


@given(world=worlds(), drawn=st.lists(ISSUES, min_size=3, max_size=7))
@settings(max_examples=30, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_four_ways_to_say_who_reads_an_issue_are_one(ground, world, drawn):
    with transaction.atomic():
        build(replace(world, publications=()), ground)
        made = {}
        for (kind, label), is_sent in drawn:
            issue = make(kind, label, is_sent, ground.second_person)
            made[issue.pk] = (issue, kind, label, is_sent)
        for person in (None, *PEOPLE):
            who, user = world.access(person), reader(ground, person)
            expected = {key for key, (_issue, *facts) in made.items() if may_read(who, *facts)}
            desk = set(made) if at_the_desk(who) else set()
            assert set(Issue.objects.visible_to(user).values_list("pk", flat=True)) == expected, who
            for model in (IssueItem, LinkTarget):
                assert set(model.objects.visible_to(user).values_list("issue", flat=True)) == expected, (model, who)
            for model in (TestSend, IssueFigure):
                assert set(model.objects.visible_to(user).values_list("issue", flat=True)) == desk, (model, who)
            with reading_as(user):
                assert keys("newsletters_issue", "id") == expected, who
                for table, column in FOR_READERS.items():
                    assert keys(table, column) == expected, (table, who)
                for table, column in FOR_THE_DESK.items():
                    assert keys(table, column) == desk, (table, who)
            for key, (issue, _kind, label, is_sent) in made.items():
                if is_sent and label == "clear":
                    assert bool(readers_of(issue) & principals_of(user)) == (key in expected), who
        transaction.set_rollback(True)


@pytest.fixture
def ground(db):
    """Organisations and people on which each world is built and taken down again."""
    return make_ground()


def test_nobody_is_nobody(ground):
    make("closed", "clear", True, ground.second_person)
    with reading_as(AnonymousUser()):
        assert keys("newsletters_issue", "id") == set()
