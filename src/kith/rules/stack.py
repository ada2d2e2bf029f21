"""A stack: one version of a pack on top of the packs it is based on and adopts, merged into one whole."""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kith.rules.durations import NotAPeriod, period
from kith.rules.facts import Fact
from kith.rules.lines import listed
from kith.rules.pack_files import Library, UnknownPack
from kith.rules.problems import Problems
from kith.rules.vocabulary import Field, Stem, Vocabulary, nearest

ITEMS = ("facts", "duties", "gates", "routes", "roles", "forms", "meetings", "letters", "measures")
Item = Mapping[str, Any]


@dataclass
class Part:
    """One pack of a stack."""

    name: str
    version: str
    document: Mapping[str, Any]
    own: bool = False

    @property
    def label(self) -> str:
        """`england@2013-04`."""
        return f"{self.name}@{self.version}"


@dataclass
class Stack:
    """Everything one version of a pack says, its base and adopted packs included. `origin` says which pack each item is from."""

    label: str
    in_force_from: str
    parts: list[Part]
    vocabulary: Vocabulary
    items: dict[str, dict[str, Item]]
    origin: dict[tuple[str, str], Part]
    settings: dict[str, Any]
    words: dict[str, str]
    sources: dict[str, Mapping[str, Any]]
    always_ends: list[str] = field(default_factory=list)
    birthdays: list[Mapping[str, Any]] = field(default_factory=list)

    def duties(self) -> dict[str, Item]:
        """The duties by id."""
        return self.items["duties"]

    @property
    def own(self) -> Part:
        """The pack the stack is named for."""
        return self.parts[-1]

    def word(self, key: str, otherwise: str = "") -> str:
        """The local word, or another, or the id in plain words."""
        return self.words.get(key) or otherwise or key.rpartition("/")[2].replace("_", " ")

    def role_title(self, role: Any) -> str:
        """What a role is called here."""
        if not isinstance(role, str):
            return "whoever is named"
        title = self.items["roles"].get(role, {}).get("title")
        return self.words.get(f"role/{role}") or title or role.replace("_", " ")

    def guidance_beside(self, form: str) -> list[Mapping[str, Any]]:
        """The companion guidance that stands beside a form: of each the title, and where to read it if the pack says."""
        every = [link for part in self.parts for link in part.document.get("links") or ()]
        return [link for link in every if form in listed(link.get("beside"))]

    def laws(self) -> dict[str, Mapping[str, Any]]:
        """The laws and guidance that the procedure rests on, by id: of each from which day, and of one replaced until when and by what."""
        return {str(law["id"]): law for part in self.parts for law in part.document.get("laws") or ()}

    def tools(self) -> list[Mapping[str, Any]]:
        """The forms, letters and pages that the procedure names as its tools: of each its title, what it opens and when it is used."""
        return [tool for part in self.parts for tool in part.document.get("tools") or ()]

    def control(self) -> Mapping[str, Any]:
        """What the document behind the procedure says of itself: its status, whose it is, who approved it, when it is next looked at; empty where it says nothing."""
        return dict(self.own.document.get("control") or {})

    def local_offers(self, day: str) -> list[Mapping[str, Any]]:
        """What the council offers every family of its own accord on a day (2026-11-28): the kind of meeting, who is eligible, and what families are told (FRG-028)."""
        every = [one for part in self.parts for one in part.document.get("local_offers") or ()]
        return [one for one in every if str(one["from"]) <= day and (not one.get("until") or day < str(one["until"]))]

    def facts(self) -> dict[str, Fact]:
        """The facts by id."""
        return {fact_id: fact_of(item) for fact_id, item in self.items["facts"].items()}


def fact_of(item: Item) -> Fact:
    """A fact as it is used from a fact as it is written."""
    per = item.get("of") if item.get("is_a") == "group" else item.get("per")
    names = (per,) if isinstance(per, str) else tuple(per or ())
    words = {key: str(item[key]) for key in ("is", "is_not", "one", "many", "called") if key in item}
    return Fact(item["id"], str(item.get("is_a")), names, str(item.get("member", "")), words)


def parts_of(
    library: Library, label: str, problems: Problems | None = None, adopt: Sequence[str] = (), above: Sequence[str] = ()
) -> list[Part]:
    """The packs of a stack from the ground up. With `problems`, the named pack is read from its files. Raises UnknownPack.

    `above` are the packs that stand on it already: none can be its base as well.
    """
    folder = library.find(label)
    if folder.label in above:
        raise UnknownPack(f"{folder.label} stands on itself: {' on '.join([*above, folder.label])}")
    above = (*above, folder.label)
    document = library.document(folder, problems)
    parts: list[Part] = []
    if document.get("based_on"):
        parts += parts_of(library, str(document["based_on"]), above=above)
    for adopted in [*listed(document.get("adopts")), *adopt]:
        for part in parts_of(library, adopted, above=above):
            if all(part.name != other.name for other in parts):
                parts.append(part)
    for part in parts:
        part.own = False
    return [*parts, Part(folder.name, folder.version, document, own=True)]


def stack_of(library: Library, label: str, problems: Problems | None = None, adopt: Sequence[str] = ()) -> Stack:
    """The stack of a pack version. Mistakes of its own pack go to `problems`, if given. Raises UnknownPack, PackError."""
    found = problems if problems is not None else Problems()
    try:
        parts = parts_of(library, label, problems, adopt)
    except UnknownPack as error:
        if problems is None:
            raise
        folder = library.find(label)
        document = library.document(folder, Problems())
        found.add(document, "based_on", str(error))
        parts = [Part(folder.name, folder.version, document, own=True)]
    return merge(parts, found)


def merge(parts: list[Part], problems: Problems) -> Stack:
    """Packs from the ground up, merged. A new id adds; one already there must say `replaces` and why."""
    own = parts[-1]
    stems: dict[str, Stem] = {}
    fields: dict[str, Field] = {}
    stack = Stack(
        label=own.label, in_force_from=str(own.document.get("in_force_from", "")), parts=parts,
        vocabulary=Vocabulary(stems, fields), items={kind: {} for kind in ITEMS}, origin={}, settings={}, words={}, sources={},
    )  # fmt: skip
    for part in parts:
        document = part.document
        _fields(fields, document, problems)
        _stems(stems, document, problems)
        stack.settings.update(document.get("settings") or {})
        stack.words.update(document.get("words") or {})
        for source in document.get("sources", ()):
            if isinstance(source, dict) and "id" in source:
                stack.sources[str(source["id"])] = source
        stack.always_ends += document.get("always_ends") or []
        stack.birthdays += document.get("birthdays") or []
        for removed in document.get("removes") or ():
            _remove(stack, removed, problems)
        for kind in ITEMS:
            for item in document.get(kind, ()):
                _place(stack, kind, item, part, problems)
    return stack


def _place(stack: Stack, kind: str, item: Any, part: Part, problems: Problems) -> None:
    key = "type" if kind == "meetings" else "id"
    if not isinstance(item, dict) or not isinstance(item.get(key), str):
        problems.add(item, None, f"each of {kind} needs “{key}”")
        return
    item_id = item[key]
    before = stack.items[kind].get(item_id)
    if kind == "duties" and "tightens" in item:
        _tighten(stack, item, part, problems)
        return
    if before is not None and not item.get("replaces"):
        there = stack.origin[kind, item_id].name
        problems.add(
            item, key, f"“{item_id}” is already in {there}; say replaces: true and because:, or choose another id"
        )
    if before is None and item.get("replaces"):
        problems.add(item, "replaces", f"there is no “{item_id}” to replace{nearest(item_id, stack.items[kind])}")
    if before is not None and item.get("replaces"):
        if not item.get("because"):
            problems.add(item, "replaces", f"“{item_id}” replaces another: say why, with because:")
        if kind == "duties" and before.get("statutory"):
            problems.add(item, key, f"“{item_id}” is a statutory duty: it can be tightened or joined, never replaced")
            return
    stack.items[kind][item_id] = item
    stack.origin[kind, item_id] = part


def _tighten(stack: Stack, item: Item, part: Part, problems: Problems) -> None:
    """A base duty with a shorter period: everything else stays as the base has it, and both sources are cited."""
    base = stack.items["duties"].get(item["tightens"])
    if base is None:
        problems.add(
            item, "tightens", f"there is no duty “{item['tightens']}”{nearest(item['tightens'], stack.items['duties'])}"
        )
        return
    try:
        shorter = period(str(item.get("due"))).no_longer_than(period(str(base.get("due"))))
    except NotAPeriod as error:
        problems.add(item, "due", f"a duty is tightened by a period: {error}")
        return
    if not shorter:
        problems.add(
            item,
            "due",
            f"“{item['tightens']}” allows {base['due']}; it can be tightened to a period of the same unit that is no longer, never loosened",
        )
        return
    cites = [*base["cites"], *(one for one in item.get("cites", ()) if one not in base["cites"])]
    tightened = {**base, "due": item["due"], "cites": cites, "tightened_by": part.label}
    stack.items["duties"][item["tightens"]] = tightened
    stack.origin["duties", item["tightens"]] = part


def _remove(stack: Stack, removed: Any, problems: Problems) -> None:
    item_id = removed.get("id") if isinstance(removed, dict) else None
    if not item_id or not removed.get("because") or not removed.get("cites"):
        problems.add(removed, None, "what is removed needs id, because and cites")
        return
    for kind in ITEMS:
        item = stack.items[kind].get(item_id)
        if item is None:
            continue
        if item.get("statutory"):
            problems.add(removed, "id", f"“{item_id}” is a statutory duty: it can never be removed")
        else:
            del stack.items[kind][item_id]
        return
    every = [one for kind in ITEMS for one in stack.items[kind]]
    problems.add(removed, "id", f"there is no “{item_id}” to remove{nearest(item_id, every)}")


def _fields(fields: dict[str, Field], document: Mapping[str, Any], problems: Problems) -> None:
    for item in document.get("fields", ()):
        if not isinstance(item, dict) or "id" not in item or "answer" not in item:
            problems.add(item, None, "a field needs id and answer")
            continue
        new = Field(
            item["id"], item["answer"], tuple(item.get("options") or ()), str(item.get("called", "")),
            str(item.get("yes", "")), str(item.get("no", "")),
        )  # fmt: skip
        old = fields.get(new.id)
        if old is not None and old.answer != new.answer:
            problems.add(item, "answer", f"“{new.id}” is already a {old.answer} field; a new meaning needs a new id")
            continue
        if old is not None:
            options = tuple(dict.fromkeys((*old.options, *new.options)))
            new = Field(new.id, new.answer, options, new.called or old.called, new.yes or old.yes, new.no or old.no)
        fields[new.id] = new


def _stems(stems: dict[str, Stem], document: Mapping[str, Any], problems: Problems) -> None:
    for item in document.get("events", ()):
        if not isinstance(item, dict) or "stem" not in item:
            problems.add(item, None, "each of events needs “stem”")
            continue
        stem = stems.get(item["stem"])
        if stem is None:
            stem = stems[item["stem"]] = Stem(item["stem"], str(item.get("noun") or item["stem"].replace("_", " ")))
        stem.names = list(dict.fromkeys([*stem.names, *(item.get("names") or ())]))
        stem.types = {**stem.types, **(item.get("types") or {})}
        for verb, says in (item.get("kinds") or {}).items():
            stem.kinds[verb] = _kind(stem.kinds.get(verb), says or {})
        stem.acts |= set(item.get("acts") or ())
        stem.protective |= set(item.get("protective") or ())
        stem.rights |= set(item.get("rights") or ())


def _kind(old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> dict[str, Any]:
    if old is None:
        return dict(new)
    said = {
        one["id"] if isinstance(one, dict) else one: one for one in (*old.get("fields", ()), *new.get("fields", ()))
    }
    names = list(dict.fromkeys([*old.get("names", ()), *new.get("names", ())]))
    return {**old, **new, "names": names, "fields": list(said.values())}


def with_settings(stack: Stack, values: Mapping[str, Any]) -> Stack:
    """The same stack with some settings given another value: a reading tried out, or a date entered."""
    changed = {name: {**stack.settings[name], "value": value} for name, value in values.items()}
    return replace(stack, settings={**stack.settings, **changed})


def settled(item: Any, settings: Mapping[str, Any]) -> Any:
    """A copy of an item in which every `{setting: S}` has become the value of the setting."""
    return _replace(item, lambda name: _setting(name, settings))


def _setting(name: str, settings: Mapping[str, Any]) -> Any:
    setting = settings.get(name)
    return setting.get("value") if isinstance(setting, Mapping) else copy.copy(setting)


def _replace(item: Any, value_of: Callable[[str], Any]) -> Any:
    if isinstance(item, dict):
        if set(item) == {"setting"}:
            return value_of(str(item["setting"]))
        return {key: _replace(value, value_of) for key, value in item.items()}
    return [_replace(one, value_of) for one in item] if isinstance(item, list) else item
