"""The columns in which organisations leave and enter the registry as a table; both ways use the same ones.

Contacts are no part of it: exporting those takes a second person (security.md chapter 3).
"""

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from cwn.core.enums import CwnFunction, Ownership
from partners.enums import PartnerStatus
from partners.models import Branch, Organisation, OrganisationKind, Participation, Region, Sector

SEPARATOR = " | "


class Vocabulary:
    """The values that a column knows: by slug, and by name where only one value has that name."""

    def __init__(self, values: Iterable[tuple[str, str]]) -> None:
        self.slugs: dict[str, str] = {}
        names: dict[str, list[str]] = {}
        for slug, name in values:
            self.slugs[slug.lower()] = slug
            names.setdefault(name.lower(), []).append(slug)
        self.names = {name: slugs[0] for name, slugs in names.items() if len(slugs) == 1}

    def slug(self, word: str) -> str:
        """Return the slug that a word means, or say in one sentence that it is not known."""
        key = word.lower()
        slug = self.slugs.get(key) or self.names.get(key)
        if slug is not None:
            return slug
        near = difflib.get_close_matches(key, [*self.slugs, *self.names], n=1)
        if near:
            raise ValidationError(
                _("“%(word)s” kennen wij niet. Bedoelt u “%(near)s”?") % {"word": word, "near": near[0]}
            )
        raise ValidationError(_("“%(word)s” kennen wij niet.") % {"word": word})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the text of an organisation in it, and what a text in it means."""

    header: str
    field: str
    write: Callable[[Any], str]
    read: Callable[[str, dict[str, Vocabulary]], Any]


def plain(value: str) -> str:
    """Return a text as a table holds it: no spaces around it, one kind of line end."""
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def _text(header: str, field: str) -> Column:
    return Column(header, field, lambda row: plain(getattr(row, field)), lambda text, _known: plain(text))


def _website(text: str, _known: dict[str, Vocabulary]) -> str:
    return f"https://{text}" if text and "://" not in text else text


def _choice(header: str, field: str, default: str | None = None) -> Column:
    def read(text: str, known: dict[str, Vocabulary]) -> str | None:
        return known[field].slug(text) if text else default

    return Column(header, field, lambda row: getattr(row, field), read)


def _links(header: str, field: str) -> Column:
    def read(text: str, known: dict[str, Vocabulary]) -> frozenset[str]:
        return frozenset(known[field].slug(word.strip()) for word in text.split("|") if word.strip())

    return Column(header, field, lambda row: SEPARATOR.join(sorted(link_slugs(row, field))), read)


def _date(text: str, _known: dict[str, Vocabulary]) -> date | None:
    for form in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    if text:
        raise ValidationError(_("“%(text)s” is geen datum. Schrijf bijvoorbeeld 31-12-2026.") % {"text": text})
    return None


def _yes_or_no(text: str, _known: dict[str, Vocabulary]) -> bool:
    if text.lower() not in ("", "ja", "nee"):
        raise ValidationError(_("Vul ja of nee in, niet “%(text)s”.") % {"text": text})
    return text.lower() == "ja"


COLUMNS: tuple[Column, ...] = (
    _text("kenmerk", "slug"),
    _text("naam", "name"),
    Column(
        "ook bekend als",
        "known_as",
        lambda row: SEPARATOR.join(plain(name) for name in row.known_as),
        lambda text, _known: [plain(name) for name in text.split("|") if name.strip()],
    ),
    _links("soorten", "kinds"),
    _choice("publiek of privaat", "ownership"),
    _choice("status", "status"),
    Column("partner sinds", "partner_since", lambda row: str(row.partner_since or ""), _date),
    _links("regio's", "regions"),
    _links("sectoren", "sectors"),
    _links("branches", "branches"),
    _links("functies", "functions"),
    _text("omschrijving", "description"),
    _text("omschrijving engels", "description_en"),
    Column("website", "website", lambda row: row.website, _website),
    _text("maildomein", "email_domain"),
    _text("kvk-nummer", "kvk_number"),
    Column("was lds-partner", "was_lds_partner", lambda row: "ja" if row.was_lds_partner else "nee", _yes_or_no),
    _text("bron", "source_reference"),
    _text("interne notities", "internal_notes"),
)
HEADER = [column.header for column in COLUMNS]
#: Columns whose value is a set of slugs behind a link table.
LINKED_FIELDS = {"kinds": OrganisationKind, "regions": Region, "sectors": Sector, "branches": Branch}


def link_slugs(organisation: Any, field: str) -> set[str]:
    """Return the slugs that an organisation has in a linked column; needs `for_transfer`."""
    if field == "functions":
        return {participation.function for participation in organisation.participations.all()}
    return {value.slug for value in getattr(organisation, field).all()}


def for_transfer(organisations: models.QuerySet[Organisation]) -> models.QuerySet[Organisation]:
    """Fetch what the columns need in one query per link."""
    current = models.Prefetch("participations", Participation.objects.current())
    return organisations.prefetch_related(*LINKED_FIELDS, current)


def organisation_rows(organisations: models.QuerySet[Organisation]) -> Iterator[Sequence[str]]:
    """Write each organisation as a row of cells."""
    for organisation in for_transfer(organisations).iterator(chunk_size=2_000):
        yield [column.write(organisation) for column in COLUMNS]


def vocabularies() -> dict[str, Vocabulary]:
    """Return what each column knows, read once for a whole file."""
    known = {
        field: Vocabulary(model._default_manager.values_list("slug", "name")) for field, model in LINKED_FIELDS.items()
    }
    for field, choices in (("functions", CwnFunction), ("ownership", Ownership), ("status", PartnerStatus)):
        known[field] = Vocabulary((value, str(label)) for value, label in choices.choices)
    return known
