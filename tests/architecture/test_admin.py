"""Every table of the admin as it is registered: who comes in, what it shows, and what it costs."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.options import ShowFacets
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cwn.accounts.models import User
from cwn.core.admin import CwnModelAdmin
from cwn.core.models import AuditEntry
from tests.factories.admin import MAKERS

pytestmark = pytest.mark.django_db
REGISTERED = sorted(admin.site._registry.items(), key=lambda entry: entry[0].__name__)
every_admin = pytest.mark.parametrize(
    ("model", "model_admin"), REGISTERED, ids=[model.__name__ for model, _admin in REGISTERED]
)


def _address(model: Any, page: str, *arguments: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)


def _reader(cast: Any, model: Any) -> Client:
    """Log in who works with a table: a technical administrator with accounts, a coordinator with the rest."""
    return cast.client("adm" if model is User else "coord")


def test_every_table_has_rows_to_test_with():
    assert {model for model, _admin in REGISTERED} == set(MAKERS)


@every_admin
def test_every_table_stands_on_the_base(model, model_admin):
    assert isinstance(model_admin, CwnModelAdmin)
    assert model_admin.list_filter, "a list without a filter"
    assert model_admin.search_fields, "a list that cannot be searched"
    assert model_admin.show_facets is ShowFacets.NEVER
    assert model_admin.show_full_result_count is False
    assert model_admin.group, "a table without a place on the first page"
    assert "delete_selected" not in dict(admin.site.actions)


@every_admin
def test_the_pages_of_every_table_answer(cast, model, model_admin):
    record = MAKERS[model]()
    client = _reader(cast, model)

    assert client.get(_address(model, "changelist")).status_code == 200
    assert client.get(_address(model, "changelist"), {"q": "zoek 'iets' %_\\"}).status_code == 200
    assert client.get(_address(model, "change", record.pk)).status_code == 200
    assert client.get(_address(model, "history", record.pk)).status_code == 200
    assert client.get(_address(model, "add")).status_code in (200, 403)


@every_admin
def test_every_filter_of_every_list_works(cast, model, model_admin):
    MAKERS[model]()
    client = _reader(cast, model)
    page = client.get(_address(model, "changelist")).content.decode()

    for query in set(re.findall(r'<li><a href="(\?[^"]+)"', page)):
        address = _address(model, "changelist") + query.replace("&amp;", "&")
        assert client.get(address).status_code == 200, address


@every_admin
def test_a_list_costs_the_same_for_one_row_and_three(cast, model, model_admin):
    client = _reader(cast, model)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert client.get(_address(model, "changelist")).status_code == 200
        return len(caught)

    MAKERS[model]()
    queries()  # the first request fills the caches
    one = queries()
    for _number in range(2):
        MAKERS[model]()
    assert queries() == one


def _pages(model: Any) -> list[str]:
    record = MAKERS[model]()
    return [
        _address(model, "changelist"),
        _address(model, "change", record.pk),
        _address(model, "history", record.pk),
        _address(model, "add"),
    ]


def test_strangers_find_no_admin(cast):
    pages = [page for model, _admin in REGISTERED for page in _pages(model)]
    lists = [_address(model, "changelist") for model, _admin in REGISTERED]

    assert {cast.client("rep").get(page).status_code for page in pages} == {404}
    for principal in ("mem", "wg", "nctv", "mem-x", "rcp", "ex", "sus"):
        client = cast.client(principal)
        assert {client.get(page).status_code for page in lists[::5]} == {404}, principal


def test_a_visitor_goes_to_the_log_in_of_the_portal(cast):
    client = cast.client("anon")

    for model, _admin in REGISTERED:
        answer = client.get(_address(model, "changelist"), follow=True)
        assert answer.request["PATH_INFO"] == reverse("account_login")


def test_the_technical_administrator_sees_no_content(cast):
    client = cast.client("adm")

    for model, _admin in REGISTERED:
        answers = {client.get(page).status_code for page in _pages(model)}
        assert answers == {200, 403} if model in (User, AuditEntry) else answers <= {403, 404}, model
    assert b"Zoek in" not in client.get(reverse("admin:index")).content


def test_the_coordinator_sees_no_accounts(cast):
    record = MAKERS[User]()

    assert cast.client("coord").get(_address(User, "changelist")).status_code == 403
    assert cast.client("coord").get(_address(User, "change", record.pk)).status_code == 403


def test_no_name_with_markup_becomes_markup(cast):
    """security.md B12: a name is text, in lists, forms, histories and previews."""
    from partners.models import Organisation

    name = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    record = MAKERS[Organisation]()
    Organisation.objects.filter(pk=record.pk).update(name=name, internal_notes=name)
    client = cast.client("coord")

    for page in (
        _address(Organisation, "changelist"),
        _address(Organisation, "change", record.pk),
        _address(Organisation, "history", record.pk),
    ):
        text = client.get(page).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_no_page_has_inline_code(cast):
    """security.md F02: the admin lives under the same policy as every page."""
    client = cast.client("coord")
    addresses = [reverse("admin:index")]
    for model, _admin in REGISTERED:
        if model is not User:
            record = MAKERS[model]()
            addresses += [_address(model, "changelist"), _address(model, "change", record.pk)]

    for address in addresses:
        response = client.get(address)
        text = response.content.decode()
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\bsrc=)(?![^>]*application/json)", text), address
        assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["password__startswith", "email__contains", "groups__user__password__startswith"])
def test_no_field_can_be_guessed_through_the_address(cast, path):
    assert cast.client("adm").get(_address(User, "changelist"), {path: "a"}).status_code == 400


def test_a_list_is_filtered_by_what_it_offers_and_by_key(cast):
    for path in ("is_active__exact", "pk", "id__in"):
        assert cast.client("adm").get(_address(User, "changelist"), {path: "1"}).status_code == 200


def test_a_key_leads_to_no_address(cast):
    hidden = cast.organisations["prospectring"]
    route = f"/beheer/r/{ContentType.objects.get_for_model(hidden).pk}/{hidden.pk}/"
    assert cast.client("adm").get(route).status_code == 404
