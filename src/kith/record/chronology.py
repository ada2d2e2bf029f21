"""The chronology: everything that happened to somebody, each entry with what corrected or withdrew it beside it."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from kith.record.amending import amended, in_order, known_by
from kith.record.lines import Line, engine_events, whole
from kith.record.merged import same_as
from kith.record.selectors import Told, as_told
from kith.rules.history import FOR_EVER

ABOUT_THE_RECORD = frozenset(
    (
        "name", "details", "identifier", "home", "reach", "relationship", "parental_responsibility", "tie", "access",
        "keep_apart", "contact_limit", "alert", "significance", "person",
    )
)  # fmt: skip


@dataclass
class Entry:
    """One line: what happened as first recorded, and beside it every correction, or that it was withdrawn and why."""

    told: Told
    recorded_by: uuid.UUID | None
    corrections: list[Told] = field(default_factory=list)
    withdrawn: Told | None = None
    impact: str = ""
    significant: bool | None = None

    @property
    def stands(self) -> Told:
        """The text that stands: the latest correction, or the entry itself."""
        return self.corrections[-1] if self.corrections else self.told

    @property
    def stem(self) -> str:
        """The stem of its kind: `visit`."""
        return self.told.event.kind.partition(".")[0]

    @property
    def about_the_record(self) -> bool:
        """Whether it tells of the record (a name, an address) and not of the child's life."""
        return self.stem in ABOUT_THE_RECORD


def chronology(subject: uuid.UUID, known_at: dt.datetime | None = None) -> list[Entry]:
    """Every entry about somebody, as known at a moment (default: now), the latest first; what was sealed is gone."""
    rows = in_order(whole(subject, same_as([subject])).lines)
    known = FOR_EVER if known_at is None else int(known_at.timestamp())
    amends = amended(rows, known)
    rows = [row for row in rows if row.id not in amends.sealed and not row.seals and known_by(row, known)]
    entries = {row.id: Entry(_told(row), row.recorded_by) for row in rows if not row.corrects and not row.withdraws}
    for row in rows:
        if row.corrects and row.id not in amends.gone and amends.first[row.id] in entries:
            entries[amends.first[row.id]].corrections.append(_told(row))
        elif row.withdraws in entries and row.id not in amends.gone:
            entries[row.withdraws].withdrawn = _told(row)
    _judge(entries.values())
    shown = [entry for entry in entries.values() if entry.stem != "significance"]
    return sorted(shown, key=lambda entry: entry.stands.event.order, reverse=True)


def _judge(entries: Iterable[Entry]) -> None:
    """Lays what was judged of an event's significance for the child over the event."""
    by_id = {entry.told.event.id: entry for entry in entries}
    for entry in by_id.values():
        says = entry.stands
        judged = by_id.get(str(says.event.fields.get("event", ""))) if entry.stem == "significance" else None
        if judged is not None and entry.withdrawn is None:
            judged.significant = says.event.fields.get("significant") == "significant"
            judged.impact = str(says.words.get("impact", ""))


def _told(row: Line) -> Told:
    return as_told(engine_events((row,))[0], row)


def entry_of(event_id: uuid.UUID, subject: uuid.UUID, known_at: dt.datetime | None = None) -> Entry | None:
    """One entry of somebody's chronology, as known at a moment; None if it is not theirs, was sealed or not yet known."""
    return next((one for one in chronology(subject, known_at) if one.told.event.id == str(event_id)), None)
