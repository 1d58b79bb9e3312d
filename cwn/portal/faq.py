"""Questions and answers (R15), and what this portal is beside MijnNCSC (R16)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cwn.portal.models import Question, QuestionState


@require_safe
def faq_list(request: HttpRequest) -> HttpResponse:
    """List the questions by topic, in the order that the editors gave them."""
    topics: dict[str, list[Question]] = {}
    for question in Question.objects.visible_to(request.user):
        topics.setdefault(question.text("topic"), []).append(question)
    return render(request, "portal/faq_list.html", {"topics": topics, "concept": QuestionState.CONCEPT})


@require_safe
def faq_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one question with its answer, its state and the others on the same topic."""
    questions = Question.objects.visible_to(request.user)
    question = get_object_or_404(questions, slug=slug)
    related = questions.filter(topic=question.topic).exclude(pk=question.pk)
    context = {
        "question": question,
        "title": question.text("question"),
        "related": related,
        "concept": QuestionState.CONCEPT,
    }
    return render(request, "portal/faq_detail.html", context)
