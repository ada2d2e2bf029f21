"""Letters of a meeting and the file for a calendar: made for one reader, moved and taken back with the meeting."""

import datetime as dt
import re

import pytest
import vobject
from django.urls import reverse
from test_kept_out_of_meetings import OUT

import cast
import gathering
import paperwork
from gathering import act, everything, the_meeting
from kith.core import clock, ids
from kith.documents.models import Document
from kith.documents.selectors import calendar_of
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    one = gathering.leicestershire()
    with one.at_work():
        for person in (one.ros, one.fin):
            cast.recorded(
                cast.fact("parental_responsibility.gained", {"child": one.kit, "person": person}, since=80),
                by=one.workers["Amy"],
            )
    return one


def begin(town, letter, person, kind="parental_responsibility"):
    """The letter as it opens from somebody's line of the meeting, and what it has filled in already."""
    meeting = the_meeting(town).meeting
    address = reverse("write-letter", args=[town.kit, letter])
    sent = {"meeting": str(meeting), "guest": str(person), "reader": f"{kind}:{person}", "layout": "standard"}
    opened = town.amy.post(address, {**sent, "act": "reader"})
    assert opened.status_code == 200
    part = opened.context["part"]
    told = {f"all-{name}": value for name, value in part.typed().items() if not isinstance(value, dt.date)}
    for name, value in part.typed().items():
        if str(value)[:4].isdigit() and str(value).count("-") == 2:
            del told[f"all-{name}"]
            told |= paperwork.answers(**{name: dt.date.fromisoformat(str(value))})
    return address, {**sent, **told}


def written(town, letter, person, act="preview", kind="parental_responsibility", **more):
    address, sent = begin(town, letter, person, kind)
    return town.amy.post(address, {**sent, **paperwork.answers(**more), "act": act})


def blocks(answer):
    return [block.text for block in answer.context["preview"].blocks]


def entry(town, person):
    meeting = the_meeting(town).meeting
    answer = town.amy.get(reverse("meeting-calendar", args=[town.kit, meeting, person]))
    assert answer.status_code == 200
    return vobject.readOne(answer.content.decode())


@pytest.mark.clause("LEI-012", "LEI-058", "LEI-061")
def test_an_invitation_says_when_where_and_what_such_a_meeting_is_for_in_words_for_its_reader(town):
    gathering.ahead(town)
    parent = blocks(written(town, "meeting_invitation", town.ros))
    assert "Loughborough Children and Family Centre" in parent
    assert any("find out what would let the child stay with the family" in one for one in parent)
    assert any("Openness: we say what we think and why" in one for one in parent)
    child = blocks(written(town, "meeting_invitation", town.kit, kind="child"))
    assert any("send your words or a drawing" in one for one in child)
    assert any("somebody independent to help you say what you want" in one for one in child)


def test_giving_an_invitation_records_that_they_were_invited_and_carries_a_calendar_file(town):
    gathering.ahead(town)
    assert written(town, "meeting_invitation", town.ros, act="make").status_code == 302
    with town.at_work(writing=False):
        document = Document.objects.get(letter="meeting_invitation")
        told = vobject.readOne(calendar_of(document.id).decode())
    assert told.method.value == "REQUEST"
    town.amy.post(reverse("document-act", args=[town.kit, document.id]), {"act": "given", "how": "by_hand"})
    with town.at_work(writing=False):
        [event] = Event.objects.filter(kind__startswith="meeting.invited")
        assert (event.about["person"], event.about["meeting"]) == (str(town.ros), str(the_meeting(town).meeting))
    assert "Invited " in paperwork.page(town.amy, "meeting", town.kit, the_meeting(town).meeting)


def test_a_calendar_takes_the_meeting_in_moves_it_and_takes_it_out_again(town):
    gathering.ahead(town)
    first = entry(town, town.ros).vevent
    on = the_meeting(town).on
    starts = first.dtstart.value
    assert starts.astimezone(clock.LONDON).replace(tzinfo=None) == dt.datetime.combine(on, dt.time(10))
    assert first.location.value == "Loughborough Children and Family Centre"
    for private in ("Kit", "Marsh", "Care and Protect", "I cannot do this"):
        assert private not in first.serialize()
    later = on + dt.timedelta(days=7)
    act(town, "meeting_move", held_on=later, starts_at="2.30pm", why="Ros works on Thursdays.")
    moved = entry(town, town.ros).vevent
    assert moved.uid.value == first.uid.value
    assert int(moved.sequence.value) > int(first.sequence.value)
    assert moved.dtstart.value.astimezone(clock.LONDON).replace(tzinfo=None) == dt.datetime.combine(
        later, dt.time(14, 30)
    )
    act(town, "meeting_cancel", not_held_because="moved_for_family", why="Ros is ill.")
    gone = entry(town, town.ros)
    assert gone.method.value == "CANCEL"
    assert gone.vevent.status.value == "CANCELLED"
    assert gone.vevent.uid.value == first.uid.value
    assert int(gone.vevent.sequence.value) > int(moved.sequence.value)
    assert not hasattr(gone.vevent, "location")


@pytest.mark.clause("LEI-085")
def test_a_meeting_the_family_does_not_come_to_asks_what_made_it_hard_and_is_arranged_again(town):
    gathering.ready(town)
    asked = the_meeting(town).asked_on
    act(
        town,
        "meeting_cancel",
        not_held_because="family_did_not_come",
        hard_for_family="No bus before ten.",
        why="Nobody came.",
    )
    now = the_meeting(town)
    assert (now.state, now.asked_on) == ("not_held", asked)
    page = paperwork.page(town.amy, "meeting", town.kit, now.meeting)
    assert "Arrange it again" in page
    assert gathering.arranged(town, now.meeting, held_on=gathering.a_thursday()).status_code == 302
    assert the_meeting(town).state == "arranged"


def test_whoever_was_told_of_the_old_time_is_to_be_told_of_the_new_one(town):
    gathering.ahead(town)
    act(town, "meeting_invite", person=str(town.ros), how="telephone")
    act(town, "meeting_reply", person=str(town.ros), reply="coming")
    page = paperwork.page(town.amy, "meeting", town.kit, the_meeting(town).meeting)
    assert "Not invited yet: Ros Marsh" not in page
    act(
        town,
        "meeting_move",
        when=cast.days_ago(1),
        held_on=the_meeting(town).on + dt.timedelta(days=7),
        starts_at="10am",
        why="The room was taken.",
    )
    page = paperwork.page(town.amy, "meeting", town.kit, the_meeting(town).meeting)
    assert "Not invited yet: Ros Marsh" in page
    assert any("has a new time" in one for one in blocks(written(town, "meeting_invitation", town.ros)))


@pytest.mark.clause("LEI-068", "LEI-069", "LEI-070")
def test_the_record_goes_to_each_who_came_in_a_copy_of_their_own_and_what_is_owed_is_met(town):
    gathering.over(town)
    meeting = the_meeting(town).meeting
    copy = blocks(written(town, "meeting_record", town.ros))
    text = "\n".join(copy)
    assert "“Gran has Kit on Fridays.” Agreed." in text
    assert "Nights are hard." in text
    assert "Ros Marsh: 6: Gran helps." in text
    assert "I want to stay with Mum." not in text  # the child's own words are the child's
    assert "Fin Marsh: 3" not in text  # he did not want the room to see it
    own = "\n".join(blocks(written(town, "meeting_record", town.kit, kind="child")))
    assert "I want to stay with Mum." in own
    assert written(town, "meeting_record", town.ros, act="make").status_code == 302
    with town.at_work(writing=False):
        document = Document.objects.get(letter="meeting_record")
    town.amy.post(reverse("document-act", args=[town.kit, document.id]), {"act": "given", "how": "post"})
    with town.at_work(writing=False):
        [sent] = Event.objects.filter(kind__startswith="meeting.record_sent")
        assert sent.about["person"] == str(town.ros)
    assert "Record sent" in paperwork.page(town.amy, "meeting", town.kit, meeting)


@pytest.mark.clause("LEI-063", "LEI-064", "LEI-065", "LEI-066")
def test_the_three_papers_are_looked_for_before_the_meeting_and_what_is_missing_is_said(town):
    gathering.ahead(town)
    meeting = the_meeting(town).meeting
    page = paperwork.page(town.amy, "meeting", town.kit, meeting)
    for paper in ("Genogram", "Chronology", "Latest authorised assessment"):
        assert f"Not ready yet: {paper}" in page
    act(town, "meeting_paper", paper="genogram", paper_stands="ready")
    act(town, "meeting_paper", paper="chronology", paper_stands="not_possible", why="The family moved last week.")
    page = paperwork.page(town.amy, "meeting", town.kit, meeting)
    assert "Not ready yet: Genogram" not in page
    assert "Not ready yet: Chronology" not in page
    assert "The family moved last week." in page


def test_a_bundle_has_contents_and_nobodys_address(town):
    gathering.ahead(town)
    with town.at_work():
        amy = town.workers["Amy"]
        cast.recorded(
            cast.fact(
                "home.moved_in",
                {"person": town.fin, "home": ids.new()},
                words={"address": "9 Quiet Lane", "postcode": "LE1 1AA"},
                may_know="workers_only",
            ),
            by=amy,
        )
    answer = written(town, "meeting_bundle", town.ros, own_words="Read what you like of it.", looked_at="yes")
    text = "\n".join(blocks(answer))
    assert text.index("In this bundle") < text.index("How the meeting goes")
    assert "Fin Marsh" in text
    assert "Quiet Lane" not in text


def unnamed(town, given, relation, of):
    """Somebody tied to one of the family whom nothing ties to the child."""
    with town.at_work():
        amy, person = town.workers["Amy"], ids.new()
        cast.recorded(cast.fact("person.registered", {"person": person}, since=90), by=amy)
        cast.recorded(cast.fact("name.given", {"person": person}, since=90, words={"given": given}), by=amy)
        tie = {"relationship": ids.new(), "person": of, "other": person}
        cast.recorded(cast.fact("relationship.recorded", tie, since=90, relation=relation), by=amy)


def pictured(town, reader):
    """What the picture of the family in somebody's bundle shows: the words under it, and the text drawn in it."""
    page = written(town, "meeting_bundle", reader, looked_at="yes").content.decode()
    drawing = re.search(r'<svg[^>]*aria-labelledby="family-title".*?</svg>', page, re.DOTALL)
    return re.sub(r"<[^>]+>", " ", drawing[0]) if drawing else ""


def test_the_bundle_shows_the_family_as_a_picture_with_nobody_its_words_do_not_name_and_no_home(town):
    gathering.ahead(town)
    unnamed(town, "Perry", "partner_living_together", town.ros)
    assert "Perry" in paperwork.page(town.amy, "network", town.kit)
    seen = pictured(town, town.ros)
    assert "Ros" in seen
    assert "Fin" in seen
    assert "Perry" not in seen
    assert "lives" not in seen.casefold()
    act(town, "meeting_keep_out", town.moll_desk, person=str(town.fin), **OUT)
    assert "Fin" not in pictured(town, town.ros)


def test_what_was_typed_in_the_room_is_not_in_anybodys_copy_before_it_is_recorded(town):
    gathering.ready(town)
    gathering.room(town, **{name.replace(".", "__"): text for name, text in everything(town).items()})
    assert "Nights are hard." not in "\n".join(blocks(written(town, "meeting_bundle", town.ros, looked_at="yes")))


def test_somebody_who_was_not_there_is_given_the_record_only_with_a_reason(town):
    gathering.over(town)
    told = {"meeting": "The meeting", "held_on": gathering.a_thursday(), "was_there": "no"}
    refused = written(town, "meeting_record", town.fin, kind="parental_responsibility", **told)
    assert refused.status_code == 422
    assert "Say why they are given the record" in paperwork.said(refused)
    assert (
        written(town, "meeting_record", town.fin, **told, why_them="He has parental responsibility.").status_code == 200
    )


def test_the_next_meeting_stands_on_the_childs_first_page_until_it_is_over(town):
    gathering.ahead(town)
    page = paperwork.page(town.amy, "child", town.kit)
    assert "Next meeting:" in page
    assert reverse("meeting", args=[town.kit, the_meeting(town).meeting]) in page
    act(town, "meeting_cancel", not_held_because="no_longer_needed", why="Kit is at Gran’s.")
    assert "Next meeting:" not in paperwork.page(town.amy, "child", town.kit)
