"""Writing and composing: labels, merging, order, segments and the checker (security.md D12, TLP x channel)."""

import random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from comms.actions.steps import StaleEditError
from comms.newsletters.actions.composing import add_own_text, add_publication, arrange_items, move_item
from comms.newsletters.actions.writing import choose_segment, create_issue, save_issue
from comms.newsletters.checking import errors_of
from comms.newsletters.models import Issue, IssueItem, LinkCheck
from comms.newsletters.proposals import proposals_for
from comms.newsletters.segments import in_segment, number_in_words, sentence_of
from comms.subscriptions.models import Subscription
from partners.models import Membership
from tests.factories.comms import published
from tests.factories.newsletters import IssueFactory, own_text, with_publication
from tests.factories.partners import SectorFactory
from tests.factories.subscriptions import SubscriptionFactory

pytestmark = pytest.mark.django_db


# --- labels --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("label", ["green", "amber", "amber-strict", "red"])
def test_a_list_for_everybody_takes_clear_only(cast, public_list, label):
    issue = IssueFactory(newsletter=public_list, created_by=cast["wg"])
    owner = cast.organisations["zorgring"]
    publication = published(tlp=label, owner=owner, named_readers=[cast["wg"]])
    with pytest.raises((ValidationError, PermissionDenied)):
        add_publication(issue, publication, by=cast["wg"])
    assert not issue.items.exists()


@pytest.mark.parametrize("label", ["clear", "green", "amber", "amber-strict"])
def test_an_issue_has_the_label_of_the_strictest_thing_in_it(cast, members_list, label):
    issue = IssueFactory(newsletter=members_list, created_by=cast["wg"])
    own_text(issue)
    publication = published(tlp=label, owner=cast.organisations["zorgring"])
    add_publication(issue, publication, by=cast["wg"])
    issue.refresh_from_db()
    assert issue.tlp == label
    IssueItem.objects.filter(publication=publication).delete()
    issue.refresh_from_db()
    assert issue.tlp == "clear"


def test_red_never_stands_in_an_issue_not_even_by_its_named_reader(cast, members_list):
    issue = IssueFactory(newsletter=members_list, created_by=cast["wg"])
    publication = published(tlp="red", owner=cast.organisations["zorgring"], named_readers=[cast["wg"]])
    with pytest.raises(ValidationError, match="TLP:RED"):
        add_publication(issue, publication, by=cast["wg"])
    with pytest.raises(IntegrityError), transaction.atomic():
        IssueItem.objects.create(issue=issue, position=1, kind="publicatie", publication=publication, tlp="red")


def test_the_table_refuses_an_item_that_is_less_strict_than_its_publication(members_list):
    issue, publication = IssueFactory(newsletter=members_list), published(tlp="green")
    with pytest.raises(IntegrityError), transaction.atomic():
        IssueItem.objects.create(issue=issue, position=1, kind="publicatie", publication=publication, tlp="clear")


def test_no_statement_makes_an_issue_less_strict(members_list):
    issue = IssueFactory(newsletter=members_list)
    with_publication(issue, tlp="green")
    Issue.objects.filter(pk=issue.pk).update(tlp="clear")
    issue.refresh_from_db()
    assert issue.tlp == "green"


def test_what_one_may_not_read_cannot_be_added(cast, members_list):
    issue = IssueFactory(newsletter=members_list, created_by=cast["wg"])
    hidden = published(tlp="amber", owner=cast.organisations["havenring"])
    with pytest.raises(PermissionDenied):
        add_publication(issue, hidden, by=cast["wg"])


# --- writing -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("principal", ["mem", "rep", "nctv", "adm", "ex", "anon"])
def test_only_the_desk_begins_an_issue(cast, public_list, principal):
    with pytest.raises(PermissionDenied):
        create_issue(newsletter=public_list, subject="Nieuws", own_tlp="clear", by=cast[principal])


def test_what_two_editors_change_in_different_boxes_is_kept_from_both(cast, public_list):
    issue = create_issue(newsletter=public_list, subject="Nieuws", own_tlp="clear", by=cast["wg"])
    save_issue(issue, values={"subject": "Beter nieuws"}, edit_version=1, by=cast["wg"])
    both = save_issue(issue, values={"subject": "Nieuws", "preheader": "Lees"}, edit_version=1, by=cast["coord"])
    assert (both.subject, both.preheader, both.last_edited_by) == ("Beter nieuws", "Lees", cast["coord"])
    with pytest.raises(StaleEditError):
        save_issue(issue, values={"subject": "Ander nieuws"}, edit_version=1, by=cast["coord"])


def test_items_move_and_none_gets_lost(cast, public_list):
    issue = IssueFactory(newsletter=public_list, created_by=cast["wg"])
    first, second, third = (
        add_own_text(issue, values={"heading": name, "text": "Tekst."}, by=cast["wg"]) for name in "abc"
    )
    move_item(third, up=True, by=cast["wg"])
    assert list(issue.items.values_list("heading", flat=True)) == ["a", "c", "b"]
    arrange_items(issue, keys=[second.pk, 999_999], by=cast["wg"])
    assert list(issue.items.values_list("heading", flat=True)) == ["b", "a", "c"]
    assert issue.items.get(heading="a").pk == first.pk


def test_interviews_are_proposed_first(cast, public_list):
    issue = IssueFactory(newsletter=public_list, created_by=cast["wg"])
    published(title="Nieuws")
    interview = published(title="In gesprek", kind="interview")
    published(title="Nog meer nieuws")
    assert proposals_for(issue, cast["wg"])[0] == interview
    assert add_publication(issue, interview, by=cast["wg"]).kind == "interview"
    assert interview not in proposals_for(issue, cast["wg"])


# --- for whom ------------------------------------------------------------------------------------------
def test_a_segment_equals_an_oracle_that_counts_by_hand(cast, public_list):
    chance = random.Random(7)
    sectors = [SectorFactory(slug=f"sector-{number}") for number in range(4)]
    organisations = list(cast.organisations.values())
    for organisation in organisations:
        organisation.sectors.set(chance.sample(sectors, 2))
    people = [cast[name] for name in ("mem", "rep", "wg", "mem-x", "mem-o", "ex", "sus", "coord")]
    for number in range(60):
        SubscriptionFactory(
            newsletter=public_list,
            user=people[number] if number < len(people) else None,
            sectors=chance.sample([sector.slug for sector in sectors], chance.randint(0, 2)),
            frequency=chance.choice(["elke", "week", "maand"]),
            reader_role=chance.choice(["", "ciso", "bestuurder"]),
        )
    rows = list(Subscription.objects.filter(newsletter=public_list))
    members = Membership.objects.current().filter(organisation__status="partner")
    for _round in range(12):
        segment = [
            {"field": "sector", "values": chance.sample([sector.slug for sector in sectors], chance.randint(1, 3))},
            {"field": "frequentie", "values": chance.sample(["elke", "week", "maand"], chance.randint(1, 2))},
            {"field": "rol", "values": chance.sample(["ciso", "bestuurder"], chance.randint(1, 2))},
        ][: chance.randint(1, 3)]

        def fits(row, condition):
            values = set(condition["values"])
            if condition["field"] == "frequentie":
                return row.frequency in values
            if condition["field"] == "rol":
                return row.reader_role in values
            own = {one.organisation_id for one in members if one.user_id == row.user_id}
            theirs = {sector.slug for one in organisations if one.pk in own for sector in one.sectors.all()}
            return bool(values & (set(row.sectors) | theirs))

        expected = {row.pk for row in rows if all(fits(row, condition) for condition in segment)}
        found = in_segment(Subscription.objects.filter(newsletter=public_list), segment)
        assert set(found.values_list("pk", flat=True)) == expected


def test_a_segment_reads_as_a_sentence(public_list):
    SectorFactory(slug="zorg", name="Zorg")
    SectorFactory(slug="energie", name="Energie")
    segment = [{"field": "sector", "values": ["zorg", "energie"]}, {"field": "rol", "values": ["ciso"]}]
    assert sentence_of(public_list, segment) == (
        f"Voor iedereen die {public_list.name} krijgt uit de sector Zorg of Energie, en met de rol CISO of security "
        "officer."
    )
    assert sentence_of(public_list, []) == f"Voor iedereen die {public_list.name} krijgt."


@pytest.mark.parametrize(("number", "words"), [(0, "0"), (1, "minder dan 5"), (4, "minder dan 5"), (5, "5")])
def test_small_numbers_are_not_told(number, words):
    assert number_in_words(number) == words


@pytest.mark.parametrize("segment", ["x", [{"field": "email", "values": ["a"]}], [{"field": "rol", "values": []}],
                                     [{"field": "rol", "values": ["keizer"]}]])  # fmt: skip
def test_a_segment_that_no_form_sends_is_refused(cast, public_list, segment):
    issue = IssueFactory(newsletter=public_list, created_by=cast["wg"])
    with pytest.raises(ValidationError):
        choose_segment(issue, segment=segment, by=cast["wg"])


# --- the checker (D12) ---------------------------------------------------------------------------------
def test_a_good_issue_has_no_errors(ready, cast):
    assert errors_of(ready, cast["wg"]) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "Beste {{voornaam}}, welkom."}, "in te vullen"),
        ({"text": "Kijk op [klik hier](https://voorbeeld.example/)."}, "zegt niet waar"),
        ({"text": "Lees [dit stuk over oefenen](/bestaat-niet-echt/)."}, "werkt niet"),
        ({"text": "![](https://voorbeeld.example/a.png) Een beeld."}, "beschrijving"),
        ({"heading": ""}, "geen kop"),
        ({"text": "Lange tekst over het netwerk. " * 190}, ""),
    ],
)
def test_errors_hold_the_issue_back(ready, cast, fields, words):
    IssueItem.objects.filter(issue=ready, kind="tekst").update(**fields)
    errors = errors_of(ready, cast["wg"])
    assert not words or any(words in error.message for error in errors), errors


def test_a_mail_above_100_kb_is_refused(ready, cast):
    for _number in range(18):
        own_text(ready, text="Een woord. " * 540)
    assert any("100 kB" in error.message for error in errors_of(ready, cast["wg"]))


def test_a_broken_link_outside_is_an_error_once_somebody_looked(ready, cast):
    IssueItem.objects.filter(issue=ready, kind="tekst").update(text="Lees [het stuk](https://weg.example/).")
    assert errors_of(ready, cast["wg"]) == []
    LinkCheck.objects.create(url="https://weg.example/", is_broken=True, explanation="antwoord 404")
    assert any("404" in error.message for error in errors_of(ready, cast["wg"]))
