"""What each element of the return becomes."""

import pytest

from kith.returns.cin import LAST_YEAR, RECORDABLE, Collection, evidence, kinds_recorded
from kith.rules.days import day_of, end_of_day, iso
from kith.rules.shipped import library
from kith.rules.stack import stack_of
from returns.written import (
    ASSESSMENT,
    ENQUIRY,
    HELP_PLAN,
    LATE_REFERRAL,
    NO_CONFERENCE,
    PRE_PROCEEDINGS,
    PROTECTION,
    REFERRAL,
    a_return,
    child,
    closing,
    codes,
    episode,
    only,
    read,
    told,
)


def test_a_whole_episode_becomes_its_events_in_order():
    one = only(a_return(child("C1", episode(ASSESSMENT + ENQUIRY, start=closing("RC8"), after=PROTECTION))))
    assert one.problems == []
    assert told(one) == [
        ("child.registered", "2024-06-03", {"date_of_birth": "2015-06-01"}),
        ("referral.received", "2024-06-03", {"source": "2A"}),
        ("assessment.started/child_and_family", "2024-06-04", {}),
        ("section_47.started", "2024-06-10", {}),
        ("meeting.held/child_protection_conference", "2024-06-28", {"stage": "initial"}),
        ("plan.started/child_protection", "2024-06-28", {}),
        ("assessment.authorised/child_and_family", "2024-07-19", {}),
        ("meeting.held/child_protection_conference", "2024-09-20", {"stage": "review"}),
        ("meeting.held/child_protection_conference", "2025-01-10", {"stage": "review"}),
        ("plan.ended/child_protection", "2025-01-10", {}),
        ("episode.closed", "2025-01-20", {"reason": "assessed_no_further_action"}),
    ]


def test_every_event_has_an_id_of_its_own_that_a_second_reading_gives_again():
    text = a_return(child("C1", episode(ASSESSMENT + ENQUIRY, after=PROTECTION)))
    ids = [event.id for event in only(text).events]
    assert len(set(ids)) == len(ids)
    assert ids == [event.id for event in only(text).events]
    assert ids[1] == "C1-referral-received-1"


def test_a_start_and_its_end_name_the_same_assessment_or_plan():
    events = {event.kind: event for event in only(a_return(child("C1", episode(ASSESSMENT, after=PROTECTION)))).events}
    started, ended = events["plan.started/child_protection"], events["plan.ended/child_protection"]
    assert started.names == ended.names == {"child": "C1", "plan": "C1-child-protection-plan-1"}


def test_what_happened_is_known_on_the_day_it_happened():
    for event in only(a_return(child("C1", episode(ASSESSMENT)))).events:
        assert (event.known, event.at, event.several) == (end_of_day(event.day), None, False)


def test_events_are_in_the_order_in_which_the_engine_takes_them():
    one = only(a_return(child("C1", episode(ENQUIRY + ASSESSMENT, start=closing("RC1"), after=PROTECTION))))
    assert one.events == sorted(one.events, key=lambda event: event.order)


def test_a_referral_with_no_further_action_is_decided_on_its_own_day():
    one = only(a_return(child("C1", episode(nfa="true"))))
    assert ("referral.decided", "2024-06-03", {"decision": "no_further_action", "further_work_needed": False}) in told(
        one
    )


@pytest.mark.parametrize("written", ["0", "false", "False", "FALSE"])
def test_a_referral_with_further_action_gives_no_decision(written):
    one = only(a_return(child("C1", episode(nfa=written))))
    assert [event.kind for event in one.events] == ["child.registered", "referral.received"]
    assert one.problems == []


def test_an_enquiry_that_needed_no_conference_ends_on_the_day_it_started():
    assert ("section_47.ended", "2024-06-10", {"outcome": "no_conference"}) in told(
        only(a_return(child("C1", episode(NO_CONFERENCE))))
    )


def test_an_enquiry_with_a_conference_is_given_no_end():
    assert "section_47.ended" not in [event.kind for event in only(a_return(child("C1", episode(ENQUIRY)))).events]


def test_a_conference_on_transfer_in_is_an_initial_conference():
    start = REFERRAL + "<DateOfInitialCPC>2024-06-28</DateOfInitialCPC>\n"
    one = only(a_return(child("C1", episode(start=start, after=PROTECTION))))
    assert ("meeting.held/child_protection_conference", "2024-06-28", {"stage": "initial"}) in told(one)
    assert one.problems == []


@pytest.mark.parametrize(
    ("reason", "kind"), [("RC1", "child.adopted"), ("RC2", "child.died"), ("RC5", "child.moved_authority")]
)
def test_a_closing_that_says_where_the_child_went_says_so_as_an_event(reason, kind):
    one = only(a_return(child("C1", episode(start=closing(reason)))))
    assert [event.kind for event in one.events][-2:] == ["episode.closed", kind]
    assert one.events[-1].day == day_of("2025-01-20")


def test_the_day_of_death_given_for_the_child_goes_before_the_closing_day():
    identifiers = (
        "<PersonBirthDate>2015-06-01</PersonBirthDate>\n<Sex>F</Sex>\n<PersonDeathDate>2025-01-15</PersonDeathDate>\n"
    )
    one = only(a_return(child("C1", episode(start=closing("RC2", "2025-01-16")), identifiers=identifiers)))
    assert [iso(event.day) for event in one.events if event.kind == "child.died"] == ["2025-01-15"]


def test_a_child_referred_before_birth_is_registered_on_the_day_of_birth():
    identifiers = "<PersonBirthDate>2024-08-01</PersonBirthDate>\n<Sex>F</Sex>\n"
    one = only(a_return(child("C1", identifiers=identifiers)))
    assert ("child.registered", "2024-08-01", {"date_of_birth": "2024-08-01"}) in told(one)


def test_an_unborn_child_is_registered_at_the_referral_with_the_expected_day():
    identifiers = "<ExpectedPersonBirthDate>2025-05-09</ExpectedPersonBirthDate>\n<Sex>U</Sex>\n"
    one = only(a_return(child("C1", identifiers=identifiers)))
    assert told(one)[0] == ("child.registered", "2024-06-03", {"expected_on": "2025-05-09"})
    assert one.problems == []


def test_two_episodes_number_on():
    again = REFERRAL.replace("2024-06-03", "2025-02-10")
    one = only(a_return(child("C1", episode(ASSESSMENT, start=closing("RC8")), episode(start=again))))
    assert [event.id for event in one.events if event.kind == "referral.received"] == [
        "C1-referral-received-1",
        "C1-referral-received-2",
    ]


def test_work_before_proceedings_becomes_its_events():
    one = only(a_return(child("C1", episode(start=LATE_REFERRAL, after=PRE_PROCEEDINGS)), year=2027))
    assert one.problems == []
    assert told(one)[2:] == [
        ("pre_proceedings.started", "2026-09-09", {}),
        ("pre_proceedings.counted", "2026-09-09", {"offered": True, "held": False}),
        ("letter.sent/before_proceedings", "2026-09-20", {}),
        ("meeting.held/pre_proceedings", "2026-09-28", {"stage": "initial"}),
        ("pre_proceedings.ended", "2026-12-01", {"outcome": "A"}),
        ("proceedings.issued", "2026-12-18", {}),
    ]


def test_work_before_proceedings_in_an_earlier_year_is_read_and_remarked_on():
    text = a_return(
        child("C1", episode(start=REFERRAL, after=PRE_PROCEEDINGS.replace("2026", "2024").replace("2027", "2025")))
    )
    reader, (one,) = read(text)
    assert "pre_proceedings.started" in [event.kind for event in one.events]
    assert [(problem.field, problem.code) for problem in reader.problems] == [
        ("PreProceedingsandFGDM", "not_asked_for")
    ]


def test_an_answer_before_proceedings_without_any_day_has_none_to_stand_on():
    block = "<PreProceedingsandFGDM>\n<FGDMMeetingOffer>1</FGDMMeetingOffer>\n</PreProceedingsandFGDM>\n"
    one = only(a_return(child("C1", episode(start=LATE_REFERRAL, after=block)), year=2027))
    assert codes(one.problems) == ["9005", "no_day"]


def test_the_census_holds_its_ten_kinds_from_the_first_day_of_its_year():
    held = evidence(Collection.of(2025))
    for kind in (
        "referral.received", "assessment.started/child_and_family", "assessment.authorised/child_and_family",
        "plan.started/child_in_need", "plan.ended/child_in_need", "plan.started/child_protection",
        "plan.ended/child_protection", "section_47.started", "meeting.held/child_protection_conference", "episode.closed",
    ):  # fmt: skip
        assert held.holds(kind) == day_of("2024-04-01"), kind


@pytest.mark.parametrize(
    "kind", ["visit.made", "meeting.held/core_group", "referral.decided", "section_47.ended", "share.made"]
)
def test_the_census_does_not_hold_what_it_has_only_in_part_or_not_at_all(kind):
    assert evidence(Collection.of(2025)).holds(kind) > day_of("2100-01-01")


def test_plans_are_held_from_2021_22_and_work_before_proceedings_from_2026_27():
    never = day_of("2100-01-01")
    assert evidence(Collection.of(2021)).holds("plan.started/child_in_need") > never
    assert evidence(Collection.of(2022)).holds("plan.started/child_in_need") == day_of("2021-04-01")
    assert evidence(Collection.of(2026)).holds("pre_proceedings.counted") > never
    assert evidence(Collection.of(2027)).holds("pre_proceedings.counted") == day_of("2026-04-01")


def test_every_kind_that_can_be_recorded_is_in_the_national_vocabulary_with_what_it_says():
    vocabulary = stack_of(library(), "england@2013-04").vocabulary
    assert {kind for kind in RECORDABLE if vocabulary.kind(kind) is None} == set()
    text = a_return(
        child("C1", episode(ASSESSMENT + HELP_PLAN + ENQUIRY + NO_CONFERENCE, start=closing("RC5"), after=PROTECTION)),
        child("C2", episode(nfa="true"), episode(start=LATE_REFERRAL, after=PRE_PROCEEDINGS)),
        year=2027,
    )
    for one in read(text)[1]:
        for event in one.events:
            kind = vocabulary.kind(event.kind)
            assert set(event.names) <= set(kind.names), event.kind
            assert set(event.fields) <= set(kind.fields), event.kind
            assert event.kind in RECORDABLE


def test_what_can_be_recorded_in_a_year_grows_with_the_collections():
    assert set(kinds_recorded(2017)) < set(kinds_recorded(2022)) < set(kinds_recorded(LAST_YEAR)) == RECORDABLE
