"""What stands beside a form for whoever fills it in: what is still open in an assessment that is to be authorised (WOR-360), and which
reviews of the child are due when a meeting is booked (LIN-056)."""

from functools import partial

from django.utils.translation import gettext as _

from kith.access.viewer import Viewer
from kith.casework import assessment_story as casework
from kith.casework import assessments as rows
from kith.core import clock
from kith.core.ids import uuid_of
from kith.meetings import selectors as meetings
from kith.obligations import selectors as obligations
from kith.people import sharing
from kith.people.selectors import Opened
from kith.record.selectors import latest_named
from kith.rules.forms import Form
from kith.web import said
from kith.web.assessments import open_matters
from kith.web.meetings import called

AUTHORISED = "assessment.authorised"


def still_open(viewer: Viewer, opened: Opened, form: Form) -> list[str]:
    """What a reader should know before they decide. It holds up nothing."""
    if form.records != AUTHORISED or not sharing.covers(viewer, "assessment"):
        return []
    which = uuid_of(form.names.get("assessment", "")) or latest_named(opened.id, "assessment")
    row = rows.one_of(opened.id, which) if which else None
    if which is None or row is None:
        return []
    story = casework.narrowed(casework.story_of(opened.id, which), partial(sharing.covers, viewer))
    return open_matters.of(viewer, opened, which, story, row)


ARRANGED = "meeting.arranged"
REVIEWS = ("meeting.held/", "plan.reviewed", "accommodation.reviewed")


def reviews_known(viewer: Viewer, opened: Opened, form: Form) -> list[str]:
    """Which other meetings and reviews of the child are due or arranged, each with its day, for whoever books a meeting."""
    if form.records != ARRANGED or opened.child is None or viewer.of_partner:
        return []
    today, this = clock.today(), form.names.get("meeting", "")
    owed = obligations.in_order(obligations.of_child(opened.id).filter(closed_on=None, due_on__isnull=False))
    told = [
        _("%(what)s: %(due)s") % {"what": one.title, "due": said.due(one.due_on, today)}
        for one in owed
        if any(kind.startswith(REVIEWS) for kind in one.meets)
    ]
    there = [one for one in meetings.of_child(opened.id) if one.state == one.ARRANGED]
    told += [
        _("%(what)s: arranged for %(day)s") % {"what": called.title(one.a_type), "day": said.day(one.on, today)}
        for one in there
        if one.on and one.on >= today and str(one.meeting) != this
    ]
    return told
