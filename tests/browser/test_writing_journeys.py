"""A representative writes and publishes: with gaps, beside a colleague, without a click and by keyboard (R74, R77)."""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from comms.models import Publication
from tests.browser import steps
from tests.browser.conftest import Portal
from tests.factories.comms import PublicationFactory

TITLE = "Fout in een veelgebruikte firewall"


def test_from_an_empty_page_to_a_reader(portal: Portal, tmp_path):
    writer, visitor = portal.enter("rep"), portal.enter()
    address = steps.begin(writer, title=TITLE, label="TLP:CLEAR")
    slug = address.rstrip("/").rpartition("/")[2]
    page = writer.page
    expect(page.get_by_text("0 van 6 klaar")).to_be_visible()
    steps.fill_text(page)
    steps.fill_why_and_whom(page)
    has_ready(portal, writer, 3)
    steps.fill_message(page)
    steps.fill_developments(page)
    has_ready(portal, writer, 5)

    # publishing with a gap: the page says what misses and leads to it; nothing that was typed is lost
    steps.fill_action(page, 1)
    page.get_by_label("Waarom voor hen?").fill("zie boven")
    writer.presses("Naar publiceren")
    expect(page.get_by_role("button", name="Publiceer nu")).to_be_disabled()
    page.locator("main .utrecht-alert").get_by_role("link").click()
    expect(page).to_have_url(re.compile("#element-audience$"))
    expect(page.get_by_label("Waarom voor hen?")).to_have_value("zie boven")
    expect(page.get_by_label("Kernpunt 2")).to_have_value(steps.KEY_POINTS[1])
    page.get_by_label("Waarom voor hen?").fill(steps.AUDIENCE_REASON)

    # a third action needs a third row: at once, or after a round trip
    steps.fill_action(page, 2)
    if portal.has_javascript:
        page.get_by_role("button", name="Nog een actie").click()
    else:
        writer.presses("Nog een actie")
    steps.fill_action(page, 3)
    writer.presses("Naar publiceren")
    writer.sees("Iedereen, waaronder 3 netwerkpartners")
    writer.presses("Publiceer nu")
    writer.sees("Gepubliceerd. Uw lezers zien dit nu.")

    # a visitor finds it, reads it and takes the sheet along
    visitor.goes_to("/")
    visitor.follows(TITLE)
    for words in (steps.URGENCY_REASON, *steps.KEY_POINTS, steps.MESSAGE, steps.DEVELOPMENTS):
        visitor.sees(words)
    for action, _audience in steps.ACTIONS:
        visitor.sees(action)
    pages = steps.words_of_pdf(visitor.takes_along("Oplegger op één A4", tmp_path))
    assert len(pages) == 1
    assert "TLP:CLEAR" in pages[0]
    assert steps.ACTIONS[2][0] in " ".join(pages[0].split())
    assert not visitor.page.context.cookies()
    assert Publication.objects.get(slug=slug).published_at <= timezone.now()


def has_ready(portal: Portal, writer: steps.Person, number: int) -> None:
    """See how many elements are complete: with JavaScript while writing, without it after saving."""
    if portal.has_javascript:
        writer.page.get_by_label("Titel").focus()  # leaving a box saves it
    else:
        writer.presses("Bewaar")
    expect(writer.page.get_by_text(f"{number} van 6 klaar")).to_be_visible()


def test_two_people_write_at_the_same_time(portal: Portal):
    cast = portal.visit.cast
    draft = PublicationFactory(
        owner=cast.organisations["havenring"], author=cast["mem"], urgency_reason="Zo stond het er."
    )
    author, colleague = portal.enter("mem"), portal.enter("rep")
    address = f"/redactie/{draft.slug}/"
    author.goes_to(address)
    colleague.goes_to(address)
    colleague.page.get_by_label("Waarom is dit belangrijk?").fill("Dit schreef de collega.")
    colleague.page.get_by_label("Woordvoerder").fill("De collega")
    colleague.presses("Bewaar")
    colleague.sees("Bewaard.")

    author.page.get_by_label("Samenvatting").fill("Een nieuwe samenvatting van de auteur.")
    author.page.get_by_label("Waarom is dit belangrijk?").fill("Dit schreef de auteur.")
    if portal.has_javascript:  # it does not save over the other by itself
        author.page.get_by_label("Titel").focus()
        expect(author.page.locator("#bewaard")).to_contain_text("Deze tekst is intussen ook ergens anders bewaard.")
    author.presses("Bewaar", status=409)
    for words in ("Zo stond het er.", "Dit schreef de collega.", "Dit schreef de auteur."):
        author.sees(words)
    author.page.get_by_label("Ik schrijf het anders").check()
    author.page.get_by_label("andere tekst").fill("Dit schreven wij samen.")
    author.presses("Voeg samen en bewaar")
    author.sees("Samengevoegd en bewaard.")
    expect(author.page.get_by_label("Waarom is dit belangrijk?")).to_have_value("Dit schreven wij samen.")
    expect(author.page.get_by_label("Woordvoerder")).to_have_value("De collega")
    expect(author.page.get_by_label("Samenvatting")).to_have_value("Een nieuwe samenvatting van de auteur.")


def test_it_saves_by_itself_and_keeps_the_text_without_a_line(scripted_portal: Portal):
    cast = scripted_portal.visit.cast
    draft = PublicationFactory(filled=False, owner=cast.organisations["havenring"], author=cast["rep"])
    writer = scripted_portal.enter("rep")
    page = writer.goes_to(f"/redactie/{draft.slug}/")
    state = page.locator("#bewaard")
    box = page.get_by_label("De boodschap")
    type_and_leave(page, "Deze tekst bewaart zichzelf.")
    expect(state).to_have_text(re.compile(r"^Bewaard om \d\d:\d\d$"))
    expect(page.locator("#tekstcontrole")).to_be_visible()
    page.reload()
    expect(box).to_have_value("Deze tekst bewaart zichzelf.")

    page.context.set_offline(True)
    type_and_leave(page, "Dit schreef ik in de tunnel.")
    expect(state).to_contain_text("Geen verbinding. Uw tekst staat nog op deze pagina")
    expect(box).to_have_value("Dit schreef ik in de tunnel.")
    writer.watch.look()
    page.context.set_offline(False)
    expect(state).to_have_text(re.compile(r"^Bewaard om \d\d:\d\d$"))
    page.reload()
    expect(box).to_have_value("Dit schreef ik in de tunnel.")


def type_and_leave(page: Page, words: str) -> None:
    """Write in a box as fingers do, and go to the next one."""
    page.get_by_label("De boodschap").fill(words)
    page.keyboard.press("Tab")


def test_the_keyboard_is_enough_to_publish(scripted_portal: Portal):
    cast = scripted_portal.visit.cast
    draft = PublicationFactory(owner=cast.organisations["havenring"], author=cast["rep"], title=TITLE)
    writer = scripted_portal.enter("rep")
    page = writer.goes_to("/redactie/")
    for name in (TITLE, "Publiceren", "Publiceer nu"):
        with page.expect_navigation():
            tab_to(page, name)
            page.keyboard.press("Enter")
        writer.watch.look()
    writer.sees("Gepubliceerd. Uw lezers zien dit nu.")
    draft.refresh_from_db()
    assert draft.is_issued


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on a link or button of this name and can be seen; never lose it on the way."""
    for _press in range(150):
        page.keyboard.press("Tab")
        focused = page.locator("main :focus")
        if focused.count() and focused.inner_text().strip() == name:
            expect(focused).to_be_in_viewport()
            assert focused.evaluate("element => getComputedStyle(element).outlineStyle") != "none"
            return
    raise AssertionError(f"the keyboard does not reach {name}")
