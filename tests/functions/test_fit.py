"""The check "past u bij het CWN?" explains itself and asks nobody how mature they are (R32, R35, R48)."""

import pytest

from cwn.core.enums import CwnFunction
from functions.base.fit import Outcome, charters, check_fit, questions
from functions.base.models import FlowDirection, FunctionCharter, FunctionCondition
from functions.base.reference import load_charters

pytestmark = pytest.mark.django_db


def make_charter(function: str, **conditions: bool) -> FunctionCharter:
    """Make a charter with conditions by key: required or not."""
    charter = FunctionCharter.objects.create(function=function, flow_direction=FlowDirection.BOTH)
    for key, required in conditions.items():
        FunctionCondition.objects.create(
            charter=charter, key=key, question=f"{key}?", explanation="ja", advice="nee", is_required=required
        )
    return charter


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ({"reaches": True, "keeps": True}, Outcome.FITS),
        ({"reaches": True, "keeps": True, "duty": False}, Outcome.FITS),
        ({"reaches": True, "keeps": False}, Outcome.NOT_YET),
        ({"keeps": False}, Outcome.NOT_YET),
        ({"reaches": True}, Outcome.UNKNOWN),
        ({}, Outcome.UNKNOWN),
    ],
)
def test_required_conditions_decide(answers, outcome):
    make_charter(CwnFunction.TRAINING, reaches=True, keeps=True, duty=False)
    (fit,) = check_fit(charters(), answers)
    assert fit.outcome is outcome


def test_every_answer_is_explained():
    make_charter(CwnFunction.TRAINING, reaches=True, keeps=True, duty=False, brings=False)
    (fit,) = check_fit(charters(), {"reaches": True, "duty": False, "brings": True})
    assert [condition.key for condition in fit.met] == ["reaches", "brings"]
    assert [condition.key for condition in fit.advisable] == ["duty"]
    assert [condition.key for condition in fit.open] == ["keeps"]


def test_a_question_that_two_functions_ask_is_asked_once():
    make_charter(CwnFunction.TRAINING, reaches=True, keeps=True)
    make_charter(CwnFunction.INFORMATION_SHARING, reaches=True, duty=False)
    asked = [question.key for question in questions(charters())]
    assert sorted(asked) == ["duty", "keeps", "reaches"]


def test_a_function_without_conditions_gets_no_verdict():
    make_charter(CwnFunction.TRAINING)
    assert check_fit(charters(), {"reaches": True}) == []


def test_the_real_charters_fit_whoever_says_yes_to_what_is_required(django_assert_num_queries):
    load_charters()
    with django_assert_num_queries(2):
        known = charters()
    required = {
        condition.key: True for charter in known for condition in charter.conditions.all() if condition.is_required
    }
    fits = check_fit(known, required)
    assert {fit.charter.function for fit in fits} == set(CwnFunction.values)
    assert all(fit.outcome is Outcome.FITS for fit in fits)


def test_nobody_is_asked_how_mature_they_are():
    load_charters()
    assert not any("volwassen" in question.question.lower() for question in questions(charters()))
