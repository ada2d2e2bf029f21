"""Checks a duty by line: its names, its starts and ends, its due day, and the strength and floor it stands under."""

from collections.abc import Iterable, Mapping
from typing import Any

from kith.rules.check_conditions import ConditionCheck, Hand
from kith.rules.compiling import clause_list
from kith.rules.durations import NotAPeriod, period
from kith.rules.lines import listed
from kith.rules.pack_shapes import check_shape
from kith.rules.problems import Problems
from kith.rules.stack import Stack, settled
from kith.rules.vocabulary import Kind, nearest

STRENGTHS = ("must", "should", "may", "states")
TAKES = ("each", "first", "earliest", "latest")
BITES = ("starts", "acts", "next_interval")
DUE_KEYS = ({"field"}, {"date"}, {"before", "date"}, {"after", "date"}, {"earliest"}, {"by"}, {"setting"})


class DutyCheck:
    """Checks the duties of one pack against its stack."""

    def __init__(self, stack: Stack, conditions: ConditionCheck, problems: Problems) -> None:
        self.stack, self.conditions, self.problems = stack, conditions, problems
        self.facts = conditions.facts

    def check(self, duty: Any) -> None:
        """Adds a problem for everything wrong with a duty. One that tightens another says only what it changes."""
        if "tightens" in duty:
            check_shape("tightens", duty, self.problems)
            return
        if not check_shape("duties", duty, self.problems):
            return
        self._choices(duty)
        starts = self._clauses(duty, "starts_from")
        given = self._given(duty, starts)
        self._per(duty, given)
        self._dues(duty, given)
        self._conditions(duty, starts, given)
        self._meets(duty, given)
        for key in ("falls_away_on", "extended_by", "again_after"):
            self._endings(duty, key, given)
        self._repeats(duty)
        self._quota(duty)
        if not isinstance(duty.get("earlier_counts", False), bool):
            self.conditions.length(duty, "earlier_counts")

    def _choices(self, duty: Any) -> None:
        for key, allowed in (
            ("strength", STRENGTHS),
            ("take", TAKES),
            ("bites_on", BITES),
            ("counting", ("after", "beginning_with")),
        ):
            if key in duty and duty[key] not in allowed:
                self.problems.add(
                    duty, key, f"“{duty[key]}” is not one of {', '.join(allowed)}{nearest(duty[key], allowed)}"
                )
        if duty.get("statutory") and "counting" not in duty and _is_counted(duty):
            self.problems.add(
                duty, None, f"“{duty['id']}”: a statutory duty says how it counts: counting: after or beginning_with"
            )
        self._known_ids(duty)

    def _known_ids(self, duty: Any) -> None:
        owner = duty["owed_by"]
        if isinstance(owner, str) and owner not in self.stack.items["roles"] and owner not in duty["per"]:
            self.problems.add(duty, "owed_by", f"“{owner}” is not a role{nearest(owner, self.stack.items['roles'])}")
        for kind in listed(duty.get("goes_on_after")):
            if kind not in self.stack.always_ends:
                self.problems.add(
                    duty, "goes_on_after", f"“{kind}” does not end every duty{nearest(kind, self.stack.always_ends)}"
                )
        for other in listed(duty.get("beside")):
            if other not in self.stack.duties():
                self.problems.add(duty, "beside", f"there is no duty “{other}”{nearest(other, self.stack.duties())}")

    def _clauses(self, node: Any, key: str) -> list[tuple[Any, Kind]]:
        found = []
        for written in listed(node.get(key)):
            clause = written
            if isinstance(written, dict):
                if not check_shape("clause", written, self.problems):
                    continue
                kind = self.conditions.kind(written, "event")
            else:
                clause = {"event": written}
                kind = self.conditions.vocabulary.kind(written)
                if kind is None:
                    self.problems.add(
                        node,
                        key,
                        f"“{written}” is not a kind of event{nearest(written, self.conditions.vocabulary.all_kinds())}",
                    )
            if kind is None:
                continue
            if clause.get("where") is not None:
                self.conditions.check(clause["where"], Hand((kind,), kind.names))
            found.append((clause, kind))
        return found

    def _given(self, duty: Any, starts: list[tuple[Any, Kind]]) -> list[tuple[Kind, tuple[str, ...]]]:
        members = tuple((duty.get("each") or {}).keys())
        for name, group_id in (duty.get("each") or {}).items():
            group = self.facts.get(group_id)
            if group is None or group.is_a != "group":
                groups = [one.id for one in self.facts.values() if one.is_a == "group"]
                self.problems.add(duty["each"], name, f"there is no group “{group_id}”{nearest(group_id, groups)}")
            elif group.member != name:
                self.problems.add(duty["each"], name, f"a member of “{group_id}” is a {group.member}, not a {name}")
        return [(kind, (*kind.names, *members)) for _, kind in starts]

    def _per(self, duty: Any, given: list[tuple[Kind, tuple[str, ...]]]) -> None:
        if not duty["per"]:
            self.problems.add(duty, "per", "per is a list of names, such as [child]")
            return
        for kind, names in given:
            for name in duty["per"]:
                if name not in names:
                    self.problems.add(
                        duty, "per", f"“{name}” is given neither by {kind.id} nor by a group{nearest(name, names)}"
                    )

    def _dues(self, duty: Any, given: list[tuple[Kind, tuple[str, ...]]]) -> None:
        says_when = [key for key in ("due", "repeats", "quota") if key in duty]
        own_dues = all(isinstance(one, dict) and "due" in one for one in listed(duty["starts_from"]))
        if len(says_when) > 1:
            self.problems.add(
                duty, says_when[1], f"“{duty['id']}” has {' and '.join(says_when)}: a duty has one of them"
            )
        if not says_when and not own_dues:
            self.problems.add(duty, None, f"“{duty['id']}” does not say when it is due: due:, repeats: or quota:")
        for kind, names in given:
            if "due" in duty:
                self._due(duty, "due", kind, names)
            self._counts_from(duty, kind)
        for written, (kind, names) in zip(clause_list(duty["starts_from"]), given, strict=False):
            if "due" in written:
                self._due(written, "due", kind, names)
            self._counts_from(written, kind)

    def _counts_from(self, node: Any, kind: Kind) -> None:
        field = node.get("counts_from")
        if field is not None and field not in ("end", "when") and field not in kind.fields:
            self.problems.add(
                node, "counts_from", f"{kind.id} has no field “{field}” to count from{nearest(field, kind.fields)}"
            )

    def _due(self, node: Any, key: Any, kind: Kind, names: tuple[str, ...]) -> None:
        due = node[key]
        if not isinstance(due, dict):
            self._plain_due(node, key)
        elif set(due) not in DUE_KEYS:
            ways = "a period, same day, none, or one of field, date, before and date, after and date, earliest, by"
            self.problems.add(node, key, f"a due day is {ways}")
        elif "setting" in due:
            self.conditions.length(node, key)
        elif "earliest" in due:
            for place in range(len(due["earliest"])):
                self._due(due["earliest"], place, kind, names)
        elif "by" in due:
            self.conditions.kind(due, "by")
        else:
            self._dated(due, kind, names)

    def _plain_due(self, node: Any, key: Any) -> None:
        try:
            if node[key] not in ("none", "same day"):
                period(node[key])
        except NotAPeriod as error:
            self.problems.add(node, key, str(error))

    def _dated(self, due: Any, kind: Kind, names: tuple[str, ...]) -> None:
        if "field" in due:
            if due["field"] not in kind.fields:
                hint = nearest(due["field"], kind.fields)
                self.problems.add(due, "field", f"{kind.id} has no field “{due['field']}”{hint}")
            return
        self.conditions.fact(due, "date", "latest", Hand((kind,), names))
        for side in ("before", "after"):
            if side in due:
                self.conditions.length(due, side)

    def _conditions(self, duty: Any, starts: list[tuple[Any, Kind]], given: list[tuple[Kind, tuple[str, ...]]]) -> None:
        common = tuple(set.intersection(*(set(names) for _, names in given))) if given else ()
        if "only_if" in duty:
            self.conditions.check(duty["only_if"], Hand(tuple(kind for _, kind in starts), common))
        for place, fact_id in enumerate(listed(duty.get("only_while"))):
            node, key = (duty["only_while"], place) if isinstance(duty["only_while"], list) else (duty, "only_while")
            if fact_id not in self.facts or self.facts[fact_id].is_a != "period":
                periods = [one.id for one in self.facts.values() if one.is_a == "period"]
                self.problems.add(node, key, f"“{fact_id}” is not a period fact{nearest(fact_id, periods)}")
            elif not set(self.facts[fact_id].per) <= set(common):
                self.problems.add(
                    node, key, f"“{fact_id}” is kept per {', '.join(self.facts[fact_id].per)}, which no start names"
                )

    def _meets(self, duty: Any, given: list[tuple[Kind, tuple[str, ...]]]) -> None:
        written = duty.get("met_by")
        if written is None:
            if "quota" not in duty:
                self.problems.add(duty, None, f"“{duty['id']}” does not say what meets it: met_by:")
            return
        if isinstance(written, dict) and "recording_of" in written:
            self.conditions.kind(written, "recording_of")
            return
        for clause, kind in self._clauses(duty, "met_by"):
            self._agreeing(duty, clause, kind, given)

    def _agreeing(self, duty: Any, clause: Any, kind: Kind, given: list[tuple[Kind, tuple[str, ...]]]) -> None:
        node, key = (clause, "event") if hasattr(clause, "at") else (duty, "met_by")
        for name in listed(clause.get("same")) or duty["per"]:
            if name not in kind.names:
                message = f"{kind.id} does not name the {name}; say which names must agree, with same:"
                self.problems.add(node, key, message)
        for name in listed(clause.get("same")):
            if given and all(name not in names for _, names in given):
                self.problems.add(clause, "same", f"no start of “{duty['id']}” names a {name}")

    def _endings(self, duty: Any, key: str, given: list[tuple[Kind, tuple[str, ...]]]) -> None:
        known = {name for _, names in given for name in names}
        for clause, kind in self._clauses(duty, key):
            if given and not known & set(kind.names):
                self.problems.add(duty, key, f"{kind.id} names nothing that a start of “{duty['id']}” names")
            if key == "extended_by" and clause.get("until") not in kind.fields:
                self.problems.add(
                    duty, key, f"until: a date field of {kind.id}{nearest(str(clause.get('until')), kind.fields)}"
                )

    def _repeats(self, duty: Any) -> None:
        repeats = duty.get("repeats")
        if repeats is None or not check_shape("repeats", repeats, self.problems):
            return
        every = repeats.get("every")
        if ("every" in repeats) == ("phases" in repeats):
            self.problems.add(duty, "repeats", "say every: or phases:, one of them")
        settled_every = settled(every, self.stack.settings)
        if (
            "every" in repeats
            and settled_every != "calendar month"
            and not (isinstance(every, dict) and set(every) == {"field"})
        ):
            self.conditions.length(repeats, "every")
        for phase in repeats.get("phases") or ():
            if check_shape("phase", phase, self.problems):
                self._phase(phase)
        pattern = repeats.get("pattern")
        if pattern is not None and check_shape("pattern", pattern, self.problems):
            self._pattern(pattern)

    def _phase(self, phase: Any) -> None:
        self.conditions.length(phase, "every")
        lasts = phase.get("for")
        if lasts is not None and str(lasts).partition(" ")[2] not in ("time", "times"):
            self.conditions.length(phase, "for")
        if "until" in phase:
            self.conditions.kind(phase, "until")

    def _pattern(self, pattern: Any) -> None:
        kind = self.conditions.kind(pattern, "event")
        for key in ("field", "from"):
            if kind is not None and key in pattern and pattern[key] not in kind.fields:
                self.problems.add(
                    pattern, key, f"{kind.id} has no field “{pattern[key]}”{nearest(pattern[key], kind.fields)}"
                )

    def _quota(self, duty: Any) -> None:
        quota = duty.get("quota")
        if quota is None or not check_shape("quota", quota, self.problems):
            return
        clauses = self._clauses(quota, "of")
        share = str(quota["share"])
        if not (share.endswith("%") and share[:-1].isdigit()):
            self.problems.add(quota, "share", f"“{share}” is not a share: write it as 20%")
        for _, kind in clauses:
            self.conditions.check(quota["counts"], Hand((kind,), kind.names))


def _is_counted(duty: Mapping[str, Any]) -> bool:
    due = duty.get("due")
    if "repeats" in duty or "quota" in duty or due in ("none", "same day"):
        return False
    return not (isinstance(due, dict) and set(due) & {"by", "field"})


def kinds_of(duty: Mapping[str, Any], keys: Iterable[str]) -> list[str]:
    """The kinds of event under some keys of a duty: what starts it, what meets it."""
    found = []
    for key in keys:
        written = duty.get(key)
        if isinstance(written, dict) and "recording_of" in written:
            found.append(str(written["recording_of"]))
        else:
            found += [str(one["event"]) for one in clause_list(written)]
    return found
