"""One assessment whole: its evidence, the agreement, what is kept from whom, and copies each made for one reader."""

import re

import pytest
from django.urls import reverse
from test_agency_checks import send, words

import cast
import paperwork
from kith.core import ids
from kith.documents.models import Document, Share
from kith.documents.selectors import versions_of
from kith.obligations.models import Owed
from kith.record.models import Event

pytestmark = pytest.mark.django_db
TEXT = {
    "views_of_family": "Ros says that nights are hard. Fin says they are not.", "evidence": "Three evenings: strong.", "unchecked": "Nothing was.",
    "analysis": "Kit does not sleep.", "gaps": "Nothing is missing.", "recommended": "Nana stays on weekdays.", "statutory": False,
    "parenting_change": True, "basic_care": "Meals come late.",
}  # fmt: skip


@pytest.fixture
def town(settings):
    """Worcestershire: a core assessment of Kit and Robin that was written, with both parents holding parental responsibility."""
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    one.moll_desk = paperwork.desk(one.workers["Moll"])
    one.assessment = ids.new()
    about = {"child": [one.kit, one.robin], "family": one.family, "assessment": one.assessment}
    with one.at_work():
        amy = one.workers["Amy"]
        one.team.telephone = "01905 555 019"
        one.team.save(update_fields=["telephone"])
        for person in (one.ros, one.fin):
            for child in (one.kit, one.robin):
                cast.recorded(cast.fact("parental_responsibility.gained", {"child": child, "person": person}, since=80), by=amy)  # fmt: skip
        begun = {"plan_why": "So that both sleep."}
        cast.recorded(cast.fact("assessment.started/core", about, since=20, words=begun, basis="agreement"), by=amy)
        cast.visit(one.kit, by=amy, since=12)
        parts = {
            str(one.kit): {"needs": "Sleep.", "childs_words": "The stairs are dark.", "identity": "Considered."},
            str(one.robin): {"needs": "Play.", "identity": "Considered."},
        }
        coded = {key: TEXT[key] for key in ("parenting_change",)}
        said = {key: value for key, value in TEXT.items() if key not in coded} | {"parts": parts}
        cast.recorded(
            cast.fact("assessment.submitted/core", about, since=5, words=said, author_newly_qualified=False, **coded),
            by=amy,
        )
    return one


def whole(town, by=None):
    return paperwork.page(by or town.amy, "assessment", town.kit, town.assessment)


def piece(town, **said):
    answers = {
        "issue": "Nights", "what": "Kit was awake at eleven.", "source": "worker", "bears": "risk", "acknowledged": "no", "stands": "supported",
        "weight": "strong", "why_weight": "Seen three times.", "judgement": "Nobody settles Kit.",
    } | said  # fmt: skip
    answer = send(town, "evidence", town.assessment, **answers)
    assert answer.url == reverse("assessment", args=[town.kit, town.assessment])


@pytest.mark.clause("WOR-083", "WOR-135")
def test_each_child_stands_with_the_days_they_were_seen_and_seen_alone(town):
    page = words(whole(town))
    assert re.search(r"Kit Marsh \w+day \d+ \w+ \d+ \w+day", page)
    assert "Robin Marsh Not yet Not yet" in page


@pytest.mark.clause("WOR-079")
def test_how_it_was_to_be_gone_about_stands_with_it_for_whoever_supervises(town):
    assert "So that both sleep." in whole(town, town.moll_desk)


@pytest.mark.clause("WOR-136")
def test_each_child_has_a_part_and_what_is_the_same_of_both_is_pointed_out(town):
    page = words(whole(town))
    assert "Kit Marsh What does this child need? Sleep." in page
    assert "Robin Marsh What does this child need? Play." in page
    assert "The same was written of each child. Each is a person of their own: Identity" in page


@pytest.mark.clause("WOR-091", "WOR-143", "WOR-151")
def test_what_was_seen_stands_before_what_is_made_of_it_with_its_source_and_weight(town):
    piece(town)
    page = words(whole(town))
    assert page.index("Kit was awake at eleven.") < page.index("Nobody settles Kit.")
    assert "I saw it" in page
    assert "Much: Seen three times." in page
    assert page.index("Kit was awake at eleven.") < page.index("How do these together affect each child?")


@pytest.mark.clause("WOR-144", "WOR-152")
def test_accounts_that_differ_stand_side_by_side_until_they_were_talked_through(town):
    piece(town, source="person", person=str(town.fin), what="Kit sleeps at eight.", stands="contradicted", checked_by="The visits.", bears="account")  # fmt: skip
    piece(town)
    page = words(whole(town))
    assert page.count("Accounts differ") >= 1
    assert "A parent, carer or relative says so: Fin Marsh" in page
    assert "Accounts differ and were not talked through yet: Nights" in page
    with town.at_work(writing=False):
        first = Event.objects.filter(kind="evidence.recorded").order_by("sequence").first().about["evidence"]
    send(town, "evidence_challenge", first, with_whom="Ros and Fin", came_of_it="Fin had been at work.")
    page = words(whole(town))
    assert "with Ros and Fin: Fin had been at work." in page
    assert "were not talked through yet" not in page


@pytest.mark.clause("WOR-093", "WOR-094")
def test_what_was_accepted_without_being_checked_is_listed_with_what_was_seen_instead(town):
    piece(town, source="person", person=str(town.ros), what="Nana stays every night.", stands="not_checked", seen_instead="Nana’s bed was unmade.", bears="strength")  # fmt: skip
    assert "Nana stays every night. Seen instead: Nana’s bed was unmade." in words(whole(town))


@pytest.mark.clause("WOR-153", "WOR-155")
def test_a_risk_that_is_denied_stays_in_view_and_strengths_are_asked_after(town):
    piece(town)
    page = words(whole(town))
    assert "The family does not acknowledge: Nights. It keeps its weight." in page
    assert "names no strength of the family" in page
    piece(town, bears="strength", what="Ros sings to Kit.")
    assert "names no strength of the family" not in words(whole(town))


@pytest.mark.clause("WOR-146")
def test_research_is_a_source_like_another_with_where_it_can_be_read(town):
    piece(
        town,
        source="research",
        who="Sleep in childhood, 2010, library of the Board",
        what="Tired children learn less.",
        bears="need",
    )
    assert "Research says so: Sleep in childhood, 2010, library of the Board" in words(whole(town))


@pytest.mark.clause("WOR-147", "WOR-148", "WOR-150")
def test_the_outlook_is_prompts_that_nobody_adds_up_and_a_sign_of_uncertainty_asks_what_follows(town):
    address = reverse("record-form", args=[town.kit, "prognosis"])
    said = {
        "worse_denies": "absent",
        "better_good_ties": "present",
        "unsure_rigid": "present",
        "when": cast.days_ago(1),
    }
    sent = {"act": "record", "for": str(town.assessment)}
    missing = town.amy.post(f"{address}?for={town.assessment}", sent | paperwork.answers(**said))
    assert missing.status_code == 422
    assert "Say what you will do about it" in paperwork.said(missing)
    done = paperwork.answers(**said, uncertain_then="review")
    assert town.amy.post(f"{address}?for={town.assessment}", sent | done).status_code == 302
    page = words(whole(town))
    assert "Prompts for judgement. They are not added up." in page
    assert "Has the child good or healing ties" in page
    assert "Look again after a set time" in page
    assert not re.search(r"\b\d+ of \d+\b|\bscore\b", page)


@pytest.mark.clause("WOR-145")
def test_significant_events_stand_in_it_with_their_impact(town):
    with town.at_work():
        moved = cast.recorded(cast.fact("note.recorded", {"child": town.kit, "note": ids.new()}, words={"text": "Moved house"}), by=town.workers["Amy"])  # fmt: skip
    paperwork.recorded(town.amy, town.kit, "significance", {"all-event": str(moved.id)}, significant="significant", impact="Kit lost his room.", when=cast.days_ago(1))  # fmt: skip
    assert "Kit lost his room." in whole(town)


@pytest.mark.clause("WOR-098")
def test_what_a_relative_tells_of_the_familys_history_stands_in_the_chronology_as_theirs(town):
    paperwork.recorded(town.amy, town.kit, "family_account", person=str(town.ros), own_words="We lost the house that spring.", verified="no", when=cast.days_ago(700))  # fmt: skip
    page = words(paperwork.page(town.amy, "chronology", town.kit))
    assert "We lost the house that spring." in page
    assert re.search(r"(checked against another source|Verified)\W+No", page, re.I)


STATEMENTS = ["leaflet", "reason", "alone", "agencies", "relevant", "views", "conclusion", "confidential"]


def agree(town, **said):
    answers = {
        "person": str(town.ros), "standing": "signed", "language": "English", "leaflet": "in_need", "leaflet_form": "English, by hand",
        "acknowledged_statements": STATEMENTS[:-1], "objects_to": ["police"],
    } | said  # fmt: skip
    send(town, "agreement_for_assessment", town.assessment, **answers)


@pytest.mark.clause("WOR-354", "WOR-355", "WOR-357", "WOR-080")
def test_the_agreement_stands_with_each_statement_who_signed_and_which_agencies_they_object_to(town):
    assert "The child was visited before anything was signed." in words(whole(town))
    agree(town)
    page = words(whole(town))
    assert "Ros Marsh" in page
    assert "Signed" in page
    assert "They know why it is made and how it goes" in page
    assert "Not acknowledged What is shared stays with those who need to know" in page
    assert "Child in need: initial or core assessment" in page
    assert "Which agencies do they not want asked? Police (domestic abuse" in page
    assert "Ros Marsh does not want them asked" in words(
        paperwork.page(town.amy, "agency-checks", town.kit, town.assessment)
    )


@pytest.mark.clause("WOR-096")
def test_the_agreement_is_owed_also_where_the_law_requires_the_assessment_and_a_refusal_settles_it(town):
    def owed():
        with town.at_work(writing=False):
            return list(
                Owed.objects.filter(duty="agreement.for_assessment", child=town.kit).values_list("closed_as", flat=True)
            )

    assert owed() == [""]
    agree(town, standing="statutory", why_not="She wants her solicitor to read it.")
    assert owed() == ["met"]
    assert "the law requires the assessment" in words(whole(town))


@pytest.mark.clause("WOR-356")
def test_too_young_is_the_only_reason_the_agreement_knows_for_not_seeing_a_child_alone(town):
    agree(town, too_young="Robin is six months old.")
    assert "Robin is six months old." in whole(town)


def copy(town, reader, what="whole", kind="parental_responsibility", act="preview", **said):
    address = reverse("write-letter", args=[town.kit, "assessment_report"])
    sent = {"assessment": str(town.assessment), "reader": f"{kind}:{reader}", "layout": "standard", "act": act}
    if kind == "agency":
        sent |= {"reader": "agency", "name": "Nia Rees", "organisation": "Clinic", "write_to": ""}
    return town.amy.post(address, sent | paperwork.answers(what=what, **said) | {"children": [str(town.robin)]})


@pytest.mark.clause("WOR-431", "WOR-163")
def test_each_parents_copy_holds_the_assessment_without_what_the_other_or_the_child_said(town):
    for whose, said in (("child", "The stairs are dark."), ("parent", "Nights are hard.")):
        sent = {"person": str(town.ros)} if whose == "parent" else {}
        send(town, "view", town.assessment, whose=whose, own_words=said, **sent)
    piece(
        town,
        source="person",
        person=str(town.ros),
        what="Ros says that Fin shouts.",
        judgement="Fin frightens Kit.",
        issue="Shouting",
    )
    mother, father = (words(paperwork.said(copy(town, one))) for one in (town.ros, town.fin))
    for page in (mother, father):
        assert "Nana stays on weekdays." in page
        assert "Sleep." in page
        assert "The stairs are dark." not in page
        assert "Fin says they are not." not in page
        assert "What a child said or showed: it is shared with care, by the worker." in page
    assert "Nights are hard." in mother
    assert "Nights are hard." not in father
    assert "Ros says that Fin shouts." in mother
    assert "Ros says that Fin shouts." not in father
    assert "Fin frightens Kit." not in father
    assert "Evidence that rests on what somebody else in the family said." in father


@pytest.mark.clause("WOR-359")
def test_what_was_agreed_to_be_kept_from_a_person_is_in_no_copy_for_them(town):
    said = {
        "kept_from": "person",
        "person": str(town.fin),
        "other": str(town.ros),
        "exact_words": "Hill Street\nWednesday group",
        "risk": "He waits there.",
    }
    send(town, "sensitive", town.assessment, **said)
    assert "Never in a copy for: Fin Marsh" in words(whole(town))
    refused = copy(town, town.fin, own_words="See you at the wednesday  Group.")
    assert refused.status_code == 422
    assert "It was agreed that this reader does not learn of “Wednesday group”" in paperwork.said(refused)
    assert copy(town, town.ros, own_words="See you at the Wednesday group.").status_code == 200
    assert copy(town, "", kind="agency", own_words="She goes to the Wednesday group.").status_code == 200
    with town.at_work(writing=False):
        one = Event.objects.get(kind="sensitive.agreed").about["sensitive"]
    send(town, "sensitive_end", one, why="She no longer goes there, and says so.")
    assert copy(town, town.fin, own_words="See you at the Wednesday group.").status_code == 200


def made(town, reader, **said):
    assert copy(town, reader, act="make", **said).status_code == 302
    with town.at_work(writing=False):
        return Document.objects.order_by("made_at").last()


def give(town, document, how="by_hand"):
    return town.amy.post(reverse("document-act", args=[town.kit, document.id]), {"act": "given", "how": how})


@pytest.mark.clause("WOR-359")
def test_a_copy_made_before_it_was_agreed_is_not_given_afterwards(town):
    document = made(town, town.fin, own_words="See you in Hill Street.")
    send(
        town,
        "sensitive",
        town.assessment,
        kept_from="everyone_else",
        other=str(town.ros),
        exact_words="Hill Street",
        risk="He waits there.",
    )
    answer = give(town, document)
    assert answer.status_code == 422
    assert "Do not give it; make it anew without them." in paperwork.said(answer)
    with town.at_work(writing=False):
        assert not Share.objects.exists()


@pytest.mark.clause("WOR-163", "WOR-175")
def test_giving_a_copy_is_the_proof_of_sharing_and_names_the_copy_that_was_given(town):
    document = made(town, town.ros)
    give(town, document)
    with town.at_work(writing=False):
        shared = Event.objects.get(kind="assessment.shared")
        assert (shared.about["assessment"], shared.about["person"]) == (str(town.assessment), str(town.ros))
        assert shared.about["document"] == str(document.id)
    page = whole(town)
    assert "The copy they were given" in page
    assert reverse("document", args=[town.kit, document.id]) in page
    assert "Ros Marsh" in paperwork.page(town.amy, "assessments", town.kit)
    assert "an assessment was shared" in words(paperwork.page(town.amy, "records", town.kit)).lower()


@pytest.mark.clause("WOR-165")
def test_the_conclusions_come_with_word_that_the_whole_may_be_asked_for(town):
    page = words(paperwork.said(copy(town, town.ros, what="conclusions")))
    assert "Kit does not sleep." in page
    assert "Nana stays on weekdays." in page
    assert "Meals come late." not in page
    assert "You may have the whole assessment if you ask, at any time." in page


@pytest.mark.clause("WOR-169", "WOR-170", "WOR-173")
def test_a_copy_stays_as_it_was_when_the_assessment_goes_on(town):
    document = made(town, town.ros)
    with town.at_work(writing=False):
        before = [one.digest for one in versions_of(document.id)]
    with town.at_work():
        about = {"child": [town.kit, town.robin], "family": town.family, "assessment": town.assessment}
        cast.recorded(
            cast.fact("assessment.submitted/core", about, since=1, words={"analysis": "Kit sleeps now."}),
            by=town.workers["Amy"],
        )
    assert "Kit sleeps now." in whole(town)
    with town.at_work(writing=False):
        assert [one.digest for one in versions_of(document.id)] == before
    assert "Assessment of Kit Marsh" in paperwork.page(town.amy, "documents", town.kit)


@pytest.mark.clause("WOR-166")
def test_whoever_writes_is_told_in_which_language_and_with_what_help_their_reader_reads(town):
    with town.at_work():
        said = {"interpreter_needed": True, "first_language": "Polish", "chosen_language": "Polish"}
        cast.recorded(cast.fact("details.recorded", {"person": town.ros}, **said), by=town.workers["Amy"])
    page = words(paperwork.said(copy(town, town.ros)))
    assert "Letters and messages in: Polish" in page
    assert "They need an interpreter." in page


@pytest.mark.clause("WOR-099")
def test_whoever_needs_an_interpreter_is_named_where_the_assessment_stands(town):
    with town.at_work():
        said = {"interpreter_needed": True, "first_language": "Polish"}
        cast.recorded(cast.fact("details.recorded", {"person": town.ros}, **said), by=town.workers["Amy"])
    assert "Ros Marsh needs an interpreter: Polish." in words(whole(town))


def test_a_disagreement_stands_beside_the_text_on_the_page_and_in_copies(town):
    send(
        town,
        "assessment_response",
        town.assessment,
        person=str(town.fin),
        agrees="no",
        corrections="I was never late.",
        own_words="It is all her doing.",
    )
    page = words(whole(town))
    assert "Fin Marsh" in page
    assert "does not agree" in page
    assert "I was never late." in page
    father, mother = (words(paperwork.said(copy(town, one))) for one in (town.fin, town.ros))
    agency = words(paperwork.said(copy(town, "", kind="agency")))
    assert "I was never late." in father
    assert "I was never late." in agency
    assert "It is all her doing." not in mother
    assert "Somebody else does not agree with it, or says that something in it is wrong." in mother


def test_another_childs_assessment_is_not_shown_and_has_no_copy(town):
    other = ids.new()
    with town.at_work():
        cast.recorded(
            cast.fact("assessment.started/core", {"child": town.robin, "assessment": other}), by=town.workers["Amy"]
        )
    assert town.amy.get(reverse("assessment", args=[town.kit, other])).status_code == 404
    page = town.amy.get(reverse("write-letter", args=[town.kit, "assessment_report"]), {"assessment": str(other)})
    assert str(other) not in paperwork.said(page)
    assert str(town.assessment) in paperwork.said(page)


def letter(town, which, reader, act="preview", **said):
    address = reverse("write-letter", args=[town.kit, which])
    sent = {"reader": f"parental_responsibility:{reader}", "layout": "standard", "act": act}
    return words(paperwork.said(town.amy.post(address, sent | paperwork.answers(**said))))


@pytest.mark.clause("WOR-354", "WOR-355")
def test_the_agreement_can_be_printed_to_be_read_and_signed_also_where_it_is_not_agreed(town):
    agreed = letter(town, "agreement_for_assessment", town.ros, leaflet="in_need", standing="agreed")
    assert [number for number in range(1, 9) if f" {number}. " not in agreed] == []
    assert "the leaflet on initial and core assessments of a child in need" in agreed
    compelled = letter(town, "agreement_for_assessment", town.ros, leaflet="enquiry", standing="statutory")
    assert "whether or not you agree" in compelled
    assert "sign it if you agree" not in compelled


@pytest.mark.clause("WOR-168")
def test_where_a_plan_is_needed_the_outcome_says_how_it_is_made_and_who_leads(town):
    page = letter(town, "outcome", town.ros, outcome="plan", how_planned="At a meeting in May.", who_leads="Amy Rowe")
    assert "At a meeting in May." in page
    assert "Amy Rowe leads the making of the plan." in page
    missing = letter(town, "outcome", town.ros, outcome="plan")
    assert "Say how the plan will be made" in missing
    assert "Enter who leads" in missing


@pytest.mark.clause("WOR-174")
def test_what_is_sensitive_is_kept_out_of_every_kind_of_letter_to_that_person(town):
    send(
        town,
        "sensitive",
        town.assessment,
        kept_from="everyone_else",
        other=str(town.ros),
        exact_words="Wednesday group",
        risk="He waits there.",
    )
    said = {"outcome": "advice", "own_words": "We saw you at the Wednesday group."}
    assert "It was agreed that this reader does not learn of" in letter(town, "outcome", town.fin, **said)
    assert "It was agreed that this reader does not learn of" not in letter(town, "outcome", town.ros, **said)


def test_pages_of_the_past_show_what_was_known_then_and_nothing_can_be_recorded_from_them(town):
    piece(town)
    then = {"known_on": cast.days_ago(1).isoformat()}
    assert "No assessment is recorded." in paperwork.page(town.amy, "assessments", town.kit, **then)
    assert town.amy.get(reverse("assessment", args=[town.kit, town.assessment]), then).status_code == 404
    with cast.on(2):
        amy, today = paperwork.desk(town.workers["Amy"]), {"known_on": cast.days_ago(2).isoformat()}
        page = paperwork.page(amy, "assessment", town.kit, town.assessment, **today)
        assert "Kit was awake at eleven." in page
        assert "Add a piece of evidence" not in page
        assert "Waits to be authorised" in paperwork.page(amy, "assessments", town.kit, **today)
        assert "Asking those I ticked" not in paperwork.page(amy, "agency-checks", town.kit, town.assessment, **today)


@pytest.mark.clause("WOR-163", "WOR-202")
def test_a_copy_that_was_given_meets_what_is_owed_before_the_meeting_to_that_person_alone(town):
    about = {"child": town.kit, "family": town.family, "meeting": ids.new(), "assessment": town.assessment}
    with town.at_work():
        for person in (town.ros, town.fin):
            joined = {"family": town.family, "person": person}
            cast.recorded(
                cast.fact("person.joined_family", joined, since=70, relation="parent", parental_responsibility=True),
                by=town.workers["Amy"],
            )
        held = cast.days_ago(-30).isoformat()
        cast.recorded(cast.fact("meeting.arranged/child_in_need", about, since=1, held_on=held), by=town.workers["Amy"])
    give(town, made(town, town.ros))
    with town.at_work(writing=False):
        owed = {one.names["person"]: one.closed_as for one in Owed.objects.filter(duty="core.share")}
    assert owed == {str(town.ros): "met", str(town.fin): ""}


@pytest.mark.clause("WOR-193")
def test_a_meeting_gets_a_report_of_the_chosen_parts_and_not_the_whole_store(town):
    piece(town, what="The cooker was cold at six.", judgement="Tea is late.", issue="Meals")
    whole_copy = words(paperwork.said(copy(town, "", kind="agency")))
    report = words(paperwork.said(copy(town, "", what="chosen", kind="agency", parts=["needs", "recommended"])))
    assert "Nana stays on weekdays." in report
    assert "The cooker was cold at six." in whole_copy
    assert "The cooker was cold at six." not in report


@pytest.mark.clause("WOR-431")
def test_a_copy_for_the_family_holds_neither_questions_about_the_worker_nor_what_a_visitor_wrote_of_a_closed_door(town):
    seen = {f"{town.kit}-seen": "no", f"{town.kit}-not_seen_reason": "parent_refused", f"{town.kit}-not_seen_words": "Fin shut the door and swore.",
            f"{town.kit}-not_seen_evidence": "Heard from the stairs."}  # fmt: skip
    paperwork.recorded(town.amy, town.kit, "visit", seen, place="home", when=cast.days_ago(1))
    mother = words(paperwork.said(copy(town, town.ros)))
    agency = words(paperwork.said(copy(town, "", kind="agency")))
    assert "Fin shut the door and swore." in agency
    assert "Fin shut the door and swore." not in mother
    assert "Why a child was not seen, as the visitor wrote it." in mother
    for page in (mother, agency):
        assert "Are you newly qualified?" not in page
