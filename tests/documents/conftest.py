"""Worcestershire, and the Marsh family: Kit lives with Ros; Fin lives elsewhere, and neither may know where the other does."""

import pytest

import cast
import paperwork
from kith.access.models import Team
from kith.core import ids
from kith.people import selectors as people
from kith.record import actions
from kith.record.fact import Fact

ROS_HOME, ROS_CODE, ROS_PHONE = "12 Elm Road, Upper Sarn", "ZZ99 1AA", "07700 900123"
FIN_HOME, FIN_CODE, FIN_PHONE = "3 Quay Street, Lower Sarn", "ZZ99 2BB", "07700 900456"


def since(kind, about, words=None, **coded):
    return Fact(kind=kind, about=about, when=cast.days_ago(80), coded=coded, words=words or {})


def home(who, one, address, postcode, level="workers_only", **more):
    names = {"home": ids.new(), **({who: one} if not isinstance(who, dict) else who)}
    return since("home.moved_in", names, {"address": address, "postcode": postcode}, home_use="home", may_know=level, **more)  # fmt: skip


@pytest.fixture
def town(settings, tmp_path):
    return sarn(settings, tmp_path)


APPROVING = {
    "pack.yaml": "pack: approving\nversion: '1'\ntitle: Approving\nin_force_from: 2013-04-15\nbased_on: worcestershire@2012-04\n",
    "letters.yaml": """letters:
- id: covering
  replaces: true
  because: a manager reads it first
  title: Covering letter
  offered: When something is shared
  records: letter.sent/covering
  to: [parental_responsibility]
  approved_by: team_manager
  subject: ["For you to read"]
  says: ["With this letter is the plan for {children}."]
  cites: [WOR-165]
""",
}


@pytest.fixture
def strict(settings, tmp_path):
    """The same family where a manager approves covering letters."""
    folder = tmp_path / "packs" / "approving" / "1"
    folder.mkdir(parents=True)
    for name, text in APPROVING.items():
        (folder / name).write_text(text, "utf-8")
    settings.KITH_PACKS = [str(tmp_path / "packs")]
    return sarn(settings, tmp_path, "approving")


def sarn(settings, tmp_path, slug="worcestershire"):
    """Kit and their family, in a council."""
    settings.KITH_SECOND_FACTOR = False
    settings.KITH_FILES = str(tmp_path / "files")
    one = paperwork.household(slug)
    with one.at_work():
        amy = one.workers["Amy"]
        amy.telephone, amy.job_title = "01632 960111", "Key worker"
        amy.save()
        Team.objects.filter(id=one.team.id).update(telephone="01632 960100")
        actions.append(
            since("parental_responsibility.gained", {"person": one.ros, "child": one.kit}, through="mother"),
            since("parental_responsibility.gained", {"person": one.fin, "child": one.kit}, through="agreement"),
            home({"child": one.kit, "person": one.ros}, None, ROS_HOME, ROS_CODE),
            home("person", one.fin, FIN_HOME, FIN_CODE),
            since("reach.recorded", {"reach": ids.new(), "person": one.fin}, {"value": FIN_PHONE}, reach_by="mobile", safe=True, may_say_who=True, may_know="workers_only"),
            since("reach.recorded", {"reach": ids.new(), "person": one.ros}, {"value": "ros@example.org"}, reach_by="e_mail", safe=True, may_say_who=True, may_know="workers_only"),
            since("keep_apart.recorded", {"person": one.ros, "other": one.fin}, {"why": "Ros is afraid of Fin."}),
            by=amy,
        )  # fmt: skip
    return one


@pytest.fixture
def viewer(town):
    with town.at_work(writing=False):
        return cast.viewer(town.workers["Amy"])


@pytest.fixture
def opened(town, viewer):
    with town.at_work():
        return people.child_for(viewer, town.kit, page="test")
