"""No way leads past the cover sheet: every way to write a row, with every way to leave an element empty (R77).

Each way gets a complete sheet first and must succeed with it: a way that always fails would prove nothing. Then each
element in turn is left empty, in every manner that people and programs have, and no reader may get to see the result.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from comms.actions.correcting import start_correction
from comms.enums import UNFINISHED
from comms.models import Publication
from tests.comms.fillings import FILLINGS, Gap, gaps, typed_gaps
from tests.comms.test_admin import take_action
from tests.comms.ways import ACTIONS, REFUSALS, WRITES, Desk, Sheet
from tests.factories.comms import FILLED

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast):
    """A draft and something issued, both with a complete sheet."""
    return Desk(cast)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def reaches_readers(desk: Desk) -> bool:
    """Tell whether something stands before readers that did not before."""
    seen = Publication.objects.exclude(status__in=UNFINISHED)
    return seen.exclude(pk=desk.issued.pk).exists() or seen.filter(pk=desk.issued.pk, version=2).exists()


def shows_gap(column: str) -> bool:
    """Tell whether a reader could see a row in which this column is not as it was filled."""
    seen = Publication.objects.exclude(status__in=UNFINISHED).values_list(column, flat=True)
    return any(stored != FILLED[column] for stored in seen)


def leaks(desk: Desk, walk: Callable[[Sheet], None], tried: Iterable[Gap]) -> list[str]:
    """Walk with a complete sheet first, then with each gap, and return every gap that came through."""
    with undone():
        walk(dict(FILLED))
        assert reaches_readers(desk), "with a complete sheet this way must work"
    through = []
    for element, column, value in tried:
        with undone():
            try:
                with transaction.atomic():
                    walk(FILLED | {column: value})
            except REFUSALS:
                pass
            if shows_gap(column):
                through.append(f"{element}: {column} = {value!r}")
    return through


@pytest.mark.parametrize("way", WRITES, ids=lambda way: way.__name__)
def test_no_write_leads_past_the_sheet(desk, way):
    assert leaks(desk, lambda sheet: way(desk, sheet), gaps()) == []


@pytest.mark.parametrize("way", ACTIONS, ids=lambda way: way.__name__)
def test_no_action_leads_past_the_sheet(desk, way):
    """Each takes another part of the gaps, of every column some: together they try all."""
    part = islice(gaps(), ACTIONS.index(way), None, len(ACTIONS))
    assert leaks(desk, lambda sheet: way(desk, sheet), part) == []


def post(desk: Desk, publication: Publication, answers: dict[str, str]) -> None:
    """Press a button of the desk as the representative; no sheet, however strange, breaks the page."""
    client = desk.cast.client("rep")
    client.raise_request_exception = False
    answer = client.post(reverse("publication_publish", args=[publication.slug]), answers)
    assert answer.status_code < 500, answers


@pytest.mark.parametrize("wish", ["nu", "later"])
def test_no_form_leads_past_the_sheet(desk, wish):
    later = timezone.localtime() + timedelta(days=1)
    answers = {"doe": wish, "publish_at": later.strftime("%Y-%m-%dT%H:%M")}

    def walk(sheet: Sheet) -> None:
        desk.fill(sheet)
        post(desk, desk.draft, answers)

    assert leaks(desk, walk, islice(typed_gaps(), len(wish), None, 7)) == []


def test_no_correction_form_leads_past_the_sheet(desk):
    def walk(sheet: Sheet) -> None:
        correction = start_correction(desk.issued, by=desk.author)
        correction.content |= sheet | {"summary": "Gecorrigeerd."}
        correction.save()
        post(desk, desk.issued, {"doe": "correctie", "note": "De tekst klopte niet."})

    assert leaks(desk, walk, islice(typed_gaps(), 0, None, 7)) == []


def test_no_action_of_the_admin_leads_past_the_sheet(desk):
    client = desk.cast.client("coord")

    def walk(sheet: Sheet) -> None:
        desk.fill(sheet)
        take_action(client, "publish_publications", desk.draft)

    assert leaks(desk, walk, islice(typed_gaps(), 3, None, 14)) == []


def test_the_form_of_the_admin_is_no_way(desk):
    client = desk.cast.client("coord")
    for answer in (
        client.post(reverse("admin:comms_publication_change", args=[desk.draft.pk]), {"status": "gepubliceerd"}),
        client.post(reverse("admin:comms_publication_add"), {"status": "gepubliceerd"}),
        client.post(reverse("admin:comms_publication_delete", args=[desk.issued.pk]), {"post": "yes"}),
    ):
        assert answer.status_code == 403
    assert not reaches_readers(desk)


def test_the_api_is_no_way(desk):
    client = desk.cast.client("rep")
    for name, arguments in (("api_publications", {}), ("api_publication", {"slug": desk.draft.slug})):
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(client, method)(reverse(name, kwargs=arguments), {"status": "gepubliceerd"})
            assert answer.status_code in (404, 405)
    assert not reaches_readers(desk)


def test_the_walk_is_long_enough():
    assert len(WRITES) + len(ACTIONS) >= 20
    assert {element for element, _column, _value in gaps()} == set(FILLINGS)
    for start in range(7):
        assert {element for element, _column, _value in islice(typed_gaps(), start, None, 7)} == set(FILLINGS)
