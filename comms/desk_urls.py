"""Addresses of the desk of the writers, below `/redactie/`."""

from django.urls import include, path

from comms.views.desk import (
    attaching,
    correcting,
    history,
    issuing,
    labelling,
    overview,
    preview,
    reviewing,
    writing,
)

urlpatterns = [
    path("", overview.publication_desk, name="publication_desk"),
    path("register/", overview.publication_register, name="publication_register"),
    path("nieuw/", overview.publication_new, name="publication_new"),
    path("<slug:slug>/", include([
        path("", writing.publication_edit, name="publication_edit"),
        path("opslaan/", writing.publication_save, name="publication_save"),
        path("samenvoegen/", writing.publication_merge, name="publication_merge"),
        path("stand/", writing.publication_state, name="publication_state"),
        path("voorbeeld/", preview.publication_preview, name="publication_preview"),
        path("lezers/", labelling.publication_readers, name="publication_readers"),
        path("bijlagen/", attaching.publication_attachments, name="publication_attachments"),
        path("bijlagen/<int:pk>/weghalen/", attaching.attachment_remove, name="attachment_remove"),
        path("meekijken/", reviewing.publication_review, name="publication_review"),
        path("akkoord/", reviewing.publication_approve, name="publication_approve"),
        path("opmerkingen/<int:pk>/overnemen/", reviewing.remark_accept, name="remark_accept"),
        path("opmerkingen/<int:pk>/afwijzen/", reviewing.remark_decline, name="remark_decline"),
        path("publiceren/", issuing.publication_publish, name="publication_publish"),
        path("niet-inplannen/", issuing.publication_unschedule, name="publication_unschedule"),
        path("intrekken/", issuing.publication_withdraw, name="publication_withdraw"),
        path("vervangen/", issuing.publication_supersede, name="publication_supersede"),
        path("verlengen/", issuing.publication_renew, name="publication_renew"),
        path("corrigeren/", correcting.publication_start_correction, name="publication_start_correction"),
        path("correctie-weggooien/", correcting.publication_drop_correction, name="publication_drop_correction"),
        path("weggooien/", correcting.publication_discard, name="publication_discard"),
        path("label/", labelling.publication_label, name="publication_label"),
        path("label/strenger/", labelling.publication_restrict, name="publication_restrict"),
        path("label/ruimer/", labelling.publication_ask_wider, name="publication_ask_wider"),
        path("label/<int:pk>/toestemming/", labelling.relabel_consent, name="relabel_consent"),
        path("label/<int:pk>/besluit/", labelling.relabel_decide, name="relabel_decide"),
        path("label/<int:pk>/afwijzen/", labelling.relabel_refuse, name="relabel_refuse"),
        path("geschiedenis/", history.publication_history, name="publication_history"),
        path("geschiedenis/<int:event>/terugzetten/", history.publication_restore, name="publication_restore"),
    ])),
]  # fmt: skip
