"""The building blocks of pages: escaping, names for those who do not see, and addresses that stay here."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation

from cwn.core.fragments import Card, FilterGroup, FilterOptions, Option, TileMap, WrittenCard, marked
from cwn.core.graphics import MOST_NODES, MapRegion, relation_nodes, tiles

HOSTILE = '"><script>alert(1)</script>'


def render(source: str, path: str = "/", **context: object) -> str:
    request = RequestFactory().get(path)
    template = engines["django"].from_string("{% load components %}" + source)
    return template.render(context, request)


def region(value: str = "zeeland", label: str = "Zeeland", *, row: int = 4, count: int = 3, selected: bool = False):
    return MapRegion(value, label, (row, 1), count, selected, f"/?regio={value}")


@pytest.mark.parametrize(
    "source",
    [
        "{% badge text text %}",
        "{% tlp text %}",
        "{% breadcrumbs text text text %}",
        "{% page_header title=text lead=text %}{% endpage_header %}",
        "{% alert text title=text %}{{ text }}{% endalert %}",
        "{% empty_state text %}{{ text }}{% endempty_state %}",
        "{% hint text %}{{ text }}{% endhint %}",
        "{% dialog text text text %}{{ text }}{% enddialog %}",
        "{% table text %}<tr><td>{{ text }}</td></tr>{% endtable %}",
        "{% description text %}{{ text }}{% enddescription %}",
        "{% relation_map text relations %}",
        "{% stat text text text %}",
        "{% logo text text %}",
        "{% tabs text items text %}",
        "{% steps labels 1 %}",
        "{% search_box key=text value=text %}",
    ],
)
def test_no_component_lets_a_hostile_name_through(source):
    """Names come from partners and imports (security.md B12)."""
    html = render(
        source,
        text=HOSTILE,
        relations=[{"label": HOSTILE, "name": HOSTILE, "url": HOSTILE}],
        items=[(HOSTILE, HOSTILE)],
        labels=[HOSTILE],
    )
    assert "<script" not in html
    assert '">&lt;' not in html.replace('"&gt;', "")


def test_no_part_of_a_list_lets_a_hostile_name_through():
    """These are written without templates, so nothing escapes for them (security.md B12)."""
    card = Card(HOSTILE, HOSTILE, HOSTILE, [(HOSTILE, "info")], HOSTILE, [(HOSTILE, HOSTILE)], HOSTILE, HOSTILE)
    found = marked([(HOSTILE, True), (HOSTILE, False)])
    (option,) = FilterOptions("regio", [Option(HOSTILE, HOSTILE)]).written({}, [])
    group = FilterGroup(HOSTILE, HOSTILE, HOSTILE).written([], [], HOSTILE, HOSTILE)
    tiles_html = TileMap([region(HOSTILE, HOSTILE)]).written({HOSTILE: 1}, (), [HOSTILE])
    for html in (WrittenCard(card).html(), WrittenCard(card).html(found, found), option, group, tiles_html):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
        assert "<script" not in html
        assert '">&lt;' not in html  # a quote that was not escaped


def test_the_language_switch_keeps_the_page_and_its_filters():
    assert 'href="/en/partners/?regio=zeeland"' in render("{% language_switch %}", "/partners/?regio=zeeland")
    with translation.override("en"):
        html = render("{% language_switch %}", "/en/partners/?regio=zeeland")
    assert 'href="/partners/?regio=zeeland"' in html
    assert 'lang="nl"' in html


def test_the_language_switch_never_leads_to_another_site():
    """Behind the prefix may stand a second slash, and //host is an address elsewhere."""
    with translation.override("en"):
        html = render("{% language_switch %}", "/en//evil.example/")
    assert 'href="//' not in html


@pytest.mark.parametrize(
    ("path", "current"), [("/partners/", "page"), ("/partners/een-organisatie/", "true"), ("/privacy/", None)]
)
def test_the_menu_marks_the_part_of_the_site_that_one_is_in(path, current):
    request = RequestFactory().get(path)
    request.resolver_match = resolve(path)
    html = engines["django"].from_string("{% load components %}{% primary_navigation %}").render({}, request)
    expected = f'<a href="/partners/" aria-current="{current}">' if current else '<a href="/partners/">'
    assert expected in html
    assert html.count("aria-current") == (1 if current else 0)


def test_a_fact_without_an_answer_is_left_out():
    assert render('{% description "Website" %} {% enddescription %}').strip() == ""
    assert "<dt>Website</dt>" in render('{% description "Website" %}x{% enddescription %}')


def test_a_tile_says_its_name_count_and_state():
    drawn = TileMap([region(), region("saba", "Saba", row=6)])
    html = drawn.written({"zeeland": 3}, ("zeeland",), ["/", "/?regio=saba"])
    assert 'aria-label="Zeeland, aantal resultaten: 3, gekozen"' in html
    assert html.count('aria-current="true"') == 1
    assert 'class="cwn-tile cwn-tile--zero" id="tegel-saba"' in html


def test_a_value_that_finds_nothing_stays_and_is_muted():
    options = [Option("zeeland", "Zeeland", 2), Option("saba", "Saba")]
    zeeland, saba = FilterOptions("regio", options).written({"zeeland": 3}, ["zeeland"])
    assert 'class="cwn-option cwn-option--2"' in zeeland
    assert 'value="zeeland" id="regio-zeeland" checked' in zeeland
    assert 'class="cwn-option cwn-option--zero"' in saba
    assert "checked" not in saba


def test_an_empty_row_of_the_map_is_a_strip_of_sea():
    drawing = tiles([region(row=1), region(row=2), region(row=4)])
    first, second, third = (tile["y"] for tile in drawing["tiles"])
    assert second - first < third - second < 2 * (second - first)


def test_a_map_without_regions_is_still_a_map():
    assert tiles([])["tiles"] == []


def test_relations_stand_around_the_centre_and_never_crowd_it():
    nodes = relation_nodes(4)
    assert [(node["x"], node["y"]) for node in nodes] == [(160, 32), (288, 160), (160, 288), (32, 160)]
    assert len(relation_nodes(100)) == MOST_NODES
    assert relation_nodes(0) == []
