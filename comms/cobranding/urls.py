"""Addresses of message templates with the logo of a partner."""

from django.urls import URLPattern, URLResolver, path

from comms.cobranding.views import batches, desk, library, own, taking

urlpatterns: list[URLPattern | URLResolver] = [
    path("templates/", library.template_list, name="template_list"),
    path("templates/beeldmerk/<slug:slug>/", own.template_logo, name="template_logo"),
    path("templates/beeldmerk/<slug:slug>/weg/", own.template_logo_remove, name="template_logo_remove"),
    path("templates/beeldmerk/<slug:slug>/<slug:ground>.png", own.template_logo_picture, name="template_logo_picture"),
    path("templates/redactie/", desk.template_desk, name="template_desk"),
    path("templates/redactie/nieuw/", desk.template_new, name="template_new"),
    path("templates/redactie/<slug:slug>/", desk.template_edit, name="template_edit"),
    path("templates/redactie/<slug:slug>/tekst/", desk.template_write, name="template_write"),
    path("templates/redactie/<slug:slug>/akkoord/", desk.template_approve, name="template_approve"),
    path("templates/redactie/<slug:slug>/nieuwe-versie/", desk.template_version_new, name="template_version_new"),
    path("templates/redactie/<slug:slug>/vervallen/", desk.template_retire, name="template_retire"),
    path("templates/opdracht/nieuw/<slug:slug>/", batches.template_batch, name="template_batch"),
    path("templates/opdracht/<uuid:number>/", batches.template_job, name="template_job"),
    path("templates/opdracht/<uuid:number>/stop/", batches.template_job_cancel, name="template_job_cancel"),
    path("templates/opdracht/<uuid:number>/bestand/", batches.template_job_file, name="template_job_file"),
    path("templates/<slug:slug>/", library.template_detail, name="template_detail"),
    path("templates/<slug:slug>/mail/", taking.template_mail, name="template_mail"),
    path("templates/<slug:slug>/voorbeeld/<slug:form>.png", taking.template_preview, name="template_preview"),
    path("templates/<slug:slug>/mijn-regels/<slug:organisation>/", own.template_lines, name="template_lines"),
    path("templates/<slug:slug>/<slug:form>.<slug:ending>", taking.template_download, name="template_download"),
]
