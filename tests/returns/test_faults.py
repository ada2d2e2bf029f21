"""Each kind of fault: what is said of it, where, and what becomes of the fact."""

import pytest

from kith.returns.cin import Census, CensusError
from kith.rules.days import iso
from returns.written import (
    ASSESSMENT,
    ENQUIRY,
    HELP_PLAN,
    IDENTIFIERS,
    LATE_REFERRAL,
    PRE_PROCEEDINGS,
    PROTECTION,
    REFERRAL,
    a_return,
    census,
    child,
    closing,
    codes,
    episode,
    line_of,
    only,
    read,
)

WHOLE = a_return(
    child("C1", episode(ASSESSMENT + HELP_PLAN, start=closing("RC8"))), child("C2", episode(ENQUIRY, after=PROTECTION))
)


def faults(text):
    return [(one.line, one.child, one.field, one.code) for each in read(text)[1] for one in each.problems]


def changed(old, new, text=WHOLE):
    assert old in text
    return text.replace(old, new, 1)


DIED = "<Sex>F</Sex>\n<PersonDeathDate>{}</PersonDeathDate>"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("<AssessmentActualStartDate>2024-06-04", "<AssessmentActualStartDate>2024-06-01", "1103"),
        ("<DateOfInitialCPC>2024-06-28", "<DateOfInitialCPC>2024-05-31", "1104"),
        ("<CPPstartDate>2024-06-28", "<CPPstartDate>2024-05-28", "1105"),
        ("<LAchildID>C1", "<LAchildID>C23456789012345678901", "1570"),
        ("<LAchildID>C1", "<LAchildID>C-1", "1580"),
        ("<CPPstartDate>2024-06-28", "<CPPstartDate>2024-06-27", "2885"),
        ("<S47ActualStartDate>2024-06-10", "<S47ActualStartDate>2024-06-02", "2889"),
        ("<CINPlanEndDate>2024-09-02", "<CINPlanEndDate>2024-07-21", "4011"),
        ("<CINPlanEndDate>2024-09-02", "<CINPlanEndDate>2024-07-22", "4012Q"),
        ("<CINPlanEndDate>2024-09-02", "<CINPlanEndDate>2025-09-02", "4013"),
        ("<CINPlanStartDate>2024-07-22", "<CINPlanStartDate>2024-06-02", "4015"),
        ("<Sex>F", "<Sex>1", "4180"),
        ("<Ethnicity>WBRI", "<Ethnicity>WHITE", "4220"),
        ("<PersonBirthDate>2015-06-01", "<PersonBirthDate>2025-06-01", "8520"),
        ("<Sex>F", "<ExpectedPersonBirthDate>2025-05-01</ExpectedPersonBirthDate>\n<Sex>F", "8525Q"),
        ("<ReferralNFA>false", "<ReferralNFA>perhaps", "8568"),
        ("<CINreferralDate>2024-06-03", "<CINreferralDate>2025-04-01", "8600"),
        ("<AssessmentAuthorisationDate>2024-07-19", "<AssessmentAuthorisationDate>2024-06-03", "8608"),
        ("<CINclosureDate>2025-01-20", "<CINclosureDate>2024-06-01", "8630"),
        ("<ReasonForClosure>RC8", "<ReasonForClosure>RC0", "8640"),
        ("<PrimaryNeedCode>N1", "<PrimaryNeedCode>1", "8650"),
        ("<AssessmentAuthorisationDate>2024-07-19", "<AssessmentAuthorisationDate>2025-04-19", "8696"),
        ("<NumberOfPreviousCPP>0", "<NumberOfPreviousCPP>none", "8730"),
        ("<CPPendDate>2025-01-10", "<CPPendDate>2024-06-28", "8840"),
        ("<CPPreviewDate>2024-09-20", "<CPPreviewDate>2024-06-28", "8841"),
        ("<ReferralSource>2A", "<ReferralSource>2C", "8866"),
        ("<InitialCategoryOfAbuse>NEG", "<InitialCategoryOfAbuse>XXX", "8905"),
        ("<LatestCategoryOfAbuse>NEG", "<LatestCategoryOfAbuse>XXX", "8910"),
        ("<CPPendDate>2025-01-10", "<CPPendDate>2024-06-10", "8925"),
        ("<AssessmentFactors>4B", "<AssessmentFactors>18A", "8945Q"),
        ("<AssessmentFactors>4B", "<AssessmentFactors>25A", "factor"),
        ("<AssessmentActualStartDate>2024-06-04", "<AssessmentActualStartDate>2025-06-04", "after_reference_date"),
        ("<CPPstartDate>2024-06-28", "<CPPstartDate>28 June", "not_a_date"),
        ("<ICPCnotRequired>0", "<ICPCnotRequired>N", "flag"),
        ("<CINreferralDate>2024-06-03", "<CINreferralDate>1066-10-14", "too_early"),
    ],
)
def test_a_fault_is_reported_by_its_rule_on_its_line(old, new, code):
    text = changed(old, new)
    field = new[1 : new.index(">")]
    found = [(line, field) for line, _, field, broken in faults(text) if broken == code]
    assert found == [(line_of(text, new), field)]


@pytest.mark.parametrize(
    ("text", "field", "code"),
    [
        (changed("<LAchildID>C1</LAchildID>\n", ""), "LAchildID", "8500"),
        (changed("<ReferralNFA>false</ReferralNFA>\n", ""), "ReferralNFA", "8568"),
        (changed("<CINreferralDate>2024-06-03</CINreferralDate>\n", ""), "CINreferralDate", "8600"),
        (changed("<PrimaryNeedCode>N1</PrimaryNeedCode>\n", ""), "PrimaryNeedCode", "8610"),
        (changed("<ReasonForClosure>RC8</ReasonForClosure>\n", ""), "CINclosureDate", "8805"),
        (changed("<CINclosureDate>2025-01-20</CINclosureDate>\n", ""), "ReasonForClosure", "8810"),
        (changed("<PersonBirthDate>2015-06-01</PersonBirthDate>\n", ""), "PersonBirthDate", "8525Q"),
        (changed("<ReferralSource>2A</ReferralSource>\n", ""), "ReferralSource", "8866"),
        (changed("<S47ActualStartDate>2024-06-10</S47ActualStartDate>\n", ""), "S47ActualStartDate", "8615"),
        (changed("<CPPstartDate>2024-06-28</CPPstartDate>\n", ""), "CPPstartDate", "8720"),
        (changed("<CINPlanStartDate>2024-07-22</CINPlanStartDate>\n", ""), "CINPlanStartDate", "4010"),
        (changed("<AssessmentFactors>4B</AssessmentFactors>\n", ""), "AssessmentFactors", "8897Q"),
        (
            changed("<AssessmentAuthorisationDate>2024-07-19</AssessmentAuthorisationDate>\n", ""),
            "AssessmentFactors",
            "8614",
        ),
    ],
)
def test_what_is_missing_is_reported_by_its_rule(text, field, code):
    assert (field, code) in [(fault[2], fault[3]) for fault in faults(text)]


def test_a_plan_or_enquiry_after_death_or_closing_is_reported():
    died = changed(
        "<Sex>F</Sex>", DIED.format("2024-07-01"), a_return(child("C1", episode(HELP_PLAN, after=PROTECTION)))
    )
    assert {"4008", "4009Q", "8920"} <= {fault[3] for fault in faults(died)}
    closed = a_return(
        child("C1", episode(ASSESSMENT + HELP_PLAN + ENQUIRY, start=closing("RC7", "2024-06-05"), after=PROTECTION))
    )
    assert codes(only(closed).problems) == ["8565"] * 6
    before = changed(
        "<Sex>F</Sex>", DIED.format("2024-06-20"), a_return(child("C1", episode(ENQUIRY, after=PROTECTION)))
    )
    assert "8915" in [fault[3] for fault in faults(before)]


def test_a_referral_after_death_is_a_query():
    text = changed("<Sex>F</Sex>", DIED.format("2024-06-02"), a_return(child("C1")))
    assert ("CINreferralDate", "8555Q") in [(field, code) for _, _, field, code in faults(text)]


def test_death_before_birth_is_a_query():
    text = changed("<Sex>F</Sex>", DIED.format("2024-07-01"), a_return(child("C1")))
    assert "8535Q" in codes(only(text.replace("2015-06-01", "2024-07-02")).problems)


def test_a_referral_with_no_further_action_has_no_activity():
    one = only(a_return(child("C1", episode(ASSESSMENT + HELP_PLAN, nfa="1", after=PROTECTION))))
    assert codes(one.problems) == ["2885", "4000", "8831", "8832"]


def test_a_closed_case_with_something_unfinished_is_reported():
    unfinished = ASSESSMENT[: ASSESSMENT.index("<AssessmentAuth")] + "</Assessments>\n"
    enquiry = ENQUIRY.replace("<DateOfInitialCPC>2024-06-28</DateOfInitialCPC>\n", "")
    assert codes(only(a_return(child("C1", episode(unfinished + enquiry, start=closing("RC7"))))).problems) == [
        "8867",
        "8868",
    ]


def test_two_open_episodes_and_overlapping_ones_are_reported():
    later = REFERRAL.replace("2024-06-03", "2024-10-01")
    assert codes(only(a_return(child("C1", episode(), episode(start=later)))).problems) == ["8815"]
    assert codes(only(a_return(child("C1", episode(start=later), episode(start=closing("RC7"))))).problems) == ["8820"]
    assert only(a_return(child("C1", episode(nfa="true"), episode(start=later)))).problems == []


def test_two_open_plans_of_a_kind_are_reported():
    plan = HELP_PLAN.replace("<CINPlanEndDate>2024-09-02</CINPlanEndDate>\n", "")
    protection = PROTECTION.replace("<CPPendDate>2025-01-10</CPPendDate>\n", "")
    one = only(a_return(child("C1", episode(plan + plan + ENQUIRY, after=protection + protection))))
    assert codes(one.problems) == ["4004", "8935"]


def test_codes_given_twice_or_beside_none_are_reported():
    disabilities = "<Disabilities>\n" + "<Disability>{}</Disability>\n" * 3 + "</Disabilities>\n</ChildCharacteristics>"
    text = a_return(child("C1").replace("</ChildCharacteristics>", disabilities.format("NONE", "LD", "LD")))
    assert codes(only(text).problems) == ["8790", "8794"]
    factors = (
        "<AssessmentFactors>21</AssessmentFactors>\n<AssessmentFactors>4B</AssessmentFactors>\n<AssessmentFactors>4B"
    )
    assert codes(
        only(a_return(child("C1", episode(ASSESSMENT.replace("<AssessmentFactors>4B", factors))))).problems
    ) == [
        "8869",
        "8898",
    ]


def test_a_conference_recorded_twice_is_reported():
    start = REFERRAL + "<DateOfInitialCPC>2024-06-28</DateOfInitialCPC>\n"
    assert codes(only(a_return(child("C1", episode(ENQUIRY, start=start)))).problems) == ["2884"]


def test_work_before_proceedings_out_of_order_is_reported():
    text = a_return(child("C1", episode(start=LATE_REFERRAL, after=PRE_PROCEEDINGS)), year=2027)
    for old, new, code in (
        ("<LBPSentDate>2026-09-20", "<LBPSentDate>2026-09-08", "9006"),
        ("<StepDecisionDate>2026-12-01", "<StepDecisionDate>2026-09-01", "9009"),
        ("<PPOutcome>A", "<PPOutcome>D", "9011"),
        ("<CourtAppDate>2026-12-18", "<CourtAppDate>2026-11-18", "9012"),
        ("<LetterInitCPDate>2027-02-05", "<LetterInitCPDate>2026-12-05", "9013"),
        ("<LetterInitCPDate>2027-02-05", "<LetterInitCPDate>soon", "not_a_date"),
    ):
        assert [fault[3] for fault in faults(changed(old, new, text))] == [code]


@pytest.mark.parametrize(
    ("year", "old", "new", "code"),
    [
        (2022, "<ReferralSource>2A", "<ReferralSource>5D", "8866"),
        (2022, "<ReasonForClosure>RC8", "<ReasonForClosure>RC9", "8640"),
        (2021, "<AssessmentFactors>4B", "<AssessmentFactors>24A", "factor"),
        (2020, "<AssessmentFactors>4B", "<AssessmentFactors>18B", "factor"),
        (2024, "<GenderCurrent>2", "<GenderCurrent>F", "4180"),
    ],
)
def test_a_code_is_judged_by_the_list_of_its_year(year, old, new, code):
    text = a_return(child("C1", episode(ASSESSMENT, start=closing("RC8"))), year=year)
    text = text.replace("<Sex>F</Sex>", "<GenderCurrent>2</GenderCurrent>")
    text = (
        text.replace("2025-01", f"{year}-01").replace("2024-06", f"{year - 1}-06").replace("2024-07", f"{year - 1}-07")
    )
    assert faults(text) == []
    assert [fault[3] for fault in faults(changed(old, new, text))] == [code]
    if year < 2024:
        later = changed(old, new, text).replace(f"{year}-", f"{year + 1}-").replace(f"{year - 1}-", f"{year}-")
        assert faults(later.replace(f"<Year>{year}", f"<Year>{year + 1}")) == []


def test_a_bad_day_costs_that_fact_alone():
    text = changed("<CPPstartDate>2024-06-28", "<CPPstartDate>2024-06-31")
    reader, children = read(text)
    good, _ = read(WHOLE)
    assert len(children[1].events) == len(read(WHOLE)[1][1].events) - 1
    assert reader.ledger.facts_refused == 1
    assert reader.ledger.facts == good.ledger.facts


def test_days_in_an_impossible_order_are_both_kept():
    reader, _ = read(changed("<AssessmentAuthorisationDate>2024-07-19", "<AssessmentAuthorisationDate>2024-06-03"))
    assert reader.ledger.facts_refused == 0


def test_a_mark_on_a_referral_without_a_day_has_none_to_stand_on():
    one = only(a_return(child("C1", episode(start=REFERRAL.replace("2024-06-03", "yesterday"), nfa="true"))))
    assert codes(one.problems) == ["no_day", "not_a_date"]
    assert "CINreferralDate" in next(problem.message for problem in one.problems if problem.code == "no_day")


def test_a_child_without_an_id_is_refused_whole():
    reader, (_, second) = read(a_return(child("C1"), child("")))
    assert (second.id, second.refused, second.events) == ("", True, [])
    assert [(one.code, one.line) for one in second.problems] == [
        ("8500", line_of(a_return(child("C1"), child("")), "<LAchildID></"))
    ]
    assert second.problems[0].refused == 3
    assert (reader.ledger.children_read, reader.ledger.children_refused) == (1, 1)


def test_a_second_child_of_one_id_is_refused_whole():
    reader, (first, second, third) = read(a_return(child("C1"), child("C1"), child("C2")))
    assert [one.refused for one in (first, second, third)] == [False, True, False]
    assert codes(second.problems) == ["8510"]
    assert second.events == []
    assert reader.ledger.facts_refused == 3


def test_an_answer_given_twice_counts_once():
    one = only(a_return(child("C1", episode(start=REFERRAL + "<CINreferralDate>2024-06-09</CINreferralDate>\n"))))
    assert codes(one.problems) == ["repeated"]
    assert [iso(event.day) for event in one.events if event.kind == "referral.received"] == ["2024-06-03"]
    assert one.problems[0].refused == 1


def test_an_element_in_the_wrong_block_is_refused():
    one = only(a_return(child("C1", episode(after="<CPPstartDate>2024-06-28</CPPstartDate>\n"))))
    assert [(problem.field, problem.code, problem.refused) for problem in one.problems] == [
        ("CPPstartDate", "misplaced", 1)
    ]


def test_unknown_elements_are_counted_and_reported_once_for_each_name():
    odd = (
        "<CPPvisits>\n<CPPvisitDate>2024-07-01</CPPvisitDate>\n<CPPvisitDate>2024-07-11</CPPvisitDate>\n</CPPvisits>\n"
    )
    text = a_return(child("C1", episode(odd)), child("C2", episode(odd)))
    reader, children = read(text)
    assert reader.ledger.unknown == {"CPPvisits": 2, "CPPvisitDate": 4}
    assert [(one.field, one.code, one.line) for one in reader.problems] == [
        ("CPPvisits", "unknown_element", line_of(text, "<CPPvisits>")),
        ("CPPvisitDate", "unknown_element", line_of(text, "<CPPvisitDate>")),
    ]
    assert reader.problems[1].message.startswith("4 times")
    assert [one.problems for one in children] == [[], []]


def test_a_file_of_countless_element_names_fills_no_memory():
    odd = "".join(f"<n{number}/>" for number in range(3000))
    reader, _ = read(a_return(child("C1", episode(odd))))
    assert len(reader.problems) < 300
    assert sum(reader.ledger.unknown.values()) == 3000


def test_a_child_without_an_episode_is_reported():
    one = only(a_return(child("C1", "\n")))
    assert codes(one.problems) == ["8590"]
    assert [event.kind for event in one.events] == ["child.registered"]


@pytest.mark.parametrize(
    ("old", "new", "year", "found"),
    [
        ("<Year>2025</Year>", "", 2025, ["no_header"]),
        ("<Year>2025</Year>", "<Year>25</Year>", 2025, ["no_header"]),
        ("<Year>2025</Year>", "<Year>2012</Year>", 2025, ["no_header"]),
        ("<ReferenceDate>2025-03-31</ReferenceDate>", "", 2025, ["100"]),
        ("<ReferenceDate>2025-03-31", "<ReferenceDate>2025-03-30", 2025, ["100"]),
        ("<ReferenceDate>2025-03-31", "<ReferenceDate>31/03/2025", 2025, ["100"]),
    ],
)
def test_a_header_that_is_wrong_is_reported_and_the_rest_read(old, new, year, found):
    reader, children = read(changed(old, new))
    assert codes(reader.problems) == found
    assert reader.collection.year == year
    assert [one.problems for one in children] == [[], []]


def test_no_header_at_all_is_read_as_the_latest_collection():
    text = WHOLE[WHOLE.index("<Children>") : WHOLE.index("</Message>")]
    reader, children = read(text)
    assert reader.collection.year == 2027
    assert codes(reader.problems) == ["100", "no_header"]
    assert len(children) == 2


def test_reading_strictly_stops_at_the_first_problem():
    text = changed("<CPPreviewDate>2024-09-20", "<CPPreviewDate>2024-06-28")
    reader = census(text, strict=True)
    children = iter(reader)
    assert next(children).id == "C1"
    with pytest.raises(CensusError, match="8841") as stopped:
        next(children)
    assert stopped.value.problem.line == line_of(text, "<CPPreviewDate>")
    assert stopped.value.problem.child == "C2"


@pytest.mark.parametrize(
    "text",
    [
        changed("<ReferenceDate>2025-03-31", "<ReferenceDate>2025-03-30"),
        changed("<Ethnicity>", "<Colour/><Ethnicity>"),
        WHOLE[:-20],
        changed("<Ethnicity>WBRI", "<Ethnicity>"),
    ],
    ids=["header", "unknown element", "cut short", "code"],
)
def test_reading_strictly_stops_at_a_problem_of_any_kind(text):
    with pytest.raises(CensusError):
        list(census(text, strict=True))


def test_a_return_without_a_problem_reads_strictly():
    assert len(list(census(WHOLE, strict=True))) == 2


def test_a_problem_reads_as_a_sentence_with_its_place():
    text = changed("<ReferralSource>2A", "<ReferralSource>2C", a_return(child("C1")))
    (problem,) = only(text).problems
    assert str(problem) == (
        f"line {line_of(text, '2C')}, child C1, ReferralSource: The source of referral “2C” is missing or not a code of this collection. "
        "Use a code from its list. [8866]"
    )
    assert not problem.query


def test_the_reader_takes_any_binary_file(tmp_path):
    path = tmp_path / "return.xml"
    path.write_text(WHOLE)
    with path.open("rb") as file:
        assert [one.id for one in Census(file)] == ["C1", "C2"]


def test_a_day_with_a_zone_or_blanks_around_it_is_a_day():
    identifiers = IDENTIFIERS.replace("2015-06-01", "\n 2015-06-01Z ")
    assert only(a_return(child("C1", identifiers=identifiers))).events[0].fields == {"date_of_birth": "2015-06-01"}
