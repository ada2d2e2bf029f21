"""Reading a children in need return, child by child, in memory that does not grow with the file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import BinaryIO

from kith.returns.cin.elements import ASKED_FOR, FACTS, FIRST_ASKED, LAST_ASKED, OUTSIDE, Block, Grown, Shapes
from kith.returns.cin.episodes import tell_episodes
from kith.returns.cin.header import Header, read_header
from kith.returns.cin.identifiers import tell_birth, tell_codes, tell_death
from kith.returns.cin.markup import Markup, Piece
from kith.returns.cin.messages import RULES
from kith.returns.cin.problems import CensusError, Ledger, Problem
from kith.returns.cin.telling import Asked, Telling
from kith.returns.cin.years import Collection, evidence
from kith.rules.events import Event
from kith.rules.evidence import Evidence

_DAY = attrgetter("day")
# Far more than a mistaken export has; a file of nothing else must not fill the memory.
_MOST_STRANGERS = 200


@dataclass(slots=True)
class Child:
    """One child of a return: the local id, the line it begins on, its events in order, and what is wrong with it.

    A refused child has no events; it has no id of its own (it is empty, or another child's), or the file breaks off in it.
    """

    id: str
    line: int
    events: list[Event]
    problems: list[Problem]
    refused: bool = False
    said: tuple[Block, Sequence[str]] | None = None

    def codes(self) -> dict[str, str | list[str]]:
        """What the return says of the child besides events: its element names with their texts; `Disability` may have several."""
        if self.said is None:
            return {}
        block, texts = self.said
        found: dict[str, str | list[str]] = {tag: texts[at].strip() for tag, at in block.values.items()}
        if block.many:
            found["Disability"] = [texts[at].strip() for at in block.many]
        return found


class Census:
    """A children in need return, read once from a binary file.

    Iterate over it for its children, in the order of the file. `header` and `collection` are known at once; `ledger`
    grows with the reading, and `problems` holds what is wrong with the file itself, complete when the reading ends.
    `seen` are local ids that stand in an earlier part of the same return. With `strict`, the first problem of any kind is raised as CensusError. A document type declaration is always raised,
    as UnsafeMarkup.

    What becomes of a fault: a day that is none, is before 1900, or is after the reference date is refused, that fact
    alone; so is a yes or no that is neither, one with no day to stand on, an answer given twice (the second) and one in a
    wrong block. Days in an impossible order and unknown codes are reported, and the days kept. A child without an id, or
    with an earlier child's, is refused whole. Markup that breaks off ends the reading; what came before it counts.
    """

    def __init__(self, file: BinaryIO, *, strict: bool = False, seen: Iterable[str] = ()) -> None:
        self.strict = strict
        self.ledger = Ledger()
        self.problems: list[Problem] = []
        self._markup = Markup(file)
        self._pieces = self._markup.pieces()
        self._seen: set[str] = set(seen)
        self._shapes = Shapes()
        self._strangers: dict[str, tuple[int, str]] = {}
        head = list(self._read_head())
        self.header: Header = read_header(head)
        self.collection: Collection = self.header.collection
        # Of a file that breaks off before its header ends, only that is worth saying.
        for problem in self.header.problems if self._first or not self._markup.error else ():
            self._report(problem)
        self._asked = Asked.of(self.collection)
        self._unasked = frozenset(name for name in (*FIRST_ASKED, *LAST_ASKED) if not self.collection.asks_for(name))
        for piece in head:
            self._read_outside(piece)

    def _read_head(self) -> Iterator[Piece]:
        """What stands before the first child, which is kept for later."""
        self._first: Piece | None = None
        for piece in self._pieces:
            if piece.is_child:
                self._first = piece
                return
            yield piece

    def evidence(self) -> Evidence:
        """What this return can show: the kinds it holds, each from the first day of its year."""
        return evidence(self.collection)

    def __iter__(self) -> Iterator[Child]:
        piece, self._first = self._first, None
        while piece is not None:
            if piece.is_child:
                yield self._child(piece)
            else:
                self._read_outside(piece)
            piece = next(self._pieces, None)
        self._finish()

    def _child(self, piece: Piece) -> Child:
        grown = self._shapes.grow(piece.tags, piece.texts)
        root = grown.child
        at = root.values.get("LAchildID")
        child = "" if at is None else piece.texts[at].strip()
        telling = Telling(self._asked, piece, child)
        if not piece.whole:
            telling.problem("child_unfinished", 0, "Child", refused=grown.facts)
        elif not child:
            blank = piece.tags.index("LAchildID") if "LAchildID" in piece.tags else 0
            telling.problem("8500", blank, "LAchildID", refused=grown.facts)
        elif child in self._seen:
            telling.problem("8510", at or 0, "LAchildID", child, refused=grown.facts)
        else:
            self._seen.add(child)
            self._tell(telling, root, grown)
            counted = self._counted(telling, grown, refused=False)
            counted.said = (root, piece.texts)
            return counted
        telling.refused = grown.facts
        return self._counted(telling, grown, refused=True)

    def _tell(self, telling: Telling, root: Block, grown: Grown) -> None:
        telling.died = telling.day(root, "PersonDeathDate")
        tell_codes(telling, root)
        if not root.blocks:
            telling.problem("8590", 0, "CINdetails")
        referrals = tell_episodes(telling, root.blocks)
        tell_death(telling)
        tell_birth(telling, root, referrals)
        telling.events.sort(key=_DAY)
        if grown.repeated or grown.misplaced or grown.loose:
            _tell_unused(telling, grown)

    def _counted(self, telling: Telling, grown: Grown, *, refused: bool) -> Child:
        ledger = self.ledger
        ledger.children += 1
        ledger.children_refused += refused
        ledger.children_read += not refused
        ledger.facts += grown.facts
        ledger.facts_read += telling.read
        ledger.facts_refused += telling.refused
        ledger.events += len(telling.events)
        ledger.problems += len(telling.problems)
        if grown.unknown:
            self._count_unknown(telling.piece, grown.unknown)
        if not self._unasked.isdisjoint(telling.piece.tags):
            self._count_unasked(telling.piece)
        if self.strict and telling.problems:
            raise CensusError(telling.problems[0])
        return Child(telling.child, telling.piece.line, telling.events, telling.problems, refused)

    # What no collection, or not this one, asks for

    def _read_outside(self, piece: Piece) -> None:
        for at, tag in enumerate(piece.tags):
            if tag in OUTSIDE or tag.startswith("/"):
                continue
            if tag in ASKED_FOR:
                self._strange(tag, "misplaced", piece.line_of(at))
                if tag in FACTS and piece.texts[at].strip():
                    self.ledger.facts += 1
                    self.ledger.facts_refused += 1
            else:
                self._strange(tag, "unknown_element", piece.line_of(at))

    def _count_unknown(self, piece: Piece, unknown: list[int]) -> None:
        for at in unknown:
            self._strange(piece.tags[at], "unknown_element", piece.line_of(at))

    def _count_unasked(self, piece: Piece) -> None:
        for at, tag in enumerate(piece.tags):
            if tag in self._unasked:
                self._strange(tag, "not_asked_for", piece.line_of(at))

    def _strange(self, name: str, code: str, line: int) -> None:
        """Counts an element; each name is reported once, when the reading ends (at once, if strict)."""
        name = name[:100]
        if len(self._strangers) >= _MOST_STRANGERS and name not in self._strangers:
            name = "(others)"
        self.ledger.unknown[name] += 1
        self._strangers.setdefault(name, (line, code))
        if self.strict:
            self._finish()

    def _finish(self) -> None:
        for name, (line, code) in self._strangers.items():
            message = RULES[code].format(value=self.ledger.unknown[name], other=self.collection.year)
            self._report(Problem(line, "", name, code, message))
        self._strangers.clear()
        if self._markup.error is not None:
            self._report(self._markup.error)
            self._markup.error = None

    def _report(self, problem: Problem) -> None:
        self.ledger.problems += 1
        self.problems.append(problem)
        if self.strict:
            raise CensusError(problem)


def _tell_unused(telling: Telling, grown: Grown) -> None:
    """What stands in a child and was not read: reported, and refused if it is a fact."""
    tags, texts = telling.piece.tags, telling.piece.texts
    for code, places in (("repeated", grown.repeated), ("misplaced", grown.misplaced)):
        for at in places:
            if tags[at] in FACTS and texts[at].strip():
                telling.refuse(code, at, tags[at])
            else:
                telling.problem(code, at, tags[at])
    for at in grown.loose:
        telling.problem("loose_text", at, tags[at].removeprefix("/"), texts[at].strip()[:40])
