"""What is asked about whoever works here, and about teams."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from kith.access import selectors as access
from kith.core import authorities
from kith.people import register
from kith.record.procedures import stack_of
from kith.web.date_field import PartedDateField
from kith.web.register.forms import Since


class PractitionerForm(forms.Form):
    """Somebody who works with Kith."""

    name = forms.CharField(label=lazy("Name"), max_length=200, error_messages={"required": lazy("Enter their name")})
    email = forms.EmailField(
        label=lazy("Work e-mail address"),
        help_text=lazy("They sign in with it. Each person has their own."),
        error_messages={"required": lazy("Enter their work e-mail address"), "invalid": lazy("Enter an e-mail address like name@example.gov.uk")},
    )  # fmt: skip
    job_title = forms.CharField(label=lazy("Job title"), max_length=200, required=False)
    telephone = forms.CharField(label=lazy("Telephone"), max_length=50, required=False)
    agency = forms.ChoiceField(
        label=lazy("Who employs them?"), required=False,
        help_text=lazy("Staff of a partner agency see only what a sharing agreement with it covers, of children they work with"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency: Any = self.fields["agency"]
        agency.choices = [("", lazy("The council")), *((str(one.id), one.name) for one in register.in_the_register())]

    def says(self) -> dict[str, Any]:
        """What was sent, the agency with its name."""
        told = dict(self.cleaned_data)
        chosen = told.pop("agency")
        names = dict(self.fields["agency"].choices)  # type: ignore[attr-defined]
        return told | {"agency": names[chosen] if chosen else "", "agency_id": chosen or None}


class RoleForm(Since):
    """A role, where it is held, and from when until when."""

    role = forms.ChoiceField(label=lazy("Role"), error_messages={"required": lazy("Select a role")})
    team = forms.ChoiceField(label=lazy("In which team?"), required=False)
    until = PartedDateField(
        label=lazy("Until when?"), help_text=lazy("The last day. Leave it empty if no end is known."), required=False
    )
    field_order = ("role", "team", "when", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, team = (self.fields[name] for name in ("role", "team"))
        role.choices = [("", ""), *roles()]  # type: ignore[attr-defined]
        everywhere = ("", lazy("The whole authority"))
        team.choices = [everywhere, *((str(one.id), one.name) for one in access.teams())]  # type: ignore[attr-defined]


def roles() -> list[tuple[str, str]]:
    """The roles of the authority's procedure that somebody who signs in can hold, by title."""
    stack = stack_of(authorities.current())
    held = [one for one, item in stack.items["roles"].items() if item.get("login", True)]
    return sorted(((one, stack.role_title(one)) for one in held), key=lambda pair: pair[1].casefold())


class LastDay(forms.Form):
    """The last day of a role."""

    until = PartedDateField(label=lazy("Their last day in it"), error_messages={"required": lazy("Enter the last day")})


class TeamForm(forms.Form):
    """A team."""

    name = forms.CharField(
        label=lazy("Name of the team"), max_length=200, error_messages={"required": lazy("Enter the name of the team")}
    )
    telephone = forms.CharField(
        label=lazy("Telephone"), max_length=50, required=False, help_text=lazy("Whom people ring who may not open a record")
    )  # fmt: skip
