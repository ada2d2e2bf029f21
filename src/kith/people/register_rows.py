"""The typed rows of agencies and of those who work at them, folded from the record."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from kith.people import models
from kith.people.portrait import STEMS as PORTRAIT_STEMS
from kith.people.portrait import portrait, row_id
from kith.people.register_folds import SHARING, STEMS, Spell, agency, agreements, posts
from kith.record.joining import MERGES, merges_of
from kith.record.merged import read_as, read_through
from kith.record.models import EventAbout
from kith.record.projecting import Row, Touched, settle
from kith.record.selectors import told_about


class Register:
    """Keeps `Agency`, `SharingAgreement` and `Post`."""

    def refresh(self, touched: Touched) -> None:
        """Folds each agency and professional touched anew."""
        for one in touched.subjects(("agency",), ("agency", SHARING)):
            self._agency(one, write=True)
            self._agreements(one, write=True)
        named = dict.fromkeys(touched.subjects(("person",), ("professional", "name", "person")))
        if any(event.kind in MERGES for event in touched.events):
            named |= {into: None for one in list(named) for into in merges_of(one)}
        for one in dict.fromkeys(read for person in named for read in read_through(person)):
            self._posts(one, write=True)

    def differences(self) -> Iterator[str]:
        """Every row of the register that is not what the record says."""
        for one in self._agencies():
            yield from self._agency(one, write=False)
            yield from self._agreements(one, write=False)
        for one in self._professionals():
            yield from self._posts(one, write=False)

    def rebuild(self) -> int:
        """Folds every agency and professional anew."""
        agencies, people = self._agencies(), self._professionals()
        for one in agencies:
            self._agency(one, write=True)
            self._agreements(one, write=True)
        for one in people:
            self._posts(one, write=True)
        return len(agencies) + len(people)

    def _agencies(self) -> list[uuid.UUID]:
        said = EventAbout.objects.filter(name="agency", kind="agency.entered").values_list("subject", flat=True)
        agreed = models.SharingAgreement.objects.values_list("agency", flat=True)
        return sorted({*said, *agreed, *models.Agency.objects.values_list("id", flat=True)})

    def _professionals(self) -> list[uuid.UUID]:
        said = EventAbout.objects.filter(name="person", kind="professional.joined_agency")
        people = {*said.values_list("subject", flat=True), *models.Post.objects.values_list("person", flat=True)}
        return sorted({read for one in people for read in read_through(one)})

    def _agency(self, one: uuid.UUID, *, write: bool) -> list[str]:
        found = agency(told_about([one], ("agency",))[one])
        rows = {} if found is None else {one: _agency_row(found)}
        return settle(models.Agency, {"id": one}, rows, write=write)

    def _agreements(self, one: uuid.UUID, *, write: bool) -> list[str]:
        found = agreements(told_about([one], (SHARING,))[one])
        rows = {row_id(each.event, str(one)): {"agency": one, **each.says, **_days(each)} for each in found}
        return settle(models.SharingAgreement, {"agency": one}, rows, write=write)

    def _posts(self, person: uuid.UUID, *, write: bool) -> list[str]:
        events = told_about([person], (*STEMS, *PORTRAIT_STEMS))[person] if read_as(person) == person else []
        found = posts(events)
        if not found:
            return settle(models.Post, {"person": person}, {}, write=write)
        picture = portrait(events, {str(person)}, str(person))
        name = picture.name_on(max(one.event.day for one in events))
        rows = {
            row_id(spell.event, at, str(person)): _post_row(person, at, name.full if name else "", spell)
            for at, spell in found
        }
        return settle(models.Post, {"person": person}, rows, write=write)


def _text(says: dict[str, Any], *keys: str) -> dict[str, str]:
    return {key: str(says.get(key, "")) for key in keys}


def _days(spell: Spell) -> Row:
    until = None if spell.until is None else dt.date.fromordinal(spell.until)
    return {"from_on": dt.date.fromordinal(spell.since), "until_on": until}


def _agency_row(found: Spell) -> Row:
    said = _text(found.says, "name", "kind", "address", "telephone", "e_mail", "ring")
    return {**said, **_days(found)}


def _post_row(person: uuid.UUID, at: str, name: str, spell: Spell) -> Row:
    said = _text(spell.says, "title", "telephone", "e_mail")
    return {"person": person, "agency": uuid.UUID(at), "name": name, **said, **_days(spell)}
