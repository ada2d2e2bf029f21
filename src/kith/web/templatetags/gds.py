"""The GOV.UK components in Django's templates: {% gds %}, {% gds_block %}, {% gds_field %} and {% gds_errors %}.

    {% gds "button" text="Save" %}
    {% gds_block "details" summary_text="Why?" %}<p>...</p>{% endgds_block %}
    {% gds_field form.notes rows=8 label_size="m" %}
    {% gds_errors form %}

A key is written as the component has it (titleText) or in Python's way (title_text). A label, a hint or an error given as
text is wrapped as the component wants it. Text is always escaped; so is `html`, unless it was already marked safe.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader, Template

from kith.web.date_field import PARTS, DateParts

register = template.Library()
_environment = Environment(
    loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    undefined=ChainableUndefined,
    autoescape=True,
    auto_reload=False,
)
# What the components put on the page as it stands, besides every key that ends in html.
_AS_IT_STANDS = frozenset({"attributes", "start", "end", "navigationStart", "navigationEnd"})
_WRAPPED = ("label", "hint", "errorMessage")


def render(component: str, params: Mapping[str, Any]) -> SafeString:
    """One component as markup. Text is escaped, and so is any html that is not marked safe."""
    guarded = _guarded(params)
    if guarded.get("value"):
        return _rendered(component, guarded)
    return _rendered_before(_Asked(component, guarded))


def _rendered(component: str, guarded: Mapping[str, Any]) -> SafeString:
    return mark_safe(_template(component).render(params=guarded))  # noqa: S308  escaped by _guarded and by the template


class _Asked:
    """A component with what it is given, equal to another that is given exactly the same: also marked safe or not, True and not 1."""

    __slots__ = ("component", "guarded", "key")

    def __init__(self, component: str, guarded: Mapping[str, Any]) -> None:
        self.component, self.guarded, self.key = component, guarded, (component, _key(guarded))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def _key(value: Any) -> Any:
    if isinstance(value, dict):
        return (dict, *((name, _key(one)) for name, one in value.items()))
    return (list, *map(_key, value)) if isinstance(value, list) else (type(value), value)


@lru_cache(maxsize=1000)
def _rendered_before(asked: _Asked) -> SafeString:
    """Drawn once where the same is asked again: a component is a function of what it is given. What somebody typed is not kept."""
    return _rendered(asked.component, asked.guarded)


@cache
def _template(component: str) -> Template:
    macro = "govuk" + "".join(word.capitalize() for word in component.split("-"))
    path = f"govuk_frontend_jinja/components/{component}/macro.html"
    return _environment.from_string(f'{{% from "{path}" import {macro} %}}{{{{ {macro}(params) }}}}')


def _guarded(value: Any, key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _guarded(one, name) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_guarded(one) for one in value]
    if isinstance(value, str | Promise) and as_it_stands(key):
        return conditional_escape(value if isinstance(value, str) else str(value))
    return str(value) if isinstance(value, Promise) else value


def as_it_stands(key: str) -> bool:
    """Whether a component puts this on the page as markup."""
    return key in _AS_IT_STANDS or key.lower().endswith("html")


def _as_named(given: Mapping[str, Any]) -> dict[str, Any]:
    """Keys in the component's own spelling, and plain text wrapped where it wants an object."""
    named = {}
    for key, value in given.items():
        first, *rest = key.split("_")
        named[first + "".join(word.capitalize() for word in rest)] = value
    for key in _WRAPPED:
        if isinstance(named.get(key), str | Promise):
            named[key] = {"text": named[key]}
    if "legend" in named:
        named["fieldset"] = {"legend": {"text": named.pop("legend"), "classes": "govuk-fieldset__legend--s"}}
    return named


@register.simple_tag
def gds(component: str, **given: Any) -> SafeString:
    """{% gds "tag" text="Agreed" classes="govuk-tag--green" %}"""
    return render(component, _as_named(given))


@register.simple_block_tag(name="gds_block")
def gds_block(content: str, component: str, **given: Any) -> SafeString:
    """{% gds_block "inset-text" %}...{% endgds_block %}: what stands between is the component's html."""
    return render(component, {**_as_named(given), "html": content})


@register.simple_tag
def gds_field(bound: BoundField, label_size: str = "s", **given: Any) -> SafeString:
    """{% gds_field form.reason rows=8 label_size="m" %}: a field of a form as its component, with label, hint and error."""
    if bound.is_hidden:
        return bound.as_widget()
    for widget, build in _BUILDERS:
        if isinstance(bound.field.widget, widget):
            component, params = build(bound, label_size)
            break
    return render(component, {**params, **_as_named(given)})


@register.simple_tag
def gds_errors(*given: forms.BaseForm | Iterable[forms.BaseForm]) -> SafeString:
    """{% gds_errors form other_form %}: what has to be put right, each leading to its field. Nothing where all is well.

    A list of forms is taken as the forms in it.
    """
    form_list = [
        one for some in given for one in ([some] if some is None or isinstance(some, forms.BaseForm) else some)
    ]
    listed = [
        {"text": message, "href": href_of(form, name)} if href_of(form, name) else {"text": message}
        for form in form_list
        for name, messages in (form.errors if form is not None else {}).items()
        for message in messages
    ]
    return (
        render("error-summary", {"titleText": _("There is a problem"), "errorList": listed}) if listed else SafeString()
    )


def href_of(form: forms.BaseForm, name: str) -> str:
    """Where an error of a field leads on its page; nothing for what is no field that can be seen."""
    if name not in form.fields or form[name].is_hidden:
        return ""
    return f"#{_id(form[name], first=True)}"


def _id(bound: BoundField, *, first: bool = False) -> str:
    """The field's id; of a group, the group's, or with `first` that of the box the focus goes to."""
    base = str(bound.auto_id or bound.html_name)
    return f"{base}-{PARTS[0]}" if first and isinstance(bound.field.widget, DateParts) else base


def _said_of(bound: BoundField) -> dict[str, Any]:
    """The hint and the error, which every component takes."""
    said: dict[str, Any] = {}
    if bound.help_text:
        said["hint"] = {"text": bound.help_text}
    if bound.errors:
        said["errorMessage"] = {"html": format_html_join(mark_safe("<br>"), "{}", ((one,) for one in bound.errors))}
    return said


def _labelled(bound: BoundField, size: str) -> dict[str, Any]:
    label = {"text": bound.label, "classes": f"govuk-label--{size}" if size else ""}
    return {"id": _id(bound), "name": bound.html_name, "label": label, **_said_of(bound)}


def _grouped(bound: BoundField, size: str) -> dict[str, Any]:
    legend = {"text": bound.label, "classes": f"govuk-fieldset__legend--{size}" if size else ""}
    return {"fieldset": {"legend": legend}, **_said_of(bound)}


Built = tuple[str, dict[str, Any]]


def _text(bound: BoundField, size: str) -> Built:
    widget, params = bound.field.widget, _labelled(bound, size)
    attributes = dict(widget.attrs)
    value = bound.value()
    params |= {"type": getattr(widget, "input_type", "text"), "value": "" if value is None else str(value)}
    for key in ("autocomplete", "inputmode", "pattern"):
        if key in attributes:
            params[key] = attributes.pop(key)
    params["classes"] = attributes.pop("class", "")
    if isinstance(widget, forms.NumberInput):
        params |= {"type": "text", "inputmode": "numeric", "classes": params["classes"] or "govuk-input--width-5"}
    if isinstance(widget, forms.EmailInput):
        params |= {"spellcheck": False, "autocomplete": params.get("autocomplete", "email")}
    return "input", {**params, "attributes": _plain(attributes)}


def _plain(attributes: Mapping[str, Any]) -> dict[str, str]:
    """Attributes worth keeping: the server judges what is required and how long it may be."""
    dropped = ("required", "placeholder", "cols", "rows", "step", "maxlength", "minlength")
    return {key: str(value) for key, value in attributes.items() if key not in dropped and value not in (False, None)}


def _password(bound: BoundField, size: str) -> Built:
    attributes = dict(bound.field.widget.attrs)
    params = {**_labelled(bound, size), "autocomplete": attributes.pop("autocomplete", "current-password")}
    words = {
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    }
    return "password-input", {**params, **words, "attributes": _plain(attributes)}


def _textarea(bound: BoundField, size: str) -> Built:
    attributes = dict(bound.field.widget.attrs)
    rows = attributes.get("rows", 5)
    params = {
        **_labelled(bound, size),
        "value": bound.value() or "",
        "rows": rows,
        "classes": attributes.pop("class", ""),
    }
    return "textarea", {**params, "attributes": _plain(attributes)}


def _choices(bound: BoundField) -> list[dict[str, Any]]:
    hints = getattr(bound.field, "choice_hints", {})
    chosen = bound.value()
    held = {str(one) for one in (chosen if isinstance(chosen, list | tuple | set) else [chosen])}
    items = []
    for value, label in bound.field.widget.choices:
        told = {"value": str(value), "text": label, "held": str(value) in held}
        if str(value) in hints:
            told["hint"] = {"text": hints[str(value)]}
        items.append(told)
    return items


def _select(bound: BoundField, size: str) -> Built:
    items = [{"selected": one.pop("held"), **one} for one in _choices(bound)]
    return "select", {**_labelled(bound, size), "items": items, "attributes": _plain(bound.field.widget.attrs)}


def _radios(bound: BoundField, size: str) -> Built:
    items = [{"checked": one.pop("held"), **one} for one in _choices(bound) if one["value"]]
    return "radios", {**_grouped(bound, size), "idPrefix": _id(bound), "name": bound.html_name, "items": items}


def _checkboxes(bound: BoundField, size: str) -> Built:
    items = [{"checked": one.pop("held"), **one} for one in _choices(bound) if one["value"]]
    return "checkboxes", {**_grouped(bound, size), "idPrefix": _id(bound), "name": bound.html_name, "items": items}


def _one_checkbox(bound: BoundField, size: str) -> Built:
    said = _said_of(bound)
    item = {"value": "on", "text": bound.label, "checked": bool(bound.value())}
    if "hint" in said:
        item["hint"] = said.pop("hint")
    return "checkboxes", {**said, "idPrefix": _id(bound), "name": bound.html_name, "items": [item]}


def _date(bound: BoundField, size: str) -> Built:
    words = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    typed = DateParts.parts_of(bound.value())
    error = " govuk-input--error" if bound.errors else ""
    items = [
        {
            "name": part,
            "label": words[part],
            "value": value,
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}{error}",
        }
        for part, value in zip(PARTS, typed, strict=True)
    ]
    return "date-input", {**_grouped(bound, size), "id": _id(bound), "namePrefix": bound.html_name, "items": items}


def _file(bound: BoundField, size: str) -> Built:
    return "file-upload", {**_labelled(bound, size), "attributes": _plain(bound.field.widget.attrs)}


# In this order: the first that the widget is.
_BUILDERS: tuple[tuple[type[forms.Widget], Callable[[BoundField, str], Built]], ...] = (
    (DateParts, _date),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.Select, _select),
    (forms.CheckboxInput, _one_checkbox),
    (forms.Textarea, _textarea),
    (forms.PasswordInput, _password),
    (forms.ClearableFileInput, _file),
    (forms.Widget, _text),
)
