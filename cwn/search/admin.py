"""Synonyms, and searches that found nothing, in the admin."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cwn.core.admin import CwnModelAdmin, ReasonedForm
from cwn.core.admin_tasks import AdminTask, admin_task
from cwn.search.models import MissedQuery, SynonymGroup
from partners.forms.fields import LinesField

GROUP = (70, gettext_lazy("Zoeken"))
#: The dashboard looks back this far.
RECENT = timedelta(days=28)


class SynonymForm(ReasonedForm):
    """Words that mean the same, one per line; the first one is preferred."""

    phrases = LinesField(
        label=gettext_lazy("Woorden"),
        help_text=gettext_lazy("Eén woord of woordgroep per regel. De eerste heeft de voorkeur."),
    )

    def clean_phrases(self) -> list[str]:
        """Return the words; one alone is no synonym."""
        phrases: list[str] = self.cleaned_data["phrases"]
        if len(phrases) < 2:
            raise forms.ValidationError(_("Vul minstens twee woorden in, elk op een eigen regel."))
        if any(len(phrase) > 120 for phrase in phrases):
            raise forms.ValidationError(_("Een woord of woordgroep heeft hoogstens 120 tekens."))
        return phrases


@admin.register(SynonymGroup)
class SynonymGroupAdmin(CwnModelAdmin):
    """Words that mean the same in the network (R3)."""

    group = GROUP
    form = SynonymForm
    list_display = ("__str__", "explanation")
    list_filter = (("explanation", admin.EmptyFieldListFilter),)
    search_fields = ("phrases", "explanation")
    ordering = ("phrases",)


@admin.register(MissedQuery)
class MissedQueryAdmin(CwnModelAdmin):
    """Searches that found nothing: words to add, or a gap in the network (R3, R26)."""

    group = GROUP
    list_display = ("words", "week", "count")
    list_filter = ("week",)
    search_fields = ("words",)
    ordering = ("-week", "-count")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The search counts them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Counts are not changed by hand."""
        return False


@admin_task("search.view_missedquery", order=70)
def searches_without_a_hit(user: Any) -> AdminTask:
    """Different words that found nothing in the last four weeks."""
    since = timezone.localdate() - RECENT
    count = MissedQuery.objects.filter(week__gte=since).count()
    return AdminTask(_("Zoekvragen zonder resultaat"), count, reverse("admin:search_missedquery_changelist"))
