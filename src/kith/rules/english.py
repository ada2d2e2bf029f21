"""Conditions, kinds and days put into plain English, with the words of the pack."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kith.rules.comparisons import COMPARISONS
from kith.rules.conditions import TESTS
from kith.rules.lines import listed
from kith.rules.stack import Stack, settled

_OPPOSITE = {
    "is": "is_not", "is_not": "is", "in": "not_in", "not_in": "in", "at_least": "under", "under": "at_least",
    "at_most": "more_than", "more_than": "at_most", "odd": "even", "even": "odd",
}  # fmt: skip
_SAID = {
    "is": "is {}", "is_not": "is not {}", "in": "is {}", "not_in": "is not {}", "at_least": "is at least {}",
    "at_most": "is at most {}", "more_than": "is more than {}", "under": "is under {}",
}  # fmt: skip


class English:
    """Speaks for one stack. Not turns the phrase inside; mixed `all` and `any` become a list, never a riddle."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self._phrases: dict[str, str] = {}

    def condition(self, condition: Mapping[str, Any]) -> str:
        """The condition as a sentence without its full stop, or as an indented list when `all` and `any` are mixed."""
        whole = settled(condition, self.stack.settings)
        return "\n".join(self._lines(whole, positive=True))

    def kind(self, kind: str) -> str:
        """A kind of event as something that happened: `a Child and Family Progress Meeting was held`."""
        if kind not in self._phrases:
            noun, was = self._noun_was(kind)
            self._phrases[kind] = self._whole(kind) or f"{_a(noun)} {was}"
        return self._phrases[kind]

    def _whole(self, kind: str) -> str:
        known = self.stack.vocabulary.kind(kind)
        return known.phrase if known is not None else ""

    def the(self, kind: str) -> str:
        """The same of one that is known: `the referral was received`."""
        noun, was = self._noun_was(kind)
        whole = self._whole(kind)
        if whole:
            return f"the {whole.partition(' ')[2]}" if whole.split(" ")[0] in ("a", "an") else whole
        return f"{noun if noun.startswith('the ') else f'the {noun}'} {was}"

    def _noun_was(self, kind: str) -> tuple[str, str]:
        known = self.stack.vocabulary.kind(kind)
        if known is None:
            return kind.replace("_", " "), "happened"
        base, _, a_type = kind.partition("/")
        stem = base.partition(".")[0]
        noun = self.stack.words.get(f"{stem}/{a_type}" if a_type else stem, known.noun)
        if a_type and stem not in noun.lower() and f"{stem}/{a_type}" not in self.stack.words and stem != "meeting":
            noun = f"{noun} {self.stack.vocabulary.stems[stem].noun}"
        return noun, known.was

    def _lines(self, condition: Mapping[str, Any], *, positive: bool) -> list[str]:
        words = [word for word in condition if word in TESTS]
        if len(words) > 1:
            shared = {key: value for key, value in condition.items() if key not in TESTS}
            condition = {"all": [{word: condition[word], **shared} for word in words]}
            words = ["all"]
        word = words[0]
        if word == "not":
            return self._lines(condition["not"], positive=not positive)
        if word in ("all", "any"):
            return self._joined(condition[word], together=(word == "all") == positive, positive=positive)
        say: Callable[[Mapping[str, Any], bool], str] = getattr(self, f"_{word}")
        return [say(condition, positive)]

    def _joined(self, conditions: Sequence[Mapping[str, Any]], *, together: bool, positive: bool) -> list[str]:
        parts = [self._lines(one, positive=positive) for one in conditions]
        if len(parts) == 1:
            return parts[0]
        simple = all(len(part) == 1 and " or " not in part[0] and " and " not in part[0] for part in parts)
        if simple and len(parts) <= 3:
            return [(" and " if together else " or ").join(part[0] for part in parts)]
        lines = ["all of these:" if together else "any of these:"]
        for part in parts:
            lines += [f"  - {part[0]}", *(f"    {line}" for line in part[1:])]
        return lines

    def _field(self, condition: Mapping[str, Any], positive: bool) -> str:
        name = condition["field"]
        field = self.stack.vocabulary.fields.get(name)
        if (
            field is not None
            and field.answer == "yes_no"
            and isinstance(condition.get("is", condition.get("is_not")), bool)
        ):
            yes = condition["is"] if "is" in condition else not condition["is_not"]
            return (
                field.yes if yes is positive else field.no
            ) or f"{name.replace('_', ' ')}: {'yes' if yes is positive else 'no'}"
        called = {"when": "the day", "type": "the type"}.get(name) or (
            field.called if field and field.called else f"the {name.replace('_', ' ')}"
        )
        return self._compared(called, condition, positive)

    def _fact(self, condition: Mapping[str, Any], positive: bool) -> str:
        fact = self.stack.facts()[condition["fact"]]
        return self._compared(fact.words.get("called", f"the {fact.id.replace('_', ' ')}"), condition, positive)

    def _during(self, condition: Mapping[str, Any], positive: bool) -> str:
        fact = self.stack.facts()[condition["during"]]
        said = fact.words.get("is" if positive else "is_not", fact.id.replace("_", " "))
        if "lasted" not in condition:
            return said
        return (
            f"{fact.words.get('is', fact.id)} and has been for {condition['lasted']}"
            if positive
            else f"it has not been {condition['lasted']} that {fact.words.get('is', fact.id)}"
        )

    def _happened(self, condition: Mapping[str, Any], positive: bool) -> str:
        return f"{self._or_none(condition['happened'], positive)}{self._limits(condition)}"

    def _or_none(self, kind: str, positive: bool) -> str:
        if positive:
            return self.kind(kind)
        noun, was = self._noun_was(kind)
        whole = self._whole(kind)
        if not whole:
            return f"no {noun.removeprefix('the ')} {was}"
        first, _, rest = whole.partition(" ")
        return f"no {rest if first in ('a', 'an', 'the') else whole}"

    def _count(self, condition: Mapping[str, Any], positive: bool) -> str:
        return self._compared(
            f"the number of times {self.kind(condition['count'])}{self._limits(condition)}", condition, positive
        )

    def _total(self, condition: Mapping[str, Any], positive: bool) -> str:
        field = self.stack.vocabulary.fields.get(condition["of"])
        called = field.called if field else condition["of"]
        return self._compared(
            f"{called} added up over every time {self.kind(condition['total'])}{self._limits(condition)}",
            condition,
            positive,
        )

    def _limits(self, condition: Mapping[str, Any]) -> str:
        said = ""
        if "where" in condition:
            said += " where " + "; ".join(self._lines(condition["where"], positive=True))
        since = condition.get("since")
        if since:
            said += f" in the last {since}" if " " in since else f" since {self.kind(since)}"
        return said

    def _each(self, condition: Mapping[str, Any], positive: bool) -> str:
        return self._of_group(condition, "each", positive)

    def _some(self, condition: Mapping[str, Any], positive: bool) -> str:
        return self._of_group(condition, "some", positive)

    def _of_group(self, condition: Mapping[str, Any], word: str, positive: bool) -> str:
        group = self.stack.facts()[condition[word]]
        inner = "; ".join(self._lines(condition["satisfies"], positive=positive))
        every = (word == "each") == positive
        return f"for {'every one' if every else 'at least one'} of the {group.words.get('many', group.id.replace('_', ' '))}, {inner}"

    def _open(self, condition: Mapping[str, Any], positive: bool) -> str:
        group, fact = self.stack.facts()[condition["across"]], self.stack.facts()[condition["open"]]
        return self._compared(
            f"the number of {group.words.get('many', group.id)} for whom {fact.words.get('is', fact.id)}",
            condition,
            positive,
        )

    def _age_of(self, condition: Mapping[str, Any], positive: bool) -> str:
        return self._compared(f"the {condition['age_of']}’s age", condition, positive)

    def _same_day(self, condition: Mapping[str, Any], positive: bool) -> str:
        alike = [one for one in listed(condition.get("same")) if one not in ("child", "family", "person")]
        place = f" at the same {' and '.join(alike)}" if alike else ""
        return f"{self._or_none(condition['same_day'], positive)} on the same day{place}"

    def _compared(self, subject: str, condition: Mapping[str, Any], positive: bool) -> str:
        said = []
        for word in COMPARISONS:
            if word not in condition:
                continue
            wanted = condition[word]
            if word == "known":
                said.append("is known" if wanted is positive else "is not known")
                continue
            how = word if positive else _OPPOSITE[word]
            if how in ("odd", "even"):
                said.append(f"is {how}" if wanted is True else f"is {_OPPOSITE[how]}")
            else:
                said.append(_SAID[how].format(self._value(wanted)))
        return f"{subject} {(' and ' if positive else ' or ').join(said)}"

    def _value(self, wanted: Any) -> str:
        if isinstance(wanted, list):
            said = [self._value(one) for one in wanted]
            return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}"
        if isinstance(wanted, Mapping):
            side = "after" if "after" in wanted else "before"
            field = wanted.get("field")
            from_day = "the day itself" if field in (None, "when") else self.called(str(field))
            return f"{wanted[side]} {side} {from_day}"
        if wanted is None:
            return "a day not yet set"
        return (
            str(wanted).replace("_", " ")
            if isinstance(wanted, str)
            else {True: "yes", False: "no"}.get(wanted, str(wanted))
            if isinstance(wanted, bool)
            else str(wanted)
        )

    def called(self, name: str) -> str:
        """What a field is called: `the day of the meeting`."""
        field = self.stack.vocabulary.fields.get(name)
        return field.called if field is not None and field.called else f"the {name.replace('_', ' ')}"


def _a(noun: str) -> str:
    if noun.startswith("the "):
        return noun
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
