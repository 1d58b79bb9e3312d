"""The form for a file that belongs to a publication."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comms.files import ACCEPT
from comms.models import Attachment, Publication
from cwn.core.validators import single_line


class AttachmentForm(forms.Form):
    """A new file, or a new version of one that is there."""

    attachment = forms.ModelChoiceField(
        Attachment.objects.none(),
        label=_("Nieuwe bijlage, of een nieuwe versie?"),
        required=False,
        empty_label=_("Een nieuwe bijlage"),
    )
    title = forms.CharField(
        label=_("Titel"),
        max_length=200,
        required=False,
        validators=[single_line],
        help_text=_("Zeg wat erin staat. Leeg betekent: de naam van het bestand."),
    )
    upload = forms.FileField(
        label=_("Bestand"),
        widget=forms.FileInput({"accept": ACCEPT}),
        help_text=_("Hoogstens 25 MB: pdf, afbeelding, tekst, csv, json of een document van Office of LibreOffice."),
    )

    def __init__(self, *args: Any, publication: Publication, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Attachment.objects.visible_to(by).in_use().filter(publication=publication)
        self.fields["attachment"].queryset = own  # type: ignore[attr-defined]
