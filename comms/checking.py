"""The content checker on a publication, and when its errors hold it back (R76, R104)."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from comms.checker import check
from comms.checker.findings import CheckedText, Finding
from comms.models import Publication
from comms.sheets import sheet_of

WarmSource = Callable[[Iterable[str]], bool]
_warm_sources: list[WarmSource] = []


def warm_source(source: WarmSource) -> WarmSource:
    """Register who knows whether a function is in the warm phase; the functions stand above this app."""
    _warm_sources.append(source)
    return source


def is_warm(functions: Iterable[str]) -> bool:
    """Tell whether a function of this publication is in the warm phase: then nothing about style holds it back."""
    functions = list(functions)
    return any(source(functions) for source in _warm_sources)


def findings_of(publication: Publication) -> list[Finding]:
    """Return what the checker says of a publication; in the warm phase there are warnings only."""
    titles = tuple(
        publication.attachments.in_use().values_list("title", flat=True)  # type: ignore[attr-defined]
        if publication.pk
        else ()
    )
    text = CheckedText.of_sheet(sheet_of(publication), kind=publication.kind, attachment_titles=titles)
    names = frozenset({publication.owner.name, *publication.owner.known_as})
    return check(replace(text, known_names=names), warm=is_warm(publication.functions))


def errors_of(publication: Publication) -> list[Finding]:
    """Return what must be mended before a publication can be issued."""
    return [finding for finding in findings_of(publication) if finding.is_error]
