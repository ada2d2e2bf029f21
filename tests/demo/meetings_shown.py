"""Every demonstration council shows meetings as they come about: waiting, arranged, held, not held, refused; and offers of one."""

from importlib import import_module

from kith.core import clock
from kith.meetings import selectors, story
from kith.meetings.models import Meeting
from kith.record.models import Event

gatherings = import_module("kith.demo.gatherings")


def told(state, a_type):
    """The meetings of one kind and state, whole."""
    rows = Meeting.objects.filter(state=state, a_type=a_type)
    return [one for row in rows if (one := story.one_of(row.child_id, row.meeting)) is not None]


def check_meetings(slug):
    """In a unit of work of a council that was loaded."""
    own = gatherings.OWN[slug]
    assert told("asked", own)
    assert all(one.explained for one in told("refused", own))
    assert told("refused", own)
    assert any(one.not_held.event.fields["not_held_because"] == "family_did_not_come" for one in told("not_held", own))
    _check_coming(own)
    _check_held(own, slug)
    _check_offers()
    stays = Event.objects.filter(kind="accommodation.agreed/section_20")
    assert stays.exists() == (slug == "leicestershire")
    assert Event.objects.filter(kind="accommodation.told/section_20").count() == (2 if stays.exists() else 0)


def _check_coming(own):
    """Nothing arranged is over already; somebody is kept out and told; a meeting that failed is arranged again with the family's word."""
    coming, today = told("arranged", own), clock.today()
    assert coming
    assert all(one.on >= today for one in coming)
    assert any((one.on - today).days <= 7 for one in coming)
    assert any(guest.reply and guest.invited for one in coming for guest in one.guests.values())
    assert any(guest.prepared for one in coming for guest in one.guests.values())
    kept = [out for one in coming for out in one.kept_out.values()]
    assert kept
    assert all(out.told and out.words["other_way"] for out in kept)
    assert any(one.changes for one in coming), "one was not held and is arranged again"
    assert {one.starts_at for one in coming} == {"10:00"}


def _check_held(own, slug):
    held = told("held", own)
    agreed = [one for one in held if one.parts]
    assert agreed
    for one in agreed:
        assert one.approved
        assert one.actions
        assert one.promises
        assert one.plan_approved
        refused = [part for part in one.parts.values() if part.answer == "not_agreed"]
        assert [part.words["reasons"] and part.words["evidence_is"] for part in refused]
        assert {part.answer for part in one.parts.values()} == {"agreed", "agreed_in_principle", "not_agreed"}
        assert one.held.words["offers"]
        assert one.held.words["worries"]
    everybody = {score.person for one in held for score in one.scores}
    by_mum = [
        score.score for one in sorted(held, key=lambda one: one.on) for score in one.scores if score.why and score.shown
    ]
    assert len(everybody) >= 2, slug
    assert len(by_mum) >= 6


def _check_offers():
    kinds = Event.objects.filter(kind__startswith="offer.").values_list("kind", flat=True)
    assert {"offer.made/family_group_conference", "offer.excused/family_group_conference"} <= set(kinds)
    children = set(Meeting.objects.values_list("child", flat=True))
    answers = {
        str(one.event.fields.get("answer"))
        for child in children
        for one in selectors.offers(child)
        if "answered" in one.event.kind
    }
    assert {"accepted", "declined"} <= answers
