"""A pack put into words: the handbook a practice lead can read, and one item of it on a screen."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kith.rules.check_sources import Register
from kith.rules.compiling import clause_list
from kith.rules.english import FILLED_IN, English
from kith.rules.lines import listed
from kith.rules.stack import Item, Stack, settled
from kith.rules.vocabulary import nearest

STRENGTH = {"must": "must", "should": "should", "may": "may", "states": "the source states it"}
OTHERWISE = {"insist": "Insists", "explain": "Asks for a reason", "prompt": "Only shows"}
SECTIONS = {
    "population": "It is for a case where", "reasons": "Any one of these is enough", "excluded": "Not where",
    "silent": "The source is silent where", "excused": "Shown beside the answer where",
}  # fmt: skip
SEVERAL = {"earliest": "the earliest of these:", "latest": "the latest of these:"}
COMES = {"earliest": ", whichever comes first", "latest": ", whichever comes last"}
LONGEST_LINE = 120


class Handbook:
    """Says what a stack says, in the words of the pack."""

    def __init__(self, stack: Stack, registers: Mapping[str, Register]) -> None:
        self.stack, self.english = stack, English(stack)
        self.clauses = {clause: said for register in registers.values() for clause, said in register.items()}

    def duty(self, item: Item) -> Iterator[str]:
        """A duty, line by line."""
        whole = settled(item, self.stack.settings)
        yield f"### {FILLED_IN.sub('', whole['title'])}"
        yield ""
        yield f"`{whole['id']}` · {self.owner(whole)} · {STRENGTH[whole['strength']]}{' · statutory' if whole.get('statutory') else ''}"
        yield ""
        yield from self.due(whole)
        yield from self.limits(whole)
        for key, label in (
            ("met_by", "Met when"),
            ("extended_by", "Extended when"),
            ("falls_away_on", "Falls away when"),
        ):
            if key in whole:
                yield from self.clauses_said(label, whole[key])
        if "earlier_counts" in whole:
            back = (
                "at any time before" if whole["earlier_counts"] is True else f"in the {whole['earlier_counts']} before"
            )
            yield f"- Something done {back} counts too"
        if whole.get("note"):
            yield f"- Note: {whole['note']}"
        yield from self.cited(whole["cites"])

    def owner(self, duty: Item) -> str:
        """Who owes it."""
        owner = duty["owed_by"]
        if not isinstance(owner, str):
            return "Whoever is named in the record"
        return f"Each {owner}" if owner in listed(duty["per"]) else self.stack.role_title(owner)

    def limits(self, duty: Item) -> Iterator[str]:
        """Whom it is owed for, and on what it depends."""
        for group in (duty.get("each") or {}).values():
            yield f"- Owed for each {self.stack.facts()[group].words.get('one', group)}"
        if "beside" in duty and duty["beside"] in self.stack.duties():
            yield f"- Runs beside: {self.stack.duties()[duty['beside']]['title']} (`{duty['beside']}`)"
        if "only_if" in duty:
            yield from self.condition("Only if", duty["only_if"])
        for fact in listed(duty.get("only_while")):
            yield f"- Only while {self.english.during(fact)}"

    def due(self, duty: Item) -> Iterator[str]:
        """When it is due, counted from what: a line, or a list where there are several ways."""
        take, starts = str(duty.get("take", "")), clause_list(duty["starts_from"])
        lines = self.several(starts, take)
        if "quota" in duty:
            quota = duty["quota"]
            of = " or ".join(line for one in clause_list(quota["of"]) for line in self.clause(one))
            said = f"in at least {quota['share']} of the times when {of}, {self.english.condition(quota['counts'])}"
            yield from _item("Due:", [f"{said}; counted after {lines[0]}", *lines[1:]])
        elif "repeats" in duty:
            yield from _item("Due:", [f"{self.repeats(duty['repeats'])}, after {lines[0]}", *lines[1:]])
        else:
            yield from self.due_ways(duty, starts, take)

    def due_ways(self, duty: Item, starts: list[Item], take: str) -> Iterator[str]:
        """Each way of working out the day, with the starts that go with it."""
        ways: dict[str, list[Item]] = {}
        for one in starts:
            ways.setdefault(repr(one.get("due", duty.get("due"))), []).append(one)
        said = []
        for clauses in ways.values():
            rule = clauses[0].get("due", duty.get("due"))
            counts = clauses[0].get("counts_from", duty.get("counts_from"))
            lines = self.several(clauses, take)
            way = self.due_rule(rule, counts).format(lines[0])
            said.append([re.sub("on the day (?=any|the (?:ear|la)[a-z]+est)", "on the day of ", way), *lines[1:]])
        if duty.get("counting") == "beginning_with":
            said[-1][-1] += ", that day counting as day one"
        several = [f"one of these{COMES.get(take, '')}:", *(line for way in said for line in _bullet(way))]
        yield from _item("Due:", said[0] if len(said) == 1 else several)

    def due_rule(self, due: Any, counts: str | None = None) -> str:
        """One way of working out a due day, in words, with {} for what starts it."""
        if due == "none" or due is None:
            return "no date is set; owed after {}"
        if due == "same day":
            return "on the day {}"
        if isinstance(due, str):
            day = {"end": "the end of it"}.get(str(counts)) or (self.english.called(counts) if counts else "")
            return f"{due} after {day}; owed after {{}}" if day else f"{due} after {{}}"
        if "by" in due:
            return f"before {self.english.before(due['by'])}; owed after {{}}"
        return f"{self.due_day(due, counts)}; owed after {{}}"

    def due_day(self, due: Any, counts: str | None) -> str:
        """A due day that is a field, a fact, a period from one, or the earliest of several."""
        if isinstance(due, str):
            return self.due_rule(due, counts).partition("; owed after ")[0].removesuffix(" after {}")
        if "field" in due:
            return self.english.called(due["field"])
        if "earliest" in due:
            return " or ".join(self.due_day(one, counts) for one in due["earliest"]) + ", whichever comes first"
        called = self.stack.facts()[due["date"]].words.get("called", due["date"].replace("_", " "))
        side = next((one for one in ("before", "after") if one in due), None)
        return f"{due[side]} {side} {called}" if side else called

    def repeats(self, repeats: Item) -> str:
        """How it repeats, in words."""
        every = repeats.get("every")
        if isinstance(every, dict):
            said = f"as often as is agreed ({self.english.called(every['field'])})"
        elif every == "calendar month":
            said = "once in every calendar month"
        elif every is not None:
            times = repeats.get("times")
            said = f"{f'{times} times in ' if times else ''}every {every}"
        else:
            said = ", then ".join(self._phase(one) for one in repeats["phases"])
        if "pattern" in repeats:
            said += f", or as set when {self.english.kind(repeats['pattern']['event'])}"
        return said

    def _phase(self, phase: Item) -> str:
        every = str(phase["every"])
        if phase.get("for") == "1 time":
            return f"within {every}"
        said = f"every {every.removeprefix('1 ')}"
        if "for" in phase:
            said += f" for {phase['for']}"
        return said + (f" until {self.english.kind(phase['until'])}" if "until" in phase else "")

    def clause(self, one: Item) -> list[str]:
        """What happened, and which of them counts: a line, or several where the condition is a list."""
        if "recording_of" in one:
            of = self.english.kind(one["recording_of"])
            made = of.endswith(" was made")
            return [f"the record of {of}" if made else f"it was recorded that {of}"]
        said = self.english.kind(one["event"])
        if "where" not in one:
            return [said]
        first, *rest = self.english.condition(one["where"]).split("\n")
        return [f"{said} where {first}", *rest]

    def several(self, clauses: list[Item], take: str = "") -> list[str]:
        """Clauses as one line where they are short, otherwise as a list."""
        each = [list(one) for one in dict.fromkeys(tuple(self.clause(one)) for one in clauses)]
        if len(each) == 1:
            return each[0]
        line = f"{', '.join(one[0] for one in each[:-1])} or {each[-1][0]}"
        if len(line) <= LONGEST_LINE and " where " not in line and all(len(one) == 1 for one in each):
            return [line + COMES.get(take, "")]
        return [SEVERAL.get(take, "any of these:"), *(line for one in each for line in _bullet(one))]

    def clauses_said(self, label: str, written: Any) -> Iterator[str]:
        """A label and its clauses."""
        clauses: list[Item] = (
            [written] if isinstance(written, dict) and "recording_of" in written else list(clause_list(written))
        )
        first, *rest = self.several(clauses)
        yield from _item(label, [first.replace("any of these:", "any of these happened:"), *rest])

    def condition(self, label: str, condition: Item) -> Iterator[str]:
        """A condition as a line, or a line and an indented list."""
        yield from _item(f"{label}:", self.english.condition(condition).split("\n"))

    def gate(self, item: Item) -> Iterator[str]:
        """A gate, line by line."""
        whole = settled(item, self.stack.settings)
        yield f"### {whole['say']}"
        yield ""
        yield f"`{whole['id']}` · {OTHERWISE[whole['otherwise']]} · {STRENGTH[whole['strength']]}"
        yield ""
        yield f"- Before {' or '.join(self.english.before(one) for one in listed(whole['before']))}"
        if "if" in whole:
            yield from self.condition("Asked when", whole["if"])
        yield from self.condition("Needs", whole["needs"])
        if whole.get("may_explain"):
            yield f"- A reason may be given by: {self.roles(whole['may_explain'])}, or their deputy"
        yield from self.cited(whole["cites"])

    def route(self, item: Item) -> Iterator[str]:
        """A route, line by line."""
        whole = settled(item, self.stack.settings)
        yield f"### {whole.get('title') or whole['id'].replace('_', ' ').capitalize()}"
        yield ""
        yield f"`{whole['id']}` · decided by {self.roles(whole.get('decided_by'))}"
        yield ""
        for section, label in SECTIONS.items():
            if whole.get(section):
                yield f"- {label}:"
            for line in whole.get(section) or ():
                first, *rest = self.english.condition(line["if"]).split("\n")
                leads = f"; leads to {self.named(line['redirects_to'])}" if line.get("redirects_to") else ""
                yield f"    - {first.removesuffix(':')} ({', '.join(line['cites'])}{leads}){':' if rest else ''}"
                yield from (f"    {more}" for more in rest)

    def roles(self, roles: Any) -> str:
        """Roles as a list in a sentence."""
        titles = [self.stack.role_title(one) for one in listed(roles)]
        return " or ".join(filter(None, [", ".join(titles[:-1]), *titles[-1:]]))

    def named(self, value: Any) -> str:
        """Something a pack names, in its own word for it, as a role, or in plain words."""
        if isinstance(value, list):
            return ", ".join(self.named(one) for one in value)
        if not isinstance(value, str):
            return plain(value)
        return self.stack.words.get(value) or self.stack.role_title(value)

    def meeting(self, item: Item) -> Iterator[str]:
        """A kind of meeting, line by line."""
        yield f"### {item['title']}"
        yield ""
        for key, value in item.items():
            if key not in ("type", "title", "cites") and value:
                label = "Who it is for" if key == "asks_route" else key.replace("_", " ").capitalize()
                yield f"- {label}: {self.detail(key, value)}"
        yield from self.cited(item["cites"])

    def detail(self, key: str, value: Any) -> str:
        """One thing a meeting says of itself: who chairs, who comes, its papers, its stages."""
        if key == "asks_route":
            return str(self.stack.items["routes"][value].get("title") or self.named(value))
        if isinstance(value, list):
            return (
                "; ".join(self.detail(key, one) for one in value) if isinstance(value[0], dict) else self.named(value)
            )
        if not isinstance(value, dict):
            return self.named(value)
        lead = next((value[one] for one in ("roles", "who", "what", "id") if one in value), None)
        rest = [
            self._aside(one, said) for one, said in value.items() if one not in ("roles", "who", "what", "id", "cites")
        ]
        if lead is None:
            return "; ".join(rest)
        said = self.roles(lead) if key == "chair" else self.named(lead)
        return f"{said} ({'; '.join(rest)})" if rest else said

    def _aside(self, key: str, value: Any) -> str:
        if key == "if":
            return f"if {self.english.condition(value)}"
        if isinstance(value, dict):
            return f"{key.replace('_', ' ')} ({plain(value)})"
        said = plain(value) if isinstance(value, bool) else self.named(value)
        return f"{key.replace('_', ' ')}: {said}"

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


def _bullet(lines: list[str]) -> list[str]:
    return [f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]


def _item(label: str, lines: list[str]) -> Iterator[str]:
    yield f"- {label} {lines[0]}"
    yield from (f"  {line}" for line in lines[1:])


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
        items = [settled(_whole(one, stack), stack.settings) for one in document.get(name, ())]
        if items:
            lines += [f"## {heading}", ""]
        for item in items:
            lines += [*say(item), ""]
    lines += list(_readings(document)) + list(_lists(stack)) + list(_map(document, registers))
    return "\n".join(lines).rstrip() + "\n"


def _whole(item: Item, stack: Stack) -> Item:
    """A duty that tightens another says only what it changes: the whole of it is the other's, as tightened."""
    return stack.duties()[item["tightens"]] if "tightens" in item else item


def _readings(document: Item) -> Iterator[str]:
    settings = document.get("settings") or {}
    if settings:
        yield from ("## Readings taken where the source is silent", "")
    for name, setting in settings.items():
        instead = f" Another reading: {plain(setting['instead_of'])}." if "instead_of" in setting else ""
        value = plain(setting["value"]) if setting["value"] is not None else "not set"
        yield f"- **{name.replace('_', ' ').capitalize()}**: {value}. {str(setting['because']).rstrip('.')}.{instead} ({', '.join(setting['cites'])})"
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
        yield from (f"## Every clause of {source.get('title', source['id'])}", "")
        yield from ("| Clause | What it says | Carried by |", "|---|---|---|")
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
