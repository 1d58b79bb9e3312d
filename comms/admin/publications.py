"""Publications in the admin: to look after, not to write in (R106). TLP:RED shows nowhere here."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comms.actions.issuing import WITHDRAWABLE, may_issue, publish, require_ready, withdraw
from comms.admin.audiences import GROUP
from comms.enums import UNFINISHED, PublicationStatus, Tlp
from comms.models import Publication, PublicationStep
from cwn.accounts.reauthentication import recently_authenticated
from cwn.core.admin import CwnInline, CwnModelAdmin
from cwn.core.admin_actions import PreviewedAction, PreviewLine, ReasonForm


class PublicationAction(PreviewedAction):
    """A step of publications that their owner has written; whoever may take it need not be able to edit them."""

    def _editable(self, queryset: Any, user: Any) -> Any:
        """Keep the rows that somebody may issue and withdraw."""
        keys = [row.pk for row in queryset.worked_on_by(user) if may_issue(row, user)]
        return queryset.filter(pk__in=keys)


def _preview_publish(publication: Publication, data: dict[str, Any]) -> PreviewLine:
    old, new = publication.get_status_display(), PublicationStatus.PUBLISHED.label
    return PreviewLine(publication, old, new, _why_not_publish(publication))


def _why_not_publish(publication: Publication) -> str:
    if publication.status not in UNFINISHED:
        return _("Dit is geen concept.")
    if publication.label.needs_second_person and publication.approved_by_id is None:
        return _("Een tweede persoon moet akkoord geven. Dat is nooit de auteur.")
    try:
        require_ready(publication)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


PUBLISH = PublicationAction(
    "publish_publications",
    gettext_lazy("Publiceren"),
    preview=_preview_publish,
    perform=lambda publication, data, by: publish(publication, by=by),
    permission="view",
    single=True,
    guard=recently_authenticated,
)


def _preview_withdraw(publication: Publication, data: dict[str, Any]) -> PreviewLine:
    old, new = publication.get_status_display(), PublicationStatus.WITHDRAWN.label
    refusal = "" if publication.status in WITHDRAWABLE else _("Dit is niet gepubliceerd.")
    return PreviewLine(publication, old, new, refusal)


WITHDRAW = PublicationAction(
    "withdraw_publications",
    gettext_lazy("Intrekken"),
    form=ReasonForm,
    preview=_preview_withdraw,
    perform=lambda publication, data, by: withdraw(publication, reason=data["reason"], by=by),
    permission="view",
    single=True,
    guard=recently_authenticated,
)


class StepInline(CwnInline):
    """What happened to a publication, with the reasons."""

    model = PublicationStep
    fields = ("at", "verb", "new_status", "reason", "by")
    readonly_fields = fields


@admin.register(Publication)
class PublicationAdmin(CwnModelAdmin):
    """All publications that coordinators may know of, with the steps they can take for the owner."""

    group = GROUP
    list_display = ("title", "owner", "kind", "tlp", "status", "published_at")
    list_filter = ("status", "tlp", "kind", "phase")
    list_select_related = ("owner",)
    search_fields = ("title", "owner__name")
    date_hierarchy = "published_at"
    actions = (PUBLISH, WITHDRAW)
    inlines = (StepInline,)
    fieldsets = (
        (None, {"fields": ("title", "kind", "owner", "author", "status", "version", "published_at")}),
        (gettext_lazy("Tekst"), {"fields": ("summary", "body")}),
        (
            gettext_lazy("Label en lezers"),
            {
                "fields": (
                    "tlp",
                    "restriction_reason",
                    "review_on",
                    "addressed_organisations",
                    "addressed_groups",
                    "reviewer",
                    "approved_by",
                )
            },
        ),
        (
            gettext_lazy("Oplegger"),
            {
                "fields": (
                    "urgency",
                    "urgency_reason",
                    "audiences",
                    "audience_reason",
                    "key_points",
                    "communication_message",
                    "tone",
                    "speaker",
                    "action_perspective",
                    "wider_developments",
                    "functions",
                    "developments",
                )
            },
        ),
        (gettext_lazy("Planning"), {"fields": ("phase", "publish_at", "public_from", "expires_on")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Publication]:
        """Leave RED out, also for who is named on one: that is read on its own page."""
        rows: QuerySet[Publication] = super().get_queryset(request)
        return rows.exclude(tlp=Tlp.RED)
