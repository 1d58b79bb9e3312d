"""A right that is taken away is gone at the next request, on every way, with the session still open (A04, A05)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from comms.actions.issuing import withdraw
from comms.actions.labelling import readdress, restrict
from comms.models import Publication, SharingGroupMember
from partners.enums import PartnerStatus
from tests.access.shelf import COMMON, GROUP, Standing, key_of, make_shelf

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(cast):
    """Something in force with every label."""
    return {one.label: one for one in make_shelf(cast, ("gepubliceerd",))}


@pytest.fixture
def key(cast):
    """The key with which Xandra's program reads the API."""
    return key_of(cast["mem-x"])


def ways(client: Any, standing: Standing, key: dict[str, str]) -> dict[str, bool]:
    """Tell by which ways a reader still gets to a publication."""
    slug, word = standing.publication.slug, standing.word("titel")
    file = reverse("attachment_download", args=[slug, standing.attachment.pk, 1])
    found = client.get(f"/.json?q={COMMON}").json()
    return {
        "page": client.get(reverse("publication_detail", args=[slug])).status_code == 200,
        "sheet": client.get(reverse("publication_text", args=[slug])).status_code == 200,
        "attachment": client.get(file).status_code == 200,
        "count": found["count"] == count_for(standing),
        "search": word in str(found),
        "feed": slug in client.get(f"/.atom?q={COMMON}").content.decode(),
        "export": word in client.get(f"/informatie.csv?q={COMMON}").content.decode(),
        "list": word in client.get(f"/informatie/?q={COMMON}").content.decode(),
        "suggestion": word in client.get(f"/zoeken/suggesties/?q={COMMON}").content.decode(),
        "api": client.get(reverse("api_publication", args=[slug]), headers=key).status_code == 200,
    }


def count_for(standing: Standing) -> int:
    """Return how many a reader finds for whom this is the strictest label: one per label up to it."""
    return ("clear", "green", "amber", "amber-strict").index(standing.label) + 1


def end_membership(cast: Any, one: Standing) -> None:
    cast["mem-x"].memberships.update(ended_at=timezone.now())


def suspend_membership(cast: Any, one: Standing) -> None:
    cast["mem-x"].memberships.update(suspended_at=timezone.now())


def suspend_organisation(cast: Any, one: Standing) -> None:
    organisation = cast.organisations["zorgring"]
    organisation.status = PartnerStatus.SUSPENDED
    organisation.save()


def deactivate(cast: Any, one: Standing) -> None:
    cast["mem-x"].is_active = False
    cast["mem-x"].save()


def leave_the_group(cast: Any, one: Standing) -> None:
    SharingGroupMember.objects.filter(group__name=GROUP, organisation=cast.organisations["zorgring"]).delete()


def address_to_others(cast: Any, one: Standing) -> None:
    others = [cast.organisations["eilandring"]]
    readdress(one.publication, organisations=others, groups=[], people=[], reason="Verkeerd gericht.", by=cast["rep"])


def label_stricter(cast: Any, one: Standing) -> None:
    review = one.publication.review_on
    restrict(one.publication, tlp="red", reason="De bron is herkenbaar.", review_on=review, by=cast["rep"])


LOST: list[Callable[[Any, Standing], None]] = [
    end_membership,
    suspend_membership,
    suspend_organisation,
    deactivate,
    leave_the_group,
    address_to_others,
    label_stricter,
]


@pytest.mark.parametrize("lose", LOST, ids=lambda lose: lose.__name__)
def test_what_was_amber_to_a_reader_is_gone(cast, shelf, key, lose):
    client, standing = cast.client("mem-x"), shelf["amber-strict"]
    before = ways(client, standing, key)
    assert all(before.values()), before
    lose(cast, standing)
    after = ways(client, standing, key)
    assert not any(after.values()), after


@pytest.mark.parametrize("lose", [end_membership, suspend_organisation], ids=lambda lose: lose.__name__)
def test_what_the_network_reads_is_gone_too(cast, shelf, key, lose):
    client, standing = cast.client("mem-x"), shelf["green"]
    assert ways(client, standing, key)["page"]
    lose(cast, standing)
    after = ways(client, standing, key) | {"count": False}
    assert not any(after.values()), after
    assert ways(client, shelf["clear"], key)["page"], "a visitor still reads what is open"


def test_somebody_who_is_no_longer_named(cast, shelf):
    client, standing = cast.client("rcp"), shelf["red"]
    assert client.get(standing.publication.get_absolute_url()).status_code == 200
    readdress(
        standing.publication,
        organisations=[],
        groups=[],
        people=[],
        reason="Was een vergissing.",
        by=cast["mem"],
    )
    assert client.get(standing.publication.get_absolute_url()).status_code == 404


def test_somebody_who_is_named_and_leaves_the_network(cast, shelf):
    client, standing = cast.client("rcp"), shelf["red"]
    cast["rcp"].memberships.update(ended_at=timezone.now())
    assert client.get(standing.publication.get_absolute_url()).status_code == 404


def test_an_author_who_leaves_the_owner(cast, shelf):
    client = cast.client("mem")
    cast["mem"].memberships.update(ended_at=timezone.now())
    for label in ("green", "amber", "red"):
        assert client.get(shelf[label].publication.get_absolute_url()).status_code == 404
        assert client.get(f"/redactie/{shelf[label].publication.slug}/").status_code == 404


def test_what_is_withdrawn_leaves_a_notice(cast, shelf, key):
    client, standing = cast.client("mem-x"), shelf["amber-strict"]
    withdraw(standing.publication, reason="De melding klopte niet.", by=cast["rep"])
    left = ways(client, standing, key)
    assert {way for way, is_open in left.items() if is_open} <= {"api"}, "the API tells that it is gone"
    notice = client.get(standing.publication.get_absolute_url())
    assert notice.status_code == 410
    assert standing.word("samenvatting") not in notice.content.decode()
    assert cast.client("mem-o").get(standing.publication.get_absolute_url()).status_code == 404


def test_a_representative_who_becomes_a_member_loses_the_drafts(cast):
    client = cast.client("rep")
    (draft,) = [one for one in make_shelf(cast, ("concept",)) if one.label == "amber"]
    address = f"/redactie/{draft.publication.slug}/"
    assert client.get(address).status_code == 200
    cast["rep"].memberships.update(role="lid")
    assert client.get(address).status_code == 404
    assert Publication.objects.filter(pk=draft.publication.pk).exists()


def test_a_coordinator_who_loses_the_role(cast, shelf):
    client = cast.client("coord")
    assert client.get(shelf["amber"].publication.get_absolute_url()).status_code == 200
    cast["coord"].groups.clear()
    assert client.get(shelf["amber"].publication.get_absolute_url()).status_code == 404
