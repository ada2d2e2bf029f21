"""A pack's questions as fields of a page."""

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.core import clock
from kith.rules.forms import NAMED, Form, Page, Question, asked, fields_of, holds, missing, pages_shown
from kith.web.date_field import DateParts, PartedDateField

YES, NO, MISSING = "yes", "no", "missing"


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
        # What is said of everyone: a question of one child's part may depend on it.
        self.beside: Part | None = None
        self.questions, self.unborn = [one for one in questions if not (unborn and not one.unborn)], unborn
        for one in self.questions:
            for name, field in _fields(one):
                if isinstance(field, WhichPerson):
                    field.choices = [("", ""), *people]
                self.fields[name] = field

    def leave_out(self, keys: Collection[str]) -> None:
        """Asks nothing of the pages that the answers leave out; what was typed there stays typed."""
        left_out = [one for one in self.questions if one.key in keys]
        self.questions = [one for one in self.questions if one.key not in keys]
        self.full_clean()
        for one in left_out:
            for name in names_of(one):
                self.errors.pop(name, None)

    def wanting(self, name: str) -> bool:
        """Whether all that is wrong with a field is that it has no answer yet."""
        return all(error.code == MISSING for error in self.errors.as_data().get(name, []))

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
        if self.beside is not None:
            _judged = self.beside.errors  # its answers are known once it was judged
            told = {**self.beside.answers(), **told}
        for one in missing(self.questions, told, unborn=self.unborn):
            if one.key not in self.errors:
                said = one.if_missing or str(_("Answer this question"))
                self.add_error(one.key, forms.ValidationError(said, code=MISSING))
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
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return f"{value:%H:%M}" if isinstance(value, dt.time) else value


def names_of(one: Question) -> tuple[str, ...]:
    """The names of a question's fields."""
    return (one.key, f"{one.key}_time") if one.answer == "moment" else (one.key,)


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
    if one.answer in NAMED:
        return forms.ChoiceField(choices=[("", ""), *one.options.items()], **given)
    if one.answer == "choices":
        return forms.MultipleChoiceField(
            choices=list(one.options.items()), widget=forms.CheckboxSelectMultiple, **given
        )
    if one.answer in ("date", "time"):
        return PartedDateField(**given) if one.answer == "date" else TimeField(**given)
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
    for part in parts.values():
        part.beside = shared
    return Sections(form, shared, parts if each else {}, list(children))


class Sections:
    """A form being filled in: its shared part and each child's. `shown` are the pages that the answers call for, once answers
    were sent; what stands on the others is not asked."""

    def __init__(self, form: Form, shared: Part, parts: dict[str, Part], children: list[Any]) -> None:
        self.form, self.shared, self.parts, self.children = form, shared, parts, children
        self.shown = form.pages
        if shared.is_bound and any(page.shown_when is not None for page in form.pages):
            self._choose_pages()

    def _choose_pages(self) -> None:
        for part in self.every:
            part.full_clean()
        self.shown = pages_shown(self.form, self.shared.answers(), [one.answers() for one in self.parts.values()])
        left_out = {one.key for page in self.form.pages if page not in self.shown for one in page.questions}
        if left_out:
            for part in self.every:
                part.leave_out(left_out)

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
        return [self.page(page) for page in self.form.pages]

    def page(self, page: Page, judged: "Sections | None" = None) -> dict[str, Any]:
        """One page with its bound fields. `judged` holds the answers of the other pages: what they rule out is not asked here."""
        told, here = [], {one.key for one in page.questions}
        for key, part in (("all", self.shared), *self.parts.items()):
            known = None if judged is None else judged.part(key).answers()
            of_part = [one for one in page.questions if bool(one.for_each) == (key != "all")]
            told.append([bound for one in of_part for bound in _bound(part, one, here, known)])
        each = [{"child": child, "fields": told[place]} for place, child in enumerate(self._with_parts(), start=1)]
        asks_each = any(one.for_each for one in page.questions)
        return {"title": page.title, "hint": page.hint, "shared": told[0], "each": each if asks_each else []}

    def part(self, key: str) -> Part:
        """The part of a child by its id as text, or the shared part (`all`)."""
        return self.parts.get(key, self.shared)

    def _with_parts(self) -> list[Any]:
        return [child for child in self.children if str(child.id) in self.parts]


def _bound(part: Part, one: Question, here: Collection[str], known: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    asks = fields_of(one.asked_if)
    if known is not None and asks and not asks & set(here) and not holds(one.asked_if, known):
        return []
    names = [name for name in names_of(one) if name in part.fields]
    elsewhere = {key: known[key] for key in asks - set(here) if key in known} if known is not None else {}
    when = condition_of(one, part, elsewhere)
    return [{"field": part[name], "when": when, "voice": bool(one.voice_of)} for name in names]


def condition_of(one: Question, part: Part, elsewhere: Mapping[str, Any] = MappingProxyType({})) -> str:
    """The condition of a question for the page's script, so that what does not apply is not shown; the server judges anyway.
    `elsewhere` are the answers it asks about that stand on other pages."""
    if one.asked_if is None:
        return ""
    return json.dumps({"prefix": part.prefix, "if": one.asked_if, "known": elsewhere}, default=str)
