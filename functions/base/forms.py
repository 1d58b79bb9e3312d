"""The questions of the check "past u bij het CWN?" as a form that anybody can send in an address."""

from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from functions.base.models import FunctionCondition

YES, NO = "ja", "nee"


class FitForm(forms.Form):
    """One yes or no per question; a question may stay open, and what is no answer counts as open."""

    use_required_attribute = False

    def __init__(self, questions: Iterable[FunctionCondition], data: Mapping[str, str]) -> None:
        questions = list(questions)
        self.answers = {
            question.key: data[question.key] == YES for question in questions if data.get(question.key) in (YES, NO)
        }
        super().__init__(initial={key: YES if answer else NO for key, answer in self.answers.items()})
        for question in questions:
            self.fields[question.key] = forms.ChoiceField(
                label=question.text("question"),
                choices=[(YES, _("Ja")), (NO, _("Nee"))],
                widget=forms.RadioSelect,
            )

    @property
    def query(self) -> dict[str, str]:
        """The answers as they stand in an address."""
        return {key: YES if answer else NO for key, answer in self.answers.items()}
