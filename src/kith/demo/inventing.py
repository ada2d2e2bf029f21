"""Families made up from lists of names: who they are, each time the same for the same council and number."""
# Stories read better as lines than as columns of arguments.
# fmt: off

from collections.abc import Mapping
from typing import Any

from kith.demo.councils import data
from kith.demo.telling import Family

Says = dict[str, Any]


def household(family: Family, known: int, **wish: Any) -> Says:
    """A household to `enter`: `ages` of the children (an unborn one by `expected`), `apart` parents, `grandparents`,
    `disabled` children."""
    luck = family.random
    cultures = data("names")["cultures"]
    culture = luck.choices(cultures, [one["weight"] for one in cultures])[0]
    surname = luck.choice(culture["family"])
    taken: set[str] = set()
    children = [_child(family, culture, surname, taken, age, wish) for age in wish.get("ages", (7,))]
    if wish.get("expected") is not None:
        children.append({"key": "baby", "name": ["Baby", surname], "expected": wish["expected"]})
    adults = _parents(family, culture, surname, taken, wish)
    kids = [one["key"] for one in children]
    bonds: list[Any] = [[kids, "birth_mother", "mum"], [kids, "birth_father", "dad"]]
    bonds.append(["mum", "separated" if wish.get("apart") else "married", "dad"])
    if wish.get("grandparents"):
        adults += _grandparents(family, culture, surname, taken)
        bonds += [["mum", "birth_mother", "gran"], ["mum", "birth_father", "grandad"], ["gran", "married", "grandad"]]
    return {
        "known": known, "children": children, "adults": adults, "bonds": bonds, "homes": _homes(family, kids, known, wish),
        "reaches": [{"who": "mum", "value": _mobile(family)}],
    }  # fmt: skip


def _child(family: Family, culture: Mapping[str, Any], surname: str, taken: set[str], age: float, wish: Says) -> Says:
    sex = family.random.choice(("female", "male"))
    given = _given(family, culture, sex, taken, 0)
    one: Says = {
        "key": f"child{len(taken)}", "name": [given, surname], "age": int(age) if age >= 2 else age, "sex": sex,
        "ethnicity": culture["ethnicity"], "order": culture.get("order", "given_first"),
    }  # fmt: skip
    if culture.get("language"):
        one["first_language"] = culture["language"]
    if wish.get("disabled") and (len(taken) == 1 or family.random.random() < 0.3):
        needs = family.random.choice(data("texts")["disabilities"])
        one |= {"disability": needs["codes"], "communication": needs["communication"], "about": needs["about"]}
    return one


def _given(family: Family, culture: Mapping[str, Any], sex: str, taken: set[str], from_place: int) -> str:
    names = [one for one in culture[sex][from_place:] if one not in taken] or culture[sex]
    given: str = family.random.choice(names)
    taken.add(given)
    return given


def _parents(family: Family, culture: Mapping[str, Any], surname: str, taken: set[str], wish: Says) -> list[Says]:
    luck, language = family.random, culture.get("language")
    speaks: Says = {"first_language": language} if language else {}
    if language and luck.random() < 0.6:
        speaks |= {"interpreter_needed": True, "interpreter_language": f"{language}; not a relative or a neighbour, please"}
    oldest = max(wish.get("ages") or (0,))
    shared = {"ethnicity": culture["ethnicity"], "order": culture.get("order", "given_first"), "relation": "parent"}
    mum = {"key": "mum", "name": [_given(family, culture, "female", taken, 3), surname], "sex": "female", "pr": "mother"}
    dad = {
        "key": "dad", "name": [_given(family, culture, "male", taken, 3), surname], "sex": "male",
        "pr": "on_birth_certificate", "lives_with": not wish.get("apart"),
    }  # fmt: skip
    age = oldest + luck.randrange(19, 33)
    return [mum | shared | speaks | {"age": int(age)}, dad | shared | speaks | {"age": int(age + luck.randrange(-2, 7))}]


def _grandparents(family: Family, culture: Mapping[str, Any], surname: str, taken: set[str]) -> list[Says]:
    shared = {"ethnicity": culture["ethnicity"], "relation": "grandparent", "lives_with": False}
    return [
        {"key": "gran", "name": [culture["female"][-1], surname], "sex": "female", "age": 66} | shared,
        {"key": "grandad", "name": [culture["male"][-1], surname], "sex": "male", "age": 69} | shared,
    ]


def _homes(family: Family, kids: list[str], known: int, wish: Says) -> list[Says]:
    here = [*(kid for kid in kids if kid != "baby"), "mum"]
    since = known - family.random.randrange(60, 1500)
    first = {"key": "home", "who": [*here, *([] if wish.get("apart") else ["dad"])], "since": since}
    homes = [first | address(family)]
    if wish.get("apart"):
        homes.append({"key": "dads", "who": ["dad"], "since": since + 40} | address(family))
    return homes


def address(family: Family) -> Says:
    """An address that is nobody's: the postcode begins with ZZ99, which is given to no place."""
    names = data("names")
    luck = family.random
    town = luck.choice(names["towns"][family.council.authority.pack])
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    return {
        "address": f"{luck.randrange(2, 140)} {luck.choice(names['streets'])}, {town}",
        "postcode": f"ZZ99 {luck.randrange(1, 10)}{luck.choice(letters)}{luck.choice(letters)}",
    }


def _mobile(family: Family) -> str:
    return f"07700 900{family.random.randrange(1000):03}"
