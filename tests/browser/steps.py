"""What people do in more than one journey: going somewhere, pressing, filling in the cover sheet, taking along."""

import re
from pathlib import Path

import pypdfium2
from playwright.sync_api import Page, expect

from tests.browser.watch import Watch

#: What a writer fills in, element by element.
URGENCY_REASON = "De kwetsbaarheid wordt op dit moment misbruikt."
AUDIENCE_REASON = "U beheert systemen die van buiten bereikbaar zijn."
KEY_POINTS = ("Installeer de update vandaag.", "Controleer de logbestanden van de afgelopen maand.")
MESSAGE = "Er is een update beschikbaar. Installeer die vandaag."
ACTIONS = (
    ("Stuur dit bericht door aan uw achterban.", "Schakelorganisaties"),
    ("Installeer versie 4.2 op alle firewalls.", "Private partners"),
    ("Meld misbruik bij uw leverancier.", "Private partners"),
)
DEVELOPMENTS = "Dit hoort bij de zorgplicht van de Cyberbeveiligingswet."


class Person:
    """Somebody with a window; every page that he or she comes to is looked at."""

    def __init__(self, watch: Watch) -> None:
        self.watch, self.page = watch, watch.page

    def goes_to(self, address: str, *, status: int | None = None) -> Page:
        """Open an address."""
        self.watch.open(address, status=status)
        return self.page

    def presses(self, name: str, *, status: int | None = None) -> Page:
        """Press the button that brings another page."""
        return self._moves("button", name, status)

    def follows(self, name: str, *, status: int | None = None) -> Page:
        """Follow a link to another page."""
        return self._moves("link", name, status)

    def _moves(self, role: str, name: str, status: int | None) -> Page:
        with self.page.expect_navigation() as answer:
            self.page.get_by_role(role, name=name, exact=True).first.click()  # type: ignore[arg-type]
        self.watch.look(answer.value, status=status)
        return self.page

    def sees(self, words: str | re.Pattern[str]) -> None:
        """Read some words in the page."""
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def misses(self, words: str) -> None:
        """Find no such words in the page."""
        expect(self.page.get_by_role("main")).not_to_contain_text(words)

    def takes_along(self, name: str, folder: Path) -> bytes:
        """Download what a link offers, and return it."""
        with self.page.expect_download() as download:
            self.page.get_by_role("link", name=name).click()
        file = folder / download.value.suggested_filename
        download.value.save_as(file)
        return file.read_bytes()


def press_until(page: Page, name: str, role: str) -> None:
    """Go on with the Tab key until something has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    for _press in range(120):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the Tab key never comes to {name}")


def words_of_pdf(content: bytes) -> list[str]:
    """Return the words of each page of a PDF that another program can open."""
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range() for page in document]


def begin(writer: Person, *, title: str, label: str) -> str:
    """Begin something new from the desk, and return the address of its writing page."""
    page = writer.goes_to("/redactie/")
    writer.follows("Deel iets nieuws")
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Wat deelt u?").select_option("kwetsbaarheid")
    page.get_by_role("radio", name=re.compile(re.escape(f"{label} "))).check()
    writer.presses("Begin met schrijven")
    return page.url


def fill_text(page: Page) -> None:
    """Write the text beside the sheet."""
    page.get_by_label("Samenvatting").fill("Een veelgebruikte firewall heeft een fout. Er is een update.")
    page.get_by_label("Tekst", exact=True).fill("## Wat is er aan de hand?\n\nEen fout in de firewall wordt misbruikt.")


def fill_why_and_whom(page: Page) -> None:
    """Fill the first three elements: urgency, audience and key points."""
    page.get_by_role("radio", name="Direct handelen").check()
    page.get_by_label("Waarom is dit belangrijk?").fill(URGENCY_REASON)
    page.get_by_role("checkbox", name="Schakelorganisaties").check()
    page.get_by_label("Waarom voor hen?").fill(AUDIENCE_REASON)
    for number, point in enumerate(KEY_POINTS, 1):
        page.get_by_label(f"Kernpunt {number}").fill(point)


def fill_message(page: Page) -> None:
    """Fill the fourth element: the message, with its tone and who speaks."""
    page.get_by_label("De boodschap").fill(MESSAGE)
    page.get_by_label("Toon").select_option("zakelijk")
    page.get_by_label("Woordvoerder").fill("Persvoorlichting van de Havenring")


def fill_action(page: Page, number: int) -> None:
    """Fill one row of the fifth element."""
    what, audience = ACTIONS[number - 1]
    row = page.get_by_role("group", name=f"Actie {number}")
    row.get_by_label("Wat te doen").fill(what)
    row.get_by_label("Voor").select_option(label=audience)
    row.get_by_label("Wanneer").select_option("direct")
    row.get_by_label("Hoeveel werk").select_option("uur")


def fill_developments(page: Page) -> None:
    """Fill the sixth element: what it belongs to."""
    page.get_by_label("Waar hoort dit bij?").fill(DEVELOPMENTS)
    page.get_by_role("checkbox", name="Informatiedeling").check()
