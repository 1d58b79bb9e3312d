"""Pages: from a new issue to the archive through the browser, what a preview shows, and digests (D13, H07)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comms.newsletters.contents import full_address
from comms.newsletters.digests import announce_digest, next_friday, plan_digests
from comms.newsletters.models import Issue, IssueFigure, LinkTarget, TestSend
from comms.newsletters.samples import SAMPLES
from comms.subscriptions.models import Subscription
from cwn.delivery.actions.pumping import pump_outbox
from cwn.delivery.enums import Trouble
from cwn.delivery.models import Delivery, Mailing, Outbox, Reminder
from tests.factories.comms import published
from tests.factories.newsletters import IssueFactory, own_text, sent_issue, with_publication
from tests.factories.subscriptions import SubscriptionFactory
from tests.newsletters.steps import approved, html_of, mails_in, text_of

pytestmark = pytest.mark.django_db


def page(client, name, issue, **query):
    answer = client.get(reverse(name, args=[issue.pk]), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_from_nothing_to_an_approved_issue(cast, public_list):
    SubscriptionFactory(newsletter=public_list)
    publication = published()
    wim, coby = cast.client("wg"), cast.client("coord")
    values = {"newsletter": public_list.pk, "subject": "Nieuws uit het netwerk", "own_tlp": "clear", "language": "nl"}
    assert wim.post(reverse("issue_new"), {**values, "own_tlp": ""}).status_code == 400  # no label, no issue
    wim.post(reverse("issue_new"), values)
    issue = Issue.objects.get()
    wim.post(reverse("issue_choose", args=[issue.pk]), {"doe": f"publicatie:{publication.pk}"})
    wim.post(reverse("issue_text_new", args=[issue.pk]), {"edit_version": 1, "heading": "Kop", "text": "Een tekst."})
    assert publication.title in page(wim, "issue_desk", issue)
    wim.post(reverse("issue_approval", args=[issue.pk]), {"doe": "vraag", "send_at": ""})
    waiting = coby.get(reverse("issue_approval", args=[issue.pk]))
    for _twice in range(2):
        coby.post(reverse("issue_approval", args=[issue.pk]), {"doe": "akkoord", "seen": waiting.context["seen"]})
    assert Mailing.objects.filter(kind="nieuwsbrief").count() == 1
    assert "Haal terug" in page(coby, "issue_progress", issue)
    assert "Er gaat nu geen mail weg" not in page(wim, "issue_progress", issue)
    Outbox.objects.update_or_create(pk=1, defaults={"trouble": Trouble.SILENT, "trouble_since": timezone.now()})
    assert "De mailserver geeft geen antwoord" in page(wim, "issue_progress", issue)
    coby.post(reverse("issue_progress", args=[issue.pk]), {"doe": "terug"})
    issue.refresh_from_db()
    assert (issue.status, issue.run) == ("concept", 2)


def test_two_editors_of_the_same_box_get_the_merge_page(cast, public_list):
    issue = IssueFactory(newsletter=public_list, created_by=cast["wg"])
    sent = {"edit_version": 1, "preheader": "", "introduction": "", "language": "nl", "own_tlp": "clear"}
    address = reverse("issue_desk", args=[issue.pk])
    assert cast.client("wg").post(address, {**sent, "subject": "Van Wim"}).status_code == 302
    answer = cast.client("coord").post(address, {**sent, "subject": "Van Coby"})
    assert answer.status_code == 409
    assert "Van Wim" in answer.content.decode()
    assert "Van Coby" in answer.content.decode()
    merged = {**sent, "subject": "Van Wim en Coby", "edit_version": answer.context["seen"]}
    assert cast.client("coord").post(address, merged).status_code == 302
    issue.refresh_from_db()
    assert issue.subject == "Van Wim en Coby"


# --- previews and tests (D13) --------------------------------------------------------------------------
@pytest.mark.parametrize("sample", [sample.slug for sample in SAMPLES])
@pytest.mark.parametrize("shape", ["mail", "donker", "telefoon", "tekst"])
def test_a_preview_shows_nobody_and_no_working_link_to_unsubscribe(ready, cast, sample, shape):
    client = cast.client("wg")
    words = page(client, "issue_preview", ready, als=shape, ontvanger=sample)
    words += page(client, "issue_preview_mail", ready, als=shape, ontvanger=sample)
    for row in Subscription.objects.all():
        assert row.email not in words
        assert not row.name or row.name not in words
    for forbidden in ("/nieuwsbrief/afmelden/", "/nieuwsbrief/voorkeuren/", "/n/k/", "/n/o/", "HOLE0", "<script>"):
        assert forbidden not in words


def test_the_page_of_the_mail_can_do_nothing(ready, cast):
    answer = cast.client("wg").get(reverse("issue_preview_mail", args=[ready.pk]))
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script-src 'none'" in policy
    assert "img-src data:;" in policy + ";"


def test_a_test_mail_goes_to_the_desk_only_with_nobody_in_it(ready, cast, sink):
    client, address = cast.client("wg"), reverse("issue_preview", args=[ready.pk])
    assert client.post(address, {"addresses": "lezer@elders.example"}).status_code == 400
    assert client.post(address, {"addresses": " ".join(f"a{n}@x.example" for n in range(26))}).status_code == 400
    assert not TestSend.objects.exists()
    assert client.post(address, {"addresses": f"{cast['wg'].email}, {cast['coord'].email}"}).status_code == 302
    past = timezone.now() - timedelta(hours=1)
    Mailing.objects.update(sends_at=past)
    Delivery.objects.update(next_at=past)
    pump_outbox()
    mails = mails_in(sink)
    assert {mail["To"] for mail in mails} == {cast["wg"].email, cast["coord"].email}
    for mail in mails:
        assert mail["Subject"].startswith("[TEST] [TLP:CLEAR]")
        assert "Voorbeeld Ontvanger" in text_of(mail)
        assert "Lotte" not in mail.as_string()
        assert "/afmelden/" not in html_of(mail) + mail["List-Unsubscribe"]


# --- the archive ---------------------------------------------------------------------------------------
def test_what_was_withdrawn_since_is_gone_from_the_archive(cast, public_list, client):
    issue = sent_issue(newsletter=public_list)
    own_text(issue)
    item = with_publication(issue, title="kanarie-titel", summary="kanarie-samenvatting")
    address = issue.get_absolute_url()
    assert "kanarie-titel" in client.get(address).content.decode()
    type(item.publication).objects.filter(pk=item.publication_id).update(
        status="ingetrokken", withdrawal_reason="Klopte niet."
    )
    words = client.get(address).content.decode()
    assert "kanarie" not in words
    assert "niet meer" in words


def test_a_draft_and_an_issue_with_amber_are_in_nobodys_archive(cast, members_list):
    draft = IssueFactory(newsletter=members_list)
    amber = sent_issue(newsletter=members_list)
    with_publication(amber, tlp="amber", owner=cast.organisations["zorgring"])
    for principal, client in cast.clients():
        if principal not in ("wg", "coord", "nomfa"):  # Noor is led to her second factor
            assert client.get(draft.get_absolute_url()).status_code == 404, principal
            assert client.get(amber.get_absolute_url()).status_code == 404, principal


def test_the_feed_tells_what_is_public_only(cast, public_list):
    sent_issue(newsletter=public_list, subject="Voor iedereen")
    IssueFactory(newsletter=public_list, subject="kanarie-concept")
    feed = cast.client("wg").get(reverse("newsletter_feed", args=[public_list.slug])).content.decode()
    assert "Voor iedereen" in feed
    assert "kanarie" not in feed


def test_lists_cost_the_same_for_one_row_and_for_three(cast, public_list):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    wim, counts = cast.client("wg"), []
    addresses = [reverse("issue_desk_list"), reverse("newsletter_detail", args=[public_list.slug])]
    for address in addresses:  # what a process remembers
        wim.get(address)
    for _number in (1, 2, 3):
        issue = sent_issue(newsletter=public_list)
        with_publication(issue)
        with_publication(issue)
        IssueFactory(newsletter=public_list)
        with CaptureQueriesContext(connection) as queries:
            for address in [*addresses, issue.get_absolute_url()]:
                assert wim.get(address).status_code == 200
        counts.append(len(queries))
        with_publication(issue)
    assert counts[1] == counts[2]


# --- digests (H07) -------------------------------------------------------------------------------------
def test_who_chose_a_week_gets_one_mail_and_nobody_gets_an_empty_one(cast, public_list, sink):
    weekly = SubscriptionFactory(newsletter=public_list, frequency="week")
    SubscriptionFactory(newsletter=public_list)
    issue = sent_issue(newsletter=public_list, subject="Eerste")
    plan_digests(issue)
    plan_digests(sent_issue(newsletter=public_list, subject="Tweede"))
    reminder = Reminder.objects.get(stage__startswith="week")
    reminder.due_at = timezone.now() + timedelta(hours=1)
    assert announce_digest(reminder) == ""
    assert announce_digest(reminder) == ""
    (delivery,) = Delivery.objects.all()
    assert delivery.address == weekly.email
    reminder.due_at = timezone.now() + timedelta(days=30)
    assert "niets" in announce_digest(reminder)
    past = timezone.now() - timedelta(hours=1)
    Mailing.objects.update(sends_at=past)
    Delivery.objects.update(next_at=past)
    pump_outbox()
    (mail,) = mails_in(sink)
    assert "Eerste" in text_of(mail)
    assert "Tweede" in text_of(mail)
    assert mail["List-Unsubscribe-Post"]
    assert "/n/" not in html_of(mail)


def test_a_single_mail_does_not_go_to_who_chose_a_week(ready, cast):
    weekly = SubscriptionFactory(newsletter=ready.newsletter, frequency="week")
    approved(ready, cast)
    assert not Delivery.objects.filter(recipient=f"subscription:{weekly.pk}").exists()


def test_friday_is_always_in_the_future():
    monday = date(2026, 11, 23)
    for days in range(14):
        day = monday + timedelta(days=days)
        friday = next_friday(day)
        assert friday.weekday() == 4
        assert 0 < (friday - day).days <= 7


@pytest.fixture
def counted(cast, public_list):
    """An issue of which sixty mails left, thirty to people who let us count."""
    issue = sent_issue(newsletter=public_list, created_by=cast["wg"])
    item = with_publication(issue, title="Oefenen met uw achterban")
    own_text(issue, heading="Een overzicht", url="https://elders.example/overzicht", link_text="Lees")
    mailing = Mailing.objects.create(
        key=issue.mailing_key, kind="nieuwsbrief", object_id=issue.pk, label="clear", sends_at=timezone.now()
    )
    Delivery.objects.bulk_create(
        Delivery(
            mailing=mailing,
            recipient=f"subscription:{number}",
            address=f"lezer{number}@elders.example",
            language="nl",
            state="verstuurd",
            values={"telling": f"merk{number}"} if number < 30 else {},
            next_at=timezone.now(),
            sent_at=timezone.now(),
        )
        for number in range(60)
    )
    targets = [
        LinkTarget.objects.create(issue=issue, url=url, position=place)
        for place, url in enumerate(
            (full_address(item.publication.get_absolute_url()), "https://elders.example/overzicht"), 1
        )
    ]
    first = timezone.now().replace(minute=0, second=0, microsecond=0)
    for hours, count in enumerate((9, 1, 4, 0)):
        hour = first + timedelta(hours=hours)
        IssueFigure.objects.create(issue=issue, measure="geopend", reader_class="persoon", hour=hour, count=count)
    for target, count in ((None, 9), (targets[0], 9), (targets[1], 2)):
        IssueFigure.objects.create(
            issue=issue, measure="geklikt", reader_class="persoon", hour=first, count=count, target=target
        )
    return issue


def test_the_page_of_figures_joins_small_hours_and_hides_small_links(cast, counted):
    answer = cast.client("coord").get(reverse("issue_figures", args=[counted.pk]))
    words = answer.content.decode()
    assert [(part.first, part.last, part.persons) for part in answer.context["hours"]] == [(0, 0, 9), (1, 2, 5)]
    assert [number for _name, _address, number in answer.context["links"]] == [9, None]
    assert "uur 1 tot en met 2" in words
    assert "te klein om te tonen" in words


def test_before_anybody_opened_it_the_page_says_nobody(cast, counted):
    IssueFigure.objects.all().delete()
    words = page(cast.client("coord"), "issue_figures", counted)
    assert words.count("Nog niemand van de mensen bij wie wij mogen tellen") == 2
    assert "Met 95 van de 100 keer" not in words


def test_a_link_is_called_by_its_title_and_only_while_one_may_read_it(cast, counted):
    address = reverse("issue_figures", args=[counted.pk])
    words = cast.client("coord").get(address).content.decode()
    publication = counted.items.get(publication__isnull=False).publication
    assert f'<a href="{full_address(publication.get_absolute_url())}">Oefenen met uw achterban</a>' in words
    assert ">Een overzicht</a>" in words
    type(publication).objects.filter(pk=publication.pk).update(status="ingetrokken", withdrawal_reason="Klopte niet.")
    words = cast.client("coord").get(address).content.decode()
    assert publication.slug not in words
    assert "Een onderdeel dat er niet meer is" in words
