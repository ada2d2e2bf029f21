"""Who a family are: its children and adults, their names and numbers, how they belong together, where they live."""
# Stories read better as lines than as columns of arguments.
# fmt: off

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from kith.demo.telling import Family
from kith.people.identifiers import CHECK_LETTERS, NotAnIdentifier, cleaned

CODED = ("sex", "ethnicity", "first_language", "chosen_language", "interpreter_needed", "disability")
IN_WORDS = ("pronouns", "interpreter_language", "communication", "religion", "nationality", "about")
FAMILY = "family"


def enter(family: Family, says: Mapping[str, Any]) -> None:
    """Tells who a family are, from the day they became known: children and adults first, then what joins them."""
    known = says.get("known", -120)
    for one in says.get("children", ()):
        _child(family, one, one.get("known", known))
    for one in says.get("adults", ()):
        _adult(family, one, one.get("known", known))
    for place, bond in enumerate(says.get("bonds", ())):
        who, relation, other, *since = bond
        family.tell(
            "relationship.recorded", since[0] if since else known, relationship=f"bond{place}", other=other,
            relation=relation, by="front", late=_late(since, known), **{"child" if _is_child(family, who) else "person": who},
        )  # fmt: skip
    for one in says.get("homes", ()):
        _home(family, one, known)
    for place, one in enumerate(says.get("reaches", ())):
        _reach(family, f"reach{place}", dict(one), known)


def _late(since: Sequence[int], known: int) -> int:
    """What began before the family was known was recorded when they became known."""
    return max(0, known - since[0]) if since else 0


def _is_child(family: Family, who: str | Sequence[str]) -> bool:
    return (who if isinstance(who, str) else who[0]) in family.children


def _born(family: Family, one: Mapping[str, Any]) -> int:
    """The day of birth: an age in years, moved by some days so that birthdays differ, or days from today."""
    if "born" in one:
        return int(one["born"])
    return -round(float(one["age"]) * 365.25) - (family.random.randrange(1, 300) if isinstance(one["age"], int) else 0)


def _child(family: Family, one: Mapping[str, Any], known: int) -> None:
    key = one["key"]
    family.children.append(key)
    birth = {"expected_on": one["expected"]} if "expected" in one else {"date_of_birth": _born(family, one)}
    family.tell("child.registered", known, child=key, family=FAMILY, by="front", **birth)
    _names_and_details(family, "child", one, known)
    numbers = one.get("numbers", True) and "expected" not in one
    if numbers:
        _number(family, key, "nhs_number", known)
        _number(family, key, "la_child_id", known)
        if "date_of_birth" in birth and birth["date_of_birth"] < -4.5 * 365:
            _number(family, key, "upn", known)


def _adult(family: Family, one: Mapping[str, Any], known: int) -> None:
    key = one["key"]
    birth = {"date_of_birth": _born(family, one)} if "age" in one or "born" in one else {}
    family.tell("person.registered", known, person=key, person_kind=one.get("kind", "relative"), by="front", **birth)
    _names_and_details(family, "person", one, known)
    if one.get("relation"):
        family.tell(
            "person.joined_family", known, person=key, family=FAMILY, by="front", relation=one["relation"],
            parental_responsibility=bool(one.get("pr")), lives_with=bool(one.get("lives_with", True)),
        )  # fmt: skip
    if one.get("pr"):
        holds = one.get("pr_for", family.children)
        family.tell("parental_responsibility.gained", known, child=holds, person=key, through=one["pr"], by="front")
    if "died" in one:
        family.tell("person.died", one["died"], person=key, by="front", late=max(0, known - one["died"]))


def _names_and_details(family: Family, who: str, one: Mapping[str, Any], known: int) -> None:
    given, family_name = one["name"]
    about = {who: one["key"]}
    coded = {"name_use": "full", "name_order": one.get("order", "given_first")}
    family.tell("name.given", known, **about, **coded, by="front", words={"given": given, "family": family_name})
    for use in ("known_as", "former", "birth", "adoptive", "married", "alias"):
        if use in one:
            parts = {"given": one[use][0], "family": one[use][1]}
            family.tell("name.given", known, **about, name_use=use, name_order="given_first", by="front", words=parts)
    details = {key: one[key] for key in CODED if key in one}
    words = {key: one[key] for key in IN_WORDS if key in one}
    if details or words:
        family.tell("details.recorded", known, **about, **details, by="front", words=words)


def _number(family: Family, child: str, scheme: str, known: int) -> None:
    family.tell("identifier.recorded", known, child=child, scheme=scheme, by="bs", words={"value": number(family, scheme)})


def number(family: Family, scheme: str) -> str:
    """A number with a true check digit, from a range that is given to nobody: NHS numbers that begin with 999."""
    serial = family.random.randrange(10**5, 10**6)
    if scheme == "la_child_id":
        return f"{family.council.slug[:3].upper()}{serial}"
    if scheme == "upn":
        tries = [f"{letter}{family.council.authority.code}{serial:06}{serial % 100:02}0" for letter in CHECK_LETTERS]
    else:
        tries = [f"999{(serial + more) % 10**6:06}{digit}" for more in range(9) for digit in range(10)]
    for one in tries:
        with suppress(NotAnIdentifier):
            return cleaned(scheme, one)
    raise LookupError(f"no {scheme} fits")


def _home(family: Family, one: Mapping[str, Any], known: int) -> None:
    who = [one["who"]] if isinstance(one["who"], str) else list(one["who"])
    since = one.get("since", known)
    children = [key for key in who if key in family.children]
    people = [key for key in who if key not in family.children]
    about: dict[str, Any] = {"home": one["key"]} | ({"child": children} if children else {})
    family.tell(
        "home.moved_in", since, **about, **({"person": people} if people else {}), by=one.get("by", "front"),
        home_use=one.get("use", "home"), may_know=one.get("may_know", "those_working_with_family"),
        safe_to_write=one.get("safe_to_write", True), late=one.get("late", max(0, known - since)),
        words={"address": one["address"], "postcode": one["postcode"]},
    )  # fmt: skip


def _reach(family: Family, key: str, one: dict[str, Any], known: int) -> None:
    who = one["who"]
    family.tell(
        "reach.recorded", one.get("since", known), reach=key, by="front", reach_by=one.get("how", "mobile"),
        safe=one.get("safe", True), may_say_who=one.get("may_say_who", True),
        may_know=one.get("may_know", "those_working_with_family"),
        words={name: one[name] for name in ("value", "when_safe") if name in one},
        **{"child" if who in family.children else "person": who},
    )  # fmt: skip
