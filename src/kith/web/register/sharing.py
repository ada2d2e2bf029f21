"""What is agreed with a partner agency about what its staff may see."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.core import clock
from kith.people import policies, register
from kith.people import sharing as agreed
from kith.web import said, visitor
from kith.web.date_field import PartedDateField
from kith.web.keeping import kept
from kith.web.register.forms import Ending, Since


class Agreeing(Since):
    """What an agency's staff may see, and from when until when."""

    covers = forms.MultipleChoiceField(
        label=lazy("What may they see of the children they work with?"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": lazy("Select what they may see")},
    )  # fmt: skip
    until = PartedDateField(
        label=lazy("Until when?"), help_text=lazy("The last day. Leave it empty if no end is agreed."), required=False
    )
    field_order = ("covers", "when", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        covers: Any = self.fields["covers"]
        covers.choices = [(stem, _named(stem)) for stem in agreed.kinds()]


def _named(stem: str) -> str:
    return stem.replace("_", " ").capitalize()


@visitor.signed_in
def sharing(request: HttpRequest, agency: uuid.UUID) -> HttpResponse:
    """The sharing agreements with an agency, those of before too; made and ended here."""
    viewer = visitor.viewer(request)
    policies.check_may(viewer, agreed.RIGHT)
    one = register.one_agency(agency)
    if one is None:
        return visitor.not_found(request)
    ends = request.POST.get("act") == "end"
    make = Agreeing(request.POST if request.method == "POST" and not ends else None)
    end = Ending(request.POST if ends else None, prefix="end")
    form: forms.Form = end if ends else make
    if request.method == "POST" and form.is_valid() and kept(form, lambda told: _did(one, told, ends, viewer)):
        messages.success(request, _("The agreement is ended.") if ends else _("The agreement is recorded."))
        return redirect("sharing", one.id)
    rows = [_row(each) for each in agreed.agreements_with(one)]
    context = {"one": one, "rows": rows, "make": make, "end": end, "wrong": [form] if form.errors else []}
    return render(request, "register/sharing.html", context, status=422 if form.errors else 200)


def _did(one: Any, told: dict[str, Any], ends: bool, viewer: Any) -> None:
    if ends:
        agreed.end(one, told["when"], by=viewer)
    else:
        agreed.agree(one, told["covers"], told["when"], told.get("until"), by=viewer)


def _row(one: Any) -> dict[str, Any]:
    today = clock.today()
    state = _("Not yet in force") if one.from_on > today else _("In force")
    if one.until_on is not None and one.until_on <= today:
        state = _("Ended")
    return {
        "state": state, "covers": ", ".join(_named(stem) for stem in one.covers), "since": said.day(one.from_on),
        "until": said.day(one.until_on) if one.until_on else "",
    }  # fmt: skip
