"""`/nieuwsbrief/redactie/lijsten/`: newsletters, topics and what subscribers agree to."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comms.planning.models.visibility import plans
from comms.subscriptions.actions.editing import add_consent_text, save_newsletter, save_topic
from comms.subscriptions.forms.desk import ConsentTextForm, NewsletterForm, TopicForm
from comms.subscriptions.models import ConsentText, Newsletter, Topic
from cwn.accounts.http import AccountRequest


@login_required
@require_safe
def newsletter_settings(request: AccountRequest) -> HttpResponse:
    """Show all lists and topics to the desk."""
    _only_the_desk(request)
    context = {
        "newsletters": Newsletter.objects.editable_by(request.user).prefetch_related("topics", "consent_texts"),
        "topics": Topic.objects.prefetch_related("newsletters"),
    }
    return render(request, "subscriptions/desk_lists.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def newsletter_new(request: AccountRequest) -> HttpResponse:
    """Make a list."""
    _only_the_desk(request)
    return _newsletter_form(request, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def newsletter_edit(request: AccountRequest, slug: str) -> HttpResponse:
    """Change a list; below it the consent texts, that only get newer versions."""
    return _newsletter_form(request, _editable(request, slug))


def _newsletter_form(request: AccountRequest, newsletter: Newsletter | None) -> HttpResponse:
    form = NewsletterForm(request.POST if request.method == "POST" else None, instance=newsletter)
    if request.method == "POST" and form.is_valid():
        saved = save_newsletter(form.save(commit=False), by=request.user)
        messages.success(request, _("De nieuwsbrief is opgeslagen."))
        return redirect("newsletter_edit", saved.slug)
    texts = ConsentText.objects.filter(newsletter=newsletter) if newsletter else []
    context = {"form": form, "newsletter": newsletter, "texts": texts}
    return render(request, "subscriptions/desk_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consent_text_new(request: AccountRequest, slug: str) -> HttpResponse:
    """Write the next version of what subscribers agree to."""
    newsletter = _editable(request, slug)
    newest = ConsentText.objects.filter(newsletter=newsletter).first()
    initial = {"text": newest.text, "language": newest.language} if newest else {}
    form = ConsentTextForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        text = add_consent_text(newsletter=newsletter, **form.cleaned_data, by=request.user)
        messages.success(request, _("Versie %(number)d staat klaar.") % {"number": text.version})
        return redirect("newsletter_edit", newsletter.slug)
    context = {"form": form, "newsletter": newsletter, "newest": newest}
    return render(request, "subscriptions/desk_consent.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def topic_new(request: AccountRequest) -> HttpResponse:
    """Make a topic."""
    _only_the_desk(request)
    return _topic_form(request, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def topic_edit(request: AccountRequest, slug: str) -> HttpResponse:
    """Change a topic."""
    _only_the_desk(request)
    return _topic_form(request, get_object_or_404(Topic, slug=slug))


def _topic_form(request: AccountRequest, topic: Topic | None) -> HttpResponse:
    form = TopicForm(request.POST if request.method == "POST" else None, instance=topic)
    if request.method == "POST" and form.is_valid():
        newsletters: Any = form.cleaned_data["newsletters"]
        save_topic(form.save(commit=False), newsletters=newsletters, by=request.user)
        messages.success(request, _("Het onderwerp is opgeslagen."))
        return redirect("newsletter_settings")
    return render(request, "subscriptions/desk_topic.html", {"form": form, "topic": topic})


def _only_the_desk(request: AccountRequest) -> None:
    if not plans(request.user):
        raise Http404


def _editable(request: AccountRequest, slug: str) -> Newsletter:
    return get_object_or_404(Newsletter.objects.editable_by(request.user), slug=slug)
