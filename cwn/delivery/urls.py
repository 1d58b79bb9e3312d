"""Addresses of the page of outgoing mail."""

from django.urls import path

from cwn.delivery import views

urlpatterns = [
    path("verzending/", views.mailing_list, name="mailing_list"),
    path("verzending/vasthouden/", views.mail_hold, name="mail_hold"),
    path("verzending/<int:pk>/", views.mailing_detail, name="mailing_detail"),
    path("verzending/<int:pk>/stap/", views.mailing_step, name="mailing_step"),
    path("verzending/<int:pk>/mail/<int:key>/", views.delivery_settle, name="delivery_settle"),
]
