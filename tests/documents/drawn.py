"""An assessment and a plan of Kit's with something in it that each reader may not be told: for tests of what is drawn from them."""

import cast
from kith.core import ids
from kith.record import actions
from kith.record.fact import Fact

PLAN = {
    "different": "Kit sleeps through the night.\nSchool mornings are calm.", "individual": "A bed of Kit’s own.", "know": "Kit is awake at school.",
    "family_says": "Ros wants mornings to be calm. Fin says that nothing is wrong.", "services": "The night nurse of the Elm project, every Tuesday.",
    "professional_contact": "Everyone meets every six weeks.", "purpose": "So that Kit sleeps.", "commitments": "Amy rings back the same day.",
    "negotiable_parts": "The day of a visit may move. That there is one may not.", "unacceptable": "Kit alone at night.",
    "would_worry": "Kit asleep in lessons.", "contingency": "Nana comes to stay.", "urgent_if": "A night alone.", "contact": "Kit sees Fin on Saturdays.",
    "parts": {},
}  # fmt: skip


def plan_of_kit(town):
    """A plan with a need, four actions (the council's, Fin's, a nurse's and one done) and two offers; its id."""
    plan, need = ids.new(), ids.new()
    words = PLAN | {
        "parts": {str(town.kit): {"childs_words": "The stairs are dark.", "individual": PLAN["individual"]}}
    }
    by = cast.days_ago(-9).isoformat()

    def action(what, **more):
        about = {
            "child": town.kit,
            "action": ids.new(),
            "need": need,
            **{key: more[key] for key in ("person",) if key in more},
        }
        said = {"what": what, **{key: more[key] for key in ("who",) if key in more}}
        return Fact(kind="action.agreed", about=about, when=cast.days_ago(20), words=said, coded={"by_when": by})

    def offer(person, words):
        about = {"child": town.kit, "promise": ids.new(), "person": person}
        return Fact(
            kind="promise.made", about=about, when=cast.days_ago(20), words={"own_words": words}, coded={"ask_on": by}
        )

    with town.at_work():
        actions.append(
            Fact(kind="plan.started/child_in_need", about={"child": town.kit, "plan": plan}, when=cast.days_ago(20), words=words, coded={"legal_status": "child_in_need"}),
            Fact(kind="need.identified", about={"child": town.kit, "need": need}, when=cast.days_ago(20), words={"need": "Sleep", "different": "Kit is rested."}, coded={"domain": "health", "is_concern": True}),
            action("Visits on Mondays.", who="Amy, social worker"),
            action("Shows how to settle Kit.", who="The night nurse"),
            action("Goes to the Tuesday group.", person=town.fin),
            action("Reads to Kit at seven.", person=town.ros),
            offer(town.ros, "I will be there at bedtime."),
            offer(town.fin, "I can have Kit on Fridays."),
            by=town.workers["Moll"],
        )  # fmt: skip
    return plan


SAID = {
    "views_of_family": "Ros says that nights are hard. Fin says they are not.", "evidence": "Three evenings: strong.", "unchecked": "Nothing was.",
    "analysis": "Kit does not sleep, and falls behind at school.", "gaps": "Nothing is missing.", "recommended": "A plan for the nights.\nNana stays on weekdays.",
    "statutory": False, "basic_care": "Meals come late.",
}  # fmt: skip


def assessment_of_kit(town):
    """A core assessment that was written; its id."""
    assessment = ids.new()
    about = {"child": town.kit, "assessment": assessment}
    parts = {str(town.kit): {"needs": "Sleep, and mornings without hurry.", "childs_words": "The stairs are dark."}}
    with town.at_work():
        amy = town.workers["Amy"]
        cast.recorded(cast.fact("assessment.started/core", about, since=20, basis="agreement"), by=amy)
        said = SAID | {"parts": parts}
        cast.recorded(cast.fact("assessment.submitted/core", about, since=5, words=said, author_newly_qualified=False, parenting_change=True), by=amy)  # fmt: skip
    return assessment
