"""The API: the same visibility as the pages, personal keys that can be withdrawn, and the NL API Design Rules."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openapi_spec_validator import OpenAPIV31SpecValidator

from comms.enums import PublicationStatus, Tlp
from cwn.accounts.actions import create_token, withdraw_token
from cwn.accounts.models import ApiToken
from cwn.core.models import AuditEntry
from partners.enums import PartnerStatus
from tests.factories.comms import published
from tests.factories.partners import OrganisationFactory

pytestmark = pytest.mark.django_db
LISTS = ("publications", "organisations", "initiatives", "functions")


def ask(path: str, user=None, **headers: str):
    """Ask the API, with a key of somebody or as a visitor."""
    if user is not None:
        _token, secret = create_token(user, name="proef", days=30)
        headers["Authorization"] = f"Bearer {secret}"
    return Client().get(f"/api/v1/{path}", headers=headers)


@pytest.fixture
def messages(cast):
    """A published message of each label, of Petra's organisation for the group of Xandra's, RED for Rik."""
    made = {}
    for label in Tlp:
        made[label] = published(
            owner=cast.organisations["havenring"],
            author=cast["rep"],
            tlp=label,
            title=f"Bericht {label.label}",
            slug=f"bericht-{label.value}",
            addressed_organisations=[cast.organisations["zorgring"]],
            named_readers=[cast["rcp"]],
        )
    return made


@pytest.mark.parametrize(
    ("principal", "found"),
    [
        ("anon", {"clear"}),
        ("mem-x", {"clear", "green", "amber", "amber-strict"}),
        ("mem-o", {"clear", "green"}),
        ("coord", {"clear", "green", "amber", "amber-strict"}),
        ("nctv", {"clear", "green"}),
    ],
)
def test_a_list_shows_what_its_reader_may_see(cast, messages, principal, found):
    answer = ask("publications", None if principal == "anon" else cast[principal]).json()
    assert {item["slug"].removeprefix("bericht-") for item in answer["results"]} == found
    assert answer["count"] == len(found)


@pytest.mark.parametrize("label", Tlp)
@pytest.mark.parametrize("principal", ["anon", "mem-x", "mem-o", "coord", "nctv", "rcp"])
def test_one_publication_follows_visible_to(cast, messages, principal, label):
    user = None if principal == "anon" else cast[principal]
    shown = type(messages[label]).objects.visible_to(cast[principal]).exclude(tlp=Tlp.RED)
    expected = shown.filter(pk=messages[label].pk).exists()
    assert ask(f"publications/bericht-{label.value}", user).status_code == (200 if expected else 404)


def test_what_is_restricted_is_logged(cast, messages):
    ask("publications/bericht-amber", cast["mem-x"])
    assert AuditEntry.objects.filter(verb="download", object_id=messages[Tlp.AMBER].pk).exists()
    assert messages[Tlp.AMBER].receipts.get().channel == "api"


def test_the_six_elements_are_there(cast, messages):
    sheet = ask("publications/bericht-clear").json()
    assert sheet["urgency"]["reason"]
    assert [action["action"] for action in sheet["action_perspective"]] == [
        "Stuur dit bericht door aan uw achterban.",
        "Installeer versie 4.2 op alle firewalls.",
    ]
    assert sheet["tlp"] == "TLP:CLEAR"


def test_of_what_was_withdrawn_nothing_is_left_but_that(cast):
    gone = published(status=PublicationStatus.WITHDRAWN, title="Geheim geworden", slug="weg")
    answer = ask("publications/weg")
    assert answer.json()["status"] == "ingetrokken"
    assert "Geheim" not in answer.content.decode()
    assert gone.body not in answer.content.decode()


def test_drafts_are_not_in_the_api(cast):
    published(status=PublicationStatus.DRAFT, owner=cast.organisations["havenring"], slug="kladje")
    assert ask("publications/kladje", cast["rep"]).status_code == 404


def test_prospects_are_for_coordinators(cast):
    OrganisationFactory(slug="prospect", status=PartnerStatus.PROSPECT)
    assert ask("organisations/prospect").status_code == 404
    assert ask("organisations/prospect", cast["coord"]).status_code == 200


def test_a_key_stops_working_at_once(cast):
    token, secret = create_token(cast["mem"], name="website", days=30)
    headers = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/publications", headers=headers).status_code == 200
    withdraw_token(token, by=cast["mem"])
    refused = Client().get("/api/v1/publications", headers=headers)
    assert (refused.status_code, refused["Content-Type"]) == (401, "application/problem+json")


def test_a_key_ends_with_its_term_and_with_the_person(cast):
    token, secret = create_token(cast["mem"], name="website", days=30)
    headers = {"Authorization": f"Bearer {secret}"}
    ApiToken.objects.filter(pk=token.pk).update(expires_on=timezone.localdate() - timezone.timedelta(days=1))
    assert Client().get("/api/v1/publications", headers=headers).status_code == 401
    ApiToken.objects.filter(pk=token.pk).update(expires_on=timezone.localdate())
    type(cast["mem"]).objects.filter(pk=cast["mem"].pk).update(is_active=False)
    assert Client().get("/api/v1/publications", headers=headers).status_code == 401


@pytest.mark.parametrize("principal", ["ex", "sus"])
def test_who_lost_access_is_a_visitor(cast, messages, principal):
    assert ask("publications", cast[principal]).json()["count"] == 1


def test_the_key_itself_is_kept_nowhere(cast):
    _token, secret = create_token(cast["mem"], name="website", days=30)
    assert secret not in str(list(ApiToken.objects.values()))


def test_a_session_counts_for_nothing(cast, messages):
    assert cast.client("mem-x").get("/api/v1/publications").json()["count"] == 1


def test_the_own_keys_page(cast):
    client = cast.client("mem")
    page = client.post("/account/sleutels/", {"name": "onze website", "days": "30"})
    secret = re.search(r"cwn_[\w-]+", page.content.decode()).group()
    assert Client().get("/api/v1/publications", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    assert secret not in client.get("/account/sleutels/").content.decode()
    token = ApiToken.objects.get()
    assert cast.client("mem-o").post(f"/account/sleutels/{token.pk}/intrekken/").status_code == 404
    client.post(f"/account/sleutels/{token.pk}/intrekken/")
    assert not ApiToken.objects.valid().exists()


# --- NL API Design Rules -------------------------------------------------------------------------------


def test_the_document_is_valid_openapi_and_open_to_all(cast):
    answer = ask("openapi.json")
    document = answer.json()
    OpenAPIV31SpecValidator(document).validate()
    assert document["openapi"].startswith("3.1")
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_resources_are_plural_nouns_in_kebab_case_without_a_slash(cast):
    paths = ask("openapi.json").json()["paths"]
    assert len(paths) == 8
    for path in paths:
        assert re.fullmatch(r"/api/v1/[a-z-]+s(/\{slug\})?", path)


def test_only_reading(cast):
    for operations in ask("openapi.json").json()["paths"].values():
        assert set(operations) == {"get"}
    refused = Client().post("/api/v1/publications", {"title": "x"})
    assert (refused.status_code, refused["Content-Type"]) == (405, "application/problem+json")


@pytest.mark.parametrize("path", [*LISTS, "openapi.json", "bestaat-niet", "publications/bestaat-niet"])
def test_every_answer_tells_the_version(cast, path):
    assert re.fullmatch(r"\d+\.\d+\.\d+", ask(path)["API-Version"])


@pytest.mark.parametrize(
    "path", ["bestaat-niet", "publications/", "publications/bestaat-niet", "publications?pagina=99"]
)
def test_what_is_absent_is_a_problem(cast, path):
    answer = ask(path)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["status"] == 404


def test_pages_lead_to_each_other(cast):
    for number in range(30):
        published(slug=f"nummer-{number}")
    first = ask("publications?sorteer=nieuwste").json()
    assert first["_links"]["prev"] is None
    assert "pagina=2" in first["_links"]["next"]["href"]
    assert len(first["results"]) == 25


def test_too_many_questions_are_refused(cast, monkeypatch):
    monkeypatch.setattr("cwn.portal.api.urls.MOST_REQUESTS", 2)
    codes = [ask("functions").status_code for _time in range(3)]
    assert codes == [200, 200, 429]


@pytest.mark.parametrize("path", ["publications", "publications/nummer-0", "organisations", "initiatives"])
def test_an_answer_costs_the_same_for_one_row_and_three(cast, path):
    def cost() -> int:
        ask(path)  # the index takes up what is new
        with CaptureQueriesContext(connection) as queries:
            assert ask(path).status_code == 200
        return len(queries)

    published(slug="nummer-0")
    one = cost()
    for number in (1, 2):
        published(slug=f"nummer-{number}")
        OrganisationFactory()
    assert cost() == one


def test_the_keys_page_costs_the_same_for_one_key_and_three(cast):
    client, costs = cast.client("mem"), []
    client.get("/account/sleutels/")  # the brand and the session are known from here on
    for keys in (1, 2):
        for _key in range(keys):
            create_token(cast["mem"], name="website", days=30)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/account/sleutels/").status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
