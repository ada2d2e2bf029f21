"""From stacks of packs to a procedure that runs: every version of every duty, its conditions as functions."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kith.rules.conditions import Conditions
from kith.rules.counters import Counters
from kith.rules.days import day_of
from kith.rules.durations import period
from kith.rules.duty import (
    AfterPeriod,
    ByEvent,
    Clause,
    Due,
    Duty,
    Each,
    Earliest,
    FromFact,
    FromField,
    NoDate,
    Pattern,
    Phase,
    Quota,
    Repeats,
    SameDay,
)  # fmt: skip
from kith.rules.facts import Fact, Update, group_update, latest_update, period_update
from kith.rules.gates import Gate
from kith.rules.lines import listed
from kith.rules.pack_files import Library
from kith.rules.procedure import Birthday, Procedure, Version
from kith.rules.routes import SECTIONS, Line, Route
from kith.rules.stack import Item, Stack, settled, stack_of

FOR_EVER = 1 << 40


def procedure(library: Library, label: str, adopt: Sequence[str] = (), *, as_if: bool = False) -> Procedure:
    """The procedure a council works by, over time: `lincolnshire`, or one version of it, `lincolnshire@2021-08`.

    Before the pack's own first version its base alone was in force. With `as_if`, the named version is taken to have been in
    force for ever. Raises UnknownPack, PackError.
    """
    stacks = list(_in_force(library, label, adopt))
    if as_if:
        stacks = [(0, stacks[-1][1])]
    return compiled(stacks)


def _in_force(library: Library, label: str, adopt: Sequence[str]) -> Iterator[tuple[int, Stack]]:
    name, _, version = label.partition("@")
    folders = library.versions(name)
    if version:
        folders = folders[: folders.index(library.find(label)) + 1]
    own = [stack_of(library, folder.label, adopt=adopt) for folder in folders]
    first = day_of(own[0].in_force_from)
    based_on = own[0].own.document.get("based_on")
    if based_on:
        for day, stack in _in_force(library, str(based_on), ()):
            if day < first:
                yield day, stack
    for stack in own:
        yield day_of(stack.in_force_from), stack


def compiled(stacks: Sequence[tuple[int, Stack]]) -> Procedure:
    """The procedure of several stacks, each in force from its day until the next one's."""
    last = stacks[-1][1]
    counters = Counters()
    facts = {fact_id: fact for _, stack in stacks for fact_id, fact in stack.facts().items()}
    conditions = Conditions(facts, last.vocabulary, counters)
    updates = _fact_updates(last, facts, conditions)
    duties = _Duties(conditions, facts)
    for place, (day, stack) in enumerate(stacks):
        duties.version(stack, day, stacks[place + 1][0] if place + 1 < len(stacks) else FOR_EVER)
    needed, counted = frozenset(conditions.asked) | _dates_and_groups(duties.made), counters.number
    versions = [_version(stack, day, conditions) for day, stack in stacks]
    made = Procedure(last.own.name, last.vocabulary, facts, counters, updates, duties.made, versions)
    made.needed = needed | {
        fact for role in last.items["roles"].values() for fact in (role.get("held_by") or {}).values()
    }
    made.counted = counted
    made.always_ends = frozenset(last.always_ends)
    made.birthdays = [Birthday(one["age"], one["event"], one["fact"]) for one in last.birthdays]
    made.holders = {
        role: facts[item["held_by"]["fact"]]
        for role, item in last.items["roles"].items()
        if isinstance(item.get("held_by"), dict)
    }
    return made


def _dates_and_groups(duties: Sequence[Duty]) -> set[str]:
    """The facts that duties use outside their conditions."""
    dues = [rule for duty in duties for rule in (duty.due, *(one.due for one in duty.starts if one.due is not None))]
    used = {fact.id for rule in dues for fact in rule.facts}
    return used | {fact.id for duty in duties for fact in (*duty.only_while, *(each.group for each in duty.each))}


def _fact_updates(
    stack: Stack, facts: Mapping[str, Fact], conditions: Conditions
) -> dict[str, list[tuple[str, Update]]]:
    updates: dict[str, list[tuple[str, Update]]] = {}

    def listen(clauses: Any, fact: Fact, make: Any) -> None:
        for written in clause_list(clauses):
            where = conditions.compile(written["where"], fact.per) if "where" in written else None
            updates.setdefault(written["event"], []).append((fact.id, make(where)))

    for item in stack.items["facts"].values():
        fact, value_field = facts[item["id"]], item.get("field")
        if fact.is_a == "latest":
            listen(item.get("from"), fact, lambda w, f=fact, v=value_field: latest_update(f, v, w, clears=False))
            listen(item.get("cleared_by"), fact, lambda w, f=fact, v=value_field: latest_update(f, v, w, clears=True))
        elif fact.is_a == "period":
            listen(item.get("opens"), fact, lambda w, f=fact: period_update(f, w, opens=True))
            listen(item.get("closes"), fact, lambda w, f=fact: period_update(f, w, opens=False))
        else:
            listen(item.get("joins"), fact, lambda w, f=fact: group_update(f, w, joins=True))
            listen(item.get("leaves"), fact, lambda w, f=fact: group_update(f, w, joins=False))
    return updates


class _Duties:
    """Every version of every duty; a duty that is the same in two versions is one."""

    def __init__(self, conditions: Conditions, facts: Mapping[str, Fact]) -> None:
        self.made: list[Duty] = []
        self._conditions, self._facts = conditions, facts
        self._lines: dict[str, list[Duty]] = {}
        self._texts: dict[int, str] = {}

    def version(self, stack: Stack, day: int, until: int) -> None:
        """Adds the duties in force from a day until another."""
        for item in stack.duties().values():
            whole = settled(item, stack.settings)
            text = json.dumps(whole, sort_keys=True, default=str)
            line = self._lines.setdefault(whole["id"], [])
            if line and line[-1].in_force_to == day and self._texts[id(line[-1])] == text:
                line[-1].in_force_to = until
                continue
            part = stack.origin["duties", whole["id"]]
            adopted_from = day_of(str(part.document["in_force_from"])) if day else 0
            duty = self._duty(whole, item, part.label)
            duty.in_force_from, duty.in_force_to = max(day, adopted_from), until
            duty.line = line
            self._texts[id(duty)] = text
            line.append(duty)
            self.made.append(duty)

    def _duty(self, item: Item, written: Item, pack: str) -> Duty:
        per = tuple(item["per"])
        tightens = item.get("tightens")
        duty = Duty(
            id=item["id"], title=item["title"], cites=tuple(item["cites"]), strength=item["strength"],
            owed_by=item["owed_by"], per=per, starts=self._clauses(item["starts_from"], per),
            take=item.get("take", "each"), due=due_of(item.get("due", "none"), self._facts),
            meets=self._meets(item.get("met_by"), per), ends=self._clauses(item.get("falls_away_on"), per),
            written=written, pack=pack,
        )  # fmt: skip
        duty.statutory = bool(item.get("statutory") or tightens)
        duty.by_recording = any(clause.recording for clause in duty.meets)
        duty.only_if = self._condition(item.get("only_if"), per)
        duty.only_while = tuple(self._facts[one] for one in listed(item.get("only_while")))
        duty.counts_from, duty.beginning_with = item.get("counts_from"), item.get("counting") == "beginning_with"
        duty.repeats = self._repeats(item.get("repeats"), per)
        duty.quota = self._quota(item.get("quota"), per)
        duty.each = tuple(Each(name, self._facts[group]) for name, group in (item.get("each") or {}).items())
        earlier = item.get("earlier_counts", False)
        duty.earlier = earlier if isinstance(earlier, bool) else period(earlier)
        duty.extends = self._clauses(item.get("extended_by"), per)
        duty.again_after = tuple(one["event"] for one in clause_list(item.get("again_after")))
        duty.goes_on_after = frozenset(listed(item.get("goes_on_after")))
        duty.bites_on = item.get("bites_on", "starts")
        return duty

    def _condition(self, written: Any, per: Sequence[str]) -> Any:
        return None if written is None else self._conditions.compile(written, per)

    def _clauses(self, written: Any, per: Sequence[str]) -> tuple[Clause, ...]:
        return tuple(self._clause(one, per) for one in clause_list(written))

    def _clause(self, written: Mapping[str, Any], per: Sequence[str]) -> Clause:
        return Clause(
            kind=written["event"],
            where=self._condition(written.get("where"), per),
            same=tuple(listed(written["same"])) if "same" in written else None,
            due=due_of(written["due"], self._facts) if "due" in written else None,
            counts_from=written.get("counts_from"),
            until=written.get("until"),
            written=written,
        )

    def _meets(self, written: Any, per: Sequence[str]) -> tuple[Clause, ...]:
        if isinstance(written, dict) and "recording_of" in written:
            return (Clause(kind=written["recording_of"], written=written, recording=True),)
        return self._clauses(written, per)

    def _repeats(self, written: Any, per: Sequence[str]) -> Repeats | None:
        if written is None:
            return None
        every, repeats = written.get("every"), Repeats(times=written.get("times", 1))
        if every == "calendar month":
            repeats.calendar_month = True
        elif isinstance(every, dict):
            repeats.every_field = every["field"]
        elif every is not None:
            repeats.phases = (Phase(period(every)),)
        else:
            repeats.phases = tuple(_phase(one) for one in written["phases"])
        if "pattern" in written:
            clause = self._clause(clause_list(written["pattern"])[0], per)
            repeats.pattern = Pattern(clause.kind, clause.written["field"], clause.written.get("from"), clause.where)
        return repeats

    def _quota(self, written: Any, per: Sequence[str]) -> Quota | None:
        if written is None:
            return None
        of = self._clause(clause_list(written["of"])[0], per)
        return Quota(of, int(str(written["share"]).rstrip("%")), self._conditions.compile(written["counts"], per))


def _phase(written: Mapping[str, Any]) -> Phase:
    phase = Phase(period(written["every"]), until=written.get("until"))
    lasts = written.get("for")
    if lasts is not None and str(lasts).partition(" ")[2] in ("time", "times"):
        phase.times = int(str(lasts).partition(" ")[0])
    elif lasts is not None:
        phase.lasts = period(lasts)
    return phase


def due_of(written: Any, facts: Mapping[str, Fact]) -> Due:
    """The way of working out a due day that is written `10 working days`, `{field: reply_by}`, `{before: P, date: FACT}` ..."""
    if written in ("none", None):
        return NoDate()
    if written == "same day":
        return SameDay()
    if isinstance(written, str):
        return AfterPeriod(period(written))
    if "field" in written:
        return FromField(written["field"])
    if "by" in written:
        return ByEvent(written["by"])
    if "earliest" in written:
        return Earliest([due_of(one, facts) for one in written["earliest"]])
    length = written.get("before") or written.get("after")
    return FromFact(facts[written["date"]], period(length) if length else None, "before" in written)


def clause_list(written: Any) -> list[Mapping[str, Any]]:
    """One clause or several, each as a mapping with its `event`."""
    return [{"event": one} if isinstance(one, str) else one for one in listed(written)]


MUST_INVITE = "must_invite"  # who must be invited to a kind of meeting, asked like the reasons of a route


def _version(stack: Stack, day: int, conditions: Conditions) -> Version:
    gates = tuple(_gate(settled(item, stack.settings), conditions) for item in stack.items["gates"].values())
    routes = {key: _route(settled(item, stack.settings), conditions) for key, item in stack.items["routes"].items()}
    for a_type, item in stack.items["meetings"].items():
        if wanted := settled(item, stack.settings).get("must_invite"):
            name = f"{MUST_INVITE}/{a_type}"
            reasons = [{"id": one["who"], "if": {"all": []}, **one} for one in wanted]
            routes[name] = _route({"id": name, "per": "guest", "reasons": reasons}, conditions)
    return Version(day, stack.label, gates, routes, stack)


def _gate(item: Item, conditions: Conditions) -> Gate:
    per, before = item.get("per", ""), tuple(listed(item["before"]))
    asker = (per or conditions.asker_of(before),)
    return Gate(
        id=item["id"],
        before=before,
        applies=conditions.compile(item["if"], asker) if "if" in item else None,
        needs=conditions.compile(item["needs"], asker),
        strength=item["strength"],
        otherwise=item["otherwise"],
        say=item["say"],
        cites=tuple(item["cites"]),
        per=per,
        may_explain=tuple(listed(item.get("may_explain"))),
        written=item,
    )


def _route(item: Item, conditions: Conditions) -> Route:
    per = item.get("per", "child")
    lines = {
        section: tuple(
            Line(
                id=line["id"],
                test=conditions.compile(line["if"], ("child" if per == "guest" else per,)),
                cites=tuple(line.get("cites", ())),
                redirects_to=line.get("redirects_to", ""),
                leans=line.get("leans", ""),
                say=line.get("say", ""),
                written=line,
            )
            for line in item.get(section, ())
        )
        for section in SECTIONS
    }
    title = item.get("title") or item["id"].replace("_", " ")
    return Route(item["id"], title, per, lines, tuple(listed(item.get("decided_by"))), tuple(listed(item.get("cites"))))
