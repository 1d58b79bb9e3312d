"""Settings of django-allauth, imported by cwn.settings: log-in by e-mail, by invitation, with a second factor.

What allauth does by itself and what we changed stands in docs/howto/accounts.md.
"""

import environ

# --- who may come in ---------------------------------------------------------------------------------
ACCOUNT_ADAPTER = "cwn.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # sign-up is closed; log-in reads from here that there are passwords
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {
    "login": "cwn.accounts.forms.LoginForm",
    "add_email": "cwn.accounts.forms.ChangeAddressForm",
    "change_password": "cwn.accounts.forms.ChangePasswordForm",
    "set_password": "cwn.accounts.forms.SetPasswordForm",
    "reset_password": "cwn.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "cwn.accounts.forms.NewPasswordForm",
    "reauthenticate": "cwn.accounts.forms.ReauthenticateForm",
}

# --- how long ----------------------------------------------------------------------------------------
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 15 * 60  # seconds between password and second factor
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds
#: A link that logs in (and still asks for the second factor) is the way around a throttle that a stranger set off.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True

# --- how often (security.md C04, C05) ----------------------------------------------------------------
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "manage_email": "5/m/user",
}
#: Proxies of our own in front of the portal; what a client writes in X-Forwarded-For before them does not count.
ALLAUTH_TRUSTED_PROXY_COUNT = environ.Env().int("TRUSTED_PROXY_COUNT", default=0)

# --- second factor -----------------------------------------------------------------------------------
MFA_ADAPTER = "cwn.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "CWN-portaal"
MFA_TOTP_TOLERANCE = 1  # a code typed just after it changed still counts, once (cwn.accounts.second_factor)
MFA_FORMS = {
    "authenticate": "cwn.accounts.forms.CodeForm",
    "reauthenticate": "cwn.accounts.forms.CodeAgainForm",
    "activate_totp": "cwn.accounts.forms.ActivateCodeAppForm",
    "add_webauthn": "cwn.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "cwn.accounts.forms.NamePasskeyForm",
}
