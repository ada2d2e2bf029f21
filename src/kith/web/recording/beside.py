"""What stands beside a form for whoever fills it in: what is still open in an assessment that is to be authorised (WOR-360)."""

from functools import partial

from kith.access.viewer import Viewer
from kith.casework import assessment_story as casework
from kith.casework import assessments as rows
from kith.core.ids import uuid_of
from kith.people import sharing
from kith.people.selectors import Opened
from kith.record.selectors import latest_named
from kith.rules.forms import Form
from kith.web.assessments import open_matters

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
