"""The form of a saved search."""

from typing import Any

from django import forms

from cwn.core.validators import single_line
from cwn.portal.models import SavedSearch


class ChangeSearchForm(forms.ModelForm):
    """What its owner may change of a saved search."""

    class Meta:
        model = SavedSearch
        fields = ["name", "frequency", "is_paused"]
        widgets = {"frequency": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(single_line)


class SaveSearchForm(ChangeSearchForm):
    """What is asked of somebody who keeps a search."""

    class Meta(ChangeSearchForm.Meta):
        fields = ["name", "frequency"]
