"""A pack put into words: the handbook a practice lead can read, and one item of it on a screen."""

from collections.abc import Iterator, Mapping
from typing import Any

from kith.rules.check_sources import Register
from kith.rules.compiling import clause_list
from kith.rules.english import English
from kith.rules.lines import listed
from kith.rules.stack import Item, Stack, settled
from kith.rules.vocabulary import nearest

STRENGTH = {"must": "must", "should": "should", "may": "may", "states": "the source states it"}
OTHERWISE = {"insist": "Insists", "explain": "Asks for a reason", "prompt": "Only shows"}
SECTIONS = {
    "population": "It is for", "reasons": "Because of any of", "excluded": "Not where", "silent": "The guidance is silent where",
    "excused": "Excused where",
}  # fmt: skip


class Handbook:
    """Says what a stack says, in the words of the pack."""

    def __init__(self, stack: Stack, registers: Mapping[str, Register]) -> None:
        self.stack, self.english = stack, English(stack)
        self.clauses = {clause: said for register in registers.values() for clause, said in register.items()}

    def duty(self, item: Item) -> Iterator[str]:
        """A duty, line by line."""
        whole = settled(item, self.stack.settings)
        yield f"### {whole['title']}"
        yield ""
        yield f"`{whole['id']}` · {self.owner(whole['owed_by'])} · {STRENGTH[whole['strength']]}{' · statutory' if whole.get('statutory') else ''}"
        yield ""
        yield f"- Due: {self.due(whole)}"
        yield f"- Starts when {self.clause_words(whole['starts_from'])}"
        if "only_if" in whole:
            yield from self.condition("Only if", whole["only_if"])
        for fact in listed(whole.get("only_while")):
            yield f"- Only while {self.stack.facts()[fact].words.get('is', fact)}"
        if "met_by" in whole:
            yield f"- Met when {self.met(whole['met_by'])}"
        if "extended_by" in whole:
            yield f"- Extended when {self.clause_words(whole['extended_by'])}"
        if "falls_away_on" in whole:
            yield f"- Falls away when {self.clause_words(whole['falls_away_on'])}"
        if whole.get("note"):
            yield f"- Note: {whole['note']}"
        yield from self.cited(whole["cites"])

    def owner(self, owner: Any) -> str:
        """Who owes it."""
        return self.stack.role_title(owner) if isinstance(owner, str) else "whoever is named in the record"

    def due(self, duty: Item) -> str:
        """When it is due, in words."""
        if "quota" in duty:
            quota = duty["quota"]
            return f"at least {quota['share']} of those where {self.english.condition(quota['counts'])}"
        if "repeats" in duty:
            return self.repeats(duty["repeats"])
        own = [one["due"] for one in clause_list(duty["starts_from"]) if "due" in one] if "due" not in duty else []
        said = list(dict.fromkeys(self.due_rule(one) for one in ([duty["due"]] if "due" in duty else []) + own))
        first = (
            {"earliest": "the earliest of: ", "latest": "the latest of: "}.get(duty.get("take", ""), "")
            if len(said) > 1
            else ""
        )
        counting = ", the first day counting as day one" if duty.get("counting") == "beginning_with" else ""
        return first + "; ".join(said) + counting

    def due_rule(self, due: Any) -> str:
        """One way of working out a due day, in words."""
        if due == "none" or due is None:
            return "no date"
        if isinstance(due, str):
            return due if due == "same day" else f"{due} after"
        if "field" in due:
            return self.english.called(due["field"])
        if "by" in due:
            return f"before {self.english.kind(due['by'])}"
        if "earliest" in due:
            return "the earliest of: " + "; ".join(self.due_rule(one) for one in due["earliest"])
        called = self.stack.facts()[due["date"]].words.get("called", due["date"].replace("_", " "))
        side = next((one for one in ("before", "after") if one in due), None)
        return f"{due[side]} {side} {called}" if side else called

    def repeats(self, repeats: Item) -> str:
        """How it repeats, in words."""
        every = repeats.get("every")
        if isinstance(every, dict):
            said = f"as often as is agreed ({self.english.called(every['field'])})"
        elif every is not None:
            times = repeats.get("times")
            said = (
                f"{'once' if every == 'calendar month' else ''} in every {every}".strip()
                if every == "calendar month"
                else f"{f'{times} times in ' if times else ''}every {every}"
            )
        else:
            said = ", then ".join(self._phase(one) for one in repeats["phases"])
        if "pattern" in repeats:
            said += f"; or as often as is decided when {self.clause_words(repeats['pattern'])}"
        return said

    def _phase(self, phase: Item) -> str:
        said = f"every {phase['every']}"
        if "for" in phase:
            said += f" for {phase['for']}"
        return said + (f" until {self.english.kind(phase['until'])}" if "until" in phase else "")

    def met(self, written: Any) -> str:
        """What meets it, in words."""
        if isinstance(written, dict) and "recording_of" in written:
            return f"the record of {self.english.kind(written['recording_of']).removesuffix(' was made')} is made"
        return self.clause_words(written)

    def clause_words(self, written: Any) -> str:
        """Clauses in words, joined by “or”."""
        said = []
        for one in clause_list(written):
            where = f" where {self.english.condition(one['where'])}" if "where" in one else ""
            due = f" ({self.due_rule(one['due'])})" if "due" in one else ""
            said.append(self.english.kind(one["event"]) + where.replace("\n", " ") + due)
        return "; or ".join(dict.fromkeys(said))

    def condition(self, label: str, condition: Item) -> Iterator[str]:
        """A condition as a line, or a line and an indented list."""
        first, *rest = self.english.condition(condition).split("\n")
        yield f"- {label}: {first}"
        yield from (f"  {line}" for line in rest)

    def gate(self, item: Item) -> Iterator[str]:
        """A gate, line by line."""
        whole = settled(item, self.stack.settings)
        yield f"### {whole['say']}"
        yield ""
        yield f"`{whole['id']}` · {OTHERWISE[whole['otherwise']]} · {STRENGTH[whole['strength']]}"
        yield ""
        yield f"- Before: {'; '.join(self.english.kind(one) for one in listed(whole['before']))}"
        if "if" in whole:
            yield from self.condition("Asked when", whole["if"])
        yield from self.condition("Needs", whole["needs"])
        if whole.get("may_explain"):
            yield f"- A reason may be given by: {', '.join(self.stack.role_title(one) for one in listed(whole['may_explain']))}, or their deputy"
        yield from self.cited(whole["cites"])

    def route(self, item: Item) -> Iterator[str]:
        """A route, line by line."""
        whole = settled(item, self.stack.settings)
        yield f"### {whole.get('title') or whole['id'].replace('_', ' ').capitalize()}"
        yield ""
        yield f"`{whole['id']}` · decided by {', '.join(self.stack.role_title(one) for one in listed(whole.get('decided_by')))}"
        yield ""
        for section, label in SECTIONS.items():
            for line in whole.get(section) or ():
                leads = f" This leads to {line['redirects_to'].replace('_', ' ')}." if line.get("redirects_to") else ""
                yield from self.condition(f"{label} ({', '.join(line['cites'])})", line["if"])
                if leads:
                    yield f"  {leads.strip()}"

    def meeting(self, item: Item) -> Iterator[str]:
        """A kind of meeting, line by line."""
        yield f"### {item['title']}"
        yield ""
        for key, value in item.items():
            if key not in ("type", "title", "cites"):
                yield f"- {key.replace('_', ' ').capitalize()}: {plain(value)}"
        yield from self.cited(item["cites"])

    def cited(self, cites: list[str]) -> Iterator[str]:
        """Each clause with what it says, or the instrument and provision."""
        for one in cites:
            if one in self.clauses:
                yield f"- {one}: {self.clauses[one]['text']}"
            else:
                source = self.stack.sources.get(one, {})
                yield f"- {one}: {source.get('instrument', source.get('title', ''))}, {source.get('provision', '')}".rstrip(
                    ", "
                )


def handbook(stack: Stack, registers: Mapping[str, Register]) -> str:
    """The whole handbook of a pack's own part, as Markdown."""
    book, document = Handbook(stack, registers), stack.own.document
    based = document.get("based_on")
    lines = [
        f"# {document['title']}", "",
        f"Pack `{stack.label}`, in force from {stack.in_force_from}{f', on top of `{based}`' if based else ''}. Generated from the pack: change the pack, not this page.", "",
    ]  # fmt: skip
    for name, heading, say in (
        ("duties", "What is owed, and by when", book.duty),
        ("gates", "What is asked before an act", book.gate),
        ("routes", "Who it is for", book.route),
        ("meetings", "Meetings", book.meeting),
    ):
        items = [settled(one, stack.settings) for one in document.get(name, ())]
        if items:
            lines += [f"## {heading}", ""]
        for item in items:
            lines += [*say(item), ""]
    lines += list(_readings(document)) + list(_lists(stack)) + list(_map(document, registers))
    return "\n".join(lines).rstrip() + "\n"


def _readings(document: Item) -> Iterator[str]:
    settings = document.get("settings") or {}
    if settings:
        yield from ("## Readings taken where the source is silent", "")
    for name, setting in settings.items():
        instead = f" Another reading: {plain(setting['instead_of'])}." if "instead_of" in setting else ""
        value = plain(setting["value"]) if setting["value"] is not None else "not set"
        yield f"- **{name.replace('_', ' ')}**: {value}, because {str(setting['because']).rstrip('.')}.{instead} ({', '.join(setting['cites'])})"
    if settings:
        yield ""


def _lists(stack: Stack) -> Iterator[str]:
    document = stack.own.document
    if document.get("roles"):
        yield from ("## Roles", "")
        for role in document["roles"]:
            deputy = f"; deputy: {stack.role_title(role['deputy'])}" if role.get("deputy") else ""
            yield f"- {role['title']} (`{role['id']}`){deputy}{'; no login' if role.get('login') is False else ''}"
        yield ""
    if document.get("words"):
        yield from ("## Words", "")
        yield from (f"- `{key}`: {word}" for key, word in document["words"].items())
        yield ""
    if document.get("measures"):
        yield from ("## What is counted", "")
        yield from (f"- {one['title']} ({', '.join(one['cites'])})" for one in document["measures"])
        yield ""


def _map(document: Item, registers: Mapping[str, Register]) -> Iterator[str]:
    for source in document.get("sources", ()):
        clauses = source.get("clauses")
        if not clauses:
            continue
        yield from (
            f"## Every clause of {source.get('title', source['id'])}",
            "",
            "| Clause | What it says | Carried by |",
            "|---|---|---|",
        )
        for clause, row in clauses.items():
            how, value = next(iter(row.items()))
            carried = {"coded_as": "", "planned": "planned: ", "not_coded": "not coded: "}[how] + plain(value)
            yield f"| {clause} | {registers[source['register']][clause]['text'].replace('|', '/')} | {carried.replace('|', '/')} |"
        yield ""


def shown(stack: Stack, registers: Mapping[str, Register], item: str | None) -> str:
    """One item of a stack in words, or the list of what it holds. Raises KeyError with the nearest id."""
    book = Handbook(stack, registers)
    if item is None:
        return "\n".join(_overview(stack))
    for kind, say in (("duties", book.duty), ("gates", book.gate), ("routes", book.route), ("meetings", book.meeting)):
        if item in stack.items[kind]:
            return "\n".join(say(settled(stack.items[kind][item], stack.settings)))
    for kind in ("roles", "facts", "measures", "letters"):
        if item in stack.items[kind]:
            return "\n".join(
                f"{key.replace('_', ' ')}: {plain(value)}" for key, value in stack.items[kind][item].items()
            )
    every = [one for kind in stack.items.values() for one in kind]
    raise KeyError(f"{stack.label} has nothing called “{item}”{nearest(item, every)}")


def _overview(stack: Stack) -> Iterator[str]:
    yield f"{stack.own.document['title']} ({stack.label}), in force from {stack.in_force_from}"
    for kind in ("duties", "gates", "routes", "meetings"):
        yield ""
        yield f"{kind.capitalize()}:"
        for item_id, item in stack.items[kind].items():
            origin = stack.origin[kind, item_id]
            whose = "" if origin is stack.own else f"  [{origin.name}]"
            yield f"  {item_id}: {item.get('title') or item.get('say') or item_id.replace('_', ' ')}{whose}"


def plain(value: Any) -> str:
    """Data of a pack as a phrase."""
    if isinstance(value, dict):
        return "; ".join(f"{key.replace('_', ' ')}: {plain(one)}" for key, one in value.items() if key != "cites")
    if isinstance(value, list):
        return ", ".join(plain(one) for one in value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value).replace("_", " ")
