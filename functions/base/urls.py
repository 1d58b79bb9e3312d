"""Addresses of the pages that every function has."""

from django.urls import path

from functions.base.views import phase, public

urlpatterns = [
    path("functies/", public.function_list, name="function_list"),
    path("functies/<slug:function>/", public.function_detail, name="function_detail"),
    path("functies/<slug:function>/wijzigingen/", public.function_changes, name="function_changes"),
    path("functies/<slug:function>/fase/", phase.function_phase, name="function_phase"),
    path("functies/<slug:function>/fase/<int:pk>/", phase.function_phase_period, name="function_phase_period"),
]
