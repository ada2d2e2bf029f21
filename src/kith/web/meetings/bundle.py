"""The papers of a meeting gathered for one reader: the agenda, the picture of the family, significant events, the latest assessment."""

import uuid
from collections.abc import Iterator
from dataclasses import replace

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from kith.casework import assessments
from kith.core import clock
from kith.meetings import story
from kith.people import pictures
from kith.people import selectors as people
from kith.people.genogram import svg, words
from kith.people.portrait import Portrait
from kith.rules.letters import Block
from kith.web.answers import answered
from kith.web.assessments import report
from kith.web.meetings.copies import Drawing, Drawn


class Bundle(Drawing):
    """The papers of the meeting for one reader: its agenda, the picture of the family in words, significant events, the assessment."""

    def everything(self) -> Drawn:
        """Every part of the bundle that is drawn."""
        stages = (Block("bullet", one.title) for one in self.copy.room.stages)
        self.found.parts["agenda"] = list(self._headed(_("How the meeting goes"), stages))
        belongs = _("Who belongs to you") if self.paper.reader.kind == "child" else _("Who belongs to the child")
        self.found.parts["family"] = list(self._headed(belongs, self._family()))
        latest = assessments.of_child(self.copy.opened.id).first()
        if latest is not None:
            whom = report.For(self.paper.reader, report.children_named(self.paper.children))
            drawn = report.drawn(self.copy.opened, latest.assessment, whom)
            for part in ("events", "weighing", "needs", "recommended", "responses"):
                self.found.parts[part] = drawn.parts.get(part, [])
            for words in drawn.left_out:
                self._leave(words)
        last = [
            one
            for one in story.of_child(self.copy.opened.id).values()
            if one.held
            and one.a_type == self.meeting.a_type
            and one.id != self.meeting.id
            and self.reader
            not in one.kept_out  # what was said at a meeting they were kept out of reaches nobody by the next one
        ]
        if last:
            before = replace(self.copy, meeting=last[-1])
            drawing = Drawing(before, self.paper)
            self.found.parts["last_time"] = [*drawing._plan(), *drawing._actions()]
        contents = [block.text for part in self.found.parts.values() for block in part if block.kind == "heading"]
        self.found.parts["contents"] = list(
            self._headed(_("In this bundle"), (Block("bullet", one) for one in contents))
        )
        return self.found

    def _family(self) -> Iterator[Block]:
        """Who belongs to the family, by name and relation: never where anybody lives."""
        picture = people.portrait_of(self.copy.opened.id)
        if drawn := self._picture(picture):
            yield drawn
        ids = [uuid.UUID(bond.other) for bond in picture.bonds.values() if bond.until is None]
        names = people.names_of(ids)
        for bond in picture.bonds.values():
            if bond.until is None and uuid.UUID(bond.other) in names and bond.other not in self.meeting.kept_out:
                yield Block("bullet", f"{names[uuid.UUID(bond.other)]}: {answered('relation', bond.relation).lower()}")

    def _picture(self, child: Portrait) -> Block | None:
        """The genogram with nobody in it whom the words do not name, no household line, and of pregnancies the child's own alone."""
        drawing = pictures.Drawing(self.copy.viewer, self.copy.opened.id, clock.today())
        named = {bond.other for bond in child.bonds.values() if bond.until is None} - set(self.meeting.kept_out)
        unborn = {one.id for one in drawing.portraits.values() if one.unborn or one.pregnancy_ended}
        whole = drawing.picture(leave_out=drawing.portraits.keys() - (named - unborn), for_room=True)
        if len(whole.members) < 2:
            return None
        shown = replace(whole, households=())
        # Our own code made it, and escaped every word it was given.
        drawn = mark_safe(svg.draw(shown, clock.today(), fit=False, prefix="family"))  # noqa: S308
        return Block("picture", " ".join(words.as_list(shown, clock.today())), drawn)
