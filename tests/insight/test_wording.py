"""Duties put into words."""

import pytest

from insight.made_up import procedure
from kith.insight.wording import citations, days_text, joined, missing_facts, starts_of, title, what_it_says, whole_days
from kith.rules.english import English


def english(name: str) -> English:
    stack = procedure(name).versions[-1].stack
    assert stack is not None
    return English(stack)


def said(name: str, duty_id: str) -> str:
    duty = procedure(name).duty(duty_id)
    assert duty is not None
    return " ".join(what_it_says(duty, english(name)))


@pytest.mark.parametrize(
    ("name", "duty_id", "words"),
    [
        ("england", "assessment.complete", "Within 45 working days after the referral was received."),
        ("england", "conference.review", "Within 3 months, then every 6 months, beginning when the child protection plan was started."),
        ("england", "proceedings.conclude", "The day it counts from is the first day."),
        ("england", "family_group.hold", "Before the proceedings were issued, once the family group decision-making offer was answered."),
        ("lincolnshire", "visits", "Every 4 weeks for 3 months, then every 12 weeks"),
        ("lincolnshire", "network_meeting.first", "or within 5 working days after"),
        ("lincolnshire", "meeting.first", "whichever comes first."),
    ],
)  # fmt: skip
def test_a_duty_says_by_when_it_is_due_and_after_what(name, duty_id, words):
    assert words in said(name, duty_id)


@pytest.mark.parametrize("name", ["england", "lincolnshire", "leicestershire", "walsall", "worcestershire"])
def test_every_duty_of_every_pack_can_be_said(name):
    speaking = english(name)
    for duty in procedure(name).duties:
        sentences = what_it_says(duty, speaking)
        assert all(sentence[0].isupper() or sentence[0].isdigit() for sentence in sentences), duty.id
        assert all(sentence.endswith(".") and "\n" not in sentence for sentence in sentences), duty.id
        assert "{" not in title(duty)
        assert starts_of(duty, speaking)


@pytest.mark.parametrize("name", ["england", "lincolnshire", "leicestershire", "walsall", "worcestershire"])
def test_every_citation_names_its_document_and_a_clause_says_what_is_in_it(name):
    for duty in procedure(name).duties:
        for cited in citations(duty, english(name)):
            assert cited.document
            for clause, says in cited.clauses:
                assert says, (duty.id, clause)


def test_clauses_of_one_document_stand_together_under_it():
    duty = procedure("lincolnshire").duty("visits")
    assert duty is not None
    (document,) = citations(duty, english("lincolnshire"))
    assert document.document == "2.1.2 Child and Family Progress Meetings for Children with Disability"
    assert [clause for clause, _ in document.clauses] == ["LIN-022", "LIN-025", "LIN-027", "LIN-028", "LIN-029"]


def test_a_missing_fact_is_named_in_the_words_of_the_pack():
    assert missing_facts(["visit.made", "meeting.held/child_in_need"], english("lincolnshire")) == (
        "whether a visit was made or a Child and Family Progress Meeting was held"
    )


def test_lists_are_joined_as_in_a_sentence():
    assert [joined([]), joined(["a"]), joined(["a", "b"], "or"), joined(["a", "b", "c"])] == [
        "",
        "a",
        "a or b",
        "a, b and c",
    ]


def test_a_share_done_within_a_part_of_a_day_was_done_within_the_whole_day():
    assert [whole_days(days, "days") for days in (12.0, 12.1, 12.9, 0.5, 0)] == [
        "12 days", "13 days", "13 days", "1 day", "the same day",
    ]  # fmt: skip
    assert [days_text(days, "working days") for days in (1, 12.5, 30)] == [
        "1 working day",
        "12.5 working days",
        "30 working days",
    ]
