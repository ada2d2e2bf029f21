"""Find a child or another person; enter one after looking."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.core import clock
from kith.core.ids import uuid_of
from kith.people import actions as people_actions
from kith.people import finding, policies
from kith.people import selectors as people
from kith.record.fact import NotRecorded
from kith.web import said, visitor
from kith.web.date_field import PartedDateField


class Looking(forms.Form):
    """What is known of whom one looks for."""

    words = forms.CharField(
        label=lazy("Name or number"),
        help_text=lazy("However it is spelt. An NHS number or pupil number works too"),
        required=False,
        max_length=200,
    )
    born = PartedDateField(label=lazy("Date of birth"), required=False)


@visitor.signed_in
def find(request: HttpRequest) -> HttpResponse:
    """Looks for people by name, date of birth or number."""
    viewer = visitor.viewer(request)
    policies.check_may(viewer, "search")
    asked = bool(request.GET.get("words", "").strip() or request.GET.get("born-day"))
    form = Looking(request.GET if asked else None)
    found: list[Any] = []
    if asked and form.is_valid():
        found = [_line(one) for one in finding.find(viewer, form.cleaned_data["words"], form.cleaned_data["born"])]
    context = {
        "form": form,
        "asked": asked,
        "found": found,
        "may_enter": viewer.may("enter_people"),
        "words": request.GET.get("words", ""),
    }
    return render(request, "find/find.html", context)


def _line(one: finding.Found) -> dict[str, Any]:
    today = clock.today()
    born = (
        said.day(one.born)
        if one.born
        else _("expected %(day)s") % {"day": said.day(one.expected)}
        if one.expected
        else ""
    )
    return {
        "id": one.id, "name": one.name, "born": born, "age": said.short_age(one.born, one.expected, today) if one.is_child else "",
        "is_child": one.is_child, "opens": one.opens, "ask": one.ask, "telephone": one.telephone, "restricted": one.restricted,
    }  # fmt: skip


class Entering(forms.Form):
    """A child or another person to be entered."""

    given = forms.CharField(
        label=lazy("Given names"),
        required=False,
        max_length=200,
        help_text=lazy("Leave empty for a child not yet born"),
    )
    family_name = forms.CharField(label=lazy("Family name"), required=False, max_length=200)
    order = forms.ChoiceField(
        label=lazy("Which comes first?"), required=False, widget=forms.RadioSelect, initial="given_first",
        choices=[("given_first", lazy("Given names")), ("family_first", lazy("Family name"))],
    )  # fmt: skip
    born = PartedDateField(label=lazy("Date of birth"), required=False)
    expected = PartedDateField(label=lazy("Or, if not yet born: when is the baby expected?"), required=False)
    sex = forms.ChoiceField(
        label=lazy("Sex"), required=False, widget=forms.RadioSelect,
        choices=[("female", lazy("Female")), ("male", lazy("Male")), ("not_known", lazy("Not known"))],
    )  # fmt: skip
    sibling = forms.CharField(widget=forms.HiddenInput, required=False)
    looked = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """A child is born or expected; a born child has a name."""
        given = self.cleaned_data
        if not given.get("born") and not given.get("expected") and not ({"born", "expected"} & self.errors.keys()):
            self.add_error("born", str(_("Enter the date of birth, or when the baby is expected")))
        if given.get("born") and given["born"] > clock.today():
            self.add_error(
                "born",
                str(_("A date of birth is today or earlier. For an unborn child, enter when the baby is expected")),
            )
        if given.get("born") and not (given.get("given") or given.get("family_name")):
            self.add_error("given", str(_("Enter a name")))
        return given


@visitor.signed_in
def enter_child(request: HttpRequest) -> HttpResponse:
    """Enters a child, after showing records that may be of the same child."""
    viewer = visitor.viewer(request)
    policies.check_may(viewer, "enter_people")
    initial = {
        "family_name": request.GET.get("words", "").rpartition(" ")[2].title(),
        "given": request.GET.get("words", "").rpartition(" ")[0].title(),
    }
    form = Entering(
        request.POST or None, initial=initial | {"sibling": request.GET.get("sibling", ""), "order": "given_first"}
    )
    alike: list[Any] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        name = f"{given['given']} {given['family_name']}".strip()
        if not given["looked"] and name:
            alike = [_line(one) for one in finding.find(viewer, name, given["born"]) if one.score >= 70]
        if not alike:
            return _enter(request, viewer, given)
    context = {"form": form, "alike": alike}
    return render(request, "find/enter_child.html", context, status=422 if form.errors else 200)


def _enter(request: HttpRequest, viewer: Any, given: dict[str, Any]) -> HttpResponse:
    sibling = uuid_of(given["sibling"])
    family = people.child_for(viewer, sibling, page="enter a sibling").person.family if sibling else None
    names = [{"given": given["given"], "family": given["family_name"], "order": given["order"] or "given_first"}]
    details = {"sex": given["sex"]} if given["sex"] else None
    child = people_actions.enter_child(
        names if given["given"] or given["family_name"] else [], by=viewer, family=family, born=given["born"],
        expected=None if given["born"] else given["expected"], details=details,
    )  # fmt: skip
    messages.success(request, _("Entered. Record the contact next, so that it is known why."))
    return redirect("child", child) if viewer.may("open_all") else redirect("find")


class EnteringPerson(forms.Form):
    """An adult of a child's family or network."""

    given = forms.CharField(label=lazy("Given names"), required=False, max_length=200)
    family_name = forms.CharField(label=lazy("Family name"), required=False, max_length=200)
    born = PartedDateField(label=lazy("Date of birth, if known"), required=False)
    kind = forms.ChoiceField(
        label=lazy("Who are they?"), widget=forms.RadioSelect, error_messages={"required": lazy("Say who they are")},
        choices=[("relative", lazy("A relative")), ("friend", lazy("A friend or someone else who matters")), ("carer", lazy("A carer")), ("professional", lazy("A professional"))],
    )  # fmt: skip
    in_family = forms.BooleanField(label=lazy("They belong to this child’s family"), required=False, initial=True)
    relation = forms.ChoiceField(label=lazy("To the child they are"), required=False, choices=[
        ("", ""), ("birth_mother", lazy("Birth mother")), ("birth_father", lazy("Birth father")), ("step_parent", lazy("Step-parent")),
        ("adoptive_parent", lazy("Adoptive parent")), ("grandparent", lazy("Grandparent")), ("aunt_or_uncle", lazy("Aunt or uncle")),
        ("kinship_carer", lazy("Relative or friend who cares for them")), ("foster_carer", lazy("Foster carer")), ("special_guardian", lazy("Special guardian")),
        ("friend", lazy("Friend")), ("other", lazy("Someone else who matters")),
    ])  # fmt: skip
    looked = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """A person has a name."""
        if not (self.cleaned_data.get("given") or self.cleaned_data.get("family_name")):
            self.add_error("given", str(_("Enter a name")))
        return self.cleaned_data


@visitor.signed_in
def enter_person(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """Enters an adult around a child, after looking for them among those already known."""
    viewer = visitor.viewer(request)
    opened = people.child_for(viewer, child, page="enter a person")
    policies.check_may(viewer, "record")
    form = EnteringPerson(request.POST or None)
    alike: list[Any] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if not given["looked"] and viewer.may("search"):
            everyone = finding.find(viewer, f"{given['given']} {given['family_name']}", given["born"])
            alike = [_line(one) for one in everyone if not one.is_child and one.score >= 80]
        if not alike:
            try:
                people_actions.enter_beside(opened, given, by=viewer)
                messages.success(request, _("Entered."))
                return redirect("network", opened.id)
            except NotRecorded as problem:
                form.add_error(None, str(problem))
    context = {"form": form, "alike": alike, "opened": opened, "child": opened.id}
    return render(request, "find/enter_person.html", context, status=422 if form.errors else 200)
