"""Moments, milestones and analyses: `visible_to` and the policies of PostgreSQL show the same rows (R88, R102)."""

import pytest
from django.db import connection

from comms.planning.enums import EntryReaders
from comms.planning.models import KeyMoment, Milestone, reads_plans
from cwn.core.guard import reading_as
from tests.cast import PRINCIPALS
from tests.factories.planning import AudienceAnalysisFactory, KeyMomentFactory, MilestoneFactory

pytestmark = pytest.mark.django_db


def keys(sql: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {key for (key,) in cursor.fetchall()}


def test_policies_show_what_is_meant_for_the_reader(cast):
    for readers in EntryReaders.values:
        KeyMomentFactory(readers=readers)
        MilestoneFactory(readers=readers)
    analysis = AudienceAnalysisFactory()
    for principal in PRINCIPALS:
        user = cast[principal]
        moments = set(KeyMoment.objects.visible_to(user).values_list("pk", flat=True))
        milestones = set(Milestone.objects.visible_to(user).values_list("pk", flat=True))
        with reading_as(user):
            assert keys("SELECT id FROM planning_keymoment") == moments, principal
            assert keys("SELECT id FROM planning_milestone") == milestones, principal
            analyses = keys("SELECT id FROM planning_audienceanalysis")
        assert analyses == ({analysis.pk} if reads_plans(user) else set()), principal
