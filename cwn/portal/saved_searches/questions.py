"""The question in the address of a list page: what of it is kept, and how it is said in words (R12)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from cwn.core.middleware import UNREADABLE
from cwn.core.searchable import searchables
from cwn.portal.models.saved_searches import LIST_PAGES, SavedSearch
from cwn.search import journal
from cwn.search.queries import SearchRequest, parse

#: Characters of an encoded question that are kept.
LONGEST_QUERY = 2_000
#: Filter and value to words.
Labels = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What somebody asks of a list page."""

    kind: str
    language: str
    query: str
    """Words and filters that exist, encoded, always in the same order: equal questions are spelled the same."""


def read_address(address: str) -> SearchQuestion:
    """Return the question in the address of a list page, or say in one sentence why it cannot be kept."""
    path, query = _parts(address)
    language = translation.get_language_from_path(path) or "nl"
    request = parse(query, journal.synchronise().vocabulary.options, kind=_kind_of_page(path, language))
    if request.unknown:
        strange = ", ".join(value for values in request.unknown.values() for value in values)
        raise ValidationError(_("Dit filter bestaat niet: %(value)s. Haal het eerst weg.") % {"value": strange})
    encoded = urlencode(list(_pairs(request)))
    if len(encoded) > LONGEST_QUERY:
        raise ValidationError(_("Deze zoekvraag heeft te veel filters om te bewaren. Haal er eerst een paar weg."))
    return SearchQuestion(request.kind, language, encoded)


def _parts(address: str) -> tuple[str, QueryDict]:
    """Return path and parameters; the page and the order of the list are no part of a question."""
    try:
        parts = urlsplit(address)
    except ValueError as problem:
        raise _no_list_page() from problem
    query = QueryDict(parts.query, mutable=True)
    query.pop("pagina", None)
    if any(UNREADABLE.search(text) for values in query.lists() for text in (values[0], *values[1])):
        raise _no_list_page()
    return parts.path, query


def _kind_of_page(path: str, language: str) -> str:
    kinds = {page: kind for kind, page in LIST_PAGES.items()}
    with translation.override(language):
        try:
            return kinds[resolve(path).url_name or ""]
        except (Resolver404, KeyError) as problem:
            raise _no_list_page() from problem


def _no_list_page() -> ValidationError:
    return ValidationError(_("Dit is geen zoekvraag. Zoek eerst in het overzicht en kies dan “Bewaar deze zoekvraag”."))


def _pairs(request: SearchRequest) -> Iterator[tuple[str, str]]:
    if request.words:
        yield "q", request.words
    for facet, values in sorted(request.selected.items()):
        yield from ((facet, value) for value in sorted(values))


def labels_of_filters() -> Labels:
    """Return what each value of each filter is called in the language of the page."""
    labels = journal.synchronise().vocabulary.labels
    return labels.get(translation.get_language() or "", labels["nl"])


def in_words(question: SearchQuestion | SavedSearch, labels: Labels) -> str:
    """Say a question in words: what was typed and what was chosen, or what the page lists."""
    query = QueryDict(question.query)
    typed = [f"“{query['q']}”"] if "q" in query else []
    chosen = [labels.get((facet, value), value) for facet in query if facet != "q" for value in query.getlist(facet)]
    return " · ".join([*typed, *chosen]) or _listed(question.kind)


def _listed(kind: str) -> str:
    if kind:
        return _("Alle %(things)s") % {"things": searchables()[kind].label_plural}
    return _("Alles in het overzicht")
