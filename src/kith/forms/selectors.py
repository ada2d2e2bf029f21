"""Reading forms and drafts."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from kith.core import authorities
from kith.forms.models import Draft
from kith.record.procedures import forms_by_id, forms_recording
from kith.rules.forms import Form, Question

# A draft nobody has touched for this long is shown to its author as old, and is then removed.
SHARED_ON = frozenset(("allocated", "involved"))
EXPIRES_AFTER = dt.timedelta(days=28)


def forms() -> Mapping[str, Form]:
    """The forms of this authority's packs."""
    return forms_by_id(authorities.current())


def form(form_id: str) -> Form | None:
    """A form of this authority's packs."""
    return forms().get(form_id)


def draft(draft_id: uuid.UUID, reader: uuid.UUID, child: uuid.UUID, ground: str) -> Draft | None:
    """A draft about a child that somebody may work on: their own, or a colleague's if they work with the child themselves."""
    found = Draft.objects.filter(id=draft_id, child=child, submitted_as=None).first()
    if found is None or found.author == reader or ground in SHARED_ON:
        return found
    return None


def drafts_of(author: uuid.UUID, child: uuid.UUID | None = None) -> QuerySet[Draft]:
    """Somebody's drafts, the latest saved first."""
    found = Draft.objects.filter(author=author, submitted_as=None).order_by("-saved_at")
    return found if child is None else found.filter(child=child)


def drafts_about(child: uuid.UUID) -> QuerySet[Draft]:
    """Every draft about a child, whoever's: for a request for access to records."""
    return Draft.objects.filter(child=child, submitted_as=None).order_by("saved_at")


def recording(kind: str) -> Form | None:
    """The form of the packs that records a kind of event, whatever its type; None where no form does."""
    return next(iter(forms_recording(authorities.current(), kind)), None)


def question_of(kind: str, key: str) -> Question | None:
    """The question that an answer of a kind of event came from, by the form that records that kind; None where no form does."""
    asked = (one.question(key) for one in forms_recording(authorities.current(), kind))
    return next((one for one in asked if one is not None), None)


def in_order_asked(kind: str, keys: Iterable[str]) -> list[str]:
    """The keys of answers in the order in which the form that records a kind asks them; what it does not ask stays behind, as it came."""
    places: dict[str, int] = {}
    for form in forms_recording(authorities.current(), kind):
        for place, question in enumerate(form.questions):
            places.setdefault(question.key, place)
    return sorted(keys, key=lambda key: places.get(key, len(places)))
