"""A form for any kind of event of the procedure, for what no pack has a form of its own for."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from kith.core import authorities, ids
from kith.forms import selectors as forms
from kith.obligations import selectors as obligations
from kith.record.merged import same_as
from kith.record.models import EventAbout
from kith.record.procedures import english_of, procedure_of, stack_of
from kith.record.selectors import latest_named, type_of
from kith.rules.forms import OWN_ROLE, Asking, Form, form_of_kind
from kith.rules.vocabulary import Kind

# What is never recorded from a bare list of kinds: who people are and who may open a record have pages of their own.
OWN_PAGES = frozenset(
    ("access", "name", "details", "identifier", "home", "reach", "relationship", "significance", "professional")
)
LATEST = "latest"  # a form names the latest of its kind about the child
GIVEN = "given"  # a form names what it was opened from, and nothing where it was opened from nothing
GIVEN_OR_NEW = (
    "given_or_new"  # a form names what it was opened from, and something new where it was opened from nothing
)
PARTS_OF = frozenset(("guest", "proposal"))  # what stands in a meeting, and is nothing without it
NOT_NEW = frozenset(("child", "family", "worker", "person"))


def form_for_kind(kind_id: str, for_owed: uuid.UUID | None) -> Form | None:
    """The form of a kind of event; None for what is no kind, or has pages of its own. What it names besides the child is taken from
    the obligation it would meet, else is new."""
    authority = authorities.current()
    kind = procedure_of(authority).vocabulary.kind(kind_id)
    if kind is None or kind.id.partition(".")[0] in OWN_PAGES or "child" not in kind.names or _asks_as_whom(kind):
        return None
    said = english_of(authority).before(kind.id)
    asking = Asking(
        said[:1].upper() + said[1:], _("When did it happen?"), _("Enter the day it happened"), _("Anything to add")
    )
    form = form_of_kind(kind, asking, _options(kind))
    names = dict(form.names)
    named = _named_by(for_owed)
    # Only what this kind is about is new: closing a case makes no meeting.
    own = procedure_of(authority).vocabulary.stems[kind.id.partition(".")[0]].names
    for name in kind.names:
        if name in named:
            names[name] = named[name]
        elif name not in NOT_NEW and name in own:
            names[name] = "new"
    return Form(form.id, form.title, form.records, names, form.pages)


def _asks_as_whom(kind: Kind) -> bool:
    """Whether a form of the packs records this kind and asks as whom: nobody says that of themselves on a form that does not look."""
    form = None if kind.protective or kind.right else forms.recording(kind.id)
    return form is not None and any(one.answer == OWN_ROLE for one in form.questions)


def going_on(form: Form, about: uuid.UUID | None, child: uuid.UUID) -> Form:
    """A form that goes on with what a page or an obligation names, where it would otherwise go on with the latest of the child's.

    `about` is the id of an obligation, or of an assessment, referral or the like of this child; anything else changes nothing.
    """
    wanted = [name for name, how in form.names.items() if how in (LATEST, GIVEN, GIVEN_OR_NEW)]
    if about is None or not wanted:
        return form
    named = dict(_named_by(about)) or _theirs(form, about, child)
    on = replace(form, names={**form.names, **{name: named[name] for name in wanted if name in named}})
    return _of_guest(on) if "guest" in wanted and "guest" in named else on


WHO = frozenset(("person", "worker", "agency"))


def _of_guest(form: Form) -> Form:
    """A form about somebody of a meeting whom the record knows by nothing else: it is settled who it is, and not asked."""
    pages = [replace(one, questions=tuple(q for q in one.questions if q.key not in WHO)) for one in form.pages]
    return replace(form, pages=tuple(pages))


def suited(form: Form, child: uuid.UUID) -> Form:
    """The form without the pages that are for another type of what it goes on with: a parenting assessment is not asked what an age
    assessment is."""
    if not any(page.of_types for page in form.pages):
        return form
    a_type = type_gone_on_with(form, child)
    return replace(form, pages=tuple(page for page in form.pages if not page.of_types or a_type in page.of_types))


def type_gone_on_with(form: Form, child: uuid.UUID) -> str:
    """The type of the assessment or the like that a form goes on with: as it was started."""
    stem = form.records.partition(".")[0]
    how = form.names.get(stem, "")
    which = latest_named(child, stem) if how == LATEST else ids.uuid_of(how)
    return type_of(stem, which) if which else ""


def _theirs(form: Form, about: uuid.UUID, child: uuid.UUID) -> Mapping[str, str]:
    """What an id of this child's record is called by in a form; and, of what a request or the like was made for, that too."""
    abouts = EventAbout.objects.filter(subject=about, name__in=list(form.names)).order_by("event")
    names = dict(abouts.values_list("event", "name"))
    ours = EventAbout.objects.filter(event__in=list(names), name="child", subject__in=same_as([child]))
    event = ours.order_by("event").values_list("event", flat=True).first()
    if event is None or form.names[names[event]] not in (LATEST, GIVEN, GIVEN_OR_NEW):
        return {}
    found = {names[event]: str(about)}
    if form.names[names[event]] == LATEST or names[event] in PARTS_OF:
        # A task, and the agreement it belongs to: whatever else the form goes on with that was begun together.
        beside = [
            name for name, how in form.names.items() if how in (LATEST, GIVEN, GIVEN_OR_NEW) and name != names[event]
        ]
        others = EventAbout.objects.filter(event=event, name__in=beside)
        found |= {name: str(one) for name, one in others.values_list("name", "subject")}
    return found


NOT_FROM = ("child", "family", "worker")


def _named_by(for_owed: uuid.UUID | None) -> Mapping[str, str]:
    """The ids that an obligation names, and those of the event it counts from."""
    row = obligations.one_obligation(for_owed) if for_owed else None
    if row is None:
        return {}
    try:
        started = uuid.UUID(row.started_by)
    except ValueError:
        return {key: value for key, value in row.names.items() if key not in NOT_FROM}
    abouts = dict(EventAbout.objects.filter(event=started).values_list("name", "subject"))
    # Of several guests whom the event names, only the one whom the obligation is about.
    named = {name: str(one) for name, one in abouts.items() if name not in (*NOT_FROM, "guest")}
    return named | {key: value for key, value in row.names.items() if key not in NOT_FROM}


def _options(kind: Kind) -> Mapping[str, Mapping[str, str]]:
    """The options of its answers that the packs have words for: `decision/child_in_need`."""
    found: dict[str, dict[str, str]] = {}
    stack = stack_of(authorities.current())
    for key, word in stack.words.items():
        field, _, option = key.partition("/")
        if option and field in kind.fields:
            found.setdefault(field, {})[option] = word[:1].upper() + word[1:]
    roles = {role: str(item.get("title", role)) for role, item in stack.items["roles"].items()}
    return found | {field: roles for field in ("by_role", "chair_role", "closed_by_role") if field in kind.fields}
