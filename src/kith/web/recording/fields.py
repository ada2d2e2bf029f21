"""A pack's questions as fields of a page."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.core import clock
from kith.rules.forms import Form, Question, asked, missing
from kith.web.date_field import DateParts, PartedDateField

YES, NO = "yes", "no"


class TimeField(forms.TimeField):
    """A time of day as people write it: 14:30, 2.30pm, 2:30 pm, 1430."""

    default_error_messages = {"invalid": _("Enter a time such as 2:30pm or 14:30")}  # noqa: RUF012
    formats = ("%H:%M", "%I:%M%p", "%I.%M%p", "%I%p", "%H.%M", "%H%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=self.formats, widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}), **kwargs
        )

    def to_python(self, value: Any) -> Any:
        """The time. Raises ValidationError."""
        return super().to_python(value.replace(" ", "").lower() if isinstance(value, str) else value)


class WhichPerson(forms.ChoiceField):
    """Someone around the child; the answer names them in the event."""


class Part(forms.Form):
    """The questions of one part of a form: shared by everyone it is about, or one child's."""

    def __init__(
        self,
        questions: Sequence[Question],
        *args: Any,
        unborn: bool = False,
        people: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.unborn = [one for one in questions if not (unborn and not one.unborn)], unborn
        for one in self.questions:
            for name, field in _fields(one):
                if isinstance(field, WhichPerson):
                    field.choices = [("", ""), *people]
                self.fields[name] = field

    def answers(self) -> dict[str, Any]:
        """What was answered, as it is stored: yes or no as true or false, days as text."""
        data = getattr(self, "cleaned_data", {})
        told: dict[str, Any] = {}
        for one in self.questions:
            value = _plain(one, data)
            if value not in (None, "", []):
                told[one.key] = value
        return {
            one.key: told[one.key] for one in self.questions if one.key in told and asked(one, told, unborn=self.unborn)
        }

    def typed(self) -> dict[str, Any]:
        """Everything typed so far, right or wrong, as a draft keeps it."""
        return {name: self[name].value() for name in self.fields if self[name].value() not in (None, "", [])}

    def clean(self) -> dict[str, Any]:
        """Says what still wants an answer, in the pack's words."""
        told = self.answers()
        for one in missing(self.questions, told, unborn=self.unborn):
            if one.key not in self.errors:
                self.add_error(one.key, one.if_missing or str(_("Answer this question")))
        when = self.cleaned_data.get("when")
        if isinstance(when, dt.date) and _later(when, self.cleaned_data.get("when_time")):
            self.add_error("when", str(_("This has not happened yet. Record it when it has")))
        return self.cleaned_data


def _later(day: dt.date, time: dt.time | None) -> bool:
    moment = dt.datetime.combine(day, time or dt.time(), clock.LONDON)
    return day > clock.today() or (time is not None and moment > clock.now())


def _plain(one: Question, data: Mapping[str, Any]) -> Any:
    value = data.get(one.key)
    if one.answer == "yes_no":
        return {YES: True, NO: False}.get(str(value))
    if one.answer == "moment" and isinstance(value, dt.date):
        time = data.get(f"{one.key}_time")
        return value.isoformat() if time is None else f"{value.isoformat()}T{time:%H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def _fields(one: Question) -> list[tuple[str, forms.Field]]:
    """The fields of one question; a moment has a day and, if the time is known, a time."""
    given: dict[str, Any] = {"label": one.asks, "help_text": one.hint, "required": False}
    if one.answer == "moment":
        time = TimeField(label=_("At what time?"), help_text=_("If you know it, for example 2:30pm"), required=False)
        return [(one.key, PartedDateField(widget=DateParts, **given)), (f"{one.key}_time", time)]
    return [(one.key, _field(one, given))]


def _field(one: Question, given: dict[str, Any]) -> forms.Field:
    if one.answer in ("line", "text", "long_text", "hidden"):
        return _words(one, given)
    if one.answer == "yes_no":
        return forms.ChoiceField(choices=[(YES, _("Yes")), (NO, _("No"))], widget=forms.RadioSelect, **given)
    if one.answer == "choice":
        return forms.ChoiceField(choices=[("", ""), *one.options.items()], widget=forms.RadioSelect, **given)
    if one.answer == "person":
        return WhichPerson(**given)
    if one.answer == "choices":
        return forms.MultipleChoiceField(
            choices=list(one.options.items()), widget=forms.CheckboxSelectMultiple, **given
        )
    if one.answer == "date":
        return PartedDateField(**given)
    return forms.DecimalField(min_value=0, **given)


def _words(one: Question, given: dict[str, Any]) -> forms.Field:
    if one.answer == "line":
        return forms.CharField(max_length=500, **given)
    if one.answer == "hidden":
        return forms.CharField(widget=forms.HiddenInput(), max_length=100, **given)
    rows = 6 if one.answer == "long_text" else 2
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), max_length=100_000, **given)


def sections(
    form: Form, data: Any, children: Sequence[Any], initial: Mapping[str, Any], people: Sequence[tuple[str, str]] = ()
) -> "Sections":
    """The parts of a form: what is shared by everyone, and a part for each child. `data` is what was sent, or None; `people`
    are those who can be chosen where a person is asked for."""
    unborn = {str(child.id) for child in children if child.is_child and child.born_on is None}
    shared_questions = [one for one in form.questions if not one.for_each]
    shared = Part(shared_questions, data, prefix="all", initial=initial.get("all"), people=people)
    each = [one for one in form.questions if one.for_each]
    parts = {
        str(child.id): Part(
            each, data, prefix=str(child.id), initial=initial.get(str(child.id)), unborn=str(child.id) in unborn
        )
        for child in children
    }
    return Sections(form, shared, parts if each else {}, list(children))


class Sections:
    """A form being filled in: its shared part and each child's."""

    def __init__(self, form: Form, shared: Part, parts: dict[str, Part], children: list[Any]) -> None:
        self.form, self.shared, self.parts, self.children = form, shared, parts, children

    @property
    def every(self) -> list[Part]:
        """Every part."""
        return [self.shared, *self.parts.values()]

    def is_valid(self) -> bool:
        """Whether all that is wanted was answered."""
        return all([part.is_valid() for part in self.every])

    def typed(self) -> dict[str, Any]:
        """Everything typed so far, part by part."""
        return {"all": self.shared.typed()} | {key: part.typed() for key, part in self.parts.items()}

    def pages(self) -> list[dict[str, Any]]:
        """The pages with their bound fields: those of each child under the child's name."""
        told = []
        for page in self.form.pages:
            shared = [bound for one in page.questions if not one.for_each for bound in _bound(self.shared, one)]
            each = [
                {"child": child, "fields": [bound for one in page.questions if one.for_each for bound in _bound(self.parts[str(child.id)], one)]}
                for child in self.children if str(child.id) in self.parts
            ]  # fmt: skip
            told.append(
                {
                    "title": page.title,
                    "shared": shared,
                    "each": each if any(one.for_each for one in page.questions) else [],
                }
            )
        return told


def _bound(part: Part, one: Question) -> list[dict[str, Any]]:
    names = [name for name in (one.key, f"{one.key}_time") if name in part.fields]
    return [{"field": part[name], "when": condition_of(one, part), "voice": bool(one.voice_of)} for name in names]


def condition_of(one: Question, part: Part) -> str:
    """The condition of a question for the page's script, so that what does not apply is not shown; the server judges anyway."""
    return "" if one.asked_if is None else json.dumps({"prefix": part.prefix, "if": one.asked_if})
