"""Addresses of the registry; the lists themselves are landing pages and stand in cwn.portal."""

from django.urls import include, path

from partners.views import invitations, my_contacts, my_members, my_organisation, my_participation, my_profile, public

urlpatterns = [
    path("partners/<slug:slug>/", public.organisation_detail, name="organisation_detail"),
    path("initiatieven/<slug:slug>/", public.initiative_detail, name="initiative_detail"),
    path("wettelijke-kaders/", public.legal_register, name="legal_register"),
    path("account/uitnodiging/<str:token>/", invitations.accept, name="accept_invitation"),
    path("mijn/geschorst/<int:pk>/link/", my_organisation.request_lift_link, name="request_lift_link"),
    path("mijn/geschorst/<str:token>/", my_organisation.lift, name="lift_suspension"),
    path("mijn/<slug:slug>/", include([
        path("", my_organisation.own_organisation, name="own_organisation"),
        path("profiel/", my_profile.my_profile, name="my_profile"),
        path("profiel/wijzigen/", my_profile.propose, name="propose_profile"),
        path("profiel/intrekken/", my_profile.withdraw, name="withdraw_proposal"),
        path("profiel/zichtbaarheid/", my_profile.set_visibility, name="set_field_visibility"),
        path("contacten/", my_contacts.my_contacts, name="my_contacts"),
        path("contacten/bevestigen/", my_contacts.confirm, name="confirm_contacts"),
        path("contacten/nieuw/", my_contacts.add_contact, name="add_contact"),
        path("contacten/<int:pk>/", my_contacts.change_contact, name="change_contact"),
        path("contacten/<int:pk>/beeindigen/", my_contacts.stop_contact, name="end_contact"),
        path("deelname/", my_participation.my_participation, name="my_participation"),
        path("deelname/<slug:function>/", my_participation.change_participation, name="change_participation"),
        path("achterban/nieuw/", my_participation.add_constituency, name="add_constituency"),
        path("achterban/<int:pk>/", my_participation.change_constituency, name="change_constituency"),
        path("achterban/<int:pk>/verwijderen/", my_participation.drop_constituency, name="remove_constituency"),
        path("mensen/", my_members.my_members, name="my_members"),
        path("mensen/uitnodigen/", my_members.invite, name="invite_person"),
        path("mensen/uitnodigingen/<int:pk>/intrekken/", my_members.withdraw, name="withdraw_invitation"),
        path("mensen/<int:pk>/rol/", my_members.change_member, name="change_member_role"),
        path("mensen/<int:pk>/beeindigen/", my_members.stop_member, name="end_membership"),
    ])),
]  # fmt: skip
