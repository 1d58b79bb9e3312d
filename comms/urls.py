"""Addresses of a publication; the list of them is a landing page and stands in cwn.portal."""

from django.urls import include, path

from comms.views import answers, downloads, public, reach

urlpatterns = [
    path("bericht/<int:pk>/", public.publication_by_number, name="publication_by_number"),
    path("informatie/<slug:slug>/", include([
        path("", public.publication_detail, name="publication_detail"),
        path("wijzigingen/", public.publication_changes, name="publication_changes"),
        path("oplegger.pdf", downloads.sheet_pdf, name="publication_sheet"),
        path("oplegger.txt", downloads.sheet_text, name="publication_text"),
        path("mailblok.html", downloads.mail_block, name="publication_mail_block"),
        path("doorstuurpakket.zip", downloads.pack, name="publication_pack"),
        path("bijlagen/<int:pk>/<int:number>/", downloads.attachment, name="attachment_download"),
        path("reactie/", answers.answer, name="acknowledge"),
        path("nuttig/", answers.feedback, name="give_feedback"),
        path("nuttig/bedankt/", answers.feedback_received, name="feedback_received"),
        path("bereik/", reach.publication_reach, name="publication_reach"),
        path("bereik/antwoord/", reach.answer_reactions, name="answer_feedback"),
    ])),
]  # fmt: skip
