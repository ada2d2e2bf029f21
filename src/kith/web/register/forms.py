"""What is asked about agencies and those who work at them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from kith.core import clock
from kith.people import register
from kith.web.answers import answered
from kith.web.date_field import PartedDateField

FROM = {"required": lazy("Enter the day from which this is so")}


class Since(forms.Form):
    """A day from which something is so, today unless another is given."""

    when = PartedDateField(label=lazy("From when?"), error_messages=FROM)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"when": clock.today().isoformat()}, **kwargs})


class AgencyForm(Since):
    """An agency: what it is, where, and whom to ring."""

    name = forms.CharField(
        label=lazy("Name"), max_length=200, error_messages={"required": lazy("Enter the name of the agency")}
    )
    kind = forms.ChoiceField(
        label=lazy("What kind of agency is it?"), error_messages={"required": lazy("Select what kind of agency it is")}
    )
    ring = forms.CharField(label=lazy("Whom to ring"), max_length=200, required=False)
    telephone = forms.CharField(label=lazy("Telephone"), max_length=50, required=False)
    e_mail = forms.EmailField(label=lazy("E-mail"), required=False)
    address = forms.CharField(
        label=lazy("Address"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Leave empty for a refuge: the address would lead to those who live there"),
    )
    field_order = ("name", "kind", "ring", "telephone", "e_mail", "address", "when")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", ""), *((one, answered("agency_kind", one)) for one in register.kinds())]


class ProfessionalForm(Since):
    """Somebody who works at an agency."""

    given = forms.CharField(
        label=lazy("Given names"), max_length=200, error_messages={"required": lazy("Enter their given names")}
    )
    family_name = forms.CharField(
        label=lazy("Family name"), max_length=200, error_messages={"required": lazy("Enter their family name")}
    )
    title = forms.CharField(
        label=lazy("What is their work?"), help_text=lazy("For example school nurse"), max_length=200, required=False
    )
    telephone = forms.CharField(label=lazy("Telephone"), max_length=50, required=False)
    e_mail = forms.EmailField(label=lazy("E-mail"), required=False)
    field_order = ("given", "family_name", "title", "telephone", "e_mail", "when")


class PostForm(ProfessionalForm):
    """What is known of somebody's work at an agency."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in ("given", "family_name"):
            del self.fields[key]


class Ending(Since):
    """The day on which something ended."""

    when = PartedDateField(label=lazy("On what day?"), error_messages={"required": lazy("Enter the day it ended")})


class JoiningForm(Since):
    """A professional of the register, and their part in the child's life."""

    person = forms.UUIDField(
        widget=forms.RadioSelect, label=lazy("Who?"), error_messages={"required": lazy("Choose who")}
    )
    part = forms.CharField(
        label=lazy("What do they do for the child?"),
        help_text=lazy("For example keeps an eye on how the child eats at school"),
        max_length=300,
        error_messages={"required": lazy("Say what they do for the child")},
    )
    field_order = ("person", "part", "when")

    def __init__(self, *args: Any, people: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget: Any = self.fields["person"].widget
        widget.choices = list(people)
