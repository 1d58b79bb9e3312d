"""The style guide: the page on which looks and accessibility are tested."""

import re

import pytest
from django.forms import CharField, Form
from django.template.loader import render_to_string

from cwn.portal.styleguide import LONG_WORD, ExampleForm


@pytest.mark.django_db
def test_it_shows_every_component_and_asks_the_database_little(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        html = client.get("/stijlgids/").content.decode()
    for name in ("utrecht-button--danger", "cwn-tlp--red", "cwn-map", "cwn-card", "cwn-relations", "cwn-steps"):
        assert name in html
    assert html.count("<h1") == 1
    assert html.count(LONG_WORD) > 15


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/stijlgids/", "/en/stijlgids/"])
def test_no_page_part_needs_what_the_policy_forbids(client, path):
    """Strict CSP: no inline script, style or handler; no cookie for a reader."""
    response = client.get(path)
    html = response.content.decode()
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=|javascript:", html)
    assert not response.cookies


@pytest.mark.django_db
def test_ids_on_the_page_are_unique(client):
    ids = re.findall(r'\sid="([^"]+)"', client.get("/stijlgids/").content.decode())
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.django_db
def test_the_list_is_the_one_of_the_overview(client):
    """Its parts come from the code of the site, with their worst content."""
    html = client.get("/stijlgids/").content.decode()
    assert "Jaarlijkse <mark>oefening</mark> voor waterschappen" in html
    assert html.count('<a class="cwn-tile ') == 18
    assert 'id="chip-regio-zeeland" href="/stijlgids/?q=oefening&amp;regio=saba&amp;sector=lang"' in html
    assert 'aria-current="page"><span class="cwn-visually-hidden">Pagina </span>4<' in html
    assert "Niet op de kaart: 4" in html


def test_a_refused_form_leads_from_the_summary_to_each_field():
    html = str(ExampleForm({"name": "Gemeente Zeewijk", "email": "geen adres"}))
    targets = re.findall(r'<a href="#([^"]+)"', html)
    assert targets == ["id_email", "id_region", "id_functions_0", "id_agree"]
    assert all(f'id="{target}"' in html for target in targets)
    assert 'value="geen adres"' in html
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_error"' in html
    assert 'id="foutmelding"' in html


def test_a_field_says_when_it_is_not_required():
    class Short(Form):
        needed = CharField(label="Naam")
        spare = CharField(label="Toelichting", required=False)

    html = str(Short())
    assert html.count("niet verplicht") == 1
    assert "foutmelding" not in html


@pytest.mark.parametrize("code", [400, 403, 404, 429, 500, 503])
def test_error_pages_stand_on_their_own_in_two_languages(code):
    """No database, no context, no trace of what went wrong (security.md F10)."""
    html = render_to_string(f"{code}.html")
    assert html.count("<h1>") == 1
    assert 'lang="en"' in html
    assert not re.search(r"Traceback|Django|<script|style=", html)
