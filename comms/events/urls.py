"""Addresses of events: for everybody, for who comes, and for who organises."""

from django.urls import URLPattern, URLResolver, include, path

from comms.events.views import arranging, coming, desk, door, public

DESK: list[URLPattern | URLResolver] = [
    path("", desk.event_desk, name="event_desk"),
    path("nieuw/", desk.event_new, name="event_new"),
    path("<slug:slug>/", include([
        path("", desk.event_edit, name="event_edit"),
        path("publiceren/", desk.event_publish, name="event_publish"),
        path("afgelasten/", desk.event_call_off, name="event_call_off"),
        path("afsluiten/", desk.event_close, name="event_close"),
        path("uitnodigen/", arranging.event_invitations, name="event_invitations"),
        path("uitnodigen/nog-eens/", arranging.event_ask_again, name="event_ask_again"),
        path("aangeboden/", arranging.event_offers, name="event_offers"),
        path("aangeboden/<int:pk>/", arranging.event_offer_decide, name="event_offer_decide"),
        path("deelnemers/", door.event_participants, name="event_participants"),
        path("deelnemers.csv", door.event_participants_file, name="event_participants_file"),
        path("deelnemers/<uuid:key>/", door.event_participant_mark, name="event_participant_mark"),
        path("onderdeel/<slug:part>/", arranging.event_parts, name="event_parts"),
        path("onderdeel/<slug:part>/<int:pk>/", arranging.event_part_change, name="event_part_change"),
        path("onderdeel/<slug:part>/<int:pk>/weghalen/", arranging.event_part_remove, name="event_part_remove"),
        path("materiaal/<int:pk>/terug/", arranging.event_material_back, name="event_material_back"),
    ])),
]  # fmt: skip
urlpatterns: list[URLPattern | URLResolver] = [
    path("agenda/", public.event_list, name="event_list"),
    path("agenda.ics", public.events_file, name="events_file"),
    path("agenda.atom", public.events_atom, name="events_atom"),
    path("agenda/mijn/", coming.my_events, name="my_events"),
    path("agenda/redactie/", include(DESK)),
    path("agenda/aanmelding/<str:token>/", coming.registration_link, name="registration_link"),
    path("agenda/aanmelding/<str:token>/bevestigen/", coming.registration_confirm, name="registration_confirm"),
    path("agenda/aanmelding/<str:token>/agenda.ics", coming.registration_file, name="registration_file"),
    path("agenda/<slug:slug>/", public.event_detail, name="event_detail"),
    path("agenda/<slug:slug>/agenda.ics", public.event_file, name="event_file"),
    path("agenda/<slug:slug>/aanmelden/", coming.event_register, name="event_register"),
    path("agenda/<slug:slug>/bijna-aangemeld/", coming.guest_received, name="guest_received"),
    path("agenda/<slug:slug>/antwoord/", coming.event_answer, name="event_answer"),
    path("agenda/<slug:slug>/bijdragen/", coming.event_contribute, name="event_contribute"),
    path("agenda/<slug:slug>/inchecken/<uuid:key>/", door.event_check_in, name="event_check_in"),
]
