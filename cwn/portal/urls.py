"""Addresses of the pages about everything."""

from django.urls import include, path, re_path

from cwn.portal import contact, faq, join, landing, my_cwn, pages, styleguide, suggestions
from cwn.portal.saved_searches import views as saved_searches

urlpatterns = [
    path("", landing.result_list, name="home"),
    path("partners/", landing.result_list, {"kind": "organisation"}, name="organisation_list"),
    path("informatie/", landing.result_list, {"kind": "publication"}, name="publication_list"),
    path("initiatieven/", landing.result_list, {"kind": "initiative"}, name="initiative_list"),
    re_path(r"^\.(?P<form>json|csv|atom)$", landing.result_data, name="home_data"),
    re_path(
        r"^partners\.(?P<form>json|csv|atom)$",
        landing.result_data,
        {"kind": "organisation"},
        name="organisation_list_data",
    ),
    re_path(
        r"^informatie\.(?P<form>json|csv|atom)$",
        landing.result_data,
        {"kind": "publication"},
        name="publication_list_data",
    ),
    re_path(
        r"^initiatieven\.(?P<form>json|csv|atom)$",
        landing.result_data,
        {"kind": "initiative"},
        name="initiative_list_data",
    ),
    path("mijn/", my_cwn.my_cwn, name="my_organisation"),
    path("mijn/zoekvragen/", include([
        path("", saved_searches.saved_search_list, name="saved_search_list"),
        path("nieuw/", saved_searches.save, name="save_search"),
        path("<int:pk>/", saved_searches.change, name="change_saved_search"),
        path("<int:pk>/bekijken/", saved_searches.look, name="look_at_saved_search"),
        path("<int:pk>/verwijderen/", saved_searches.remove, name="remove_saved_search"),
    ])),
    path("zoeken/suggesties/", suggestions.suggestions, name="suggestions"),
    path("vragen/", faq.faq_list, name="faq_list"),
    path("vragen/<slug:slug>/", faq.faq_detail, name="faq_detail"),
    path("meedoen/", join.join, name="join"),
    path("meedoen/aanmelden/", join.apply, name="apply_to_join"),
    path("meedoen/verstuurd/", join.applied, name="application_sent"),
    path("meedoen/bevestigen/<str:token>/", join.confirm, name="confirm_application"),
    path("contact/", contact.contact, name="contact"),
    path("contact/ontvangen/", contact.contact_received, name="contact_received"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("stijlgids/", styleguide.styleguide, name="styleguide"),
]  # fmt: skip
