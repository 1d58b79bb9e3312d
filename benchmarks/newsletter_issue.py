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
FONT = "font-family:'Segoe UI', Helvetica, Arial, sans-serif;font-size:16px;line-height:1.5;text-align:left;"
TABLE = 'border="0" cellpadding="0" cellspacing="0" role="presentation"'
#: What MJML puts around the words of a section and of a cell, so that every mail program shows them alike: most of the
#: weight of a newsletter. An issue of the portal with four articles has 19 kB of HTML, of which its head 2 kB.
SECTION = (
    f'<!--[if mso | IE]><table {TABLE} bgcolor="#ffffff" align="center" width="640" style="width:640px;"><tr>'
    '<td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]-->'
    '<div class="n-sheet" style="background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:640px;">'
    f'<table {TABLE} align="center" style="background:#ffffff;background-color:#ffffff;width:100%%;"><tbody><tr>'
    '<td style="border-top:1px solid #d2d9d5;direction:ltr;font-size:0px;padding:8px 0;text-align:center;">'
    f'<!--[if mso | IE]><table {TABLE}><tr><td style="vertical-align:top;width:640px;"><![endif]-->'
    '<div class="n-column" style="font-size:0px;text-align:left;direction:ltr;display:inline-block;vertical-align:top;'
    f'width:100%%;"><table {TABLE} width="100%%" style="vertical-align:top;"><tbody>%s</tbody></table></div>'
    "<!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div>"
    "<!--[if mso | IE]></td></tr></table><![endif]-->"
)
CELL = (
    '<tr><td align="left" class="n-words" style="font-size:0px;padding:8px 24px;word-break:break-word;">'
    f'<div style="{FONT}color:#14211f;">%s</div></td></tr>'
)
BUTTON = (
    '<tr><td align="left" style="font-size:0px;padding:8px 24px;word-break:break-word;">'
    f'<table {TABLE} style="border-collapse:separate;line-height:100%%;"><tbody><tr><td align="center" '
    'bgcolor="#0b5952" role="presentation" style="border:none;border-radius:4px;cursor:auto;background:#0b5952;" '
    f'valign="middle"><a href="%s" style="display:inline-block;background:#0b5952;color:#ffffff;{FONT}'
    'margin:0;text-decoration:none;padding:12px 24px;border-radius:4px;" target="_blank">Lees verder</a></td></tr>'
    "</tbody></table></td></tr>"
)
PARTS = ("page", "sheet", "column", "words", "small", "button", "label", "picture", "line", "foot", "list", "end")
STYLES = "\n".join(
    f".n-{part} {{ margin: 0; padding: 0; border-collapse: collapse; mso-table-lspace: 0pt; mso-table-rspace: 0pt; }}"
    for part in PARTS
)


def text(value: Callable[[str], str]) -> str:
    """Return the plain text, with `value(name)` where something of the recipient comes."""
    articles = "\n\n".join(f"{number}. Bericht {number} – wat u nu kunt doen\n{WORDS}" for number in range(ARTICLES))
    return f"Beste {value('name')} van {value('organisation')},\n\n{articles}\n\nVoorkeuren: {value('preferences')}\n"


def article(number: int) -> str:
    """Return one article as HTML, the same for everybody."""
    title, words = f'<h2 style="color:#0b5952">Bericht {number} – wat u nu kunt doen</h2>', f"<p>{WORDS}</p>"
    button = BUTTON % f"https://cwn.example.nl/informatie/bericht-{number}/"
    return SECTION % (CELL % title + CELL % words + button)


def html(value: Callable[[str], str]) -> str:
    """Return the HTML, with nested tables as MJML makes them."""
    articles = "\n".join(article(number) for number in range(ARTICLES))
    greeting = CELL % f"<p>Beste {value('name')} van {value('organisation')},</p>"
    last = CELL % f'<p><a href="{value("preferences")}">Voorkeuren</a></p>'
    return (
        f'<!doctype html><html lang="nl"><head><title>{SUBJECT}</title><style>{STYLES}</style></head>'
        f'<body style="background-color:#f6f7f4;">{SECTION % greeting}\n{articles}\n{SECTION % last}</body></html>\n'
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
