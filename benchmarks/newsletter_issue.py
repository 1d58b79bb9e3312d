"""The issue that everybody sends: the same words, parts and headers, with four things that differ per recipient."""

from collections.abc import Callable, Iterator

SUBJECT = "Nieuwsbrief cyberweerbaarheid: zes berichten voor uw organisatie"
SENDER = "CWN <cwn@example.nl>"
NAMES = ("name", "organisation", "preferences", "one_click")
ARTICLES = 6
WORDS = (
    "Deze week kwamen er meldingen binnen van organisaties die hun systemen nog moeten bijwerken. Kijk welke apparaten "
    "u heeft, wie ze onderhoudt en wanneer zij voor het laatst zijn nagekeken. Een goede reservekopie staat op een "
    "andere plek, en u heeft geoefend met terugzetten. Bespreek met uw leverancier wie er 's nachts bereikbaar is. "
)
CELL = "font-family:Arial,sans-serif;font-size:16px;line-height:24px;color:#1b1b1b;text-align:left;padding:10px 25px"


def text(value: Callable[[str], str]) -> str:
    """Return the plain text, with `value(name)` where something of the recipient comes."""
    articles = "\n\n".join(f"{number}. Bericht {number} – wat u nu kunt doen\n{WORDS}" for number in range(ARTICLES))
    return f"Beste {value('name')} van {value('organisation')},\n\n{articles}\n\nVoorkeuren: {value('preferences')}\n"


def html(value: Callable[[str], str]) -> str:
    """Return the HTML, with nested tables as MJML makes them."""
    articles = "\n".join(
        f'<table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%">'
        f'<tbody><tr><td style="{CELL}"><h2 style="margin:0">Bericht {number} – wat u nu kunt doen</h2></td></tr>\n'
        f'<tr><td style="{CELL}"><p>{WORDS}</p>\n<p><a href="https://cwn.example.nl/informatie/bericht-{number}/">Lees '
        f"verder</a></p></td></tr></tbody></table>"
        for number in range(ARTICLES)
    )
    return (
        f'<!doctype html><html lang="nl"><head><title>{SUBJECT}</title></head><body style="background:#f4f4f4">\n'
        f"<p>Beste {value('name')} van {value('organisation')},</p>\n{articles}\n"
        f'<p><a href="{value("preferences")}">Voorkeuren</a></p></body></html>\n'
    )


def headers(value: Callable[[str], str]) -> dict[str, str]:
    """Return the headers that a newsletter needs."""
    return {
        "List-Id": "<nieuwsbrief.cwn.example.nl>",
        "List-Unsubscribe": f"<{value('one_click')}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def people(number: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield addresses, each with what belongs to it."""
    for one in range(number):
        yield (
            f"lezer{one}@example.nl",
            {
                "name": f"Anna de Vries-{one}",
                "organisation": f"Stichting Zorg & Welzijn {one}",
                "preferences": f"https://cwn.example.nl/nieuwsbrief/voorkeuren/{one:032x}/",
                "one_click": f"https://cwn.example.nl/nieuwsbrief/afmelden/{one:032x}/",
            },
        )
