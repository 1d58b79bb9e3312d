"""What the search knows of the questions and answers (R15): one document per language that has a text."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from cwn.core.markdown import plain_text
from cwn.core.searchable import SUMMARY_LENGTH, Searchable, SearchDocument, badge, register_searchable
from cwn.core.visibility import PUBLIC
from cwn.portal.models import Question, QuestionState

#: The quarter in which the strategy that the questions come from begins (A, Planning). An answer is no news:
#: however lately it was edited, it stands below what partners do.
STRATEGY_BEGAN = date(2025, 7, 1)


def question_documents(primary_keys: Sequence[int] | None) -> Iterator[SearchDocument]:
    """Yield the documents of every question that was not withdrawn."""
    questions = Question.objects.exclude(state=QuestionState.WITHDRAWN).order_by("pk")
    if primary_keys is not None:
        questions = questions.filter(pk__in=primary_keys)
    for question in questions.iterator():
        yield from _documents(question)


def _documents(question: Question) -> Iterator[SearchDocument]:
    card: dict[str, Any] = {"functie": [question.function] if question.function else []}
    if question.state == QuestionState.CONCEPT:
        card["badge"] = badge(QuestionState.CONCEPT)
    texts = {"nl": (question.question, question.answer, question.topic)}
    if question.question_en and question.answer_en:
        texts["en"] = (question.question_en, question.answer_en, question.topic_en or question.topic)
    for language, (title, answer, topic) in texts.items():
        yield SearchDocument(
            kind="question",
            object_id=question.pk,
            language=language,
            title=title,
            summary=Truncator(plain_text(answer)).chars(SUMMARY_LENGTH),
            body=f"{plain_text(answer)} {topic}",
            url=f"/vragen/{question.slug}/",
            date=STRATEGY_BEGAN,
            facets=frozenset({f"functie:{question.function}"} if question.function else ()),
            visibility=frozenset({PUBLIC}),
            languages=frozenset({language} if len(texts) > 1 else {"nl", "en"}),
            card=card,
        )


register_searchable(Searchable("question", "vraag", _("vraag"), _("vragen"), question_documents))
