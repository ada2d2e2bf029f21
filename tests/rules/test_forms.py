"""Forms of a pack: what is asked when, what still wants an answer, what is coded and what is words, what a council adds."""

import pytest

from kith.rules.forms import (
    ALWAYS,
    Asking,
    Form,
    Page,
    Question,
    asked,
    divided,
    fields_of,
    form_of_kind,
    forms_of,
    holds,
    missing,
    pages_shown,
)
from kith.rules.shipped import library
from kith.rules.stack import stack_of

SEEN = {"field": "seen", "is": True}


def stack(pack):
    return stack_of(library(), pack)


def keys(form):
    return [one.key for one in form.questions]


@pytest.mark.parametrize(("condition", "answers", "wanted"), [
    (None, {}, False), (ALWAYS, {}, True), (SEEN, {"seen": True}, True), (SEEN, {"seen": False}, False), (SEEN, {}, False),
    ({"field": "seen", "is_not": True}, {"seen": False}, True), ({"field": "seen", "is_not": True}, {}, False),
    ({"field": "place", "in": ["home", "school"]}, {"place": "school"}, True), ({"field": "place", "in": ["home"]}, {"place": "school"}, False),
    ({"all": [SEEN, {"field": "place", "is": "home"}]}, {"seen": True, "place": "home"}, True),
    ({"all": [SEEN, {"field": "place", "is": "home"}]}, {"seen": True}, False),
    ({"any": [SEEN, {"field": "place", "is": "home"}]}, {"place": "home"}, True), ({"any": [SEEN]}, {}, False),
    ({"not": SEEN}, {"seen": False}, True), ({"not": SEEN}, {"seen": True}, False),
])  # fmt: skip
def test_a_condition_holds_of_answers_and_a_blank_answer_holds_nothing(condition, answers, wanted):
    assert holds(condition, answers) is wanted


def test_what_is_not_asked_is_never_missing_and_what_is_wanted_is_until_it_is_answered():
    alone = Question("alone", "Alone?", "yes_no", required=SEEN, asked_if=SEEN)
    place = Question("place", "Where?", "choice", required=ALWAYS)
    assert missing([alone, place], {}) == [place]
    assert missing([alone, place], {"seen": True, "place": "home"}) == [alone]
    assert missing([alone, place], {"seen": True, "place": "home", "alone": False}) == []
    assert not asked(alone, {"seen": False})


@pytest.mark.clause("WOR-430")
@pytest.mark.parametrize("pack", ["england", "worcestershire", "walsall", "lincolnshire", "leicestershire"])
def test_an_unborn_child_is_never_asked_to_be_seen_seen_alone_or_for_their_words(pack):
    form = forms_of(stack(pack))["visit"]
    put = {one.key for one in form.questions if asked(one, {"seen": False, "alone": False}, unborn=True)}
    never = {"seen", "alone", "not_seen_reason", "not_seen_words", "not_seen_evidence", "childs_words"}
    assert not put & never
    assert {one.key for one in form.questions if asked(one, {"seen": False})} >= {
        "seen",
        "not_seen_reason",
        "childs_words",
    }
    assert [
        one.key for one in missing(list(form.questions), {"when": "2026-01-02", "place": "home"}, unborn=True)
    ] == []


def test_answers_are_divided_into_what_rules_read_and_words():
    england = stack("england")
    form = forms_of(england)["visit"]
    answers = {"seen": True, "place": "home", "what_i_saw": "She sang.", "childs_words": "", "aids_used": "Pictures"}
    coded, words = divided(list(form.questions), answers, england.vocabulary.kind("visit.made"))
    assert coded == {"seen": True, "place": "home"}
    assert words == {"what_i_saw": "She sang.", "aids_used": "Pictures"}
    chosen = Question("other", "Who?", "person")
    assert divided([chosen], {"other": "x"}, england.vocabulary.kind("relationship.recorded")) == ({}, {})
    language = next(one for one in forms_of(england)["details"].questions if one.key == "first_language")
    assert divided([language], {"first_language": "Polish"}, england.vocabulary.kind("details.recorded"))[0] == {
        "first_language": "Polish"
    }


@pytest.mark.clause("WOR-084")
def test_worcestershire_asks_for_the_evidence_and_the_purpose_and_has_its_manager_sign():
    england, council = (forms_of(stack(pack))["visit"] for pack in ("england", "worcestershire"))
    assert set(keys(council)) - set(keys(england)) == {
        "not_seen_evidence",
        "purpose",
        "purpose_met",
        "gathered",
        "reflection",
        "statutory",
    }
    evidence = council.question("not_seen_evidence")
    assert missing([evidence], {"seen": True, "alone": True}) == []
    assert missing([evidence], {"seen": True, "alone": False}) == [evidence]
    [sign] = council.signed_off
    assert (sign.by, sign.records) == (("team_manager",), "visit.confirmed")
    assert holds(sign.when, {"seen": False})
    assert not holds(sign.when, {"seen": True, "alone": True})
    assert england.signed_off == ()
    assert [page.id for page in council.pages] == [page.id for page in england.pages]


def test_a_form_is_made_from_the_vocabulary_for_what_no_pack_has_a_form_for():
    england = stack("england")
    kind = england.vocabulary.kind("placement.approval_extended")
    form = form_of_kind(
        kind, Asking("An extension", "When?", "Say when", "More"), {"by_role": {"head_of_service": "Head of service"}}
    )
    assert (form.id, form.records, keys(form)[0], keys(form)[-1]) == (
        "kind~placement.approval_extended",
        "placement.approval_extended",
        "when",
        "text",
    )
    assert set(kind.fields) <= set(keys(form))
    assert form.question("by_role").options == {"head_of_service": "Head of service"}
    assert missing(list(form.questions), {}) == [form.question("when")]
    assert form.question("when").if_missing == "Say when"


def page(key, *questions, shown_when=None):
    return Page(key, key.title(), tuple(Question(one, one, "yes_no") for one in questions), shown_when)


WALK = Form(
    "walk", "Walk", "visit.made", {},
    (
        page("first", "safe", "well"),
        page("harm", "hurt", shown_when={"field": "safe", "is": False}),
        page("doctor", "seen_by", shown_when={"field": "hurt", "is": True}),
        page("last", "more"),
    ),
)  # fmt: skip


@pytest.mark.parametrize(("shared", "parts", "wanted"), [
    ({}, [], "first last"),
    ({"safe": True}, [], "first last"),
    ({"safe": False}, [], "first harm last"),
    ({"safe": False, "hurt": True}, [], "first harm doctor last"),
    ({"safe": True, "hurt": True}, [], "first last"),
    ({}, [{"safe": True}, {"safe": False}], "first harm last"),
    ({}, [{"safe": True, "hurt": True}], "first last"),
])  # fmt: skip
def test_a_page_is_shown_when_earlier_answers_call_for_it_and_what_is_left_out_opens_nothing(shared, parts, wanted):
    assert " ".join(one.id for one in pages_shown(WALK, shared, parts)) == wanted


def test_a_form_of_several_pages_is_walked_unless_it_says_one_page():
    forms = forms_of(stack("england"))
    assert (forms["visit"].walked, len(forms["visit"].pages)) == (False, 3)
    assert forms["contact"].walked
    assert not forms["case_note"].walked


def test_a_condition_names_every_field_it_asks_about():
    condition = {
        "any": [{"field": "a", "is": 1}, {"not": {"all": [{"field": "b", "is": 1}, {"field": "c", "in": [1]}]}}]
    }
    assert fields_of(condition) == {"a", "b", "c"}
    assert fields_of(ALWAYS) == frozenset()


def test_a_grid_names_the_cell_that_two_answers_fall_in_and_none_where_one_is_wanting():
    [grid] = forms_of(stack("worcestershire"))["capacity_to_change"].grids
    assert grid.cell({"effort": "high", "commitment": "high"}) == "genuine_commitment"
    assert grid.cell({"effort": "low", "commitment": "high"}) == "tokenism"
    assert grid.cell({"effort": "high", "commitment": "low"}) == "compliance"
    assert grid.cell({"effort": "low", "commitment": "low"}) == "dissent"
    assert grid.cell({"effort": "high"}) == ""
