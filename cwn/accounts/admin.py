"""Accounts in the admin, for technical administrators: who has one and which role, never a secret."""

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib import admin

for model in (EmailAddress, EmailConfirmation, Authenticator):
    # Allauth shows these with their keys; nobody needs them here, and a passkey or code app is its owner's.
    if admin.site.is_registered(model):
        admin.site.unregister(model)
