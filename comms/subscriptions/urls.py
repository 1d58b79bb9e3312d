"""Addresses of newsletters and who gets them; the archive of each list stands in comms.newsletters."""

from django.urls import include, path

from comms.subscriptions.views import data, ending, members, preferring, public
from comms.subscriptions.views.desk import figures, importing, lists

urlpatterns = [
    path("nieuwsbrief/", include([
        path("", public.newsletter_list, name="newsletter_list"),
        path("verstuurd/", public.subscription_sent, name="subscription_sent"),
        path("bevestigen/<str:signed>/", public.subscription_confirm, name="subscription_confirm"),
        path("mijn/", members.my_newsletters, name="my_newsletters"),
        path("afmelden/<str:signed>/", ending.subscription_end, name="subscription_end"),
        path("voorkeuren/<str:signed>/", preferring.subscription_preferences, name="subscription_preferences"),
        path("voorkeuren/<str:signed>/stoppen/", ending.subscriptions_end, name="subscriptions_end"),
        path("voorkeuren/<str:signed>/gegevens/", preferring.subscriber_data_link, name="subscriber_data_link"),
        path("gegevens/<str:signed>/", data.subscriber_data, name="subscriber_data"),
        path("gegevens/<str:signed>/gegevens.json", data.subscriber_data_file, name="subscriber_data_file"),
        path("gegevens/<str:signed>/wissen/", data.subscriber_erase, name="subscriber_erase"),
        path("adres/<str:signed>/", data.address_confirm, name="address_confirm"),
        path("redactie/abonnees/", figures.subscriber_figures, name="subscriber_figures"),
        path("redactie/abonnees/overnemen/", importing.subscriber_import, name="subscriber_import"),
        path("redactie/abonnees/overnemen/<int:pk>/", importing.subscriber_import_done, name="subscriber_import_done"),
        path("redactie/lijsten/", lists.newsletter_settings, name="newsletter_settings"),
        path("redactie/lijsten/nieuw/", lists.newsletter_new, name="newsletter_new"),
        path("redactie/lijsten/<slug:slug>/", lists.newsletter_edit, name="newsletter_edit"),
        path("redactie/lijsten/<slug:slug>/toestemming/", lists.consent_text_new, name="consent_text_new"),
        path("redactie/onderwerpen/nieuw/", lists.topic_new, name="topic_new"),
        path("redactie/onderwerpen/<slug:slug>/", lists.topic_edit, name="topic_edit"),
    ])),
]  # fmt: skip
