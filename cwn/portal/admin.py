"""Questions, messages, topics and the brand in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from taggit.models import Tag

from cwn.core.admin import CwnModelAdmin, ReasonedForm
from cwn.core.admin_actions import PreviewedAction, PreviewLine
from cwn.core.admin_tasks import AdminTask, admin_task
from cwn.portal.actions import adopt_answer, mark_answered
from cwn.portal.models import Brand, ContactMoment, ContactMomentState, ContactTopic, Question, QuestionState
from partners.images import clean_logo

GROUP = (60, gettext_lazy("Portaal"))
admin.site.unregister(Tag)  # nothing here is tagged yet


ADOPT = PreviewedAction(
    "adopt",
    gettext_lazy("Antwoord vaststellen"),
    preview=lambda question, data: PreviewLine(
        question,
        question.get_state_display(),
        QuestionState.ADOPTED.label,
        "" if question.state == QuestionState.CONCEPT else _("Dit is geen concept."),
    ),
    perform=lambda question, data, by: adopt_answer(question, by=by),
    single=True,
)


@admin.register(Question)
class QuestionAdmin(CwnModelAdmin):
    """Questions and answers (R15)."""

    group = GROUP
    list_display = ("question", "topic", "function", "state", "updated_at")
    list_filter = ("state", "function", "topic")
    search_fields = ("question", "answer", "question_en")
    actions = (ADOPT,)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Show withdrawn questions too: the admin is where they can come back."""
        return admin.ModelAdmin.get_queryset(self, request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Leave the address of an existing question as it is."""
        return ("slug",) if obj is not None else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        """Propose an address for a new question."""
        return {} if obj is not None else {"slug": ("question",)}


ANSWERED = PreviewedAction(
    "answered",
    gettext_lazy("Beantwoord"),
    preview=lambda moment, data: PreviewLine(
        moment,
        moment.get_state_display(),
        ContactMomentState.ANSWERED.label,
        "" if moment.state == ContactMomentState.NEW else _("Dit bericht is al beantwoord."),
    ),
    perform=lambda moment, data, by: mark_answered(moment, by=by),
    single=True,
)


@admin.register(ContactMoment)
class ContactMomentAdmin(CwnModelAdmin):
    """Messages of the contact form (R14)."""

    group = GROUP
    list_display = ("topic", "name", "organisation_name", "state", "received_at")
    list_select_related = ("topic",)
    list_filter = ("state", "topic", "function", "received_at")
    search_fields = ("name", "email", "organisation_name", "message")
    ordering = ("-received_at",)
    actions = (ANSWERED,)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Messages come in through the form."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let the action through, but leave what somebody wrote as it is."""
        return obj is None and super().has_change_permission(request)


@admin.register(ContactTopic)
class ContactTopicAdmin(CwnModelAdmin):
    """What a message can be about, and where it goes."""

    group = GROUP
    list_display = ("name", "email", "slug", "order")
    list_filter = ("order",)
    search_fields = ("name", "slug")


class BrandForm(ReasonedForm):
    """The brand, with a mark that is drawn anew and colours to pick."""

    class Meta:
        widgets = {
            "colour": forms.TextInput(attrs={"type": "color"}),
            "colour_dark": forms.TextInput(attrs={"type": "color"}),
        }

    def clean_mark(self) -> Any:
        """Keep only the pixels of a new mark."""
        mark = self.cleaned_data.get("mark")
        return clean_logo(mark) if mark and "mark" in self.changed_data else mark


@admin.register(Brand)
class BrandAdmin(CwnModelAdmin):
    """Name, tagline, mark and colours (R17)."""

    group = GROUP
    form = BrandForm
    list_display = ("name", "short_name", "tagline")
    list_filter = ("short_name",)
    search_fields = ("name", "tagline")


@admin_task("portal.change_contactmoment", order=60)
def new_messages(user: Any) -> AdminTask:
    """Messages of the contact form that nobody answered."""
    count = ContactMoment.objects.filter(state=ContactMomentState.NEW).count()
    url = f"{reverse('admin:portal_contactmoment_changelist')}?state__exact={ContactMomentState.NEW}"
    return AdminTask(_("Nieuwe berichten"), count, url)
