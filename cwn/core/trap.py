"""A field that people do not see: what fills it in is a machine (security.md E04)."""

from django import forms


class TrapForm(forms.Form):
    """A form for strangers; `nickname` is the trap."""

    nickname = forms.CharField(required=False, widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}))

    @property
    def is_trapped(self) -> bool:
        """Tell whether a machine filled in the field that people do not see."""
        return bool(self.data.get("nickname"))

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields that people see."""
        return [field for field in self if field.name != "nickname"]
