"""What was agreed to be kept from somebody in the family: no copy made for them may hold the words that give it away (WOR-359).

Nothing is kept from an agency or a worker by this: it is about people whose knowing would put a child or an adult at risk.
"""

import datetime as dt
import json
import re
import uuid
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kith.documents import files, word
from kith.documents.models import Document, DocumentChild, Version
from kith.record.selectors import Told, told_about
from kith.rules.days import spoken

LEFT_OUT = lazy("What was agreed to be kept from this reader.")
SINCE = lazy(
    "This copy holds words that were agreed to be kept from its reader. Do not give it; make it anew without them."
)


def kept_from(children: Sequence[uuid.UUID], person: uuid.UUID | None) -> tuple[str, ...]:
    """The words that no copy for a person may hold, as was agreed about some children."""
    if person is None:
        return ()
    standing: dict[str, Told] = {}
    for told in told_about(children, ("sensitive",)).values():
        for one in sorted(told, key=lambda each: each.event.order):
            for key in one.ids("sensitive"):
                if one.event.kind == "sensitive.agreed":
                    standing[key] = one
                else:
                    standing.pop(key, None)
    agreed = tuple(line for one in standing.values() if _applies(one, str(person)) for line in lines_of(one))
    return agreed + kept_of_meetings(children, person)


def kept_of_meetings(children: Sequence[uuid.UUID], person: uuid.UUID) -> tuple[str, ...]:
    """The days and places of the meetings that a person is kept out of: no copy for them tells when or where (WOR-432)."""
    told: dict[str, list[Told]] = {}
    for those in told_about(children, ("meeting",)).values():
        for one in those:
            for key in one.ids("meeting"):
                told.setdefault(key, []).append(one)
    found: dict[str, None] = {}
    for events in told.values():
        out = False
        for one in sorted(events, key=lambda each: each.event.order):
            kind = one.event.kind.partition("/")[0]
            if str(person) in one.ids("person") and kind in ("meeting.kept_out", "meeting.let_in"):
                out = kind == "meeting.kept_out"
        if out:
            found |= dict.fromkeys(line for one in events for line in _when_and_where(one))
    return tuple(found)


def _when_and_where(one: Told) -> Iterable[str]:
    kind = one.event.kind.partition("/")[0]
    if kind in ("meeting.arranged", "meeting.moved") and one.event.fields.get("held_on"):
        yield spoken(dt.date.fromisoformat(str(one.event.fields["held_on"])).toordinal()).partition(" ")[2]
    if kind == "meeting.held":
        yield spoken(one.event.day).partition(" ")[2]
    for key in ("venue", "place"):
        place = str(one.words.get(key) or one.event.fields.get(key) or "").strip()
        if len(place) > 3:
            yield place


def _applies(one: Told, person: str) -> bool:
    if one.event.fields.get("kept_from") == "person":
        return person in one.ids("person")
    return person not in one.ids("other")


def lines_of(one: Told) -> list[str]:
    """The words that would give away what is kept, a line each."""
    return [line.strip() for line in str(one.words.get("exact_words", "")).splitlines() if line.strip()]


def found_in(text: str, kept: Sequence[str]) -> str:
    """The first of the words kept that a text holds, however they are spaced and written; empty where it holds none."""
    plain = _plain(text)
    return next((one for one in kept if re.search(rf"(?<!\w){re.escape(_plain(one))}(?!\w)", plain)), "")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'")).casefold().strip()


def refusal(words: str) -> str:
    """What its author is told."""
    return _("It was agreed that this reader does not learn of “%(words)s”. Take it out of this copy.") % {"words": words}  # fmt: skip


def kept_in(document: Document, version: Version) -> str:
    """The words kept from a letter's reader that a version of it holds: agreed since it was made, or brought in by a changed file."""
    if not document.letter or document.person is None:
        return ""
    kept = kept_from(
        list(DocumentChild.objects.filter(document=document).values_list("child", flat=True)), document.person
    )
    return found_in(_text_of(version), kept) if kept else ""


def _text_of(version: Version) -> str:
    if not version.content:
        return word.text_of(files.kept(version.digest))
    said = json.loads(files.kept(version.content))
    return "\n".join([said["subject"], *(block["text"] for block in said["blocks"]), *said["encloses"]])
