"""What readers answered, to read along in the admin; the owner answers on the portal (R107, R153)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from comms.admin.audiences import GROUP
from comms.enums import Tlp
from comms.models import Acknowledgement, Feedback
from cwn.core.admin import CwnModelAdmin


class ReachAdmin(CwnModelAdmin):
    """Answers to publications; those to TLP:RED show nowhere here."""

    group = GROUP

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Leave out what is about RED."""
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.exclude(publication__tlp=Tlp.RED)


@admin.register(Acknowledgement)
class AcknowledgementAdmin(ReachAdmin):
    """What organisations did with a publication."""

    list_display = ("publication", "organisation", "answer", "reach", "answered_at")
    list_filter = ("answer",)
    list_select_related = ("publication", "organisation")
    search_fields = ("publication__title", "organisation__name", "note")


@admin.register(Feedback)
class FeedbackAdmin(ReachAdmin):
    """Whether readers found something useful, and what they would change."""

    list_display = ("publication", "is_useful", "text", "given_at")
    list_filter = ("is_useful",)
    list_select_related = ("publication",)
    search_fields = ("publication__title", "text")
    exclude = ("user",)
