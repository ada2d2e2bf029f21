"""Conditions said in plain English, with the words of a pack: not turns the phrase inside, and no mixture becomes a riddle."""

import pytest

from kith.rules.compiling import procedure
from kith.rules.english import English
from kith.rules.pack_files import Library
from kith.rules.shipped import library, packs_folder
from packs.one_mistake import RIGHT

ENGLISH = English(procedure(Library(packs_folder(), RIGHT.parent.parent), "borough").versions[-1].stack)
LINCOLNSHIRE = English(procedure(library(), "lincolnshire").versions[-1].stack)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"field": "tidy", "is": True}, "the home was tidy"),
        ({"field": "tidy", "is": False}, "the home was not tidy"),
        ({"field": "tidy", "is_not": True}, "the home was not tidy"),
        ({"not": {"field": "tidy", "is": True}}, "the home was not tidy"),
        ({"field": "tidy", "known": True}, "it is known whether the home was tidy"),
        ({"not": {"field": "tidy", "known": True}}, "it is not known whether the home was tidy"),
        ({"field": "mark", "more_than": 3, "odd": True}, "the mark is more than 3 and is odd"),
        ({"not": {"field": "mark", "more_than": 3, "odd": True}}, "the mark is at most 3 or is even"),
        ({"field": "mark", "odd": False}, "the mark is even"),
        ({"field": "colour", "in": ["red", "blue"]}, "the colour is red or blue"),
        ({"not": {"field": "colour", "in": ["red", "blue"]}}, "the colour is neither red nor blue"),
        ({"field": "colour", "not_in": ["red", "blue", "green"]}, "the colour is none of these: red, blue, green"),
        ({"field": "colour", "not_in": ["red"]}, "the colour is not red"),
        ({"field": "colour", "known": False}, "the colour is not known"),
        ({"field": "by_role", "is": "team_manager"}, "the person doing so is a team manager"),
        ({"field": "back_on", "at_most": {"after": "14 days"}}, "the day back is no later than 14 days after the day itself"),
        ({"field": "back_on", "under": {"after": "1 day", "field": "back_on"}}, "the day back is no later than the day back"),
        ({"field": "back_on", "at_least": {"before": "2 weeks", "field": "back_on"}}, "the day back is no earlier than 2 weeks before the day back"),
        ({"field": "when", "under": "2025-04-01"}, "the day is earlier than 1 April 2025"),
        ({"field": "when", "more_than": None}, "the day is later than a day not yet set"),
        ({"field": "extra", "is": True}, "the extra is yes"),
        ({"fact": "walk_kind", "is": "red"}, "the kind of walk is red"),
        ({"during": "walking"}, "the child is walking"),
        ({"not": {"during": "walking"}}, "the child is not walking"),
        ({"during": "walking", "lasted": "2 weeks"}, "the child is walking and has been for 2 weeks"),
        ({"not": {"during": "walking", "lasted": "2 weeks"}}, "it has not been 2 weeks that the child is walking"),
        ({"happened": "walk.taken"}, "a walk was taken"),
        ({"not": {"happened": "walk.taken"}}, "no walk was taken"),
        ({"happened": "walk.taken/long", "since": "1 month"}, "a long walk was taken in the last month"),
        ({"happened": "walk.taken", "since": "walk.planned"}, "a walk was taken since the walk was planned"),
        ({"happened": "walk.taken", "where": {"field": "tidy", "is": True}}, "a walk was taken where the home was tidy"),
        ({"not": {"happened": "episode.closed"}}, "no case was closed"),
        ({"happened": "nobody.knows"}, "a nobody.knows happened"),
        ({"count": "walk.taken", "at_least": 2}, "the number of times a walk was taken is at least 2"),
        ({"total": "walk.taken", "of": "mark", "at_least": 9}, "the mark added up over every time a walk was taken is at least 9"),
        ({"total": "walk.taken", "of": "extra", "at_least": 9}, "extra added up over every time a walk was taken is at least 9"),
        ({"each": "walkers", "satisfies": {"happened": "walk.taken"}}, "for every walker, a walk was taken"),
        ({"not": {"each": "walkers", "satisfies": {"happened": "walk.taken"}}}, "for at least one walker, no walk was taken"),
        ({"some": "walkers", "satisfies": {"happened": "walk.taken"}}, "for at least one walker, a walk was taken"),
        ({"not": {"some": "walkers", "satisfies": {"happened": "walk.taken"}}}, "for every walker, no walk was taken"),
        ({"open": "walking", "across": "walkers", "more_than": 1}, "the number of walkers for whom the child is walking is more than 1"),
        ({"age_of": "child", "at_least": {"setting": "young"}}, "the child’s age is at least 11"),
        ({"same_day": "walk.taken", "same": ["child", "place"]}, "a walk was taken on the same day at the same place"),
        ({"not": {"same_day": "walk.taken", "same": ["child"]}}, "no walk was taken on the same day"),
        ({"field": "colour", "is": "red", "happened": "walk.taken"}, "the colour is red and a walk was taken"),
        ({"all": [{"field": "colour", "is": "red"}]}, "the colour is red"),
        ({"any": [{"field": "tidy", "known": False}, {"field": "tidy", "is": False}]}, "it is not recorded that the home was tidy"),
        ({"not": {"any": [{"field": "colour", "is": "red"}, {"during": "walking"}]}}, "the colour is not red and the child is not walking"),
    ],
)  # fmt: skip
def test_every_test_is_said_as_a_person_would_say_it(condition, said):
    assert ENGLISH.condition(condition) == said


def test_mixed_all_and_any_become_an_indented_list():
    mixed = {"any": [{"all": [{"field": "colour", "is": "red"}, {"during": "walking"}]}, {"field": "tidy", "is": True}]}
    assert ENGLISH.condition(mixed).split("\n") == [
        "any of these:",
        "  - the colour is red and the child is walking",
        "  - the home was tidy",
    ]


def test_a_list_inside_a_list_is_indented_under_its_own_heading():
    inner = {"all": [{"field": "colour", "is": one} for one in ("red", "blue", "green", "white")]}
    assert ENGLISH.condition({"any": [inner, {"field": "tidy", "is": True}]}).split("\n")[:3] == [
        "any of these:",
        "  - all of these:",
        "      - the colour is red",
    ]


def test_what_is_still_to_come_is_said_in_the_present():
    assert ENGLISH.before("episode.closed") == "the case is closed"
    assert ENGLISH.before("walk.taken") == "a walk is taken"


def test_what_is_brought_to_a_meeting_is_said_first():
    assert ENGLISH.kind("meeting.record_sent/core_group") == "the record of a core group was sent"
    assert LINCOLNSHIRE.kind("meeting.invited/child_in_need").startswith("an invitation to a Child and Family Progress")


def test_a_field_without_phrases_is_still_said_as_yes_or_no():
    field = ENGLISH.stack.vocabulary.fields["tidy"].__class__("loud", "yes_no")
    assert ENGLISH._yes_or_no(field, {"is": True}, True) == "loud: yes"
    assert ENGLISH._yes_or_no(field, {"is": True}, False) == "loud: no"
