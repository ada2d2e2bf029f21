"""Conditions, kinds and days put into plain English, with the words of the pack."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kith.rules.comparisons import COMPARISONS
from kith.rules.conditions import TESTS
from kith.rules.lines import listed
from kith.rules.stack import Stack, settled
from kith.rules.vocabulary import Field

# What a title leaves to be filled in: a field of what a duty starts from.
FILLED_IN = re.compile(r":? ?\{\w+\}")

_OPPOSITE = {
    "is": "is_not", "is_not": "is", "in": "not_in", "not_in": "in", "at_least": "under", "under": "at_least",
    "at_most": "more_than", "more_than": "at_most", "odd": "even", "even": "odd",
}  # fmt: skip
_SAID = {
    "is": "is {}", "is_not": "is not {}", "in": "is {}", "not_in": "is not {}", "at_least": "is at least {}",
    "at_most": "is at most {}", "more_than": "is more than {}", "under": "is under {}",
}  # fmt: skip
_SAID_OF_DAYS = {
    **_SAID, "at_least": "is no earlier than {}", "at_most": "is no later than {}", "more_than": "is later than {}",
    "under": "is earlier than {}",
}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# “had its record sent” and “had an invitation to it sent”, said of a meeting: the record of a meeting was sent.
_BROUGHT = re.compile(r"had (?:its (?P<its>.+)|an? (?P<one>.+ (?:about|from|in|of|to)) it) (?P<done>\w+)")
_NOW = {
    "was": "is", "were": "are", "had": "has", "left": "leaves", "began": "begins", "ended": "ends", "started": "starts",
    "died": "dies", "joined": "joins", "stopped": "stops", "became": "becomes", "came": "comes",
}  # fmt: skip
_THEN = re.compile(rf"\b(?:{'|'.join(_NOW)})\b")
_UNCOUNTED = frozenset(
    ("accommodation", "advice", "care", "evidence", "help", "information", "proceedings", "protection", "supervision", "work")
)  # fmt: skip
_AFTER_THE_HEAD = re.compile(r" (?:about|after|before|for|in|of|on|that|to|under|with)\b.*")
_SOUNDS_LIKE_YOU = re.compile(r"(?:uni(?![nm])|us[aeu]|uasc|eu|one\b|once\b)", re.IGNORECASE)
_SOUNDS_OPEN = re.compile(r"(?:[aeiou]|hour|hono|hones|heir)", re.IGNORECASE)
LONGEST_LINE = 140


class English:
    """Speaks for one stack. Not turns the phrase inside; mixed `all` and `any` become a list, never a riddle."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self._phrases: dict[str, str] = {}
        national = stack.parts[0].document.get("words") or {}
        self._own_words = [
            (word, stack.words[key])
            for key, word in sorted(national.items(), key=lambda one: -len(one[1]))
            if key.partition("/")[0] in stack.vocabulary.stems and "/" in key and stack.words[key] != word
        ]

    def condition(self, condition: Mapping[str, Any]) -> str:
        """The condition as a sentence without its full stop, or as an indented list when `all` and `any` are mixed."""
        whole = settled(condition, self.stack.settings)
        return "\n".join(self._lines(whole, positive=True))

    def kind(self, kind: str) -> str:
        """A kind of event as something that happened: `a Child and Family Progress Meeting was held`."""
        if kind not in self._phrases:
            self._phrases[kind] = self._whole(kind) or self._happened_to(kind, _a)
        return self._phrases[kind]

    def before(self, kind: str) -> str:
        """The same of one still to come: `the case is closed`."""
        return _THEN.sub(lambda found: _NOW[found[0]], self.kind(kind), count=1)

    def the(self, kind: str) -> str:
        """The same of one that is known: `the referral was received`."""
        whole = self._whole(kind)
        return re.sub(r"^an? ", "the ", whole) if whole else self._happened_to(kind, _the)

    def _whole(self, kind: str) -> str:
        known = self.stack.vocabulary.kind(kind)
        return known.phrase if known is not None else ""

    def _happened_to(self, kind: str, article: Callable[[str], str], lead: str = "") -> str:
        """Noun and verb, the noun with its article; what is brought to the noun (its record, an invitation) comes first."""
        noun, was = self._noun_was(kind)
        brought = _BROUGHT.fullmatch(was)
        if brought is None:
            return f"{lead or article(noun)}{f' {_bare(noun)}' if lead else ''} {was}"
        thing = f"{brought['its']} of" if brought["its"] else brought["one"]
        first = lead or ("the" if brought["its"] else article(thing).partition(" ")[0])
        return f"{first} {thing} {article(noun)} was {brought['done']}"

    def _noun_was(self, kind: str) -> tuple[str, str]:
        known = self.stack.vocabulary.kind(kind)
        if known is None:
            return kind.replace("_", " "), "happened"
        base, _, a_type = kind.partition("/")
        stem = base.partition(".")[0]
        noun = self.stack.words.get(f"{stem}/{a_type}" if a_type else stem, known.noun)
        own = self.stack.vocabulary.stems[stem].noun
        if a_type and own.rpartition(" ")[2] not in noun.lower() and f"{stem}/{a_type}" not in self.stack.words:
            noun = f"{noun} {own}"
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
        unless = self._unless_recorded(conditions) if positive and not together else ""
        if unless:
            return [unless]
        if len(parts) == 1:
            return parts[0]
        word = "and" if together else "or"
        if all(len(part) == 1 and not re.search(r" or | and |, ", part[0]) for part in parts) and len(parts) <= 3:
            said = f"{', '.join(part[0] for part in parts[:-1])} {word} {parts[-1][0]}"
            if len(said) <= LONGEST_LINE:
                return [said]
        lines = ["all of these:" if together else "any of these:"]
        for part in parts:
            lines += [f"  - {part[0]}", *(f"    {line}" for line in part[1:])]
        return lines

    def _unless_recorded(self, conditions: Sequence[Mapping[str, Any]]) -> str:
        """Not known or no, of one answer: `it is not recorded that the placement is meant to last`."""
        field = self.stack.vocabulary.fields.get(conditions[0].get("field", ""))
        no = [{"field": field.id, "known": False}, {"field": field.id, "is": False}] if field is not None else []
        return self._local(f"it is not recorded that {field.yes}") if field and list(conditions) == no else ""

    def _field(self, condition: Mapping[str, Any], positive: bool) -> str:
        name = condition["field"]
        field = self.stack.vocabulary.fields.get(name)
        if field is not None and field.answer == "yes_no":
            return self._yes_or_no(field, condition, positive)
        return self._compared(self.called(name), condition, positive, name)

    def _yes_or_no(self, field: Field, condition: Mapping[str, Any], positive: bool) -> str:
        yes = field.yes or f"{field.id.replace('_', ' ')}: yes"
        if "known" in condition:
            return self._local(f"it is {'' if condition['known'] is positive else 'not '}known whether {yes}")
        holds = condition["is"] if "is" in condition else not condition["is_not"]
        return self._local(yes if holds is positive else field.no or f"{field.id.replace('_', ' ')}: no")

    def _fact(self, condition: Mapping[str, Any], positive: bool) -> str:
        fact = self.stack.facts()[condition["fact"]]
        field = self.stack.vocabulary.fields.get(self.stack.items["facts"][fact.id].get("field", ""))
        if field is not None and field.answer == "yes_no":
            return self._yes_or_no(field, condition, positive)
        called = self._local(fact.words.get("called", f"the {fact.id.replace('_', ' ')}"))
        return self._compared(called, condition, positive, fact.id)

    def _during(self, condition: Mapping[str, Any], positive: bool) -> str:
        fact = self.stack.facts()[condition["during"]]
        said = self.during(fact.id, positive=positive)
        if "lasted" not in condition:
            return said
        held = self.during(fact.id)
        lasted = condition["lasted"]
        return f"{held} and has been for {lasted}" if positive else f"it has not been {lasted} that {held}"

    def during(self, fact_id: str, *, positive: bool = True) -> str:
        """A period in words: `a child in need plan is open`, or that it is not."""
        words = self.stack.facts()[fact_id].words
        return self._local(words.get("is" if positive else "is_not", fact_id.replace("_", " ")))

    def _local(self, said: str) -> str:
        """National terms of plans, meetings and assessments put into the pack's own words, each with its article."""
        for national, own in self._own_words:
            said = re.sub(rf"\ban? {re.escape(national)}\b", _a(own), said)
            said = re.sub(rf"\b{re.escape(national)}\b", own, said)
        return said

    def _happened(self, condition: Mapping[str, Any], positive: bool) -> str:
        return f"{self._or_none(condition['happened'], positive)}{self._limits(condition)}"

    def _or_none(self, kind: str, positive: bool) -> str:
        if positive:
            return self.kind(kind)
        whole = self._whole(kind)
        if not whole:
            return self._happened_to(kind, _a, "no")
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
        since, said = condition.get("since"), ""
        if since:
            back = str(since).removeprefix("1 ")
            said += f" in the last {back}" if " " in str(since) else f" since {self.the(since)}"
        if "where" in condition:
            said += " where " + "; ".join(self._lines(condition["where"], positive=True))
        return said

    def _each(self, condition: Mapping[str, Any], positive: bool) -> str:
        return self._of_group(condition, "each", positive)

    def _some(self, condition: Mapping[str, Any], positive: bool) -> str:
        return self._of_group(condition, "some", positive)

    def _of_group(self, condition: Mapping[str, Any], word: str, positive: bool) -> str:
        group = self.stack.facts()[condition[word]]
        inner = "; ".join(self._lines(condition["satisfies"], positive=positive))
        every = (word == "each") == positive
        one = group.words.get("one", group.id.replace("_", " "))
        return f"for {'every' if every else 'at least one'} {one}, {inner}"

    def _open(self, condition: Mapping[str, Any], positive: bool) -> str:
        group, fact = self.stack.facts()[condition["across"]], self.stack.facts()[condition["open"]]
        return self._compared(
            f"the number of {group.words.get('many', group.id)} for whom {self.during(fact.id)}",
            condition,
            positive,
        )

    def _age_of(self, condition: Mapping[str, Any], positive: bool) -> str:
        return self._compared(f"the {condition['age_of']}’s age", condition, positive)

    def _same_day(self, condition: Mapping[str, Any], positive: bool) -> str:
        alike = [one for one in listed(condition.get("same")) if one not in ("child", "family", "person")]
        place = f" at the same {' and '.join(alike)}" if alike else ""
        return f"{self._or_none(condition['same_day'], positive)} on the same day{place}"

    def _compared(self, subject: str, condition: Mapping[str, Any], positive: bool, of: str = "") -> str:
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
                said.append(self._against(how, wanted, of))
        return f"{subject} {(' and ' if positive else ' or ').join(said)}"

    def _against(self, how: str, wanted: Any, of: str) -> str:
        if how == "under" and isinstance(wanted, Mapping) and wanted.get("after") == "1 day" and "field" in wanted:
            return f"is no later than {self.called(wanted['field'])}"
        if how == "not_in" and isinstance(wanted, list) and len(wanted) > 1:
            said = [self._value(one, of) for one in wanted]
            return f"is neither {said[0]} nor {said[1]}" if len(said) == 2 else f"is none of these: {', '.join(said)}"
        return (_SAID_OF_DAYS if _is_day(wanted) else _SAID)[how].format(self._value(wanted, of))

    def _value(self, wanted: Any, of: str = "") -> str:
        if isinstance(wanted, list):
            said = [self._value(one, of) for one in wanted]
            return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}"
        if isinstance(wanted, Mapping):
            side = "after" if "after" in wanted else "before"
            field = wanted.get("field")
            from_day = "the day itself" if field in (None, "when") else self.called(str(field))
            return f"{wanted[side]} {side} {from_day}"
        if wanted is None:
            return "a day not yet set"
        if isinstance(wanted, bool):
            return "yes" if wanted else "no"
        return self._option(str(wanted), of)

    def _option(self, option: str, of: str) -> str:
        """One option of a choice: in the pack's words for it, as a role, as a day, or as it is written."""
        if _DAY.fullmatch(option):
            day = dt.date.fromisoformat(option)
            return f"{day.day} {day:%B %Y}"
        own = self.stack.words.get(f"{of}/{option}")
        if own or option not in self.stack.items["roles"]:
            return own or option.replace("_", " ")
        return _a(self.role(option))

    def role(self, role: str) -> str:
        """A role inside a sentence: `team manager`, but `Consultant Social Worker` where the pack writes it so."""
        title = self.stack.role_title(role)
        return title if re.search("[A-Z]", title[1:]) else title[:1].lower() + title[1:]

    def called(self, name: str) -> str:
        """What a field is called: `the day of the meeting`."""
        field = self.stack.vocabulary.fields.get(name)
        plain = {"when": "the day", "type": "the type"}.get(name) or f"the {name.replace('_', ' ')}"
        return self._local(field.called) if field is not None and field.called else plain


def _is_day(wanted: Any) -> bool:
    return wanted is None or isinstance(wanted, Mapping) or _DAY.fullmatch(str(wanted)) is not None


def _bare(noun: str) -> str:
    return noun.removeprefix("the ")


def _the(noun: str) -> str:
    return noun if noun.startswith("the ") else f"the {noun}"


def _a(noun: str) -> str:
    """The noun with its article: `an hour`, `a UASC Age Assessment`, and none for what is not counted."""
    head = _AFTER_THE_HEAD.sub("", noun).rpartition(" ")[2].lower()
    if noun.startswith("the ") or head in _UNCOUNTED:
        return noun
    return f"{'an' if _SOUNDS_OPEN.match(noun) and not _SOUNDS_LIKE_YOU.match(noun) else 'a'} {noun}"
