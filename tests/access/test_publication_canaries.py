"""Nothing of a publication leaks: each field holds its own word, and everybody reads all they can reach (M2, A27).

Pages, the desk, lists, data, feeds, suggestions, the API, files, the site map, mails, the log, the cache and the audit
log are searched for the words that this person may not meet.
"""

import io
import logging
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.urls import reverse
from pypdf import PdfReader

from comms.models import Notice, NoticeKind
from comms.tasks import send_notices
from cwn.core.models import AuditEntry
from tests.access.rows import ROWS
from tests.access.shelf import (
    BEHIND,
    COMMON,
    CONTENT,
    GROUP,
    IN_GROUP,
    READERS,
    SAID_BACK,
    Standing,
    key_of,
    make_shelf,
    may_read,
)
from tests.cast import PRINCIPALS, Cast

pytestmark = pytest.mark.django_db

#: One stage of each sort: not yet, in force, gone.
STAGES = ("concept", "gepubliceerd", "ingetrokken")
ABOUT_ONE = (
    "publication_detail", "publication_changes", "publication_sheet", "publication_text", "publication_mail_block",
    "publication_pack", "acknowledge", "give_feedback", "publication_reach", "publication_edit", "publication_preview",
    "publication_review", "publication_history", "publication_publish", "publication_label", "publication_readers",
    "publication_withdraw", "publication_attachments", "api_publication",
)  # fmt: skip
FORMS = ("/", "/.json", "/.csv", "/.atom", "/informatie/", "/informatie.json", "/informatie.csv", "/informatie.atom")


@pytest.fixture
def shelf(cast):
    """Every label at these stages."""
    return make_shelf(cast, STAGES)


def everywhere(cast: Cast, shelf: list[Standing]) -> Iterator[str]:
    """Yield every address of the matrix, every address about a publication, and every way to search."""
    yield from (reverse(row.name, kwargs=row.arguments(cast)) + row.query for row in ROWS)
    yield from where_they_stand(shelf)
    for words in (f"{COMMON} titel", GROUP, "adreskanarie"):
        yield from (f"{form}?q={quote(words)}" for form in (*FORMS, "/zoeken/suggesties/", "/api/v1/publications"))


def where_they_stand(shelf: list[Standing]) -> Iterator[str]:
    """Yield every address about a publication, and the lists that hold it."""
    for standing in shelf:
        slug, key = standing.publication.slug, standing.publication.pk
        yield from (reverse(name, kwargs={"slug": slug}) for name in ABOUT_ONE)
        yield reverse("publication_by_number", kwargs={"pk": key})
        yield reverse("attachment_download", kwargs={"slug": slug, "pk": standing.attachment.pk, "number": 1})
        yield f"/redactie/{slug}/voorbeeld/?als=tekst"
    yield from (f"{form}?q={COMMON}" for form in (*FORMS, "/zoeken/suggesties/", "/api/v1/publications"))


def text_of(response: Any) -> str:
    """Return everything that an answer says: headers, and what stands in a PDF or an archive."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    heads = "\n".join(f"{name}: {value}" for name, value in response.items())
    if body.startswith(b"%PDF"):
        pdf = PdfReader(io.BytesIO(body))
        words = [page.extract_text() for page in pdf.pages] + [str(pdf.metadata)]
        return heads + "".join(words).replace("\n", "").replace("-", "")
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = [name.encode() + archive.read(name) for name in archive.namelist()]
        body = b"".join(parts)
    return heads + body.decode(errors="replace")


def read(cast: Cast, principal: str, asked: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each address with all it says, without the address itself: a page may repeat what was asked.

    The API is read by a program, with a key of this person.
    """
    client, key = cast.client(principal), key_of(cast[principal])
    for address in dict.fromkeys(asked):
        path = address.partition("?")[0]
        answer = client.get(address, headers=key if path.startswith("/api/") else None)
        yield address, text_of(answer).replace(path, "").replace(path.strip("/").split("/")[-1], "")


def forbidden(shelf: list[Standing], principal: str) -> set[str]:
    words = set().union(*(standing.forbidden(principal) for standing in shelf))
    return words | ({GROUP} if principal not in IN_GROUP else set())


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_nobody_meets_a_word_that_is_not_for_them(cast, shelf, principal, caplog):
    caplog.set_level(logging.DEBUG)
    words, leaks = forbidden(shelf, principal), []
    for address, text in read(cast, principal, everywhere(cast, shelf)):
        asked = {GROUP} if GROUP in address else set()  # the search box repeats what was typed
        leaks += [(address, one) for one in words - asked if one in text]
    assert leaks == []
    assert secrets_in(logged(caplog), shelf) == []
    assert secrets_in(kept_in_the_cache(), shelf) == []
    assert secrets_in(str(list(AuditEntry.objects.values())), shelf) == []


def secrets_in(text: str, shelf: list[Standing]) -> list[str]:
    """Return the words of anything but TLP:CLEAR in a place that no reader has a right to (security.md I05)."""
    secret = set().union(*(standing.forbidden("anon") for standing in shelf)) - {one.publication.slug for one in shelf}
    return sorted(one for one in secret if one in text)


def logged(caplog: Any) -> str:
    return "\n".join(
        f"{record.getMessage()} {record.args}" for record in caplog.records if record.name != "django.db.backends"
    )


def kept_in_the_cache() -> str:
    """Return every key and value of Valkey as text."""
    server = cache._cache.get_client()
    found = []
    for key in server.scan_iter(count=1_000):
        kind = server.type(key).decode()
        read = {"string": server.get, "list": lambda key: server.lrange(key, 0, -1), "hash": server.hgetall}
        found.append(f"{key!r} {read.get(kind, lambda key: '')(key)!r}")
    return "\n".join(found)


SHOWN = (
    "titel", "samenvatting", "tekst", "urgentiereden", "doelgroepreden", "kernpunt", "boodschap", "kanaalboodschap",
    "actie", "ontwikkeling", "bijlagetitel", "antwoord",
)  # fmt: skip


@pytest.mark.parametrize("principal", ["anon", "mem-x", "rep", "rcp"])
def test_those_who_may_do_see(cast, principal):
    """The crawl would find a leak: on the same addresses every word stands for whoever may read it."""
    shelf = make_shelf(cast, ("gepubliceerd",))
    seen = " ".join(text for _address, text in read(cast, principal, where_they_stand(shelf)))
    missed = []
    for standing in shelf:
        if may_read(principal, standing.label, standing.status):
            files = () if standing.label == "red" else ("bestandsnaam", "bestandsinhoud")
            said_back = (
                ("opmerking", "toelichting", "reactie") if principal == "rep" and standing.label != "red" else ()
            )
            missed += [one for one in map(standing.word, (*SHOWN, *files, *said_back)) if one not in seen]
    assert missed == []


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_the_search_counts_what_one_may_read(cast, principal):
    if principal == "nomfa":
        return
    make_shelf(cast, ("gepubliceerd", "verlopen"))
    expected = [label for label in READERS if label != "red" and may_read(principal, label, "gepubliceerd")]
    answer = cast.client(principal).get(f"/.json?q={COMMON}").json()
    assert answer["count"] == len(expected)
    assert {one["value"]: one["count"] for one in answer["facets"]["soort"]}["kwetsbaarheid"] == len(expected)


def test_mails_say_no_more_than_the_label_allows(cast, shelf, mailoutbox):
    """TLP x channel: CLEAR and GREEN in full, AMBER and stricter title and address, of RED only that there is one."""
    issued = {one.publication.label.label: one for one in shelf if one.status == "gepubliceerd"}
    for standing in issued.values():
        person = cast["rcp"] if standing.label == "red" else cast["mem-x"]
        Notice.objects.create(publication=standing.publication, kind=NoticeKind.PUBLISHED, version=1, user=person)
    send_notices()
    assert len(mailoutbox) == len(issued)
    for mail in mailoutbox:
        label = max((label for label in issued if label in mail.subject), key=len)
        standing, said = issued[label], mail.message().as_string() + str(mail.body) + str(mail.alternatives)
        allowed = {"clear": OPEN, "green": OPEN, "red": set()}.get(standing.label, {"titel"})
        unasked = {
            field for field in ("titel", *CONTENT, *BEHIND, *SAID_BACK) if standing.word(field) in said
        } - allowed
        assert unasked == set(), label
        assert (standing.publication.slug in said) == (standing.label != "red")
        assert all(standing.word(field) in said for field in allowed & {"titel", "samenvatting", "actie"})


#: What the mail about something open may hold.
OPEN = {"titel", *CONTENT}
