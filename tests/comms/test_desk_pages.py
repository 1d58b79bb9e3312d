"""Who finds what at the desk: own work, what waits, readers to choose from, and the same sight as the readers'."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comms.actions.drafting import save_draft
from comms.actions.review import ask_review
from comms.enums import PublicationKind, Tlp
from comms.kinds import PROFILES
from comms.models import Publication
from comms.models.cover_sheet import ELEMENTS
from comms.sight import Sight, sight_of
from tests.comms.desk import page, post
from tests.factories.accounts import UserFactory
from tests.factories.comms import PublicationFactory, published, sharing_group
from tests.factories.partners import MembershipFactory

pytestmark = pytest.mark.django_db
DESK = "/redactie/"


@pytest.fixture
def haven(cast):
    return cast.organisations["havenring"]


@pytest.fixture
def amber(cast, haven):
    return PublicationFactory(owner=haven, author=cast["rep"], tlp=Tlp.AMBER)


@pytest.fixture
def red(cast, haven):
    """A draft of Petra that only she may read."""
    return PublicationFactory(owner=haven, author=cast["mem"], tlp=Tlp.RED, title="kanarie-rood")


# --- the first page ----------------------------------------------------------------------------------
def test_everybody_finds_the_own_work(cast, haven):
    PublicationFactory(owner=haven, author=cast["rep"], title="Van Ruben")
    PublicationFactory(owner=haven, author=cast["mem"], title="Van Petra")
    PublicationFactory(owner=cast.organisations["eilandring"], author=cast["mem-o"], title="Van Omar")

    seen = {principal: cast.client(principal).get(DESK).content.decode() for principal in ("mem", "rep", "mem-o")}

    assert {title: [who for who in seen if title in seen[who]] for title in ("Van Ruben", "Van Petra", "Van Omar")} == {
        "Van Ruben": ["rep"],
        "Van Petra": ["mem", "rep"],
        "Van Omar": ["mem-o"],
    }


def test_the_register_of_red_tells_no_more_than_that_it_exists(cast, red):
    """security.md A27: owner, status and dates, and neither title, address nor readers."""
    red.named_readers.add(cast["rcp"])
    text = cast.client("coord").get(DESK).content.decode()

    assert "De Havenring" in text.split("Register van TLP:RED")[1]
    for secret in ("kanarie-rood", red.slug, "Rik Ontvanger", "Petra Partner"):
        assert secret not in text
    assert "Register van TLP:RED" not in cast.client("rep").get(DESK).content.decode()


def test_red_is_found_by_its_author_and_its_reviewer_only(cast, red):
    red.named_readers.add(cast["rcp"])
    address = reverse("publication_edit", args=[red.slug])
    found = {who for who in cast.people if cast.client(who).get(address).status_code == 200}
    assert found == {"mem"}

    ask_review(red, reviewer=cast["rcp"], by=cast["mem"])

    assert "kanarie-rood" in cast.client("rcp").get(DESK).content.decode()
    assert cast.client("rcp").get(address).status_code == 200


def test_a_list_costs_the_same_for_one_row_and_four(cast, haven):
    client = cast.client("coord")

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(DESK)
        return len(caught)

    def work() -> None:
        draft = PublicationFactory(owner=haven, author=cast["rep"])
        ask_review(draft, reviewer=cast["coord"], by=cast["rep"])
        PublicationFactory(owner=haven, author=cast["mem"], tlp=Tlp.RED)

    work()
    queries()
    one = queries()
    for _number in range(3):
        work()
    assert queries() == one


# --- readers -----------------------------------------------------------------------------------------
def test_organisations_are_searched_chosen_and_kept(cast, amber):
    ruben, zorg = cast.client("rep"), cast.organisations["zorgring"]
    sent = {"edit_version": amber.edit_version}
    assert "De Zorgring" not in page(ruben, "readers", amber)

    found = post(ruben, "publication_readers", amber, q="zorg", zoek="1").content.decode()
    assert f'value="{zorg.pk}"' in found
    assert not amber.addressed_organisations.exists()
    post(ruben, "publication_readers", amber, **sent, organisations=[zorg.pk])

    assert list(amber.addressed_organisations.all()) == [zorg]
    assert "De Zorgring" in page(ruben, "readers", amber)


def test_what_was_ticked_survives_a_search(cast, amber):
    zorg = cast.organisations["zorgring"]

    found = post(cast.client("rep"), "publication_readers", amber, q="eiland", zoek="1", organisations=[zorg.pk])

    assert f'value="{zorg.pk}" id="id_organisations_1" checked' in found.content.decode().replace("\n", " ")


@pytest.mark.parametrize("hidden", ["prospectring", "geschorste-ring", "voormalige-ring", "geraadpleegde-ring"])
def test_only_partners_can_be_chosen(cast, amber, hidden):
    """security.md A17."""
    sent = {"edit_version": amber.edit_version, "organisations": [cast.organisations[hidden].pk]}

    response = post(cast.client("rep"), "publication_readers", amber, **sent)

    assert response.status_code == 400
    assert not amber.addressed_organisations.exists()


def test_a_group_of_others_is_not_offered_not_accepted_and_not_lost(cast, haven, amber):
    own = sharing_group(haven, name="Eigen groep")
    foreign = sharing_group(cast.organisations["eilandring"], name="kanarie-groep")
    ruben = cast.client("rep")
    text = page(ruben, "readers", amber)
    assert "Eigen groep" in text
    assert "kanarie-groep" not in text
    sent = {"edit_version": amber.edit_version}
    assert post(ruben, "publication_readers", amber, **sent, groups=[foreign.pk]).status_code == 400

    amber.addressed_groups.add(foreign)
    post(ruben, "publication_readers", amber, **sent, groups=[own.pk])

    assert set(amber.addressed_groups.all()) == {own, foreign}


@pytest.mark.parametrize("principal", ["ex", "sus", "coord", "nctv", "adm"])
def test_only_people_of_partners_can_be_named(cast, red, principal):
    sent = {"edit_version": red.edit_version, "people": [cast[principal].pk]}

    assert post(cast.client("mem"), "publication_readers", red, **sent).status_code == 400
    assert not red.named_readers.exists()


def test_people_are_found_by_name_and_by_organisation(cast, red):
    petra = cast.client("mem")
    assert "Rik Ontvanger" not in page(petra, "readers", red)
    for words in ("rik", "eiland"):
        found = post(petra, "publication_readers", red, q=words, zoek="1").content.decode()
        assert "Rik Ontvanger (De Eilandring)" in found

    post(petra, "publication_readers", red, edit_version=red.edit_version, people=[cast["rcp"].pk])

    assert list(red.named_readers.all()) == [cast["rcp"]]


def test_many_names_do_not_make_an_endless_list(cast, red):
    for number in range(40):
        MembershipFactory(user=UserFactory(name=f"Jan Nummer {number}"), organisation=cast.organisations["zorgring"])

    found = post(cast.client("mem"), "publication_readers", red, q="jan", zoek="1").content.decode()

    assert found.count("Jan Nummer") == 25


def test_readers_that_somebody_else_changed_are_asked_again(cast, amber):
    values = {"addressed_organisations": [cast.organisations["zorgring"]]}
    save_draft(amber, values=values, edit_version=1, by=cast["rep"])

    response = post(cast.client("rep"), "publication_readers", amber, edit_version=1, organisations=[])

    assert "Iemand anders veranderde dit intussen" in response.content.decode()
    assert amber.addressed_organisations.exists()


def test_readers_of_what_was_issued_change_with_a_reason(cast, haven):
    issued = published(
        owner=haven, author=cast["mem"], tlp=Tlp.AMBER, addressed_organisations=[cast.organisations["zorgring"]]
    )
    eiland = cast.organisations["eilandring"]
    sent = {"edit_version": issued.edit_version, "organisations": [eiland.pk]}
    assert post(cast.client("rep"), "publication_readers", issued, **sent).status_code == 400

    post(cast.client("rep"), "publication_readers", issued, **sent, reason="Het raakt nu de eilanden.")

    assert list(issued.addressed_organisations.all()) == [eiland]


# --- example -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", ["web", "mail", "mail-donker", "tekst"])
def test_every_form_of_the_example_says_the_actions(cast, haven, form):
    draft = PublicationFactory(owner=haven, author=cast["rep"])

    assert "Installeer versie 4.2 op alle firewalls." in page(cast.client("rep"), "preview", draft, als=form)


def test_the_example_of_the_sheet_is_a_pdf(cast, haven):
    draft = PublicationFactory(owner=haven, author=cast["rep"])

    answer = cast.client("rep").get(reverse("publication_preview", args=[draft.slug]), {"als": "pdf"})

    assert answer.content.startswith(b"%PDF-")


def test_the_mail_of_something_restricted_shows_what_really_goes_out(cast, amber, red):
    amber_mail = page(cast.client("rep"), "preview", amber, als="mail")
    assert "Installeer versie 4.2" not in amber_mail
    red_mail = page(cast.client("mem"), "preview", red, als="mail").split("<pre")[1]
    assert "kanarie-rood" not in red_mail


@pytest.mark.parametrize(
    ("label", "seen"),
    [
        (Tlp.CLEAR, {"bezoeker": "alles", "zorgring": "alles", "eilandring": "alles"}),
        (Tlp.GREEN, {"bezoeker": "niets", "zorgring": "alles", "eilandring": "alles"}),
        (Tlp.AMBER, {"bezoeker": "niets", "zorgring": "alles", "eilandring": "niets"}),
        (Tlp.RED, {"bezoeker": "niets", "zorgring": "niets", "eilandring": "genoemd"}),
    ],
)
def test_the_example_as_a_partner_says_what_that_partner_sees(cast, haven, label, seen):
    draft = PublicationFactory(owner=haven, author=cast["rep"], tlp=label)
    draft.addressed_organisations.add(cast.organisations["zorgring"])
    draft.named_readers.add(cast["rcp"])

    assert {who: str(sight_of(draft, cast.organisations.get(who))) for who in seen} == seen


@pytest.mark.parametrize("label", [Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT])
def test_the_sight_is_what_members_then_get(cast, haven, label):
    zorg = cast.organisations["zorgring"]
    issued = published(owner=haven, author=cast["rep"], tlp=label, addressed_organisations=[zorg])

    for principal, key in (("mem-x", "zorgring"), ("mem-o", "eilandring"), ("anon", None)):
        reads = Publication.objects.visible_to(cast[principal]).filter(pk=issued.pk).exists()
        assert reads == (sight_of(issued, cast.organisations.get(key)) == Sight.FULL)


def test_the_example_knows_no_hidden_organisation(cast, haven):
    draft = PublicationFactory(owner=haven, author=cast["rep"])
    address = reverse("publication_preview", args=[draft.slug])

    assert cast.client("rep").get(address, {"partner": "prospectring"}).status_code == 404
    assert cast.client("rep").get(address, {"als": "film"}).status_code == 404


def test_a_reviewer_cannot_find_out_who_is_in_a_group(cast, red):
    ask_review(red, reviewer=cast["rcp"], by=cast["mem"])
    address = reverse("publication_preview", args=[red.slug])

    assert "Bekijk als" not in page(cast.client("rcp"), "preview", red)
    for partner in ("zorgring", "bezoeker"):
        assert cast.client("rcp").get(address, {"partner": partner}).status_code == 404


# --- kinds -------------------------------------------------------------------------------------------
def test_every_kind_proposes_something_that_exists():
    assert set(PROFILES) == set(PublicationKind)
    for profile in PROFILES.values():
        assert set(profile.care) <= set(ELEMENTS)
        assert len(profile.outline) >= 3


def test_the_policy_owner_knows_titles_of_groups_that_allow_it(cast, haven):
    zorg = cast.organisations["zorgring"]
    open_group = sharing_group(zorg, name="Open", shows_policy_owner=True)
    closed_group = sharing_group(zorg, name="Dicht")
    published(owner=haven, tlp=Tlp.AMBER, title="Mag geweten", addressed_groups=[open_group])
    published(owner=haven, tlp=Tlp.AMBER, title="Niet geweten", addressed_groups=[closed_group])
    published(owner=haven, tlp=Tlp.AMBER_STRICT, title="Strikt", addressed_groups=[open_group])
    words = cast.client("nctv").get(reverse("publication_register")).content.decode()
    assert "Mag geweten" in words
    assert "Niet geweten" not in words
    assert "Strikt" not in words
    assert "Een tekst met wat er aan de hand is." not in words


def test_the_register_costs_the_same_for_one_row_and_three(cast, haven):
    group = sharing_group(haven, name="Open", shows_policy_owner=True)
    client, costs = cast.client("nctv"), []
    client.get(reverse("publication_register"))  # the brand and the session are known from here on
    for rows in (1, 2):
        for _row in range(rows):
            published(owner=haven, tlp=Tlp.AMBER, addressed_groups=[group])
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("publication_register")).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
