"""A prepared question gives the rows of its queryset, each time anew."""

import pytest
from django.contrib.auth.models import Group

from cwn.accounts.backends import WITH_ACCESS_FACTS
from cwn.accounts.models import User
from partners.models import Membership
from tests.cast import PRINCIPALS

pytestmark = pytest.mark.django_db


def test_people_come_with_the_facts_of_the_plain_queryset(cast):
    for principal in PRINCIPALS[1:]:
        key = cast[principal].pk
        (row,) = WITH_ACCESS_FACTS.rows(key)
        plain = User.objects.with_access_facts().get(pk=key)

        assert row == plain
        assert {**vars(row), "_state": None} == {**vars(plain), "_state": None}
    assert WITH_ACCESS_FACTS.rows(0) == []


def test_what_changed_shows_in_the_next_answer(cast):
    (membership,) = Membership.current_of(cast["mem"].pk)
    assert (membership.organisation_status, membership.is_representative) == ("partner", False)

    cast["mem"].groups.add(Group.objects.create(name="anders"))
    Membership.objects.filter(pk=membership.pk).update(ended_at="2026-01-01T00:00Z")

    assert WITH_ACCESS_FACTS.rows(cast["mem"].pk)[0].known_roles == ["anders"]
    assert Membership.current_of(cast["mem"].pk) == []
