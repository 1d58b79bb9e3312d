"""A list as data: the same results, the same visibility, in the forms of interface.md.

What is restricted keeps its TLP label wherever it goes (security.md chapter 3, TLP x channel).
"""

import re
from datetime import datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import feedgenerator, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comms.enums import RESTRICTED, Tlp
from cwn.core.sheets import fit_for_xml, write_csv
from cwn.portal.addresses import ListAddress, localised
from cwn.search.queries import KIND_FACET, SearchPage
from cwn.search.results import Result


def facet_slugs(document: Result) -> dict[str, list[str]]:
    """Return the values of each facet in which a document counts, those above them included."""
    slugs: dict[str, list[str]] = {}
    for word in document.facets.split():
        facet, _colon, value = word.partition(":")
        slugs.setdefault(facet, []).append(value)
    return slugs


#: The label in the JSON of a card. A quote inside a value is escaped, so only a key can look like this; an export
#: of thousands has no time to read whole cards.
LABEL = re.compile(r'"tlp": "([a-z-]+)"')


def tlp_of(document: Result) -> Tlp | None:
    """Return the label of a publication or an event; nothing for what has none."""
    if document.kind not in ("publication", "event"):
        return None
    found = LABEL.search(document.card)
    return Tlp(found[1]) if found else Tlp.RED


def restricted(page: SearchPage) -> list[Result]:
    """Return the results of which each export must be accounted for."""
    return [document for document in page.documents if tlp_of(document) in RESTRICTED]


def as_json(request: HttpRequest, page: SearchPage, *, title: str) -> HttpResponse:
    """Write the page as the JSON object that other systems rely on."""
    facets = {
        name: [
            {
                "value": value.option.value,
                "label": page.option_labels[name, value.option.value],
                "count": value.count,
                "selected": value.selected,
            }
            for value in values
        ]
        for name, values in page.facets.items()
    }
    results: list[dict[str, Any]] = [
        {
            "kind": document.kind,
            "title": document.title,
            "url": localised(document.url),
            "date": document.date.isoformat(),
            **({"tlp": label.value} if (label := tlp_of(document)) else {}),
            **facet_slugs(document),
        }
        for document in page.documents
    ]
    return JsonResponse(
        {"count": page.count, "facets": facets, "results": results, "page": page.request.page, "pages": page.pages}
    )


def as_csv(request: HttpRequest, page: SearchPage, *, title: str) -> HttpResponse:
    """Write the results as a spreadsheet that opens in Excel: semicolons, a byte order mark, no formulas."""
    names = [name for name in page.labels if name != KIND_FACET]
    header = [_("Soort"), _("TLP-label"), _("Titel"), _("Adres"), _("Datum")]
    header += [str(page.labels[name]) for name in names]
    site = request.build_absolute_uri("/").rstrip("/")
    response = HttpResponse(
        write_csv(header, (_csv_row(site, page, document, names) for document in page.documents)),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="{_file_name(page)}"'
    return response


def _file_name(page: SearchPage) -> str:
    """Return a name that tells the strictest label in the file, once that is more than CLEAR."""
    labels = [label for document in page.documents if (label := tlp_of(document)) not in (None, Tlp.CLEAR)]
    strictest = max(labels, key=lambda label: label.strictness, default=None)
    return f"cwn-{timezone.localdate():%Y-%m-%d}{f'-tlp-{strictest}' if strictest else ''}.csv"


def _csv_row(site: str, page: SearchPage, document: Result, names: list[str]) -> list[str]:
    slugs, labels, label = facet_slugs(document), page.option_labels, tlp_of(document)
    return [
        ", ".join(labels.get((KIND_FACET, value), document.kind) for value in slugs[KIND_FACET]),
        label.label if label else "",
        document.title,
        site + localised(document.url),
        document.date.isoformat(),
        *(", ".join(labels.get((name, value), value) for value in slugs.get(name, [])) for name in names),
    ]


def as_atom(request: HttpRequest, page: SearchPage, *, title: str) -> HttpResponse:
    """Write the newest results as an Atom feed; it shows what the asker may see, so a visitor what is public.

    A feed reader keeps what it gets: of what is restricted it learns that there is something, and where.
    """
    address = ListAddress.of(f"{request.path.removesuffix('.atom').rstrip('/')}/", page.request)
    feed = feedgenerator.Atom1Feed(
        title=f"{title} – CWN",
        link=request.build_absolute_uri(str(address)),
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    for document in page.documents:
        moment = timezone.make_aware(datetime.combine(document.date, time.min))
        link = request.build_absolute_uri(localised(document.url))
        title, summary = _words_for_feed(document)
        feed.add_item(
            title=fit_for_xml(title),
            link=link,
            description=fit_for_xml(summary),
            unique_id=link,
            pubdate=moment,
            updateddate=moment,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _words_for_feed(document: Result) -> tuple[str, str]:
    """Return title and summary as a feed may carry them."""
    label = tlp_of(document)
    if label in RESTRICTED:
        return _("%(label)s-bericht") % {"label": label.label}, ""
    if label and label != Tlp.CLEAR:
        return f"{label.label} {document.title}", document.summary
    return document.title, document.summary
