"""The tags against what the design system itself says each component is, and against hostile text."""

import datetime as dt
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils.safestring import mark_safe
from lxml import html

from kith.web.date_field import PartedDateField
from kith.web.templatetags import gds

SAMPLES = Path(__file__).parents[1] / "samples"
COMPONENTS = json.loads(gzip.decompress((SAMPLES / "govuk-frontend-6.3.0-fixtures.json.gz").read_bytes()))
FIXTURES = [(one["component"], fixture) for one in COMPONENTS for fixture in one["fixtures"]]
HOSTILE = "<img src=x onerror=alert(1)>"


def trusting(value: Any) -> Any:
    """The fixtures' own html, marked as safe, as a developer would mark what is."""
    if isinstance(value, dict):
        return {
            key: mark_safe(one) if isinstance(one, str) and gds.as_it_stands(key) else trusting(one)
            for key, one in value.items()
        }
    return [trusting(one) for one in value] if isinstance(value, list) else value


def shape(text: str) -> str:
    """Markup without the differences that a browser does not see."""

    def words(part: str | None) -> str:
        return re.sub(r"\s+", " ", part or "").strip()

    def told(element: Any) -> str:
        if not isinstance(element.tag, str):
            return ""
        attributes = "".join(f' {key}="{words(value)}"' for key, value in sorted(element.attrib.items()))
        inside = "".join(told(child) + words(child.tail) for child in element)
        return f"<{element.tag}{attributes}>{words(element.text)}{inside}"

    return told(html.fragment_fromstring(re.sub(r"\s+", " ", text).strip(), create_parent="x"))


def told_by(template: str, **context: Any) -> str:
    return Template("{% load gds %}" + template).render(Context(context))


def test_the_oracle_is_whole():
    assert len(FIXTURES) == 657


@pytest.mark.parametrize("component", [one["component"] for one in COMPONENTS])
def test_every_component_is_what_the_design_system_says(component):
    wrong = [
        fixture["name"]
        for name, fixture in FIXTURES
        if name == component and shape(gds.render(name, trusting(fixture["options"]))) != shape(fixture["html"])
    ]
    assert wrong == []


def hostile(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: hostile(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [hostile(one) for one in value]
    return HOSTILE if isinstance(value, str) and key not in {"titleHeadingLevel", "headingLevel"} else value


@pytest.mark.parametrize("component", [one["component"] for one in COMPONENTS])
def test_no_component_lets_text_become_markup(component):
    for name, fixture in FIXTURES:
        if name == component:
            assert HOSTILE not in gds.render(name, hostile(fixture["options"])), fixture["name"]


class Visit(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Name", help_text="As they say it", widget=forms.TextInput({"autocomplete": "name"}))
    notes = forms.CharField(label="What you saw", widget=forms.Textarea({"rows": 8}))
    where = forms.ChoiceField(label="Where", widget=forms.RadioSelect, choices=[("home", "At home"), ("x", HOSTILE)])
    who = forms.MultipleChoiceField(
        label="Who was seen", widget=forms.CheckboxSelectMultiple, choices=[("a", "Amy"), ("b", "Ben")]
    )
    team = forms.ChoiceField(label="Team", choices=[("", "Choose"), ("1", "North")])
    alone = forms.BooleanField(label="Seen alone", required=False)
    on = PartedDateField(label="When")
    email = forms.EmailField(label="E-mail")
    password = forms.CharField(label="Password", widget=forms.PasswordInput)
    number = forms.IntegerField(label="Room")
    paper = forms.FileField(label="Paper", required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False)


GIVEN = {"name": HOSTILE, "where": "home", "who": ["b"], "team": "1", "alone": "on", "number": "3"}


def field(name: str, form: forms.Form) -> Any:
    return html.fragment_fromstring(told_by("{% gds_field field %}", field=form[name]), create_parent="x")


@pytest.mark.parametrize("name", [one for one in Visit.base_fields if one != "key"])
def test_every_field_sends_what_the_form_reads(name):
    """What is sent from the markup as it stands is what the form was given."""
    form = Visit(
        {**GIVEN, "notes": "Calm", "on-day": "7", "on-month": "3", "on-year": "2026", "email": "a@example.org"}
    )
    found = field(name, form)
    sent = [
        (one.get("name"), one.get("value") or (one.text or "").strip())
        for one in found.xpath(
            ".//input[not(@type='radio') and not(@type='checkbox')] | .//textarea | .//input[@checked]"
        )
        + found.xpath(".//option[@selected]")
    ]
    values = {
        "on": [("on-day", "7"), ("on-month", "3"), ("on-year", "2026")], "who": [("who", "b")], "notes": [("notes", "Calm")],
        "email": [("email", "a@example.org")], "team": [(None, "1")], "password": [("password", "")], "paper": [("paper", "")],
    }  # fmt: skip
    assert sent == values.get(name, [(name, GIVEN.get(name))])


@pytest.mark.parametrize("name", [one for one in Visit.base_fields if one not in ("key", "alone", "paper")])
def test_an_error_stands_by_its_field_and_the_summary_leads_to_it(name):
    form = Visit({})
    found = field(name, form)
    assert found.xpath(".//*[contains(@class, 'govuk-error-message')]")
    summary = html.fragment_fromstring(told_by("{% gds_errors form %}", form=form), create_parent="x")
    lead = next(one for one in summary.xpath(".//a/@href") if one in (f"#id_{name}", f"#id_{name}-day"))
    target = found.get_element_by_id(lead[1:])
    assert target.tag in {"input", "textarea", "select"}
    described = found.xpath(".//*[@aria-describedby]")
    assert any(f"id_{name}-error" in one.get("aria-describedby") for one in described)


def test_a_field_says_its_hint_and_escapes_what_was_typed():
    markup = told_by("{% gds_field form.name %}", form=Visit(GIVEN))
    assert "As they say it" in markup
    assert HOSTILE not in markup
    assert HOSTILE not in told_by("{% gds_field form.where %}", form=Visit(GIVEN))


def test_a_hidden_field_has_no_label():
    assert told_by("{% gds_field form.key %}", form=Visit()) == '<input type="hidden" name="key" id="id_key">'


def test_the_template_may_say_more_of_a_field():
    markup = told_by('{% gds_field form.notes label_size="l" rows=12 hint="In their words" %}', form=Visit())
    assert 'rows="12"' in markup
    assert "govuk-label--l" in markup
    assert "In their words" in markup


def test_a_choice_may_have_a_hint():
    form = Visit()
    form.fields["where"].choice_hints = {"home": "Where they sleep"}
    assert "Where they sleep" in told_by("{% gds_field form.where %}", form=form)


def test_the_summary_is_absent_where_all_is_well_and_holds_what_belongs_to_no_field():
    assert told_by("{% gds_errors form %}", form=Visit()) == ""
    form = Visit(GIVEN)
    form.add_error(None, HOSTILE)
    markup = told_by("{% gds_errors form %}", form=form)
    assert "There is a problem" in markup
    assert HOSTILE not in markup


def test_a_block_is_html_and_a_key_may_be_written_as_python_has_it():
    markup = told_by('{% gds_block "details" summary_text="Why?" %}<p>{{ said }}</p>{% endgds_block %}', said=HOSTILE)
    assert "<p>&lt;img" in markup
    assert "Why?" in markup
    assert "&lt;img" in told_by('{% gds "inset-text" html=said %}', said=HOSTILE)


@pytest.mark.parametrize(
    ("day", "month", "year", "said"),
    [
        ("", "", "", "Enter a date, for example 27 3 2026"),
        ("", "3", "2026", "The date must include a day"),
        ("7", "", "2026", "The date must include a month"),
        ("7", "3", "", "The date must include a year"),
        ("31", "2", "2026", "This must be a real date, for example 27 3 2026"),
        ("7", "3", "26", "This must be a real date, for example 27 3 2026"),
        ("7-8", "3", "2026", "This must be a real date, for example 27 3 2026"),
        ("soon", "3", "2026", "This must be a real date, for example 27 3 2026"),
    ],
)
def test_a_date_says_what_is_wrong_with_it(day, month, year, said):
    form = Visit({"on-day": day, "on-month": month, "on-year": year})
    assert form.errors["on"] == [said]
    assert "govuk-date-input" in told_by("{% gds_field form.on %}", form=form)


def test_a_date_is_read_and_shown_in_its_parts():
    assert Visit({"on-day": "07", "on-month": "3", "on-year": "2026"})["on"].value() == "2026-3-07"
    form = Visit({"on-day": "7", "on-month": "3", "on-year": "2026"})
    form.is_valid()
    assert form.cleaned_data["on"] == dt.date(2026, 3, 7)
    markup = told_by("{% gds_field form.on %}", form=Visit(initial={"on": dt.date(2026, 3, 7)}))
    assert re.findall(r'value="(\d+)"', markup) == ["7", "3", "2026"]


def test_what_is_drawn_before_is_drawn_for_exactly_the_same_alone():
    plain, safe = ("<b>Kit</b>", mark_safe("<b>Kit</b>"))
    for _ in range(2):
        assert "&lt;b&gt;Kit" in gds.render("button", {"text": plain})
        assert "<b>Kit</b>" in gds.render("button", {"text": safe})
        assert "disabled" in gds.render("button", {"text": "Save", "disabled": True})
        assert "disabled" not in gds.render("button", {"text": "Save", "disabled": False})
        assert gds.render("tag", {"text": 1}) != gds.render("tag", {"text": True})


def test_what_somebody_typed_is_not_kept():
    gds._rendered_before.cache_clear()
    gds.render("textarea", {"id": "said", "name": "said", "value": "He shouts at night."})
    assert gds._rendered_before.cache_info().currsize == 0
