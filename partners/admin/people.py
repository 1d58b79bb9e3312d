"""Contacts, memberships and invitations in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cwn.accounts.addresses import normal_address
from cwn.accounts.reauthentication import recently_authenticated
from cwn.core.admin import CwnModelAdmin, ReasonedForm
from cwn.core.admin_actions import PreviewedAction, PreviewLine, ReasonForm
from cwn.core.validators import PERSON_NAME, single_line
from partners.actions.confirmation import ask_to_confirm, lift_suspension, why_not_ask
from partners.actions.contacts import confirm_contacts, end_contact, save_contact
from partners.actions.invitations import invite_person, refuse_unless_invitable, withdraw_invitation
from partners.actions.memberships import change_member_role, end_membership, refuse_unless_role_fits
from partners.models import Contact, Invitation, Membership

GROUP = (30, gettext_lazy("Mensen"))


def _confirmed(contact: Contact) -> str:
    last = contact.last_confirmed_at
    return date_format(localtime(last), "j F Y") if last else _("nooit bevestigd")


def _preview_confirm(contact: Contact, data: dict[str, Any]) -> PreviewLine:
    is_current = Contact.objects.current().filter(pk=contact.pk).exists()
    refusal = "" if is_current else _("Dit contact is niet meer geldig.")
    return PreviewLine(contact, _confirmed(contact), _("vandaag bevestigd"), refusal)


CONFIRM = PreviewedAction(
    "confirm",
    gettext_lazy("Bevestigen dat het nog klopt"),
    preview=_preview_confirm,
    perform=lambda contact, data, by: confirm_contacts(contact.organisation, [contact.pk], by=by),
    single=True,
)
ASK = PreviewedAction(
    "ask",
    gettext_lazy("De organisatie vragen om te bevestigen"),
    preview=lambda contact, data: PreviewLine(
        contact, _confirmed(contact), _("een mail naar de vertegenwoordigers"), why_not_ask(contact.organisation)
    ),
    perform=lambda contact, data, by: why_not_ask(contact.organisation) or ask_to_confirm(contact.organisation, by=by),
    single=True,
)
END_CONTACT = PreviewedAction(
    "end_contact",
    gettext_lazy("Contact beëindigen"),
    form=ReasonForm,
    preview=lambda contact, data: PreviewLine(
        contact,
        _("geldig"),
        _("beëindigd"),
        "" if Contact.objects.current().filter(pk=contact.pk).exists() else _("Dit contact is al beëindigd."),
    ),
    perform=lambda contact, data, by: end_contact(contact, by=by),
    single=True,
)


class ToConfirmFilter(admin.SimpleListFilter):
    """Contacts that nobody confirmed in time."""

    title = gettext_lazy("bevestiging")
    parameter_name = "bevestigen"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer one pile."""
        return [("ja", _("Te bevestigen"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the contacts of R19."""
        return queryset.to_confirm() if self.value() == "ja" else queryset


@admin.register(Contact)
class ContactAdmin(CwnModelAdmin):
    """Who speaks for an organisation (R19)."""

    group = GROUP
    list_display = ("name", "organisation", "role", "function", "visibility", "valid_until", "last_confirmed_at")
    list_select_related = ("organisation",)
    list_filter = (ToConfirmFilter, "role", "function", "visibility", "is_mailbox")
    search_fields = ("name", "email", "organisation__name")
    readonly_fields = ("last_confirmed_at", "last_confirmed_by")
    ordering = ("name",)
    actions = (CONFIRM, ASK, END_CONTACT)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Whoever writes a contact down also says that it is right."""
        save_contact(obj, by=request.user)


END_MEMBERSHIP = PreviewedAction(
    "end_membership",
    gettext_lazy("Lidmaatschap beëindigen"),
    form=ReasonForm,
    preview=lambda membership, data: PreviewLine(
        membership,
        membership.get_role_display(),
        _("geen lid meer"),
        _("Dit lidmaatschap is al beëindigd.") if membership.ended_at else "",
    ),
    perform=lambda membership, data, by: end_membership(membership, reason=data["reason"], by=by),
    single=True,
    guard=recently_authenticated,
)
LIFT_SUSPENSION = PreviewedAction(
    "lift_suspension",
    gettext_lazy("Schorsing opheffen"),
    preview=lambda membership, data: PreviewLine(
        membership,
        _("geschorst"),
        _("toegang"),
        "" if membership.suspended_at and not membership.ended_at else _("Dit lidmaatschap is niet geschorst."),
    ),
    perform=lambda membership, data, by: lift_suspension(membership, by=by),
    single=True,
)


class MembershipStateFilter(admin.SimpleListFilter):
    """Current, suspended or ended."""

    title = gettext_lazy("stand")
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the three states."""
        return [("lid", _("Heeft toegang")), ("geschorst", _("Geschorst")), ("beeindigd", _("Beëindigd"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the memberships in that state."""
        if self.value() == "lid":
            return queryset.current()
        if self.value() == "geschorst":
            return queryset.suspended()
        return queryset.filter(ended_at__isnull=False) if self.value() == "beeindigd" else queryset


class MembershipForm(ReasonedForm):
    """The role of a member; changing goes through the same action as everywhere."""

    def clean(self) -> dict[str, Any]:
        """Say why a role cannot change while the form is still open."""
        cleaned = super().clean() or {}
        if "role" in self.changed_data and "role" in cleaned:
            refuse_unless_role_fits(self.instance, cleaned["role"])
        return cleaned


@admin.register(Membership)
class MembershipAdmin(CwnModelAdmin):
    """Who belongs to which organisation; people come in by invitation and leave by an end date."""

    group = GROUP
    form = MembershipForm
    list_display = ("user", "organisation", "role", "since", "suspended_at", "ended_at")
    list_select_related = ("user", "organisation")
    list_filter = (MembershipStateFilter, "role")
    search_fields = ("user__name", "user__email", "organisation__name")
    readonly_fields = ("user", "organisation", "since", "suspended_at", "ended_at")
    fields = ("user", "organisation", "role", "since", "suspended_at", "ended_at")
    ordering = ("-since",)
    actions = (END_MEMBERSHIP, LIFT_SUSPENSION)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody becomes a member without an invitation (security.md C03)."""
        return False

    def changeform_view(self, request: Any, *args: Any, **options: Any) -> Any:
        """Ask again who somebody is before a role changes (security.md C11)."""
        view = super().changeform_view
        return (recently_authenticated(view) if request.method == "POST" else view)(request, *args, **options)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Change the role through the action that guards it."""
        if "role" in form.changed_data:
            change_member_role(obj, role=obj.role, by=request.user)


WITHDRAW_INVITATION = PreviewedAction(
    "withdraw_invitation",
    gettext_lazy("Uitnodiging intrekken"),
    preview=lambda invitation, data: PreviewLine(
        invitation,
        _("open"),
        _("ingetrokken"),
        ""
        if invitation.accepted_at is None and invitation.withdrawn_at is None
        else _("Deze link werkt al niet meer."),
    ),
    perform=lambda invitation, data, by: withdraw_invitation(invitation, by=by),
    single=True,
)


class InvitationForm(forms.ModelForm):
    """Somebody to invite; sending goes through the same action as everywhere."""

    class Meta:
        model = Invitation
        fields = ("email", "name", "organisation", "role")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "organisation" in self.fields:
            self.fields["organisation"].required = True
            self.fields["name"].validators += PERSON_NAME
            self.fields["email"].validators.append(single_line)

    def clean(self) -> dict[str, Any]:
        """Say why somebody cannot be invited while the form is still open."""
        cleaned = super().clean() or {}
        if "email" in cleaned and cleaned.get("organisation"):
            refuse_unless_invitable(cleaned["organisation"], normal_address(cleaned["email"]))
        return cleaned


@admin.register(Invitation)
class InvitationAdmin(CwnModelAdmin):
    """Ways in that were sent (security.md C03)."""

    group = GROUP
    form = InvitationForm
    list_display = ("email", "name", "organisation", "role", "sent_at", "accepted_at", "withdrawn_at")
    list_select_related = ("organisation",)
    list_filter = ("role", "sent_at")
    search_fields = ("email", "name", "organisation__name")
    actions = (WITHDRAW_INVITATION,)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Ask whom to invite; a sent invitation is only looked at."""
        fields = ["email", "name", "organisation", "role"]
        return [(None, {"fields": [*fields, "sent_at", "accepted_at", "withdrawn_at"] if obj else fields})]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Withdraw and send anew instead of changing; the permission still opens the actions."""
        return obj is None and super().has_change_permission(request)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Send the invitation."""
        sent = invite_person(
            email=obj.email, name=obj.name, organisation=obj.organisation, role=obj.role, by=request.user
        )
        obj.pk, obj._state.adding = sent.pk, False
