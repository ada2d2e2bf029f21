"""The markup of a return, child by child.

The standard library's expat checks every character and hands over the markup in small pieces, without a call into
Python for any of them: its default handler is the `append` of a list. What a child is made of is then found in one go.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO
from xml.parsers import expat

from kith.returns.cin.elements import ASKED_FOR
from kith.returns.cin.messages import RULES
from kith.returns.cin.problems import Problem, UnsafeMarkup

CHUNK = 1 << 16
# The first read takes little more than the header, which alone of a plain file has to be read with care.
FIRST_CHUNK = 1 << 11
# A child takes a few thousand characters. A file that goes on far longer without ending one is no return.
LONGEST = 1 << 23
_NAME = re.compile(r"[^\s/>]+")
_TAG = re.compile(r"/?[\w:.-]+")
_REFERENCE = re.compile(r"&(?:#(\d+)|#x([0-9A-Fa-f]+)|(\w+));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


class Piece:
    """A stretch of markup: a child, or what stands outside the children.

    `tags` are the tags in order, `X` or `/X`; `texts[n]` is the text between tag n and the next; `before` the text before
    the first. `line` is the line on which it begins. `whole` is false for a child whose end is not in the file.
    """

    __slots__ = ("_lines", "before", "is_child", "line", "tags", "texts", "whole")

    def __init__(
        self, line: int, before: str, tags: list[str], texts: list[str], lines: list[int] | None = None
    ) -> None:
        self.line, self.before, self.tags, self.texts, self._lines = line, before, tags, texts, lines
        self.is_child, self.whole = True, True

    def line_of(self, at: int) -> int:
        """The line of the file on which tag number `at` begins."""
        if self._lines is not None:
            return self._lines[at]
        return self.line + sum(text.count("\n") for text in self.texts[:at])


class Markup:
    """Reads the markup of a file in pieces. Raises UnsafeMarkup for a document type; `error` tells of malformed markup."""

    def __init__(self, file: BinaryIO) -> None:
        self.error: Problem | None = None
        self._file = file
        self._flat: list[str] = []
        self._line = 1
        self._waiting = self._spaced = 0
        self._plain = self._tame = True
        self._parser = _parser(self._flat)

    def pieces(self) -> Iterator[Piece]:
        """Each child, and each stretch outside the children that is not blank, in the order of the file."""
        flat, size = self._flat, FIRST_CHUNK
        while self.error is None:
            chunk = self._file.read(size)
            size = CHUNK
            self._parse(chunk)
            self._judge(chunk)
            last = self._last_end()
            if last:
                children = self._plainly("".join(flat[:last])) if self._plain else None
                yield from self._carefully(flat[:last]) if children is None else children
                del flat[:last]
            self._carry_over(chunk, ended=bool(last))
            if not chunk:
                break
        yield from self._carefully(flat, whole=False)
        flat.clear()

    def _last_end(self) -> int:
        """The place after the last token that ends a child; 0 if none does."""
        try:
            return len(self._flat) - self._flat[::-1].index("</Child>")
        except ValueError:
            return 0

    def _judge(self, chunk: bytes) -> None:
        """Whether the markup at hand is plain: no references, comments or instructions, and a byte for each ASCII letter."""
        self._tame = not (b"&" in chunk or b"!" in chunk or b"?" in chunk or b"\0" in chunk)
        self._plain = self._plain and self._tame

    def _carry_over(self, chunk: bytes, *, ended: bool) -> None:
        if ended:
            self._plain, self._waiting, self._spaced = self._tame, len(chunk), 0
            return
        self._flat[self._spaced :] = _evenly_spaced(self._flat[self._spaced :])
        self._spaced = len(self._flat)
        self._waiting += len(chunk)
        if self._waiting > LONGEST and self.error is None:
            self.error = _problem("too_long", self._line, LONGEST >> 20)

    def _parse(self, chunk: bytes) -> None:
        try:
            self._parser.Parse(chunk, not chunk)
        except expat.ExpatError as error:
            place = f"line {error.lineno}, column {error.offset + 1} ({expat.ErrorString(error.code)})"
            self.error = _problem("malformed", error.lineno, place)
        except (LookupError, ValueError) as error:
            if isinstance(error, UnsafeMarkup):
                raise
            self.error = _problem("encoding", 1, error)

    def _plainly(self, text: str) -> list[Piece] | None:
        """The children of markup that is nothing but tags and text, one child after the other; None if it is not so plain."""
        pieces = []
        line = self._line
        for child in _one_break(text).split("</Child>")[:-1]:
            parts = child.replace("<", ">").split(">")
            tags, outside = parts[1::2], parts[0]
            # As many parts as `<` and `>` in equal number make: so each opens or closes a tag, and none is in the text.
            if (
                len(parts) != 2 * child.count("<") + 1
                or tags[:1] != ["Child"]
                or outside.strip()
                or not _are_names(tags)
            ):
                return None
            pieces.append(Piece(line + outside.count("\n"), "", tags, parts[2::2]))
            line += child.count("\n")
        self._line = line
        return pieces

    def _carefully(self, tokens: list[str], *, whole: bool = True) -> Iterator[Piece]:
        """The children of markup of any shape, and what stands outside them. The last is cut short if not `whole`."""
        stretch: list[str] = []
        begun = False
        for part in _evenly_spaced(tokens):
            if part == "<Child>" and not begun:
                yield from self._outside(stretch)
                stretch, begun = [], True
            stretch.append(part)
            if part == "</Child>" and begun:
                yield self._piece(stretch)
                stretch, begun = [], False
        if begun:
            piece = self._piece(stretch)
            piece.whole = whole
            yield piece
        else:
            yield from self._outside(stretch)

    def _outside(self, tokens: list[str]) -> Iterator[Piece]:
        piece = self._piece(tokens)
        piece.is_child = False
        if piece.tags or piece.before.strip():
            yield piece

    def _piece(self, tokens: list[str]) -> Piece:
        """One piece of any shape: with comments, attributes, references, empty tags, tags spread over lines."""
        tags: list[str] = []
        texts: list[list[str]] = [[]]
        lines: list[int] = []
        line = self._line
        for token in tokens:
            found = _tags(token)
            if found is None:
                texts[-1].append(_REFERENCE.sub(_meant, token) if "&" in token else token)
            for tag in found or ():
                tags.append(tag)
                texts.append([])
                lines.append(self._line)
            self._line += _one_break(token).count("\n")
        before, *after = ["".join(parts) for parts in texts]
        return Piece(line, before, tags, after, lines)


def _problem(code: str, line: int, value: object = "") -> Problem:
    return Problem(line, "", "", code, RULES[code].format(value=value))


def _parser(flat: list[str]) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    append: Callable[[str], None] = flat.append

    def quoted(text: str) -> None:
        append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))

    def quotation_begins() -> None:
        parser.DefaultHandler = quoted

    def quotation_ends() -> None:
        parser.DefaultHandler = append

    def declares(*_: object) -> None:
        raise UnsafeMarkup(_problem("doctype", parser.CurrentLineNumber))

    parser.DefaultHandler = append
    parser.StartCdataSectionHandler = quotation_begins
    parser.EndCdataSectionHandler = quotation_ends
    parser.StartDoctypeDeclHandler = declares
    parser.EntityDeclHandler = declares
    return parser


def _evenly_spaced(tokens: Iterable[str]) -> Iterator[str]:
    """The tags of children written plainly. Line breaks inside a tag follow it, or later lines would be counted wrong."""
    for token in tokens:
        if token.startswith(("<Child", "</Child")):
            name = _NAME.search(token, 1)
            if name is not None and name[0] == "Child":
                yield "</Child>" if token[1] == "/" else "<Child>"
                yield "\n" * _one_break(token).count("\n")
                if token.endswith("/>"):
                    yield "</Child>"
                continue
        yield token


def _one_break(text: str) -> str:
    """The text with every line break written as one character, as XML has it."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _are_names(tags: list[str]) -> bool:
    """Whether the tags hold nothing but names. Those that the return asks for are; any other is looked at."""
    return ASKED_FOR.issuperset(tags) or all(_TAG.fullmatch(tag) for tag in tags)


def _tags(token: str) -> list[str] | None:
    """The tags in a token: two for an empty one, none for a comment; None for text."""
    if token[:1] != "<":
        return None
    if token[1] in "!?":
        return []
    if token[1] == "/":
        return ["/" + token[2:].rstrip(" \t\r\n").rstrip(">").rstrip(" \t\r\n")]
    name = token[1 : _NAME.match(token, 1).end()]  # type: ignore[union-attr]  # expat has seen the name
    return [name, "/" + name] if token.endswith("/>") else [name]


def _meant(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED.get(found[3], found[0])
    return chr(int(found[1]) if found[1] else int(found[2], 16))
