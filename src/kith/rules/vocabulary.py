"""The vocabulary of a procedure: which kinds of event there are, what each names, and what each can say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

ANSWERS = ("yes_no", "number", "date", "moment", "period", "choice", "choices", "person", "link", "text")


@dataclass(frozen=True)
class Field:
    """One answer an event can carry: its kind of answer, its options if they are a list, and its words in English."""

    id: str
    answer: str
    options: tuple[str, ...] = ()
    called: str = ""
    yes: str = ""
    no: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of event, `visit.made` or with its type `meeting.held/core_group`."""

    id: str
    noun: str
    was: str
    phrase: str
    names: tuple[str, ...]
    fields: Mapping[str, Field]
    act: bool = False
    protective: bool = False
    right: bool = False


@dataclass
class Stem:
    """What kinds are made of: `visit` in `visit.made`. Later packs add to a stem and never redefine it."""

    id: str
    noun: str
    names: list[str] = field(default_factory=list)
    types: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, dict[str, Any]] = field(default_factory=dict)
    acts: set[str] = field(default_factory=set)
    protective: set[str] = field(default_factory=set)
    rights: set[str] = field(default_factory=set)


class Vocabulary:
    """Every kind of a stack of packs. `kind()` answers for a kind with its type or without."""

    def __init__(self, stems: Mapping[str, Stem], fields: Mapping[str, Field]) -> None:
        self.stems = stems
        self.fields = fields
        self._kinds: dict[str, Kind | None] = {}

    def kind(self, kind: str) -> Kind | None:
        """The kind, or None if the vocabulary has no such kind."""
        if kind not in self._kinds:
            self._kinds[kind] = self._make(kind)
        return self._kinds[kind]

    def all_kinds(self) -> list[str]:
        """Every kind, with each of its types, in the order of the packs."""
        kinds = []
        for stem in self.stems.values():
            for verb in stem.kinds:
                kinds.append(f"{stem.id}.{verb}")
                kinds += [f"{stem.id}.{verb}/{a_type}" for a_type in stem.types]
        return kinds

    def _make(self, kind: str) -> Kind | None:
        base, _, a_type = kind.partition("/")
        stem_id, _, verb = base.partition(".")
        stem = self.stems.get(stem_id)
        if stem is None or verb not in stem.kinds or (a_type and a_type not in stem.types):
            return None
        says = stem.kinds[verb]
        fields = {}
        for item in says.get("fields", ()):
            own = item if isinstance(item, dict) else {"id": item}
            fields[own["id"]] = self._field(own)
        typed = f"{verb}/{a_type}"
        return Kind(
            id=kind,
            noun=stem.types.get(a_type, stem.noun),
            was=says.get("was") or f"was {verb.replace('_', ' ')}",
            phrase="" if a_type else says.get("phrase", ""),
            names=tuple(dict.fromkeys([*stem.names, *says.get("names", ())])),
            fields=fields,
            act=verb in stem.acts or typed in stem.acts,
            protective=verb in stem.protective or typed in stem.protective,
            right=verb in stem.rights or typed in stem.rights,
        )

    def _field(self, own: Mapping[str, Any]) -> Field:
        shared = self.fields.get(own["id"])
        base = shared or Field(own["id"], own.get("answer", "choice"))
        return Field(
            id=base.id,
            answer=own.get("answer", base.answer),
            options=tuple(own.get("options", base.options)),
            called=own.get("called") or base.called or f"the {base.id.replace('_', ' ')}",
            yes=own.get("yes", base.yes),
            no=own.get("no", base.no),
        )


def nearest(word: str, words: Iterable[str]) -> str:
    """`; did you mean “visit.made”?` for a word that is nearly one of the words, otherwise nothing."""
    from difflib import get_close_matches  # here, because only a mistake needs it

    close = get_close_matches(str(word), [str(one) for one in words], n=1, cutoff=0.6)
    return f"; did you mean “{close[0]}”?" if close else ""
