"""A form whose act may be refused: the refusal is said beside the question it is about."""

from collections.abc import Callable
from typing import Any

from django import forms

from kith.access.entering import Refused
from kith.record.fact import NotRecorded


def kept(form: forms.Form, act: Callable[[dict[str, Any]], Any]) -> Any:
    """What an act gives, True where it gives nothing, None where it is refused: then the form says why."""
    try:
        return act(form.cleaned_data) or True
    except (NotRecorded, Refused) as problem:
        form.add_error(problem.field if problem.field in form.fields else None, str(problem))
        return None
