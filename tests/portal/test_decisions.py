"""What coordinators decide in the admin about answers and messages, and who may not."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cwn.accounts.actions import end_sessions
from cwn.portal.actions import adopt_answer, mark_answered
from cwn.portal.models import ContactMoment, ContactMomentState, Question, QuestionState
from tests.factories.admin import MAKERS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "action", "state"),
    [
        (Question, "adopt", QuestionState.ADOPTED),
        (ContactMoment, "answered", ContactMomentState.ANSWERED),
    ],
)
def test_a_yes_in_the_admin_decides(cast, model, action, state):
    row, client = MAKERS[model](), cast.client("coord")
    address = reverse(f"admin:portal_{model._meta.model_name}_changelist")
    sent = {"action": action, "_selected_action": [row.pk], "step": "preview"}
    shown = client.post(address, sent)
    client.post(address, sent | {"step": "confirm", "fingerprint": shown.context["fingerprint"]})
    assert model.objects.get(pk=row.pk).state == state


@pytest.mark.parametrize("principal", ["mem", "rep", "nomfa"])
def test_others_decide_nothing(cast, principal):
    for action, row in ((adopt_answer, MAKERS[Question]()), (mark_answered, MAKERS[ContactMoment]())):
        before = row.state
        with pytest.raises(PermissionDenied):
            action(row, by=cast[principal])
        row.refresh_from_db()
        assert row.state == before


def test_only_oneself_and_a_technical_administrator_end_sessions(cast):
    with pytest.raises(PermissionDenied):
        end_sessions(cast["mem"], by=cast["rep"])
    assert end_sessions(cast["mem"], by=cast["mem"]).session_generation == 1
    assert end_sessions(cast["mem"], by=cast["adm"]).session_generation == 2
