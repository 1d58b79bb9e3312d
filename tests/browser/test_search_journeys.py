"""A visitor looks for partners: with JavaScript, without it, and with the keyboard alone (R2, R4, R12)."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect


@pytest.fixture
def portal(visit):
    """The running portal with the organisations of the sources in it."""
    call_command("load_reference", verbosity=0)
    return visit


def test_a_filter_swaps_the_list_and_keeps_the_focus(portal):
    page = portal.open()
    page.goto("/?q=CERT")
    before = page.locator("#resultaten").inner_text()
    page.locator("#filter-sector > summary").click()
    page.locator("#sector-zorg").check()
    expect(page.locator("#resultaten")).not_to_have_text(before)

    assert "q=CERT" in page.url
    assert "sector=zorg" in page.url
    assert page.evaluate("document.activeElement.id") == "sector-zorg"
    expect(page.locator("#melding")).to_have_text(page.locator("#resultaten").inner_text())
    expect(page.locator("#chip-sector-zorg")).to_be_visible()

    page.go_back()
    expect(page.locator("#resultaten")).to_have_text(before)
    expect(page.locator("#sector-zorg")).not_to_be_checked()


def test_a_tile_of_the_map_is_a_filter(portal):
    page = portal.open()
    page.goto("/")
    page.locator("#tegel-saba").click()
    expect(page.locator("#chip-regio-saba")).to_be_visible()
    page.locator("#chip-regio-saba").click()
    expect(page.locator("#chip-regio-saba")).to_have_count(0)


def test_everything_works_without_javascript(portal):
    page = portal.open(width=320, javascript=False)
    page.goto("/")
    page.locator("#zoeken").fill("Z-CERT")
    page.get_by_role("button", name="Zoeken").last.click()
    expect(page.locator("mark").first).to_have_text("Z-CERT")
    page.locator("#paneel-filters > summary").click()
    page.locator("#filter-sector > summary").click()
    page.locator("#sector-zorg").check()
    page.get_by_role("button", name="Pas filters toe").click()
    assert "sector=zorg" in page.url
    page.get_by_role("link", name="Z-CERT").first.click()
    expect(page.locator("h1")).to_have_text("Z-CERT")


def test_suggestions_with_the_keyboard(portal):
    page = portal.open()
    page.goto("/")
    page.locator("#zoeken").press_sequentially("z-ce")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Z-CERT")
    page.keyboard.press("ArrowDown")
    assert page.locator("#zoeken").get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Z-CERT")


def test_the_first_key_press_skips_to_the_content(portal):
    page = portal.open()
    page.goto("/vragen/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"
