"""Opening a form: blank, from a draft, or as a correction; with what is known already filled in and marked."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.casework import kinds as casework
from kith.casework import policies
from kith.casework.gates import Stopped
from kith.core import authorities, clock
from kith.core.ids import uuid_of
from kith.forms import actions as drafts
from kith.forms import selectors as forms
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record import chronology as record
from kith.record.procedures import stack_of
from kith.record.selectors import one_event, words_of
from kith.rules.forms import NAMED, Form
from kith.rules.gates import EXPLAIN
from kith.web.child import filters, presenters
from kith.web.recording import choosing, known, of_meeting, walking
from kith.web.recording.fields import NO, YES, Sections, sections


@dataclass
class Filling:
    """A form being filled in by somebody."""

    form: Form
    sections: Sections
    draft: Any = None
    version: int = 0
    for_owed: str = ""
    corrects: Any = None
    prefilled: dict[str, str] = field(default_factory=dict)
    # Of a form that is walked page by page: where its writer stands, and the fields as they were typed, not yet judged.
    walk: walking.Walk | None = None
    plain: Sections | None = None


def filling(request: HttpRequest, viewer: Viewer, opened: Opened, form: Form) -> Filling | None:
    """The form as it is asked for: from what was sent, a draft, an entry to correct, or blank. None for what is not theirs."""
    given = request.POST if request.method == "POST" else request.GET
    form = choosing.with_choices(form, viewer, opened)
    draft = _draft(given.get("draft", ""), viewer, opened)
    if given.get("draft") and draft is None:
        return None
    corrects = _corrected(
        given.get("corrects", "") or (str(draft.corrects) if draft and draft.corrects else ""), opened, form
    )
    if corrects is not None and filters.keeps(viewer, opened, corrects):
        return None
    children = _children(request, viewer, opened, form, draft, corrects)
    initial, prefilled = _initial(request, form, viewer, opened, draft, corrects, children)
    around = choosing.people_for(form, viewer, opened)
    data: Mapping[str, Any] | None = request.POST if request.method == "POST" else None
    if form.walked:
        data = walking.sent(form, initial, data)
    made = sections(form, data, children, initial, around)
    found = Filling(form, made, draft, _version(given, draft), for_what(request, viewer, opened), corrects, prefilled)
    if form.walked:
        found.plain = sections(form, None, children, made.typed(), around)
        found.walk = walking.walk(request, made, draft.reached if draft else ())
    return found


def _version(given: Mapping[str, str], draft: Any) -> int:
    """The version of the draft that the page was made from, as it was sent; else the draft's own."""
    sent = given.get("version", "")
    if sent:
        return int(sent) if sent.isdigit() else 0
    return draft.version if draft else 0


def _initial(
    request: HttpRequest, form: Form, viewer: Viewer, opened: Opened, draft: Any, corrects: Any, children: list[Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What the answers are before anything is sent, and which of them were filled in from what is known and still are."""
    if corrects is not None and draft is None:
        return _of_entry(corrects, form, children), {}
    known, prefilled = _known(request, form, opened, viewer)
    if draft is None:
        return known, prefilled
    kept, told = draft.answers.get("all", {}), known.get("all", {})
    return draft.answers, {key: words for key, words in prefilled.items() if kept.get(key) == told.get(key)}


def _draft(given: str, viewer: Viewer, opened: Opened) -> Any:
    draft_id = uuid_of(given)
    return forms.draft(draft_id, viewer.id, opened.id, opened.ground) if draft_id else None


def _corrected(given: str, opened: Opened, form: Form) -> Any:
    event_id = uuid_of(given)
    event = one_event(event_id) if event_id else None
    if (
        event is None
        or event.kind.partition("/")[0] != form.records
        or str(opened.id) not in _listed(event.about.get(opened.named))
    ):
        return None
    return event


def _listed(ids: Any) -> list[str]:
    return [] if ids is None else ids if isinstance(ids, list) else [ids]


def _children(request: HttpRequest, viewer: Viewer, opened: Opened, form: Form, draft: Any, corrects: Any) -> list[Any]:
    """The children the record is about: this one, and the siblings chosen of those whose records the viewer may open. What goes on with
    a meeting is about all its children to begin with."""
    chosen = set(request.POST.getlist("children")) if request.method == "POST" else set(draft.children if draft else ())
    if request.method != "POST" and draft is None and corrects is None and of_meeting.going_on_with(form):
        chosen |= of_meeting.chosen(viewer, opened, form, siblings(viewer, opened))
    if corrects is not None:
        chosen |= set(_listed(corrects.about.get("child")))
    others = [one for one in siblings(viewer, opened) if str(one["id"]) in chosen] if chosen else []
    if opened.child is None:
        return [opened.person]
    found = people.people_named([opened.id, *(one["id"] for one in others)])
    return [found[opened.id], *(found[one["id"]] for one in others)]


def siblings(viewer: Viewer, opened: Opened) -> list[dict[str, Any]]:
    """The siblings who can share a record with this child."""
    if opened.child is None:
        return []
    return filters.siblings(viewer, opened, clock.today())


def left_out(viewer: Viewer, opened: Opened, form: Form) -> list[str]:
    """Which brothers and sisters were in the meeting that a form goes on with and are left out of it now, each with why."""
    if not of_meeting.going_on_with(form):
        return []
    return of_meeting.left_out(viewer, opened, form, siblings(viewer, opened))


def _known(request: HttpRequest, form: Form, opened: Opened, viewer: Viewer) -> tuple[dict[str, Any], dict[str, str]]:
    """What is known already: who lives with the child. Marked with where it came from, and theirs to change."""
    questions = list(form.questions)
    told = known.answers(questions, viewer, opened) | choosing.given(request, form)
    marked = {one.key: known.where_from(one) for one in questions if one.prefill and one.key in told}
    if told or opened.child is None or "present" not in {one.key for one in questions}:
        return ({"all": told} if told else {}), marked
    picture = people.shown_to(viewer, opened, people.portrait_of(opened.id))
    together = filters.living_with(viewer, opened, picture, clock.today())
    if not together:
        return {}, {}
    words = _("From who is recorded as living with %(name)s. Check it before you record.") % {
        "name": opened.person.name
    }
    return {"all": {"present": ", ".join(together)}}, {"present": words}


def _of_entry(event: Any, form: Form, children: list[Any]) -> dict[str, Any]:
    """An entry's answers, to be put right: yes and no as the page has them."""
    words = dict(words_of(event.id))
    told_parts = words.pop("parts", {})
    shared = {key: _typed(value) for key, value in {**event.coded, **words}.items()}
    shared["when"] = event.happened_on.isoformat()
    shared["a_type"] = event.kind.partition("/")[2]
    shared |= {
        one.key: str(event.about[one.key]) for one in form.questions if one.answer in NAMED and one.key in event.about
    }
    if event.happened_at:
        shared["when_time"] = f"{event.happened_at.astimezone(clock.LONDON):%H:%M}"
    initial: dict[str, Any] = {"all": shared}
    for child in children:
        part = {**event.parts.get(str(child.id), {}), **told_parts.get(str(child.id), {})}
        initial[str(child.id)] = {key: _typed(value) for key, value in (part or {**event.coded, **words}).items()}
    return initial


def _typed(value: Any) -> Any:
    return {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value


def save(filling: Filling, viewer: Viewer, opened: Opened) -> None:
    """Keeps what was typed as a draft. Raises Stale."""
    children = [one.id for one in filling.sections.children]
    typed = filling.sections.typed()
    if filling.draft is None:
        filling.draft = drafts.start(
            filling.form, opened.id, children, author=viewer.id, answers=typed, for_owed=uuid_of(filling.for_owed),
            corrects=filling.corrects.id if filling.corrects else None,
        )  # fmt: skip
    else:
        drafts.save(filling.draft, typed, version=filling.version, children=children)
    filling.version = filling.draft.version


def compared(form: Form, stale: drafts.Stale) -> list[tuple[str, str, str]]:
    """Each question answered differently, with the text saved elsewhere and the text just typed."""
    rows = []
    there, typed = stale.draft.answers, stale.typed
    for part in sorted(there.keys() | typed.keys()):
        one, other = there.get(part, {}), typed.get(part, {})
        for key in sorted(one.keys() | other.keys()):
            if one.get(key) != other.get(key):
                question = form.question(key.removesuffix("_time"))
                rows.append((question.asks if question else key, str(one.get(key) or ""), str(other.get(key) or "")))
    return rows


def recorded_words(form: Form, event: Any) -> str:
    """What is said when it is recorded: what it was, and that a manager will read it where one must."""
    waiting = [sign for sign in form.signed_off if policies.awaits(sign, event)]
    if waiting:
        return _("Recorded. A manager will read why and confirm it.")
    return _("Recorded.")


def visit_entry(child: uuid.UUID, visit: uuid.UUID) -> Any:
    """The entry of a visit in a child's chronology."""
    return next(
        (one for one in record.chronology(child) if one.stem == "visit" and str(visit) in one.told.ids("visit") and one.told.event.kind == "visit.made"),
        None,
    )  # fmt: skip


def line_of(entry: Any, child: uuid.UUID) -> presenters.Line:
    """An entry in words."""
    return presenters.line(entry, child, access.named([entry.recorded_by]))


def for_what(request: HttpRequest, viewer: Viewer, opened: Opened) -> str:
    """What the form was opened for: an obligation, or the assessment or referral it goes on with; kept with its draft."""
    given = request.POST if request.method == "POST" else request.GET
    if given.get("for"):
        return given["for"]
    draft = _draft(given.get("draft", ""), viewer, opened)
    return str(draft.for_owed) if draft is not None and draft.for_owed else ""


def spec_of(form: str, child: uuid.UUID, for_owed: str = "") -> Form | None:
    """A form of the pack by id, going on with what it was opened for; or one made for a kind of event (`kind~plan.shared`) that no
    pack has a form for."""
    about = uuid_of(for_owed)
    if form.startswith("kind~"):
        return casework.form_for_kind(form.removeprefix("kind~").replace("~", "/"), about)
    found = forms.form(form)
    return None if found is None else casework.suited(casework.going_on(found, about, child), child)


def reasons(request: HttpRequest) -> dict[str, str]:
    """The reasons typed for gates, by gate."""
    return {key.removeprefix("gate:"): str(value) for key, value in request.POST.items() if key.startswith("gate:")}


def gates(request: HttpRequest, stopped: Stopped) -> list[dict[str, Any]]:
    """The gates that stand, in words: what each says, its clauses, and who may give a reason."""
    stack, given = stack_of(authorities.current()), reasons(request)
    return [
        {
            "id": one.gate.id, "say": one.gate.say, "cites": ", ".join(one.gate.cites), "explain": one.gate.otherwise == EXPLAIN,
            "who": ", ".join(stack.role_title(role) for role in one.gate.may_explain), "reason": given.get(one.gate.id, ""),
        }
        for one in stopped.stops
    ]  # fmt: skip
