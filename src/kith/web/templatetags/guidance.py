"""The companion guidance that a council's procedure puts beside a form."""

from typing import Any

from django import template

from kith.core import authorities
from kith.record.procedures import stack_of

register = template.Library()


@register.inclusion_tag("recording/_guidance.html")
def guidance_beside(form: str) -> dict[str, Any]:
    """{% guidance_beside form_spec.id %}: the titles, each a link where the pack says where to read it."""
    return {"links": stack_of(authorities.current()).guidance_beside(form)}
