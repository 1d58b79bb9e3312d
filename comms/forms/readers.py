"""For whom a restricted publication is: organisations, groups and persons, chosen from many."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from comms.enums import Tlp
from comms.models import Publication, SharingGroup
from partners.models import Membership, Organisation

#: Letters before names are searched, and how many are shown.
FEWEST_LETTERS, MOST_FOUND = 2, 25


def possible_people() -> QuerySet[Any]:
    """Return who can be named on RED: people with access through a partner of now, with their organisations."""
    current = Membership.objects.current().of_active_partners()
    return (
        get_user_model()
        ._default_manager.filter(is_active=True, pk__in=current.values("user"))
        .prefetch_related(Prefetch("memberships", current.select_related("organisation"), to_attr="now"))
        .order_by("name", "pk")
    )


class PeopleField(forms.ModelMultipleChoiceField):
    """Persons with the organisation that they belong to."""

    def label_from_instance(self, person: Any) -> str:
        """Say who it is and of which organisation."""
        organisations = ", ".join(membership.organisation.name for membership in person.now)
        return f"{person.name} ({organisations})" if organisations else person.name


class ReadersForm(forms.Form):
    """The readers by name.

    The list shows who is chosen and who was searched for; what is sent is checked against all that this writer may
    choose (security.md A16, A17), so a made-up key is an error and changes nothing.
    """

    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Organisaties"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Deze organisatie kunt u niet kiezen.")},
    )
    groups = forms.ModelMultipleChoiceField(
        SharingGroup.objects.none(),
        label=_("Deelgroepen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Deze groep kunt u niet kiezen.")},
    )
    people = PeopleField(
        get_user_model()._default_manager.none(),
        label=_("Personen"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Deze persoon kunt u niet kiezen.")},
    )
    q = forms.CharField(
        label=_("Zoek een organisatie of persoon"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"class": "utrecht-textbox"}),
    )
    edit_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Waarom veranderen de lezers?"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, data: Any = None, *, publication: Publication, by: Any) -> None:
        links = (publication.addressed_organisations, publication.addressed_groups, publication.named_readers)
        names = ("organisations", "groups", "people")
        chosen = {name: list(link.values_list("pk", flat=True)) for name, link in zip(names, links, strict=True)}
        super().__init__(data, initial={**chosen, "edit_version": publication.edit_version})
        self.publication = publication
        self.groups_of_others = publication.addressed_groups.exclude(pk__in=SharingGroup.objects.visible_to(by))
        fields: Any = self.fields
        fields["organisations"].queryset = Organisation.objects.partners().exclude(pk=publication.owner_id)
        fields["groups"].queryset = SharingGroup.objects.visible_to(by)
        fields["people"].queryset = possible_people()
        for name in ("people",) if publication.tlp != Tlp.RED else ("organisations", "groups"):
            del fields[name]
        if not publication.is_issued:
            del fields["reason"]
        else:
            fields["reason"].required = "zoek" not in (data or {})
        for name in {"organisations", "groups", "people"} & set(fields):
            fields[name].template_name = "comms/desk_field.html"
        self._show_chosen_and_found(data)

    def _show_chosen_and_found(self, data: Any) -> None:
        """Keep the list short: what is chosen, and what the search found."""
        words = str((data or {}).get("q", "")).strip()
        for name, column in (("organisations", "name"), ("people", "name")):
            if name in self.fields:
                field: Any = self.fields[name]
                sent = data.getlist(name) if data is not None else self.initial[name]
                keys = [int(key) for key in map(str, sent) if key.isascii() and key.isdigit() and len(key) < 16]
                found = Q(pk__in=keys)
                if len(words) >= FEWEST_LETTERS:
                    matches = field.queryset.filter(self._matches(name, words))
                    found |= Q(pk__in=list(matches.values_list("pk", flat=True)[:MOST_FOUND]))
                rows = field.queryset.filter(found).order_by(column)
                field.widget.choices = [(row.pk, field.label_from_instance(row)) for row in rows]

    def _matches(self, name: str, words: str) -> Q:
        if name == "organisations":
            return Q(name__icontains=words)
        current = Membership.objects.current().of_active_partners().filter(organisation__name__icontains=words)
        return Q(name__icontains=words) | Q(pk__in=current.values("user"))

    @property
    def is_stale(self) -> bool:
        """Tell whether somebody else saved since this list was shown."""
        return self.cleaned_data.get("edit_version") != self.publication.edit_version

    def readers(self) -> dict[str, Any]:
        """Return the chosen ones; what this page did not offer stays as it is."""
        chosen, links = self.cleaned_data, self.publication
        if links.tlp == Tlp.RED:
            organisations, groups = links.addressed_organisations.all(), links.addressed_groups.all()
            return {"organisations": list(organisations), "groups": list(groups), "people": list(chosen["people"])}
        return {
            "organisations": list(chosen["organisations"]),
            "groups": [*chosen["groups"], *self.groups_of_others],
            "people": list(links.named_readers.all()),
        }
