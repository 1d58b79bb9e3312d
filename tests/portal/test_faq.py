"""Questions and answers (R15, R16): visible, searchable, honest about their state."""

import pytest

from cwn.portal.documents import question_documents
from cwn.portal.models import Question, QuestionState
from cwn.portal.reference import load_questions

pytestmark = pytest.mark.django_db


def make_question(slug: str = "wat", **values: str) -> Question:
    texts = {"question": "Wat is dat?", "answer": "Een **net**werk.", "topic": "Het netwerk"}
    return Question.objects.create(slug=slug, **{**texts, **values})


def test_all_thirteen_are_there_and_called_a_concept(client):
    load_questions()
    page = client.get("/vragen/").content.decode()
    assert page.count('href="/vragen/') >= 13
    assert page.count("Concept</span>") == 13
    for question in Question.objects.all():
        answer = client.get(question.get_absolute_url()).content.decode()
        assert "nog niet vastgesteld" in answer


def test_an_adopted_answer_is_no_concept(client):
    question = make_question(state=QuestionState.ADOPTED)
    assert "Concept" not in client.get(question.get_absolute_url()).content.decode()


def test_a_withdrawn_question_is_gone_everywhere(client):
    question = make_question(state=QuestionState.WITHDRAWN)
    assert client.get(question.get_absolute_url()).status_code == 404
    assert "Wat is dat?" not in client.get("/vragen/").content.decode()
    assert list(question_documents([question.pk])) == []


def test_english_pages_have_the_english_text_or_say_that_it_is_dutch(client):
    make_question("half")
    make_question("heel", question_en="What is that?", answer_en="A net.", topic_en="The network")
    assert '<div class="cwn-stack" lang="nl">' in client.get("/en/vragen/half/").content.decode()
    page = client.get("/en/vragen/heel/").content.decode()
    assert "What is that?" in page
    assert "Een <strong>net</strong>werk" not in page


def test_one_document_per_language_that_has_a_text():
    half, whole = make_question("half"), make_question("heel", question_en="What?", answer_en="A *net*.")
    (document,) = question_documents([half.pk])
    assert (document.language, document.languages) == ("nl", {"nl", "en"})
    assert document.summary == "Een netwerk."
    dutch, english = question_documents([whole.pk])
    assert (dutch.language, dutch.languages) == ("nl", {"nl"})
    assert (english.language, english.languages, english.title) == ("en", {"en"}, "What?")
    assert {dutch.url, english.url} == {"/vragen/heel/"}


def test_a_question_is_found_through_the_search(client):
    load_questions()
    found = client.get("/.json?q=MijnNCSC").json()
    assert "/vragen/wat-is-het-verschil-met-mijnncsc/" in [result["url"] for result in found["results"]]


def test_the_difference_with_mijnncsc_is_one_step_away(client):
    page = client.get("/vragen/").content.decode()
    assert 'href="https://mijn.ncsc.nl"' in page


def test_questions_stand_under_their_topic_in_order(client):
    make_question("b", question="Tweede?", topic="Later", order=20)
    make_question("a", question="Eerste?", topic="Eerder", order=10)
    page = client.get("/vragen/").content.decode()
    assert page.index("<h2>Eerder</h2>") < page.index("Eerste?") < page.index("<h2>Later</h2>") < page.index("Tweede?")
