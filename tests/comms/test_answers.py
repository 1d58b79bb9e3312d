"""What readers say back, and what the owner learns from it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comms.actions.responding import acknowledge, answer_feedback, give_feedback
from comms.enums import Answer, PublicationStatus, ReceiptChannel, Tlp
from comms.models import Acknowledgement, Feedback, FeedbackAnswer, Notice, NoticeKind, Receipt
from comms.reach import reach_of
from cwn.core.guard import reading_as
from partners.models import Constituency
from tests.cast import log_in
from tests.factories.comms import PublicationFactory, published
from tests.factories.partners import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

SCANNERS = ({}, {"Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"User-Agent": "SafeLinks/1.0"})


def address(name, publication):
    return reverse(name, args=[publication.slug])


def answer(client, publication, organisation="havenring", **fields):
    fields.setdefault("answer", Answer.PASSED_ON)
    return client.post(address("acknowledge", publication), {"organisation": organisation, **fields})


def react(client, publication, **fields):
    return client.post(address("give_feedback", publication), {"is_useful": "ja", **fields})


def addressed(cast, tlp=Tlp.AMBER, **fields):
    fields.setdefault("addressed_organisations", [cast.organisations["havenring"]])
    return published(tlp=tlp, owner=cast.organisations["zorgring"], **fields)


# --- one click for an organisation -------------------------------------------------------------------
def test_one_click_answers_for_an_organisation(cast):
    publication = addressed(cast)
    response = answer(cast.client("mem"), publication)

    given = Acknowledgement.objects.get()
    assert response.url == publication.get_absolute_url() + "#reactie"
    assert (given.organisation.slug, given.answer, given.version) == ("havenring", Answer.PASSED_ON, 1)
    assert given.answered_by == cast["mem"]
    assert (
        "Antwoord: <strong>Wij gaven dit door</strong>"
        in cast.client("rep").get(publication.get_absolute_url()).content.decode()
    )


def test_the_details_are_kept_and_can_be_changed(cast):
    publication = addressed(cast)
    client, today = cast.client("mem"), timezone.localdate()
    answer(client, publication, channel="nieuwsbrief", passed_on_on=today.isoformat(), reach="120", note="Met uitleg.")

    given = Acknowledgement.objects.get()
    assert (given.channel, given.passed_on_on, given.reach, given.note) == ("nieuwsbrief", today, 120, "Met uitleg.")
    form = client.get(address("acknowledge", publication)).content.decode()
    assert 'value="nieuwsbrief"' in form
    assert 'value="120"' in form

    answer(client, publication, answer=Answer.NOT_RELEVANT, reach="120", note="Wij hebben dit niet.")
    given.refresh_from_db()
    assert (given.answer, given.channel, given.reach, given.note) == (
        Answer.NOT_RELEVANT, "", None, "Wij hebben dit niet.",
    )  # fmt: skip
    assert Acknowledgement.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"answer": "verkocht"}, "Selecteer een geldige keuze"),
        ({"answer": ""}, "Dit veld is verplicht"),
        ({"passed_on_on": "2999-01-01"}, "Deze dag is nog niet geweest."),
        ({"passed_on_on": "1999-01-01"}, "Toen was dit nog niet gepubliceerd."),
        ({"passed_on_on": "gisteren"}, "Voer een geldige datum in"),
        ({"reach": "-5"}, "Vul 0 of een hoger getal in."),
        ({"reach": "99999999999"}, "Zoveel organisaties zijn er niet."),
        ({"reach": "veel"}, "Vul een heel getal in"),
        ({"channel": "x" * 200}, "200"),
        ({"note": "y" * 600}, "600"),
    ],
)
def test_bad_input_is_explained_and_nothing_typed_is_lost(cast, fields, sentence):
    publication = addressed(cast)
    response = answer(cast.client("mem"), publication, **{"channel": "overleg", "note": "Let op.", **fields})

    text = response.content.decode()
    assert response.status_code == 200
    assert sentence in text
    assert fields.get("note", "Let op.") in text
    assert fields.get("channel", "overleg") in text
    assert not Acknowledgement.objects.exists()


def test_nobody_answers_for_an_organisation_of_others(cast):
    publication = addressed(
        cast, addressed_organisations=[cast.organisations["havenring"], cast.organisations["eilandring"]]
    )

    for organisation in ("eilandring", "zorgring", "bestaat-niet", ""):
        answer(cast.client("mem"), publication, organisation)
    assert not Acknowledgement.objects.exists()


@pytest.mark.parametrize("tlp", [Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED])
def test_who_can_answer(cast, tlp):
    publication = addressed(cast, tlp, named_readers=[cast["mem"]])
    expected = {"mem", "rep"} if tlp != Tlp.RED else set()
    if tlp in (Tlp.CLEAR, Tlp.GREEN):
        expected |= {"mem-o", "rcp"}
    expected |= set() if tlp == Tlp.RED else {"wg", "mem-x"}  # the owner passes it on too

    able = {
        principal
        for principal in ("mem", "rep", "wg", "coord", "nctv", "adm", "mem-x", "mem-o", "rcp", "ex", "sus")
        if cast.client(principal).get(address("acknowledge", publication)).status_code == 200
    }
    assert able == expected


def test_who_has_several_organisations_chooses(cast):
    second = OrganisationFactory(
        name="De Tweede Ring", slug="tweede-ring", status="partner", partner_since="2026-01-01"
    )
    MembershipFactory(user=cast["mem"], organisation=second)
    publication = published()
    client = cast.client("mem")

    page = client.get(publication.get_absolute_url()).content.decode()
    assert page.count('class="cwn-answers__form"') == 3  # two organisations and the question whether it was useful
    answer(client, publication, "tweede-ring", answer=Answer.LATER)
    assert Acknowledgement.objects.get().organisation == second
    form = client.get(address("acknowledge", publication) + "?organisatie=tweede-ring").content.decode()
    assert '<option value="tweede-ring" selected>' in form


def test_only_addressed_organisations_of_a_reader_answer(cast):
    other = partner("Niet geadresseerd")
    MembershipFactory(user=cast["mem"], organisation=other)
    publication = addressed(cast)
    client = cast.client("mem")

    assert "Niet geadresseerd" not in client.get(publication.get_absolute_url()).content.decode()
    answer(client, publication, other.slug)
    assert not Acknowledgement.objects.exists()
    assert set(Receipt.objects.values_list("organisation__slug", flat=True)) == {"havenring"}


def test_what_may_not_be_passed_on_is_told_inside(cast):
    publication = addressed(cast, Tlp.AMBER_STRICT)
    client = cast.client("mem")

    assert "Wij deelden dit binnen onze organisatie" in client.get(publication.get_absolute_url()).content.decode()
    answer(client, publication, reach="50")
    assert Acknowledgement.objects.get().reach is None


def test_a_new_version_asks_again(cast):
    publication = addressed(cast)
    client = cast.client("mem")
    answer(client, publication, answer=Answer.LATER)
    publication.version, publication.title = 2, "Beter"
    publication.save()
    answer(client, publication)

    assert set(Acknowledgement.objects.values_list("version", "answer")) == {(1, Answer.LATER), (2, Answer.PASSED_ON)}


@pytest.mark.parametrize("status", [PublicationStatus.WITHDRAWN, PublicationStatus.DRAFT])
def test_what_is_gone_or_not_there_yet_takes_no_answer(cast, status):
    publication = published(status=status, owner=cast.organisations["havenring"])
    assert answer(cast.client("rep"), publication).status_code == 404
    assert react(cast.client("rep"), publication).status_code == 404


@pytest.mark.parametrize("headers", SCANNERS)
def test_opening_an_address_changes_nothing(cast, headers):
    """security.md D01: link scanners open every address of a mail."""
    publication = addressed(cast)
    client = cast.client("mem")
    for name in ("acknowledge", "give_feedback", "feedback_received"):
        for query in ("", "?answer=doorgegeven&organisation=havenring&is_useful=ja"):
            client.get(address(name, publication) + query, headers=headers)
            client.head(address(name, publication) + query, headers=headers)

    assert not Acknowledgement.objects.exists()
    assert not Feedback.objects.exists()


def test_an_answer_needs_the_token_of_the_form(cast):
    publication = addressed(cast)
    client = Client(enforce_csrf_checks=True)
    log_in(client, cast["mem"])
    assert answer(client, publication).status_code == 403
    assert react(client, publication).status_code == 403
    assert not Acknowledgement.objects.exists()


# --- was it useful -----------------------------------------------------------------------------------
def test_a_visitor_reacts_on_a_page_of_its_own(cast):
    publication = published()
    client = cast.client("anon")
    page = client.get(publication.get_absolute_url()).content.decode()
    assert address("give_feedback", publication) in page
    assert "csrfmiddlewaretoken" not in page

    assert react(client, publication, text="Graag ook voor OT.").url == address("feedback_received", publication)
    given = Feedback.objects.get()
    assert (given.is_useful, given.text, given.user) == (True, "Graag ook voor OT.", None)
    assert "Bedankt" in client.get(address("feedback_received", publication)).content.decode()


def test_who_is_logged_in_has_one_reaction_per_version(cast):
    publication = published()
    react(cast.client("mem"), publication)
    react(cast.client("mem"), publication, is_useful="nee", text="Bij nader inzien niet.")

    given = Feedback.objects.get()
    assert (given.is_useful, given.text, given.user) == (False, "Bij nader inzien niet.", cast["mem"])


def test_a_reaction_without_a_choice_is_explained(cast):
    response = react(cast.client("anon"), published(), is_useful="", text="Toch iets.")
    assert "Dit veld is verplicht" in response.content.decode()
    assert "Toch iets." in response.content.decode()
    assert not Feedback.objects.exists()


def test_machines_are_thanked_and_forgotten(cast):
    publication = published()
    response = react(cast.client("anon"), publication, nickname="bot")
    assert response.url == address("feedback_received", publication)
    assert not Feedback.objects.exists()


def test_many_reactions_from_one_machine_are_too_many(cast):
    publication = published()
    client = cast.client("anon")
    statuses = [react(client, publication, text=f"Reactie {number}").status_code for number in range(21)]
    assert statuses == [302] * 20 + [429]
    assert Feedback.objects.count() == 20


def test_reactions_are_read_by_the_owner_and_coordinators_only(cast):
    publication = addressed(cast, Tlp.GREEN)
    MembershipFactory(user=cast["wg"], organisation=cast.organisations["eilandring"])
    react(cast.client("mem"), publication, text="kanarie-reactie")

    owner = _representative_of(publication)
    assert "kanarie-reactie" in owner.get(address("publication_reach", publication)).content.decode()
    assert "kanarie-reactie" in cast.client("coord").get(address("publication_reach", publication)).content.decode()
    for principal in ("anon", "mem-o", "mem-x", "nctv"):
        client = cast.client(principal)
        assert "kanarie-reactie" not in client.get(publication.get_absolute_url()).content.decode()
        assert client.get(address("publication_reach", publication)).status_code in (302, 404)


def _representative_of(publication):
    """Log in somebody who may act for the owner."""
    membership = MembershipFactory(organisation=publication.owner, role="vertegenwoordiger")
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(
        user=membership.user, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DPEHPK3PXP"}
    )
    client = Client()
    log_in(client, membership.user)
    client.user = membership.user
    return client


# --- this is what we did with it ---------------------------------------------------------------------
def test_all_readers_see_what_was_done_and_who_reacted_is_told(cast):
    publication = addressed(cast, Tlp.GREEN)
    react(cast.client("mem"), publication)
    react(cast.client("mem-o"), publication, is_useful="nee")
    owner = _representative_of(publication)

    response = owner.post(address("answer_feedback", publication), {"text": "Wij voegden OT toe."})
    assert response.url == address("publication_reach", publication)
    assert "Wij voegden OT toe." in cast.client("rcp").get(publication.get_absolute_url()).content.decode()
    told = Notice.objects.filter(kind=NoticeKind.ANSWERED)
    assert set(told.values_list("user", flat=True)) == {cast["mem"].pk, cast["mem-o"].pk}
    assert set(told.values_list("occasion", flat=True)) == {str(FeedbackAnswer.objects.get().pk)}


def test_only_the_owner_answers(cast):
    publication = addressed(cast, Tlp.GREEN)
    for principal, status in (("mem", 404), ("coord", 404), ("mem-x", 404), ("anon", 302), ("nctv", 404)):
        response = cast.client(principal).post(address("answer_feedback", publication), {"text": "Namens een ander."})
        assert response.status_code == status, principal
    assert not FeedbackAnswer.objects.exists()


def test_an_empty_answer_is_explained(cast):
    publication = addressed(cast, Tlp.GREEN)
    response = _representative_of(publication).post(address("answer_feedback", publication), {"text": "   "})
    assert "Dit veld is verplicht" in response.content.decode()


# --- how far it came ---------------------------------------------------------------------------------
def partner(name, size=None):
    organisation = OrganisationFactory(name=name, status="partner", partner_since="2026-01-01")
    if size:
        Constituency.objects.create(
            organisation=organisation, description="leden", size=size, source="telling", as_of="2026-01-01"
        )
    return organisation


def got_it(publication, *organisations):
    for organisation in organisations:
        Receipt.objects.create(
            publication=publication, version=1, organisation=organisation, channel=ReceiptChannel.MAIL
        )


def said(publication, organisation, answer, reach=None):
    Acknowledgement.objects.create(
        publication=publication,
        version=1,
        organisation=organisation,
        answer=answer,
        reach=reach,
        answered_by=publication.author,
    )


def test_reach_is_a_range_of_what_is_confirmed_estimated_and_unknown(cast):
    told, silent, small, refused, absent = (
        partner("Vertelde", 500), partner("Zwijgt", 80), partner("Zonder getal"), partner("Niet voor ons", 900),
        partner("Kreeg niets", 7000),
    )  # fmt: skip
    publication = addressed(cast, addressed_organisations=[told, silent, small, refused, absent])
    got_it(publication, told, silent, small, refused)
    said(publication, told, Answer.PASSED_ON, reach=120)
    said(publication, refused, Answer.NOT_RELEVANT)

    reach = reach_of(publication, 1, cast["coord"])
    assert (reach.confirmed, reach.estimated, reach.unknown) == (120, 200, 2)
    assert (reach.received, reach.answered, reach.passed_on, reach.opened) == (4, 2, 1, 0)
    assert {row.organisation.name for row in reach.rows if not row.received} == {"Kreeg niets"}


def test_passed_on_without_a_number_counts_as_an_estimate(cast):
    organisation = partner("Zonder opgave", 300)
    publication = addressed(cast, addressed_organisations=[organisation])
    said(publication, organisation, Answer.PASSED_ON)

    reach = reach_of(publication, 1, cast["coord"])
    assert (reach.confirmed, reach.estimated, reach.unknown) == (0, 300, 0)


def test_the_owner_sees_organisations_and_never_persons(cast):
    publication = addressed(cast)
    cast.client("mem").get(publication.get_absolute_url())
    answer(cast.client("mem"), publication, reach="40", channel="overleg")

    text = _representative_of(publication).get(address("publication_reach", publication)).content.decode()
    assert "De Havenring" in text
    assert "Pagina geopend" in text
    assert "overleg" in text
    assert "<strong>40</strong>" in text
    assert cast["mem"].name not in text
    assert cast["mem"].email not in text


def test_a_reviewer_of_another_organisation_sees_numbers_without_names(cast):
    publication = addressed(cast, reviewer=cast["mem-o"], approved_by=cast["mem-o"])
    publication.addressed_organisations.add(cast.organisations["eilandring"])
    got_it(publication, cast.organisations["havenring"])

    text = cast.client("mem-o").get(address("publication_reach", publication)).content.decode()
    assert "De namen zijn voor de eigenaar" in text
    assert "De Havenring" not in text


def test_each_version_has_its_own_reach(cast):
    publication = addressed(cast)
    got_it(publication, cast.organisations["havenring"])
    publication.version, publication.title = 2, "Beter"
    publication.save()
    client = cast.client("coord")

    page = address("publication_reach", publication)
    assert "<td>nog niet</td>" in client.get(page).content.decode()
    assert "<td>Mail</td>" in client.get(page + "?versie=1").content.decode()
    for wrong in ("0", "3", "x", "99999999999999999999", "-1", "1.0"):
        assert client.get(f"{page}?versie={wrong}").status_code == 404, wrong


def test_who_opens_open_pages_is_not_known(cast):
    text = cast.client("coord").get(address("publication_reach", published())).content.decode()
    assert "openden de pagina" not in text


def test_the_reach_page_is_for_who_works_on_it(cast):
    publication = addressed(cast, author=cast["wg"])
    for principal, status in (
        ("anon", 302), ("mem", 404), ("rep", 404), ("mem-o", 404), ("nctv", 404), ("adm", 404), ("rcp", 404),
        ("wg", 200), ("coord", 200),
    ):  # fmt: skip
        response = cast.client(principal).get(address("publication_reach", publication))
        assert response.status_code == status, principal
    draft = PublicationFactory(owner=cast.organisations["havenring"])
    assert cast.client("rep").get(address("publication_reach", draft)).status_code == 404


def test_the_reach_page_costs_the_same_for_one_organisation_and_many(cast):
    publication = addressed(cast)
    client = cast.client("coord")

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address("publication_reach", publication)).status_code == 200
        return len(caught)

    def one_more(number):
        organisation = partner(f"Partner {number}", 10)
        publication.addressed_organisations.add(organisation)
        got_it(publication, organisation)
        said(publication, organisation, Answer.PASSED_ON, reach=number)
        give_feedback(publication, is_useful=True, text=f"Reactie {number}")
        answer_feedback(publication, text=f"Antwoord {number}", by=_editor(publication))

    one_more(1)
    queries()
    one = queries()
    for number in range(2, 5):
        one_more(number)
    assert queries() == one


def _editor(publication):
    if not hasattr(publication, "_editor"):
        publication._editor = _representative_of(publication).user
    return publication._editor


# --- the second guard --------------------------------------------------------------------------------
def test_the_actions_work_with_the_rights_of_the_reader(cast):
    publication = addressed(cast)
    haven = cast.organisations["havenring"]
    with reading_as(cast["mem"]):
        acknowledge(publication, organisation=haven, answer=Answer.LATER, by=cast["mem"])
        acknowledge(
            publication,
            organisation=haven,
            answer=Answer.PASSED_ON,
            passed_on_on=timezone.localdate() - timedelta(0),
            by=cast["mem"],
        )
        give_feedback(publication, is_useful=True, by=cast["mem"])
        give_feedback(publication, is_useful=False, by=cast["mem"])
    assert Acknowledgement.objects.get().answer == Answer.PASSED_ON
    assert Feedback.objects.get().is_useful is False
