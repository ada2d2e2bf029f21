"""Invented numbers have true check digits and belong to nobody; the same council and number tell the same family."""

from importlib import import_module
from types import SimpleNamespace

import pytest

from kith.people.identifiers import cleaned

household = import_module("kith.demo.household")
telling = import_module("kith.demo.telling")


def family(title: str) -> object:
    council = SimpleNamespace(slug="saltfen", ids={}, authority=SimpleNamespace(code="994", pack="lincolnshire"))
    return telling.Family(council, title)


@pytest.mark.parametrize("place", range(40))
def test_numbers_are_true_and_from_ranges_given_to_nobody(place: int) -> None:
    one = family(f"family {place}")
    nhs, upn = household.number(one, "nhs_number"), household.number(one, "upn")
    assert nhs.startswith("999")
    assert cleaned("nhs_number", nhs) == nhs
    assert cleaned("upn", upn) == upn


def test_the_same_family_is_told_the_same_each_time() -> None:
    inventing = import_module("kith.demo.inventing")
    first, again = (inventing.household(family("in_need 3"), -90, ages=(9, 4)) for _ in range(2))
    assert first == again
    assert first != inventing.household(family("in_need 4"), -90, ages=(9, 4))


def test_telephones_and_postcodes_are_those_kept_for_invention() -> None:
    inventing = import_module("kith.demo.inventing")
    says = inventing.household(family("assessing 1"), -90, ages=(9,), apart=True)
    assert all(one["postcode"].startswith("ZZ99 ") for one in says["homes"])
    assert all(one["value"].startswith("07700 900") for one in says["reaches"])
