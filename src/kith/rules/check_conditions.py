"""Checks a condition by line: every test, field, fact and comparison, and that it can be said in English."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import NoneType
from typing import Any

from kith.rules.comparisons import COMPARISONS
from kith.rules.conditions import TESTS
from kith.rules.durations import NotAPeriod, period
from kith.rules.facts import Fact
from kith.rules.lines import listed
from kith.rules.problems import Problems
from kith.rules.stack import Stack, settled
from kith.rules.vocabulary import Field, Kind, nearest

WITH = {
    "field": COMPARISONS, "fact": COMPARISONS, "age_of": COMPARISONS, "during": ("lasted",),
    "happened": ("where", "same", "since"), "count": ("where", "same", "since", *COMPARISONS),
    "total": ("where", "same", "since", "of", *COMPARISONS), "each": ("satisfies",), "some": ("satisfies",),
    "open": ("across", *COMPARISONS), "same_day": ("where", "same"), "all": (), "any": (), "not": (),
}  # fmt: skip
NEEDS_COMPARISON = ("field", "fact", "age_of", "count", "total", "open")
ALWAYS_FIELDS = {"when": "date", "type": "choice"}
ANY_ANSWER = ("is", "is_not", "in", "not_in", "odd", "even")
DAYS = ("date", "moment")
ORDERED = ("number", *DAYS)
NUMBER = (int, float)


@dataclass(frozen=True)
class Hand:
    """What a condition is asked of: the kinds of event that may be in hand, and the names they are sure to carry."""

    kinds: tuple[Kind, ...]
    names: tuple[str, ...]
    any_field: bool = False


class ConditionCheck:
    """Checks conditions against one stack's vocabulary, facts and settings."""

    def __init__(self, stack: Stack, problems: Problems) -> None:
        self.vocabulary, self.settings, self.problems = stack.vocabulary, stack.settings, problems
        self.facts: Mapping[str, Fact] = stack.facts()
        self._kept = {name: item.get("field") for name, item in stack.items["facts"].items()}

    def check(self, node: Any, hand: Hand) -> None:
        """Adds a problem for everything wrong with a condition."""
        if not node:
            self.problems.add(node, None, "a condition is a mapping such as {field: seen, is: true}")
            return
        words = [word for word in node if word in TESTS]
        if not words:
            key = next(iter(node))
            self.problems.add(node, key, f"“{key}” is not a test{nearest(key, TESTS)}")
            return
        allowed = {*words, *(extra for word in words for extra in WITH[word])}
        for key in node:
            if key not in allowed:
                self.problems.add(node, key, f"“{key}” cannot stand here{nearest(key, allowed)}")
        for word in words:
            getattr(self, f"_{word}")(node, hand)
            if word in ("count", "total", "open"):
                self._operands(node, "number")
            if word in NEEDS_COMPARISON and not any(key in node for key in COMPARISONS):
                self.problems.add(node, word, f"say what “{word}” is compared with: {', '.join(COMPARISONS)}")

    def _all(self, node: Any, hand: Hand) -> None:
        self._several(node, "all", hand)

    def _any(self, node: Any, hand: Hand) -> None:
        self._several(node, "any", hand)

    def _several(self, node: Any, word: str, hand: Hand) -> None:
        if not isinstance(node[word], list) or not node[word]:
            self.problems.add(node, word, f"“{word}” takes a list of conditions")
            return
        for one in node[word]:
            self.check(one, hand)

    def _not(self, node: Any, hand: Hand) -> None:
        self.check(node["not"], hand)

    def _field(self, node: Any, hand: Hand) -> None:
        name = node["field"]
        if name in ALWAYS_FIELDS:
            self._operands(node, ALWAYS_FIELDS[name])
            return
        found = self.vocabulary.fields.get(name)
        for kind in hand.kinds:
            if name in kind.fields:
                found = kind.fields[name]
            elif name not in kind.names:
                self.problems.add(
                    node, "field", f"{kind.id} has no field “{name}”{nearest(name, [*kind.fields, *kind.names])}"
                )
                return
        if hand.any_field and found is None:
            self.problems.add(node, "field", f"there is no field “{name}”{nearest(name, self.vocabulary.fields)}")
            return
        if found is not None:
            self._compared(node, found)

    def _compared(self, node: Any, field: Field) -> None:
        if field.answer == "text" and any(key in node for key in COMPARISONS if key != "known"):
            self.problems.add(node, "field", f"“{field.id}” is free text: a rule can only ask whether it is known")
        if field.answer == "yes_no":
            self._yes_no(node, field)
        for key in ("is", "is_not", "in", "not_in") if field.options else ():
            for value in listed(node.get(key)):
                if isinstance(value, str) and value not in field.options:
                    self.problems.add(node, key, f"“{field.id}” has no option “{value}”{nearest(value, field.options)}")
        self._operands(node, field.answer)

    def _yes_no(self, node: Any, field: Field) -> None:
        for key in ("is", "is_not"):
            if key in node and not isinstance(node[key], bool):
                self.problems.add(node, key, f"“{field.id}” is answered true or false")
        if not (field.yes and field.no):
            self.problems.add(
                node, "field", f"“{field.id}” cannot be said in English: give it a phrase for yes and one for no"
            )

    def _operands(self, node: Any, answer: str) -> None:
        """What a value is compared with must be of its own kind: a number with a number, a day with a day."""
        for key in [one for one in COMPARISONS if one in node and one != "known"]:
            operand = node[key]
            if isinstance(operand, dict) and set(operand) == {"setting"}:
                self.setting(operand)
                operand = settled(operand, self.settings)
            if isinstance(operand, dict):
                self._worked_out(node, key, operand, answer)
            elif key in ("in", "not_in") and not isinstance(operand, list | NoneType):
                self.problems.add(node, key, f"“{key}” takes a list of values")
            elif key not in ANY_ANSWER and answer not in ("", *ORDERED):
                self.problems.add(node, key, f"“{key}” is asked of a number or a day only")
            else:
                self._alike(node, key, operand, answer)

    def _worked_out(self, node: Any, key: str, operand: Any, answer: str) -> None:
        if set(operand) - {"field"} not in ({"after"}, {"before"}):
            self.problems.add(
                node, key, "compare with a value, {setting: S}, or a day such as {after: 14 days, field: from_on}"
            )
            return
        self.length(operand, "after" if "after" in operand else "before")
        if answer not in ("", *DAYS):
            self.problems.add(node, key, "only a day is compared with a day")

    def _alike(self, node: Any, key: str, operand: Any, answer: str) -> None:
        if key in ("odd", "even"):
            if answer not in ("", "number"):
                self.problems.add(node, key, "only a number is odd or even")
            return
        wanted, what = (NUMBER, "a number") if answer == "number" else (str, "a day")
        if answer in ORDERED and any(not isinstance(one, wanted) for one in listed(operand)):
            self.problems.add(node, key, f"“{key}” compares {what} with {what}")

    def setting(self, node: Any) -> None:
        """A `{setting: S}` must be a setting of the stack."""
        name = node["setting"]
        if name not in self.settings:
            self.problems.add(node, "setting", f"there is no setting “{name}”{nearest(name, self.settings)}")

    def length(self, node: Any, key: str) -> None:
        """The value of a key must be a period, or a setting that is one."""
        value = node[key]
        if isinstance(value, dict) and set(value) == {"setting"}:
            self.setting(value)
            setting = self.settings.get(value["setting"])
            value = setting.get("value") if isinstance(setting, dict) else setting
        try:
            period(value if isinstance(value, str) else str(value))
        except NotAPeriod as error:
            self.problems.add(node, key, str(error))

    def _fact(self, node: Any, hand: Hand) -> None:
        if self.fact(node, "fact", "latest", hand) is None:
            return
        kept = self.vocabulary.fields.get(self._kept[node["fact"]] or "")
        if kept is not None:
            self._compared(node, kept)
        else:
            self._operands(node, "")

    def fact(self, node: Any, key: str, is_a: str, hand: Hand) -> Fact | None:
        """The fact named by a key, if it is one of that sort whose names are to hand."""
        name = node[key]
        fact = self.facts.get(name) if isinstance(name, str) else None
        if fact is None:
            self.problems.add(node, key, f"there is no fact “{name}”{nearest(name, self.facts)}")
            return None
        if fact.is_a != is_a:
            self.problems.add(node, key, f"“{name}” is a {fact.is_a} fact, and this asks for a {is_a} one")
            return None
        missing = [one for one in fact.per if one not in hand.names]
        if missing:
            self.problems.add(
                node, key, f"“{name}” is kept per {', '.join(fact.per)}, but nothing here names the {missing[0]}"
            )
        return fact

    def _during(self, node: Any, hand: Hand) -> None:
        fact = self.fact(node, "during", "period", hand)
        if fact is not None and not ("is" in fact.words and "is_not" in fact.words):
            self.problems.add(node, "during", f"“{fact.id}” cannot be said in English: give it is: and is_not:")
        if "lasted" in node:
            self.length(node, "lasted")

    def _happened(self, node: Any, hand: Hand) -> None:
        self._counted(node, "happened", hand)

    def _count(self, node: Any, hand: Hand) -> None:
        self._counted(node, "count", hand)

    def _total(self, node: Any, hand: Hand) -> None:
        kind = self._counted(node, "total", hand)
        if kind is not None and node.get("of") not in kind.fields:
            self.problems.add(
                node,
                "of",
                f"{kind.id} has no field “{node.get('of')}” to add up{nearest(str(node.get('of')), kind.fields)}",
            )

    def _counted(self, node: Any, word: str, hand: Hand) -> Kind | None:
        kind = self.kind(node, word)
        if kind is None:
            return None
        if "where" in node:
            self.check(node["where"], Hand((kind,), kind.names))
        for name in listed(node.get("same")):
            if name not in kind.names:
                self.problems.add(node, "same", f"{kind.id} does not name a {name}{nearest(name, kind.names)}")
        since = node.get("since")
        if since is not None and " " in str(since):
            self.length(node, "since")
        elif since is not None:
            self.kind(node, "since")
        return kind

    def kind(self, node: Any, key: Any) -> Kind | None:
        """The kind of event named by a key, if the vocabulary has it."""
        kind = self.vocabulary.kind(node[key]) if isinstance(node[key], str) else None
        if kind is None:
            self.problems.add(
                node, key, f"“{node[key]}” is not a kind of event{nearest(node[key], self.vocabulary.all_kinds())}"
            )
        return kind

    def _each(self, node: Any, hand: Hand) -> None:
        self._member(node, "each", hand)

    def _some(self, node: Any, hand: Hand) -> None:
        self._member(node, "some", hand)

    def _member(self, node: Any, word: str, hand: Hand) -> None:
        group = self.fact(node, word, "group", hand)
        if group is not None and "satisfies" in node:
            self.check(node["satisfies"], replace(hand, names=(*hand.names, group.member)))
        elif group is not None:
            self.problems.add(node, word, f"say what {word} member satisfies")

    def _open(self, node: Any, hand: Hand) -> None:
        if "across" not in node:
            self.problems.add(node, "open", "say across which group")
            return
        group = self.fact(node, "across", "group", hand)
        if group is not None:
            self.fact(node, "open", "period", replace(hand, names=(*hand.names, group.member)))

    def _age_of(self, node: Any, hand: Hand) -> None:
        if node["age_of"] not in hand.names:
            self.problems.add(node, "age_of", f"nothing here names the {node['age_of']}")
        self._operands(node, "number")

    def _same_day(self, node: Any, hand: Hand) -> None:
        kind = self.kind(node, "same_day")
        for name in listed(node.get("same")):
            fields = [one.fields for one in (*hand.kinds, *((kind,) if kind else ()))]
            if name not in hand.names and not any(name in one for one in fields):
                self.problems.add(node, "same", f"nothing here has a {name}")
