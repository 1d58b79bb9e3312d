"""Addresses of the registry; the lists themselves are landing pages and stand in cwn.portal."""

from django.urls import path

from partners.views import invitations, public

urlpatterns = [
    path("partners/<slug:slug>/", public.organisation_detail, name="organisation_detail"),
    path("initiatieven/<slug:slug>/", public.initiative_detail, name="initiative_detail"),
    path("wettelijke-kaders/", public.legal_register, name="legal_register"),
    path("account/uitnodiging/<str:token>/", invitations.accept, name="accept_invitation"),
]
