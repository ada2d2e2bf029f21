"""Random histories in the vocabulary of the worked pack, for the property tests."""

from hypothesis import strategies as st

from kith.rules.days import day_of, iso

FIRST = day_of("2024-01-01")
DAYS = st.integers(0, 600)


def _event(kind, **fields):
    return st.fixed_dictionaries(
        {
            "kind": st.just(kind),
            **{key: value if isinstance(value, st.SearchStrategy) else st.just(value) for key, value in fields.items()},
        }
    )


def _kinds(child, family):
    yes_no = st.booleans()
    meeting = st.sampled_from([f"{child}-M{n}" for n in range(4)])
    plan = st.sampled_from([f"{child}-P{n}" for n in range(2)])
    assessment = st.sampled_from([f"{child}-A{n}" for n in range(2)])
    worker = st.sampled_from(["W1", "W2", "W3"])
    mine = {"child": child}
    return st.one_of(
        _event("meeting.held/strategy_discussion", **mine, meeting=meeting, decision=st.sampled_from(["child_in_need", "section_47"])),
        _event("section_47.ended", **mine, enquiry=f"{child}-E", outcome=st.sampled_from(["child_in_need", "no_further_action"])),
        _event("section_47.threshold_judged", **mine, enquiry=f"{child}-E", met=yes_no),
        _event("plan.started/child_in_need", **mine, plan=plan),
        _event("plan.ended/child_in_need", **mine, plan=plan),
        _event("plan.started/child_protection", **mine, plan=plan),
        _event("plan.reviewed", **mine, plan=plan, with_social_worker=yes_no, with_consultant=yes_no),
        _event("visit.made", **mine, visit=st.sampled_from([f"{child}-V{n}" for n in range(9)]), seen=yes_no, place=st.sampled_from(["home", "school"])),
        _event("visiting_pattern.agreed", **mine, every=st.sampled_from(["1 week", "2 weeks", "6 weeks", "8 weeks"])),
        _event("meeting.held/child_in_need", **mine, meeting=meeting, place=st.sampled_from(["home", "office"]), conference_agreed=yes_no),
        _event("meeting.held/family_network", **mine, meeting=meeting),
        _event("assessment.started/child_and_family", **mine, family=family, assessment=assessment),
        _event("assessment.started/core", **mine, family=family, assessment=assessment),
        _event("assessment.authorised/child_and_family", **mine, assessment=assessment, outcome=st.sampled_from(["child_in_need", "no_further_action"])),
        _event("family_time.held", **mine, session=st.sampled_from([f"{child}-T{n}" for n in range(9)]), supervised=yes_no, observed_by=st.sampled_from(["key_worker", "other"])),
        _event("accommodation.started/section_20", **mine, accommodation=f"{child}-H", emergency=yes_no),
        _event("accommodation.ended", **mine, accommodation=f"{child}-H"),
        _event("birth_family.visited", **mine, person="P1"),
        _event("care.proposed", **mine, emergency=yes_no),
        _event("offer.made/family_group_conference", **mine),
        _event("proceedings.issued", **mine, proceedings=f"{child}-L"),
        _event("proceedings.extended", **mine, proceedings=f"{child}-L", until=DAYS.map(lambda day: iso(FIRST + day + 182))),
        _event("episode.closed", **mine, family=family),
        _event("pathway.decided/family_safeguarding", family=family),
        _event("family.left", family=family),
        _event("worker.joined_family", family=family, worker=worker),
        _event("worker.left_family", family=family, worker=worker),
        _event("meeting.arranged/group_supervision", family=family, meeting=f"{family}-S", held_on=DAYS.map(lambda day: iso(FIRST + day))),
        _event("meeting.moved/group_supervision", family=family, meeting=f"{family}-S", held_on=DAYS.map(lambda day: iso(FIRST + day))),
        _event("monthly_summary.submitted", family=family, meeting=f"{family}-S", worker=worker),
        _event("meeting.held/group_supervision", family=family, meeting=f"{family}-S"),
        _event("action.agreed", **mine, family=family, action=f"{child}-X", by_when=DAYS.map(lambda day: iso(FIRST + day))),
        _event("action.changed", action=f"{child}-X", by_when=DAYS.map(lambda day: iso(FIRST + day))),
        _event("action.done", action=f"{child}-X"),
        _event("promise.made", **mine, promise=f"{child}-G", ask_on=DAYS.map(lambda day: iso(FIRST + day))),
        _event("promise.asked_about", **mine, promise=f"{child}-G"),
    )  # fmt: skip


@st.composite
def histories(draw, child="C1", family="F1", size=25, late=True, least=0):
    """Rows of one family's events: some recorded late, each with its own id and order of recording."""
    rows = []
    for number, (row, day, delay) in enumerate(
        draw(
            st.lists(
                st.tuples(_kinds(child, family), DAYS, st.sampled_from([0, 0, 0, 1, 20, 90])),
                min_size=least,
                max_size=size,
            )
        )
    ):
        row = {**row, "id": f"{family}{number:03}", "when": iso(FIRST + day), "sequence": number}
        if late:
            row["known"] = iso(FIRST + day + delay)
        rows.append(row)
    return rows
