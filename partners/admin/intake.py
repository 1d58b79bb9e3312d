"""What waits for a decision, in the admin: applications, proposed profiles, possible duplicates."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cwn.core.admin import CwnModelAdmin
from cwn.core.admin_actions import PreviewedAction, PreviewLine, ReasonForm
from cwn.core.enums import CwnFunction
from partners.actions.admission import admit_partner, decline_application, start_intake
from partners.actions.duplicates import dismiss_duplicate
from partners.actions.profile import accept_proposal, decline_proposal, differences
from partners.enums import ApplicationState, DuplicateState, ProposalState
from partners.models import Application, DuplicateCandidate, ProfileProposal

GROUP = (10, gettext_lazy("Te beslissen"))


class DecisionAdmin(CwnModelAdmin):
    """Something that was sent in: to read and decide on with the buttons, not to rewrite."""

    group = GROUP

    def has_add_permission(self, request: HttpRequest) -> bool:
        """It comes from elsewhere."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let the actions through, but show the record itself as it came in."""
        return obj is None and super().has_change_permission(request)


def _in_state(*states: str) -> Any:
    """Return a check that says when the state of an application allows no such decision."""

    def refusal(application: Application) -> str:
        if application.state in states:
            return ""
        return _("De stand is “%(state)s”.") % {"state": application.get_state_display()}

    return refusal


_IS_NEW = _in_state(ApplicationState.NEW)
_IN_INTAKE = _in_state(ApplicationState.IN_INTAKE)
_IS_WAITING = _in_state(ApplicationState.NEW, ApplicationState.IN_INTAKE)


class AdmissionForm(ReasonForm):
    """Why, and which functions were agreed."""

    functions = forms.MultipleChoiceField(
        label=gettext_lazy("Afgesproken functies"), choices=CwnFunction.choices, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("functions", "reason")


START_INTAKE = PreviewedAction(
    "start_intake",
    gettext_lazy("Intake beginnen"),
    preview=lambda application, data: PreviewLine(
        application,
        application.get_state_display(),
        _("In gesprek; de organisatie wordt kandidaat"),
        _IS_NEW(application),
    ),
    perform=lambda application, data, by: start_intake(application, by=by),
    single=True,
)
ADMIT = PreviewedAction(
    "admit",
    gettext_lazy("Toelaten als netwerkpartner"),
    form=AdmissionForm,
    preview=lambda application, data: PreviewLine(
        application,
        application.get_state_display(),
        _("Netwerkpartner, openbaar; uitnodiging naar %(email)s") % {"email": application.applicant_email},
        _IN_INTAKE(application),
    ),
    perform=lambda application, data, by: admit_partner(
        application, reason=data["reason"], functions=data["functions"], by=by
    ),
    single=True,
)
DECLINE = PreviewedAction(
    "decline",
    gettext_lazy("Afwijzen"),
    form=ReasonForm,
    preview=lambda application, data: PreviewLine(
        application,
        application.get_state_display(),
        _("Afgewezen; %(email)s krijgt de reden te lezen") % {"email": application.applicant_email},
        _IS_WAITING(application),
    ),
    perform=lambda application, data, by: decline_application(application, reason=data["reason"], by=by),
    single=True,
)


@admin.register(Application)
class ApplicationAdmin(DecisionAdmin):
    """Who wants to join (R35)."""

    list_display = ("organisation", "applicant_name", "state", "created_at", "handled_by")
    list_select_related = ("organisation", "handled_by")
    list_filter = ("state", "created_at")
    search_fields = ("organisation__name", "applicant_name", "applicant_email")
    actions = (START_INTAKE, ADMIT, DECLINE)
    fields = (
        "organisation",
        ("applicant_name", "applicant_email", "applicant_phone"),
        "motivation",
        "functions_in_words",
        "answers_in_words",
        ("state", "handled_by", "decision_reason"),
        ("created_at", "confirmed_at"),
    )
    readonly_fields = ("functions_in_words", "answers_in_words", "created_at", "confirmed_at")

    @admin.display(description=gettext_lazy("functies"))
    def functions_in_words(self, application: Application) -> str:
        """Say for which functions they come."""
        return ", ".join(str(CwnFunction(value).label) for value in application.functions)

    @admin.display(description=gettext_lazy("antwoorden op de vragen"))
    def answers_in_words(self, application: Application) -> str:
        """List the answers of the fit check."""
        return format_html_join("", "<div>{}: {}</div>", sorted(application.answers.items()))


def _is_open(proposal: ProfileProposal) -> str:
    return "" if proposal.state == ProposalState.OPEN else _("Over dit voorstel is al besloten.")


def _preview_proposal(proposal: ProfileProposal, data: dict[str, Any]) -> PreviewLine:
    rows = differences(proposal)
    old, new = ("; ".join(f"{row[0]}: {row[at] or '–'}" for row in rows) for at in (1, 2))
    return PreviewLine(proposal, old, new, _is_open(proposal))


ACCEPT_PROPOSAL = PreviewedAction(
    "accept_proposal",
    gettext_lazy("Overnemen in het profiel"),
    preview=_preview_proposal,
    perform=lambda proposal, data, by: accept_proposal(proposal, by=by),
    single=True,
)
DECLINE_PROPOSAL = PreviewedAction(
    "decline_proposal",
    gettext_lazy("Niet overnemen"),
    form=ReasonForm,
    preview=lambda proposal, data: PreviewLine(
        proposal, proposal.get_state_display(), ProposalState.DECLINED.label, _is_open(proposal)
    ),
    perform=lambda proposal, data, by: decline_proposal(proposal, reason=data["reason"], by=by),
    single=True,
)


@admin.register(ProfileProposal)
class ProfileProposalAdmin(DecisionAdmin):
    """Changes to public profiles that organisations propose."""

    list_display = ("organisation", "proposed_by", "proposed_at", "state", "decided_by")
    list_select_related = ("organisation", "proposed_by", "decided_by")
    list_filter = ("state", "proposed_at")
    search_fields = ("organisation__name",)
    actions = (ACCEPT_PROPOSAL, DECLINE_PROPOSAL)
    fields = ("organisation", "in_words", "proposed_by", "proposed_at", "state", "decided_by", "decision_reason")
    readonly_fields = ("in_words", "proposed_at")

    @admin.display(description=gettext_lazy("wat er wijzigt"))
    def in_words(self, proposal: ProfileProposal) -> str:
        """Show old and new side by side."""
        rows = ((label, old or "–", new or "–") for label, old, new in differences(proposal))
        words = format_html_join("", "<div><strong>{}</strong>: {} → {}</div>", rows)
        picture = '<img class="cwn-admin-logo" src="{}" alt="{}">'
        return (
            words + format_html(picture, proposal.logo.url, _("Het voorgestelde beeldmerk")) if proposal.logo else words
        )


DISMISS = PreviewedAction(
    "dismiss",
    gettext_lazy("Zijn verschillende organisaties"),
    preview=lambda candidate, data: PreviewLine(
        candidate,
        candidate.get_state_display(),
        DuplicateState.DISMISSED.label,
        "" if candidate.state == DuplicateState.OPEN else _("Dit is al beoordeeld."),
    ),
    perform=lambda candidate, data, by: dismiss_duplicate(candidate, by=by),
    single=True,
)


@admin.register(DuplicateCandidate)
class DuplicateCandidateAdmin(DecisionAdmin):
    """Pairs that may be one organisation."""

    list_display = ("__str__", "why", "state", "found_at", "compare")
    list_select_related = ("first", "second")
    list_filter = ("state", "found_at")
    search_fields = ("first__name", "second__name")
    ordering = ("-found_at",)
    actions = (DISMISS,)
    fields = ("first", "second", "why", "state", "found_at", "compare")
    readonly_fields = ("why", "found_at", "compare")

    @admin.display(description=gettext_lazy("waarom"))
    def why(self, candidate: DuplicateCandidate) -> str:
        """Say what they share."""
        return ", ".join(candidate.reasons)

    @admin.display(description=gettext_lazy("samenvoegen"))
    def compare(self, candidate: DuplicateCandidate) -> str:
        """Link to the page on which they stand side by side."""
        if candidate.state != DuplicateState.OPEN:
            return "–"
        address = reverse("admin:partners_organisation_merge", args=[candidate.first_id, candidate.second_id])
        return format_html('<a href="{}">{}</a>', address, _("Vergelijken en samenvoegen"))
