"""Addresses of the pages that every function has."""

from django.urls import path

from functions.base import views

urlpatterns = [
    path("functies/", views.function_list, name="function_list"),
    path("functies/<slug:function>/", views.function_detail, name="function_detail"),
]
