"""Planning in a real browser: by keyboard, by dragging, and without JavaScript; four views without a fault (R86)."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from comms.planning.models import CalendarEntry
from tests.browser.conftest import Portal
from tests.browser.steps import press_until
from tests.factories.planning import ChannelFactory, EntryFactory

VIEWS = ("", "maand/", "week/", "bord/")


def test_plan_an_item_with_the_keyboard_only(portal: Portal):
    planner = portal.enter("wg")
    page = planner.goes_to("/contentkalender/")
    press_until(page, "Plan een item", "link")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nieuw/**")
    press_until(page, "Titel", "textbox")
    page.keyboard.type("Week van de sluis")
    press_until(page, "Eigenaar", "combobox")
    page.keyboard.type("De Zorgring")
    press_until(page, "TLP:CLEAR Iedereen mag dit lezen en doorgeven.", "radio")
    page.keyboard.press("Space")
    press_until(page, "Zet in de kalender", "button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/item/**")
    planner.watch.look()
    planner.sees("“Week van de sluis” staat in de kalender.")
    entry = CalendarEntry.objects.get()
    assert (entry.tlp, entry.owner.slug, entry.status) == ("clear", "zorgring", "idee")

    # the form that moves says the same as dragging
    later = timezone.localdate() + timedelta(days=3)
    page.get_by_label("Verplaats naar").fill(later.isoformat())
    planner.presses("Verplaats")
    planner.sees("status: Idee.")
    assert timezone.localtime(CalendarEntry.objects.get().starts_at).date() == later


def test_four_views_without_a_fault(portal: Portal):
    ChannelFactory()
    now = timezone.now()
    for days in range(4):
        EntryFactory(filled=True, starts_at=now + timedelta(days=days), title=f"Item met een lange titel {days}")
    planner = portal.enter("wg")
    for view in VIEWS:
        planner.goes_to(f"/contentkalender/{view}")
        planner.sees("Item met een lange titel 0")
    entry = CalendarEntry.objects.first()
    for page in (
        f"item/{entry.uid}/",
        f"item/{entry.uid}/wijzig/",
        f"item/{entry.uid}/weg/",
        f"item/{entry.uid}/geschiedenis/",
    ):
        planner.goes_to(f"/contentkalender/{page}")
    planner.goes_to("/contentkalender/")
    planner.page.get_by_label("Kies Item met een lange titel 0").check()
    planner.presses("Verander de gekozen items samen")
    planner.page.get_by_label("Verplaats een aantal dagen").check()
    planner.page.get_by_label("Hoeveel dagen").fill("2")
    planner.presses("Bekijk wat er verandert")
    planner.sees("1 item verandert. Er is nog niets gedaan.")
    planner.presses("Doe dit met 1 item")
    planner.sees("1 item is veranderd.")
    planner.presses("Draai dit terug")
    planner.sees("1 item is weer zoals het was.")


def test_drag_an_item_to_another_day_and_another_status(scripted_portal: Portal):
    monday = timezone.now() - timedelta(days=timezone.localdate().weekday())
    entry = EntryFactory(title="Sleep mij", starts_at=monday.replace(hour=9, minute=0, second=0, microsecond=0))
    planner = scripted_portal.enter("wg", width=1280)
    page = planner.goes_to("/contentkalender/week/")
    day = timezone.localtime(entry.starts_at).date() + timedelta(days=2)
    page.get_by_role("link", name="Sleep mij").drag_to(page.locator(f'[data-day="{day.isoformat()}"]'))
    expect(page.locator(f'[data-day="{day.isoformat()}"]')).to_contain_text("Sleep mij")
    expect(page.locator("#melding")).to_contain_text("“Sleep mij” staat nu op")
    entry.refresh_from_db()
    assert timezone.localtime(entry.starts_at).date() == day

    page = planner.goes_to("/contentkalender/bord/")
    page.get_by_role("link", name="Sleep mij").drag_to(page.locator('[data-status="concept"]'))
    expect(page.locator('[data-status="concept"]')).to_contain_text("Sleep mij")
    page.get_by_role("link", name="Sleep mij").drag_to(page.locator('[data-status="gepland"]'))
    expect(page.locator("#melding")).to_contain_text("kan dit niet in één keer")
    expect(page.locator('[data-status="concept"]')).to_contain_text("Sleep mij")


def test_two_people_write_at_once(scripted_portal: Portal):
    entry = EntryFactory(title="Samen", content="Oud", message="Oud", filled=True)
    wim, coby = scripted_portal.enter("wg"), scripted_portal.enter("coord")
    address = f"/contentkalender/item/{entry.uid}/wijzig/"
    wim.goes_to(address)
    coby.goes_to(address)
    expect(coby.page.get_by_text(re.compile("Wim Werkgroep werkt hier nu ook aan"))).to_be_visible()

    # it saves by itself, and another field of somebody else stays
    wim.page.get_by_label("Boodschap").fill("Van Wim")
    wim.page.get_by_label("Titel").focus()
    expect(wim.page.get_by_text(re.compile("Bewaard om"))).to_be_visible()
    coby.page.get_by_label("Inhoud").fill("Van Coby")
    coby.presses("Bewaar")
    entry.refresh_from_db()
    assert (entry.message, entry.content) == ("Van Wim", "Van Coby")

    # the same field: the merge page shows both
    wim.page.get_by_label("Inhoud").fill("Ook van Wim")
    wim.presses("Bewaar", status=409)
    for words in ("Oud", "Van Coby", "Ook van Wim"):
        wim.sees(words)
    wim.page.get_by_label("Ik schrijf het anders:").check()
    wim.page.get_by_label("Inhoud, andere tekst").fill("Van ons samen")
    wim.presses("Voeg samen en bewaar")
    entry.refresh_from_db()
    assert (entry.message, entry.content) == ("Van Wim", "Van ons samen")
