"""The second guard: rights live as long as one transaction, and nothing of them stays on the connection (A28)."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone

from comms.enums import Tlp
from comms.models import Publication
from cwn import urls
from cwn.accounts.models import User
from cwn.core.guard import WEB_ROLE, as_the_portal, reading_as
from tests.cast import log_in
from tests.factories.comms import PublicationFactory, published
from tests.factories.partners import MembershipFactory, OrganisationFactory


# --- a small site that forgets every rule ------------------------------------------------------------
def standing() -> dict:
    """Return as whom this connection reads, for whom, and what it finds without any rule of ours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user::text, coalesce(current_setting('cwn.principals', true), '')")
        role, principals = cursor.fetchone()
        cursor.execute("SELECT id FROM comms_publication ORDER BY id")
        return {"role": role, "principals": principals, "found": [key for (key,) in cursor.fetchall()]}


def read(request: HttpRequest) -> HttpResponse:
    return JsonResponse(standing())


def fail(request: HttpRequest) -> HttpResponse:
    standing()
    raise RuntimeError("a view that breaks off")


def break_the_transaction(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    return HttpResponse()


def roll_back(request: HttpRequest) -> HttpResponse:
    before = standing()
    with transaction.atomic():
        transaction.set_rollback(True)
    transaction.set_rollback(True)
    return JsonResponse(before)


def do_upkeep(request: HttpRequest) -> HttpResponse:
    with as_the_portal():
        with as_the_portal():
            inside = standing()
        still_inside = standing()
    return JsonResponse({"inside": inside, "still_inside": still_inside, "after": standing()})


def do_upkeep_that_fails(request: HttpRequest) -> HttpResponse:
    try:
        with as_the_portal():
            Publication.objects.create(tlp="onbekend")
    except DatabaseError:
        pass
    return JsonResponse(standing())


urlpatterns = [
    path("lees/", read),
    path("fout/", fail),
    path("breuk/", break_the_transaction),
    path("terug/", roll_back),
    path("onderhoud/", do_upkeep),
    path("onderhoud-fout/", do_upkeep_that_fails),
    *urls.urlpatterns,
]


@dataclass
class Shelf:
    """One publication per label, a draft, and somebody who may read two of them."""

    member: User
    clear: Publication
    green: Publication
    amber: Publication
    draft: Publication


def make_shelf() -> Shelf:
    owner = OrganisationFactory()
    membership = MembershipFactory()
    return Shelf(
        member=User.objects.get(pk=membership.user_id),
        clear=published(owner=owner),
        green=published(owner=owner, tlp=Tlp.GREEN),
        amber=published(owner=owner, tlp=Tlp.AMBER),
        draft=PublicationFactory(owner=owner),
    )


@pytest.fixture
def shelf(db):
    """A shelf inside the transaction of a test."""
    return make_shelf()


@pytest.fixture
def committed(transactional_db):
    """A shelf that other transactions see too, as in production."""
    return make_shelf()


def who_reads() -> tuple[str, str]:
    now = standing()
    return now["role"], now["principals"]


# --- one request is one transaction ------------------------------------------------------------------
@pytest.mark.urls(__name__)
def test_a_view_that_forgets_the_rule_finds_what_its_reader_may_see(client, committed):
    before = who_reads()
    assert client.get("/lees/").json() == {"role": WEB_ROLE, "principals": "public", "found": [committed.clear.pk]}
    assert who_reads() == before
    log_in(client, committed.member)
    answer = client.get("/lees/").json()
    assert answer["found"] == [committed.clear.pk, committed.green.pk]
    assert f"user:{committed.member.pk}" in answer["principals"].split()
    assert who_reads() == before
    assert len(standing()["found"]) == 4


@pytest.mark.urls(__name__)
def test_nothing_stays_on_the_connection_however_a_request_ends(client, committed):
    """Commit, rollback, an exception in the view and one in the database: the next reader starts as nobody (A28)."""
    client.raise_request_exception = False
    before, backend = who_reads(), _backend()
    visitor, member = type(client)(), client
    log_in(member, committed.member)
    for address, status in (
        ("/lees/", 200),
        ("/terug/", 200),
        ("/fout/", 500),
        ("/breuk/", 500),
        ("/geen-adres/", 404),
    ):
        assert member.get(address).status_code == status
        assert who_reads() == before, address
        assert not connection.is_guarded
        with transaction.atomic():
            assert who_reads() == before, address
        assert visitor.get("/lees/").json()["found"] == [committed.clear.pk], address
    assert _backend() == backend, "all of that was one connection"


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


@pytest.mark.urls(__name__)
def test_upkeep_sees_all_and_the_reader_is_back_after_it(client, committed):
    answer = client.get("/onderhoud/").json()
    assert len(answer["inside"]["found"]) == len(answer["still_inside"]["found"]) == 4
    assert answer["after"] == {"role": WEB_ROLE, "principals": "public", "found": [committed.clear.pk]}
    assert client.get("/onderhoud-fout/").json() == answer["after"]


@pytest.mark.urls(__name__)
def test_a_removed_right_holds_from_the_next_request(client, committed):
    log_in(client, committed.member)
    assert committed.green.pk in client.get("/lees/").json()["found"]
    committed.member.memberships.update(ended_at=timezone.now())
    assert client.get("/lees/").json()["found"] == [committed.clear.pk]


# --- inside a test, where one transaction holds everything -------------------------------------------
@pytest.mark.urls(__name__)
def test_the_guard_holds_in_tests_too(client, shelf):
    before = who_reads()
    assert client.get("/lees/").json()["found"] == [shelf.clear.pk]
    assert client.get("/onderhoud-fout/").json()["found"] == [shelf.clear.pk]
    assert who_reads()[0] == before[0]


# --- the role itself ---------------------------------------------------------------------------------
def as_web_role(principals: str | None = None) -> None:
    """Become the web role by hand, for the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {WEB_ROLE}")
        if principals is not None:
            cursor.execute("SELECT set_config('cwn.principals', %s, true)", [principals])


def test_without_a_reader_only_what_is_open_is_found(shelf):
    later = timezone.now() + timedelta(days=1)
    published(owner=shelf.clear.owner, public_from=later)
    with transaction.atomic():
        as_web_role()
        assert standing()["found"] == [shelf.clear.pk]
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "principals", ["", " ", "org:", "member", "role:Coordinator", "public public", "org:0", "user:-1"]
)
def test_strange_principals_open_nothing(shelf, principals):
    with transaction.atomic():
        as_web_role(principals)
        try:
            with transaction.atomic():
                assert standing()["found"] == [shelf.clear.pk]
        except DatabaseError:
            pass  # refused as a whole: nothing is found either
        transaction.set_rollback(True)


def test_a_row_that_one_cannot_see_cannot_be_changed_or_deleted(shelf):
    with transaction.atomic():
        as_web_role("public")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE comms_publication SET phase = 'warm'")  # reads no column: the update rule alone
            cursor.execute("UPDATE comms_publication SET phase = 'lauw' WHERE id = %s", [shelf.draft.pk])
            cursor.execute("DELETE FROM comms_publication WHERE id = %s", [shelf.draft.pk])
            cursor.execute("SET LOCAL ROLE NONE")
        assert set(Publication.objects.filter(phase="warm")) == {shelf.clear}
        assert set(Publication.objects.values_list("pk", flat=True)) >= {shelf.amber.pk, shelf.draft.pk}


# --- outside a request -------------------------------------------------------------------------------
def test_a_report_reads_with_the_rights_of_who_asked(shelf):
    """security.md A29: at the moment that it runs, not when it was asked for."""
    before = who_reads()
    with reading_as(AnonymousUser()):
        assert standing()["found"] == [shelf.clear.pk]
    with reading_as(shelf.member):
        assert standing()["found"] == [shelf.clear.pk, shelf.green.pk]
    assert who_reads()[0] == before[0]
    with pytest.raises(RuntimeError), reading_as(shelf.member):
        raise RuntimeError("a report that breaks off")
    assert who_reads()[0] == before[0]
    assert len(standing()["found"]) == 4


def test_two_readers_one_inside_the_other(shelf):
    with reading_as(shelf.member):
        with reading_as(AnonymousUser()):
            assert standing()["found"] == [shelf.clear.pk]
        assert standing()["found"] == [shelf.clear.pk, shelf.green.pk]
    assert len(standing()["found"]) == 4
