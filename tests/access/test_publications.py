"""Every publication, by label and stage, for every person: the table of security.md chapter 3, generated."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests.access.matrix import ABSENT, FOUND, OK
from tests.access.shelf import (
    IN_FORCE,
    NETWORK,
    TOMBSTONES,
    UNFINISHED,
    Standing,
    make_shelf,
    may_open,
)
from tests.cast import PRINCIPALS

pytestmark = pytest.mark.django_db
GONE = 410
Expected = Callable[[str, str, str], int]


@pytest.fixture
def shelf(cast):
    """Every label at every stage."""
    return make_shelf(cast)


def page(principal: str, label: str, status: str) -> int:
    """The page: whole, or a notice that it is gone."""
    if not may_open(principal, label, status):
        return ABSENT
    return GONE if status in TOMBSTONES else OK


def sheet(principal: str, label: str, status: str) -> int:
    """The sheet as a file: of RED never, of what is gone neither."""
    return ABSENT if label == "red" else _not_gone(page(principal, label, status))


def mail_block(principal: str, label: str, status: str) -> int:
    """The block for a mail: of what is in force and may be passed on."""
    leaves = label in ("clear", "green", "amber") and status == "gepubliceerd"
    return sheet(principal, label, status) if leaves else ABSENT


def pack(principal: str, label: str, status: str) -> int:
    """The pack for a constituency: for members of partners."""
    return mail_block(principal, label, status) if principal in NETWORK else ABSENT


def attachment(principal: str, label: str, status: str) -> int:
    """A text file: of RED only what can bear a watermark leaves."""
    return sheet(principal, label, status)


def reaction(principal: str, label: str, status: str) -> int:
    """The form for who has an organisation that answers."""
    if principal == "anon":
        return FOUND
    answers = status in IN_FORCE and label != "red" and principal in NETWORK  # RED is for persons
    return page(principal, label, status) if answers else ABSENT


def _not_gone(status: int) -> int:
    return ABSENT if status == GONE else status


TABLE: dict[str, Expected] = {
    "publication_detail": page,
    "publication_text": sheet,
    "publication_mail_block": mail_block,
    "publication_pack": pack,
    "attachment_download": attachment,
    "acknowledge": reaction,
}


#: Stages at which files and forms are asked too; the others are like one of these.
TAKEN_ALONG = ("concept", "gepubliceerd", "verlopen", "ingetrokken")


def address(name: str, standing: Standing) -> str:
    """Return an address about a publication."""
    arguments: dict[str, Any] = {"slug": standing.publication.slug}
    if name == "attachment_download":
        arguments |= {"pk": standing.attachment.pk, "number": 1}
    return reverse(name, kwargs=arguments)


@pytest.mark.parametrize("principal", PRINCIPALS)
def test_status(cast, shelf, principal):
    client, wrong = cast.client(principal), []
    for standing in shelf:
        for name, expected in TABLE.items():
            if name != "publication_detail" and standing.status not in TAKEN_ALONG:
                continue
            found = client.get(address(name, standing)).status_code
            wanted = FOUND if principal == "nomfa" else expected(principal, standing.label, standing.status)
            if found != wanted:
                wrong.append(f"{name} {standing.label} {standing.status}: {found} instead of {wanted}")
    assert wrong == []


@pytest.mark.parametrize("principal", ["anon", "mem-o", "nctv"])
def test_what_may_not_be_known_answers_as_what_is_not_there(cast, principal):
    """Status, length, headers and words are those of an address that never was (A02), by every method."""
    client, told = cast.client(principal), []
    for standing in make_shelf(cast, ("concept", "gepubliceerd", "ingetrokken")):
        if may_open(principal, standing.label, standing.status):
            continue
        for name in ("publication_detail", "publication_text"):
            hidden = address(name, standing)
            unknown = reverse(name, args=["q" * len(standing.publication.slug)])  # the page repeats the address
            for method in ("get", "head", "options", "post"):
                one, other = (getattr(client, method)(path) for path in (hidden, unknown))
                if _shape(one, hidden) != _shape(other, unknown):
                    told.append(f"{method} {hidden}")
    assert told == []


def _shape(response: Any, path: str) -> tuple[Any, ...]:
    """Return all that a reader can compare, without what differs at each request: tokens of forms and the clock."""
    body = re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", response.content.decode())
    headers = {name: value for name, value in response.items() if name not in ("Date", "Expires")}
    return response.status_code, str(headers).replace(path, "…"), body.replace(path, "…"), len(response.content)


def test_restricted_pages_are_kept_by_nobody(cast, shelf):
    for principal in ("rep", "rcp"):
        client = cast.client(principal)
        for standing in shelf:
            answer = client.get(address("publication_detail", standing))
            if answer.status_code != ABSENT and (standing.label != "clear" or standing.status in UNFINISHED):
                assert answer["Cache-Control"] == "no-store", (principal, standing)
                assert "ETag" not in answer
