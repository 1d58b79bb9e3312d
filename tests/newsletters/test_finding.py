"""Issues are found by who may open them, and stand on the page of their campaign (R1, R94, R97)."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from comms.newsletters.documents import issue_documents
from comms.newsletters.models import Issue, IssueItem
from comms.subscriptions.models import Newsletter
from cwn.search.queries import search
from tests.factories.newsletters import IssueFactory, own_text, sent_issue, with_publication
from tests.factories.planning import CampaignFactory

pytestmark = pytest.mark.django_db


def found_by(user, words: str) -> list[str]:
    """Return the titles of issues that a reader finds."""
    query = QueryDict(mutable=True)
    query["q"] = words
    return [document.title for document in search(query, user=user, kind="issue").documents]


def test_a_clear_issue_in_the_archive_is_found_by_everybody_by_its_own_words(cast, public_list, client):
    issue = sent_issue(newsletter=public_list, subject="Kanaries in de winter", introduction="Over **vogelzang**.")
    own_text(issue, heading="Een volière", text="Kom kijken.")
    for words in ("kanaries", "vogelzang", "volière", "kijken", public_list.name):
        assert found_by(cast["anon"], words) == [issue.subject], words
    page = client.get(reverse("home"), {"q": "kanaries"}).content.decode()
    assert f'href="{issue.get_absolute_url()}"' in page


def test_a_draft_and_what_is_not_clear_are_not_in_the_search(cast, public_list, members_list):
    IssueFactory(newsletter=public_list, subject="Kanarie in concept")
    sent_issue(newsletter=members_list, subject="Kanarie in groen", own_tlp="green")
    amber = sent_issue(newsletter=members_list, subject="Kanarie in amber")
    with_publication(amber, tlp="amber", owner=cast.organisations["zorgring"])
    for principal in ("anon", "mem", "wg", "coord"):
        assert found_by(cast[principal], "kanarie") == [], principal


def test_a_closed_archive_is_found_by_the_network_from_the_moment_it_closes(cast, public_list):
    sent_issue(newsletter=public_list, subject="Kanarie voor wie erbij hoort")
    assert found_by(cast["anon"], "kanarie")
    Newsletter.objects.filter(pk=public_list.pk).update(archive_is_public=False)
    for principal, finds in (("anon", False), ("ex", False), ("mem", True), ("wg", True), ("nctv", True)):
        assert bool(found_by(cast[principal], "kanarie")) is finds, principal


def test_a_stricter_label_takes_an_issue_out_of_the_search(cast, members_list):
    issue = sent_issue(newsletter=members_list, subject="Kanarie die strenger wordt")
    item = own_text(issue)
    assert found_by(cast["mem"], "kanarie")
    IssueItem.objects.filter(pk=item.pk).update(tlp="green")
    assert Issue.objects.get(pk=issue.pk).tlp == "green"
    assert found_by(cast["mem"], "kanarie") == []


def test_words_of_a_publication_are_found_with_the_publication_only(public_list):
    issue = sent_issue(newsletter=public_list)
    item = with_publication(issue, title="Ransomware", summary="Een samenvatting over gijzelen.")
    IssueItem.objects.filter(pk=item.pk).update(heading="Over gijzelaars")
    (document,) = issue_documents([issue.pk])
    assert "gijzel" not in document.body + document.summary


def test_documents_cost_the_same_for_one_issue_and_for_three(public_list, django_assert_num_queries):
    for number in (1, 2, 3):
        own_text(sent_issue(newsletter=public_list))
        with django_assert_num_queries(2):
            assert len(list(issue_documents(None))) == number


# --- campaigns ---------------------------------------------------------------------------------------------
@pytest.fixture
def campaign():
    """Return a campaign that runs."""
    return CampaignFactory(name="Kanariecampagne", status="loopt")


def test_an_issue_links_to_its_campaign_for_who_may_know_of_it(cast, public_list, campaign, client):
    issue = sent_issue(newsletter=public_list, campaign=campaign)
    link = f'<a href="{campaign.get_absolute_url()}">Kanariecampagne</a>'
    assert link in cast.client("mem").get(issue.get_absolute_url()).content.decode()
    assert link in cast.client("wg").get(reverse("issue_desk", args=[issue.pk])).content.decode()
    assert "Kanariecampagne" not in client.get(issue.get_absolute_url()).content.decode()


def test_a_campaign_shows_its_issues_and_drafts_to_the_desk_only(cast, public_list, members_list, campaign):
    sent = sent_issue(newsletter=public_list, campaign=campaign, subject="Verstuurde editie")
    draft = IssueFactory(newsletter=public_list, campaign=campaign, subject="kanarie-concept")
    amber = sent_issue(newsletter=members_list, campaign=campaign, subject="kanarie-amber")
    with_publication(amber, tlp="amber", owner=cast.organisations["zorgring"])
    sent_issue(newsletter=public_list, subject="kanarie-zonder-campagne")
    words = cast.client("mem").get(campaign.get_absolute_url()).content.decode()
    assert f'<a href="{sent.get_absolute_url()}">Verstuurde editie</a>' in words
    assert "kanarie" not in words
    words = cast.client("wg").get(campaign.get_absolute_url()).content.decode()
    assert f'<a href="{reverse("issue_desk", args=[draft.pk])}">kanarie-concept</a>' in words
    assert "kanarie-amber" in words
    assert "kanarie-zonder-campagne" not in words
