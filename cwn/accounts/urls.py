"""Addresses under `/account/`: our own pages before those of allauth."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from cwn.accounts import tokens, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="account_home"),
    path("sessies/", views.log_out_elsewhere, name="log_out_elsewhere"),
    path("sleutels/", tokens.token_list, name="token_list"),
    path("sleutels/<int:pk>/intrekken/", tokens.withdraw, name="withdraw_token"),
    path("2fa/webauthn/keys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
]
if settings.CWN_DEMO:  # outside the demo these addresses do not exist
    from cwn.accounts import demo

    urlpatterns += [
        path("demo/", demo.log_in, name="demo_login"),
        path("demo/post/", demo.mail_list, name="demo_mail"),
        path("demo/post/<slug:key>/", demo.mail_detail, name="demo_mail_detail"),
    ]
urlpatterns += [path("", include("allauth.urls"))]
