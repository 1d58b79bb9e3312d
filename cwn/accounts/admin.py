"""Accounts in the admin, for technical administrators: who has one and which role, never a secret."""

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cwn.accounts.actions import end_sessions
from cwn.accounts.models import User
from cwn.accounts.roles import GROUP_ROLES
from cwn.core.admin import CwnModelAdmin
from cwn.core.admin_actions import PreviewedAction, PreviewLine
from cwn.core.validators import PERSON_NAME

for model in (EmailAddress, EmailConfirmation, Authenticator, Group):
    # Allauth shows these with their keys; nobody needs them here, and a passkey or code app is its owner's.
    # Groups are roles, and roles are code.
    if admin.site.is_registered(model):
        admin.site.unregister(model)

END_SESSIONS = PreviewedAction(
    "end_sessions",
    gettext_lazy("Overal uitloggen"),
    preview=lambda user, data: PreviewLine(user, _("misschien ingelogd"), _("overal uitgelogd")),
    perform=lambda user, data, by: end_sessions(user, by=by),
    single=True,
)


@admin.register(User)
class UserAdmin(CwnModelAdmin):
    """Who can log in. Roles are granted by `manage.py grant_role`, never here: nobody promotes a colleague alone."""

    group = (30, gettext_lazy("Mensen"))
    is_large = True
    list_display = ("name", "email", "is_active", "roles_in_words", "date_joined")
    list_filter = ("is_active", "groups")
    search_fields = ("name", "email")
    ordering = ("name",)
    fields = ("name", "email", "language", "is_active", "roles_in_words", "second_factor", "date_joined")
    readonly_fields = ("email", "roles_in_words", "second_factor", "date_joined")
    actions = (END_SESSIONS,)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Fetch roles and second factor with the rows."""
        return super().get_queryset(request).with_access_facts()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People come in by invitation."""
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        """Take a name that is a name; mails begin with it."""
        form = super().get_form(request, obj, change, **options)
        if "name" in form.base_fields:
            form.base_fields["name"].validators += PERSON_NAME
        return form

    @admin.display(description=gettext_lazy("rollen"))
    def roles_in_words(self, user: User) -> str:
        """Name the roles of somebody."""
        return ", ".join(str(role.label) for role in GROUP_ROLES if role.slug in user.role_slugs) or "–"

    @admin.display(description=gettext_lazy("tweede factor"), boolean=True)
    def second_factor(self, user: User) -> bool:
        """Tell whether somebody has a code app or a passkey; never which."""
        return user.has_second_factor
