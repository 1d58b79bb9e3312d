"""The publications of the demo: complete, invented, the same every time, and a lively network for its people."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction

from comms.checking import errors_of
from comms.demo import make_publications
from comms.demo.stories import rows
from comms.enums import ISSUED, PublicationKind, PublicationStatus, Tlp
from comms.models import Acknowledgement, Development, Feedback, Publication, Remark
from cwn.accounts.models import User
from cwn.core.models import StaleDocument
from cwn.search.models import Document

pytestmark = pytest.mark.django_db

#: What differs between two loads.
MOMENTS = {
    "id", "created_at", "updated_at", "published_at", "corrected_at", "publish_at", "public_from", "review_on",
    "expires_on", "action_perspective", "superseded_by", "author",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _demo(settings) -> None:
    settings.CWN_DEMO, settings.DEMO_PASSWORD = True, "een-wachtwoord-voor-de-demo"
    settings.DEMO_TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(scope="module")
def network(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Load reference data and twenty organisations once; each test is rolled back by itself."""
    with django_db_blocker.unblock():
        from django.conf import settings

        before = settings.CWN_DEMO, settings.DEMO_PASSWORD, settings.DEMO_TOTP_SECRET
        settings.CWN_DEMO, settings.DEMO_PASSWORD = True, "een-wachtwoord-voor-de-demo"
        settings.DEMO_TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
        outside = transaction.atomic()
        outside.__enter__()
        call_command("load_reference", stdout=StringIO())
        call_command("load_demo", organisations=20, publications=0, stdout=StringIO())
        settings.CWN_DEMO, settings.DEMO_PASSWORD, settings.DEMO_TOTP_SECRET = before
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outside.__exit__(None, None, None)


def person(principal: str) -> User:
    """Return somebody of the demo."""
    return User.objects.get(email=f"{principal}@demo.example")


def snapshot() -> list[Any]:
    """Everything drawn except primary keys and moments."""
    kept = [field.name for field in Publication._meta.concrete_fields if field.name not in MOMENTS]
    drawn = Publication.objects.filter(slug__regex=r"-f\d+$")
    found: list[Any] = list(drawn.order_by("slug").values_list(*kept))
    for link in ("regions", "sectors", "developments", "addressed_organisations", "keywords"):
        found += drawn.order_by("slug", f"{link}__slug").values_list("slug", f"{link}__slug")
    return found


def test_every_publication_by_hand_is_there_with_its_words(network):
    assert make_publications(len(rows()), seed=1) == len(rows())
    assert {row["kind"] for row in rows()} == set(PublicationKind.values)
    assert set(Publication.objects.values_list("tlp", flat=True)) == set(Tlp.values)
    assert set(Publication.objects.values_list("status", flat=True)) == set(PublicationStatus.values)
    assert not Publication.objects.filter(is_fictional=False).exists()
    named = {slug for row in rows() for slug in row.get("developments", [])}
    assert named <= set(Development.objects.values_list("slug", flat=True))


def test_what_was_issued_passes_the_checker(network):
    make_publications(len(rows()), seed=1)
    failing = {one.slug: errors_of(one) for one in Publication.objects.filter(status__in=ISSUED) if errors_of(one)}
    assert not failing


def test_demo_people_find_what_is_for_them(network):
    make_publications(len(rows()), seed=1)

    def readable(user: Any) -> set[str]:
        return set(Publication.objects.visible_to(user).values_list("slug", flat=True))

    assert {"gijzeling-bij-laboratorium", "kwartaalbeeld-haven"} <= readable(person("mem"))
    assert "gijzeling-bij-laboratorium" not in readable(person("mem-o"))
    assert "aanhouding-in-voorbereiding" in readable(person("rcp")) & readable(person("coord"))
    assert "aanhouding-in-voorbereiding" not in readable(person("coord2"))
    assert "beoordeling-kwetsbare-laadpalen" in readable(person("coord"))
    assert "partners-eerst-campagne" in readable(person("nctv"))
    assert "partners-eerst-campagne" not in readable(person("ex"))
    assert readable(person("sus")) == readable(AnonymousUser())


def test_others_answered_and_the_owner_answered_them(network):
    make_publications(len(rows()), seed=1)
    assert Acknowledgement.objects.filter(answer="doorgegeven", reach__gt=0).exists()
    assert Feedback.objects.filter(is_useful=False).exists()
    assert Remark.objects.filter(kind="suggestie").exists()
    corrected = Publication.objects.get(version=2)
    assert corrected.correction_note
    assert corrected.steps.filter(verb="correct").exists()


def test_the_same_seed_draws_the_same_publications_in_steps_or_at_once(network):
    with transaction.atomic():
        make_publications(104, seed=7)
        at_once = snapshot()
        transaction.set_rollback(True)
    assert [make_publications(number, seed=7) for number in (60, 60, 104, 10)] == [60, 0, 44, 0]
    assert snapshot() == at_once
    assert len({row[0] for row in at_once}) > 1


def test_the_command_makes_them_findable_and_leaves_nothing_to_do(network):
    assert " 80 publicaties" in load(80)
    listed = Publication.objects.listed().exclude(tlp=Tlp.RED)
    assert Document.objects.filter(kind="publication").count() == listed.count()
    assert not StaleDocument.objects.filter(kind="publication").exists()
    assert " 0 publicaties" in load(80)


def load(publications: int) -> str:
    """Load the demo and return what the command says."""
    output = StringIO()
    call_command("load_demo", organisations=20, publications=publications, stdout=output)
    return output.getvalue()
