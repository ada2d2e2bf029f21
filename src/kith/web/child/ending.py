"""Ending what is known of somebody: one page for everything that began and is over."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.casework import policies
from kith.core import clock
from kith.people import endings
from kith.people import selectors as people
from kith.record.fact import NotRecorded
from kith.web import visitor
from kith.web.answers import answered
from kith.web.child import filters
from kith.web.child.presenters import kept_words
from kith.web.date_field import PartedDateField

WHAT = {
    "address": lazy("Address"), "reach": lazy("Way to reach them"), "relationship": lazy("Relationship"),
    "responsibility": lazy("Parental responsibility"), "safe_adult": lazy("Safe adult"), "keep_apart": lazy("Keep apart"),
    "contact_limit": lazy("Court order"), "alert": lazy("Alert"), "tie": lazy("Tie"), "name": lazy("Name"), "identifier": lazy("Number"),
}  # fmt: skip


class Ended(forms.Form):
    """What is over, and since when."""

    thing = forms.ChoiceField(
        label=lazy("What has ended?"),
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Choose what has ended")},
    )
    when = PartedDateField(
        label=lazy("On which day did it end?"), error_messages={"required": lazy("Enter the day it ended")}
    )

    def __init__(self, things: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = things  # type: ignore[attr-defined]


@visitor.signed_in
def end_thing(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Ends an address, a number, a relationship, a tie, an alert or whatever else stands of a child or an adult."""
    viewer = visitor.viewer(request)
    opened = people.opened_for(viewer, child, page="end")
    policies.check_may_record(viewer, opened)
    picture = people.shown_to(viewer, opened, people.portrait_of(opened.id))
    names = {str(key): name for key, name in filters.names_for(viewer, picture).items()}
    things = [(one.id, f"{WHAT[one.what]}: {_said(one, names)}") for one in endings.standing(picture)]
    initial = {"thing": request.GET.get("thing", ""), "when": clock.today()}
    form = Ended(things, request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            endings.end(opened, form.cleaned_data["thing"], form.cleaned_data["when"], by=viewer)
            messages.success(request, _("Ended. What was known before stays in the record."))
            return redirect(opened.named, opened.id)
        except NotRecorded as problem:
            form.add_error(problem.field if problem.field in form.fields else None, str(problem))
    context = {"form": form, "opened": opened, "child": opened.id, "things": things}
    return render(request, "child/end.html", context, status=422 if form.errors else 200)


def _said(one: endings.Ending, names: dict[str, str]) -> str:
    """What stands, in a few words that tell it from the others."""
    who = names.get(one.about.get("other") or one.about.get("person") or "", _("someone"))
    if one.what == "relationship":
        return f"{who}, {answered('relation', one.says.relation)}"
    if one.what in ("responsibility", "safe_adult", "keep_apart"):
        return who
    return str(_words(one))


def _words(one: endings.Ending) -> Any:
    if one.what == "address":
        return one.says.address or kept_words()
    if one.what == "name":
        return f"{one.says.full} ({answered('name_use', one.key)})"
    if one.what == "identifier":
        return f"{answered('scheme', one.key)} {one.says.words.get('value', '')}"
    words = one.says.words
    return words.get("value") or words.get("what") or words.get("name") or words.get("says") or kept_words()
