"""Conditions of a pack as functions: yes, no, or not known. Not known never starts, meets or satisfies anything."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from kith.rules.comparisons import comparison, settle_all
from kith.rules.counters import Counters
from kith.rules.days import age_on, day_of, iso
from kith.rules.durations import period
from kith.rules.events import Heard
from kith.rules.facts import Fact
from kith.rules.state import Condition, Key, Occurrence, State, key_reader
from kith.rules.vocabulary import Vocabulary

Compile = Callable[["Conditions", Mapping[str, Any], Sequence[str]], Condition]


class Conditions:
    """Compiles the conditions of one stack. Conditions were checked when the pack was read; here they are trusted."""

    def __init__(self, facts: Mapping[str, Fact], vocabulary: Vocabulary, counters: Counters) -> None:
        self._facts, self._vocabulary, self._counters = facts, vocabulary, counters
        self.asked: set[str] = {"date_of_birth", "expected_date_of_birth"}

    def compile(self, condition: Mapping[str, Any], asker: Sequence[str]) -> Condition:
        """The condition as a function of the state and the event in hand. `asker` is whose question it is: a duty's `per`."""
        tests = [self._test(word, condition, asker) for word in condition if word in self._tests]
        return tests[0] if len(tests) == 1 else _all(tests)

    def _known(self, fact_id: str) -> Fact:
        self.asked.add(fact_id)
        return self._facts[fact_id]

    def asker_of(self, kinds: Sequence[str]) -> str:
        """Whom a gate asks about: the child if every act it stands before can name one, else the family."""
        known = [self._vocabulary.kind(kind) for kind in kinds]
        return "child" if all(kind is not None and "child" in kind.names for kind in known) else "family"

    def _test(self, word: str, condition: Mapping[str, Any], asker: Sequence[str]) -> Condition:
        return self._tests[word](self, condition, asker)

    def _all_of(self, condition: Mapping[str, Any], asker: Sequence[str]) -> Condition:
        return _all([self.compile(one, asker) for one in condition["all"]])

    def _any_of(self, condition: Mapping[str, Any], asker: Sequence[str]) -> Condition:
        return _any([self.compile(one, asker) for one in condition["any"]])

    def _not(self, condition: Mapping[str, Any], asker: Sequence[str]) -> Condition:
        inner = self.compile(condition["not"], asker)

        def test(state: State, heard: Heard) -> bool | None:
            answer = inner(state, heard)
            return None if answer is None else not answer

        return test

    def _field(self, condition: Mapping[str, Any], _asker: Sequence[str]) -> Condition:
        name, compare = condition["field"], comparison(condition)
        if name == "when":
            return lambda state, heard: compare(iso(heard.event.day), state, heard)
        if name == "type":
            return lambda state, heard: compare(heard.event.kind.partition("/")[2] or None, state, heard)

        def test(state: State, heard: Heard) -> bool | None:
            value = heard.fields.get(name)
            return compare(heard.names.get(name) if value is None else value, state, heard)

        return test

    def _fact(self, condition: Mapping[str, Any], _asker: Sequence[str]) -> Condition:
        fact, compare = self._known(condition["fact"]), comparison(condition)
        key_of = fact.key_of

        def test(state: State, heard: Heard) -> bool | None:
            key = key_of(heard.names)
            value = None if key is None else state.latest.get(fact.id, {}).get(key)
            return compare(value, state, heard)

        return test

    def _during(self, condition: Mapping[str, Any], _asker: Sequence[str]) -> Condition:
        fact = self._known(condition["during"])
        key_of = fact.key_of
        lasted = period(condition["lasted"]) if "lasted" in condition else None

        def test(state: State, heard: Heard) -> bool | None:
            key = key_of(heard.names)
            if key is None:
                return None
            opened = state.periods.get(fact.id, {}).get(key)
            if opened is None or lasted is None:
                return opened is not None
            return lasted.after(opened, state.calendar) <= heard.event.day

        return test

    def _happened(self, condition: Mapping[str, Any], asker: Sequence[str]) -> Condition:
        occurrences = self._occurrences(condition, "happened", asker)

        def test(state: State, heard: Heard) -> bool | None:
            found = occurrences(state, heard)
            return None if found is None else bool(found)

        return test

    def _count(self, condition: Mapping[str, Any], asker: Sequence[str]) -> Condition:
        occurrences, compare = self._occurrences(condition, "count", asker), comparison(condition)

        def test(state: State, heard: Heard) -> bool | None:
            found = occurrences(state, heard)
            return None if found is None else compare(len(found), state, heard)

        return test

    def _total(self, condition: Mapping[str, Any], asker: Sequence[str]) -> Condition:
        occurrences, compare = self._occurrences(condition, "total", asker), comparison(condition)

        def test(state: State, heard: Heard) -> bool | None:
            found = occurrences(state, heard)
            return None if found is None else compare(sum(one.amount for one in found), state, heard)

        return test

    def _occurrences(
        self, condition: Mapping[str, Any], word: str, asker: Sequence[str]
    ) -> Callable[[State, Heard], list[Occurrence] | None]:
        kind = condition[word]
        same = tuple(condition.get("same") or self._shared_names(kind, asker))
        where = self.compile(condition["where"], asker) if "where" in condition else None
        counter = self._counters.add(kind, same, where, condition.get("of"), repr(condition.get("where")))
        key_of, since = key_reader(same), self._since(condition.get("since"), same)

        def find(state: State, heard: Heard) -> list[Occurrence] | None:
            key = key_of(heard.names)
            if key is None:
                return None
            found = state.counts[counter].get(key, [])
            return found if since is None else since(state, heard, key, found)

        return find

    def _since(
        self, since: str | None, same: Sequence[str]
    ) -> Callable[[State, Heard, Key, list[Occurrence]], list[Occurrence]] | None:
        if since is None:
            return None
        if " " in since:
            back = period(since)

            def within(state: State, heard: Heard, _key: Key, found: list[Occurrence]) -> list[Occurrence]:
                first = back.before(heard.event.day, state.calendar)
                return [one for one in found if one.day >= first]

            return within
        marker = self._counters.add(since, same, None, None, "")

        def after(state: State, _heard: Heard, key: Key, found: list[Occurrence]) -> list[Occurrence]:
            marks = state.counts[marker].get(key)
            return [one for one in found if one.place > marks[-1].place] if marks else found

        return after

    def _shared_names(self, kind: str, asker: Sequence[str]) -> list[str]:
        known = self._vocabulary.kind(kind)
        return [name for name in asker if known is not None and name in known.names]

    def _members(self, group: Fact) -> Callable[[State, Heard], list[str] | None]:
        key_of = group.key_of

        def read(state: State, heard: Heard) -> list[str] | None:
            key = key_of(heard.names)
            return None if key is None else list(state.groups.get(group.id, {}).get(key, {}))

        return read

    def _each(self, condition: Mapping[str, Any], asker: Sequence[str]) -> Condition:
        return self._over(condition, "each", asker, settle_all)

    def _some(self, condition: Mapping[str, Any], asker: Sequence[str]) -> Condition:
        return self._over(condition, "some", asker, _settle_any)

    def _over(
        self, condition: Mapping[str, Any], word: str, asker: Sequence[str],
        settle: Callable[[list[bool | None]], bool | None],
    ) -> Condition:  # fmt: skip
        group = self._known(condition[word])
        members, inner = self._members(group), self.compile(condition["satisfies"], (*asker, group.member))

        def test(state: State, heard: Heard) -> bool | None:
            ids = members(state, heard)
            return None if ids is None else settle([inner(state, heard.also(group.member, one)) for one in ids])

        return test

    def _open(self, condition: Mapping[str, Any], _asker: Sequence[str]) -> Condition:
        group, fact = self._known(condition["across"]), self._known(condition["open"])
        members, key_of, compare = self._members(group), fact.key_of, comparison(condition)

        def test(state: State, heard: Heard) -> bool | None:
            ids = members(state, heard)
            if ids is None:
                return None
            keys = [key_of({**heard.names, group.member: one}) for one in ids]
            opened = state.periods.get(fact.id, {})
            return compare(sum(1 for key in keys if key is not None and key in opened), state, heard)

        return test

    def _age_of(self, condition: Mapping[str, Any], _asker: Sequence[str]) -> Condition:
        name, compare = condition["age_of"], comparison(condition)

        def test(state: State, heard: Heard) -> bool | None:
            return compare(age(state, heard.names.get(name), heard.event.day), state, heard)

        return test

    def _same_day(self, condition: Mapping[str, Any], asker: Sequence[str]) -> Condition:
        kind, same = condition["same_day"], tuple(condition.get("same") or asker)
        where = self.compile(condition["where"], asker) if "where" in condition else None

        def test(state: State, heard: Heard) -> bool | None:
            answers = [
                _agree_on(one, heard, same)
                for one in state.today
                if one.event is not heard.event
                and (one.event.kind == kind or one.event.kind.startswith(kind + "/"))
                and (where is None or where(state, one) is True)
            ]
            return _settle_any(answers)

        return test

    _tests: ClassVar[dict[str, Compile]] = {
        "all": _all_of, "any": _any_of, "not": _not, "field": _field, "fact": _fact, "during": _during,
        "happened": _happened, "count": _count, "total": _total, "each": _each, "some": _some, "open": _open,
        "age_of": _age_of, "same_day": _same_day,
    }  # fmt: skip


TESTS = tuple(Conditions._tests)


def age(state: State, child: str | None, day: int) -> int | None:
    """Whole years of age; an unborn child is under every age (-1); None when the date of birth is not known."""
    if child is None:
        return None
    born = state.latest.get("date_of_birth", {}).get(child)
    if born is not None:
        return age_on(day_of(born), day) if day >= day_of(born) else -1
    return -1 if child in state.latest.get("expected_date_of_birth", {}) else None


def _agree_on(one: Heard, other: Heard, same: Sequence[str]) -> bool | None:
    unknown = False
    for name in same:
        mine = one.names.get(name, one.fields.get(name))
        theirs = other.names.get(name, other.fields.get(name))
        if mine is None or theirs is None:
            unknown = True
        elif mine != theirs:
            return False
    return None if unknown else True


def _settle_any(answers: list[bool | None]) -> bool | None:
    if True in answers:
        return True
    return None if None in answers else False


def _all(tests: Sequence[Condition]) -> Condition:
    def test(state: State, heard: Heard) -> bool | None:
        unknown = False
        for one in tests:
            answer = one(state, heard)
            if answer is False:
                return False
            unknown = unknown or answer is None
        return None if unknown else True

    return test


def _any(tests: Sequence[Condition]) -> Condition:
    def test(state: State, heard: Heard) -> bool | None:
        unknown = False
        for one in tests:
            answer = one(state, heard)
            if answer:
                return True
            unknown = unknown or answer is None
        return None if unknown else False

    return test
