"""The co-working agreement by the page: who takes part, who signs, which task is whose, what it owes, and what it lets somebody do."""

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.casework import agreements
from kith.forms import selectors as forms
from kith.obligations.models import Owed
from kith.people.models import Involvement
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    """Kit is Amy's; Moll manages her team; Con is a consultant and Fay a family support worker, both of the South team."""
    settings.KITH_SECOND_FACTOR = False
    one = paperwork.household("worcestershire")
    with one.at_work():
        south = cast.another_team("East team")
        one.worker("Con", "consultant_social_worker", south)
        one.worker("Fay", "family_support_worker", south)
    one.desks = {name: paperwork.desk(worker) for name, worker in one.workers.items()}
    return one


def begun(town):
    paperwork.recorded(town.amy, town.kit, "coworking_start", review_on=cast.days_ago(-60), when=cast.days_ago(9))


def joins(town, name, by="Moll", as_role="team_manager", **more):
    said = {
        "worker": str(town.workers[name].id),
        "party": "co_worker",
        "experience": "suitable",
        "by_role": as_role,
        "when": cast.days_ago(8),
    }
    return paperwork.record(town.desks[by], town.kit, "coworking_party", **(said | more))


def task(town, name, what, **more):
    said = {
        "worker": str(town.workers[name].id),
        "what": what,
        "reports_to": "key_worker",
        "on_behalf": "key_worker",
        "able": "yes",
    }
    return paperwork.record(town.amy, town.kit, "coworking_task", **(said | {"when": cast.days_ago(8)} | more))


def page(town, who="Amy"):
    return paperwork.page(town.desks[who], "coworking", town.kit)


def named(town, kind, name):
    with town.at_work(writing=False):
        return Event.objects.filter(kind=kind).order_by("sequence").last().about[name]


def goes_on(town, who, form, about, **said):
    sent = {"act": "record", "for": str(about), **paperwork.answers(**({"when": cast.days_ago(2)} | said))}
    return town.desks[who].post(reverse("record-form", args=[town.kit, form]), sent)


@pytest.mark.clause("WOR-370", "WOR-371")
def test_it_is_a_draft_until_everyone_who_takes_part_has_signed(town):
    begun(town)
    assert joins(town, "Amy", party="qualified_social_worker").status_code == 302
    assert joins(town, "Fay", job_title="Family support worker").status_code == 302
    assert "Still to sign: Amy, Fay" in page(town)
    paperwork.recorded(town.amy, town.kit, "coworking_sign", when=cast.days_ago(7))
    shown = page(town)
    assert "A draft, until everyone has signed" in shown
    assert "Another professional with co-working responsibilities (Family support worker)" in shown
    with town.at_work(writing=False):
        [owed] = Owed.objects.filter(duty="coworking.sign", closed_on=None)
        assert owed.holder == town.workers["Fay"].id
    paperwork.recorded(town.desks["Fay"], town.kit, "coworking_sign", when=cast.days_ago(6))
    assert "In force" in page(town)
    assert "To be reviewed" in page(town)


@pytest.mark.clause("WOR-371", "WOR-374")
def test_whoever_takes_part_may_open_the_record_for_the_term_and_only_the_manager_lets_them_in(town):
    begun(town)
    assert town.desks["Fay"].get(reverse("child", args=[town.kit])).status_code == 403
    assert joins(town, "Fay", by="Amy", as_role="social_worker").status_code == 422
    generic = reverse("record-form", args=[town.kit, "kind~agreement.party_joined~coworking"])
    assert town.amy.get(generic).status_code == 404
    assert joins(town, "Fay").status_code == 302
    assert town.desks["Fay"].get(reverse("child", args=[town.kit])).status_code == 200
    assert town.desks["Fay"].get(reverse("child", args=[town.robin])).status_code == 403
    paperwork.recorded(town.amy, town.kit, "coworking_end", why="The work is done.", when=cast.days_ago(0))
    assert town.desks["Fay"].get(reverse("child", args=[town.kit])).status_code == 403
    with town.at_work(writing=False):
        assert Involvement.objects.get(worker=town.workers["Fay"].id).until_on == cast.days_ago(0)


@pytest.mark.clause("WOR-374")
def test_a_consultant_of_another_team_decides_about_this_child_only_where_it_is_delegated(town):
    def may():
        with town.at_work(writing=False):
            return agreements.may_decide(cast.viewer(town.workers["Con"]), town.kit)

    begun(town)
    joins(town, "Con", party="consultant_social_worker", delegated="supervision")
    assert not may()
    joins(town, "Con", party="consultant_social_worker", delegated=["supervision", "decisions"])
    assert may()
    done = paperwork.record(town.desks["Con"], town.kit, "management_decision", by_role="consultant_social_worker", decided="Kit stays.", why="He wishes it.")  # fmt: skip
    assert done.status_code == 302
    assert "Kit stays." in page(town)
    goes_on(town, "Amy", "coworking_end", named(town, "agreement.made/coworking", "agreement"), why="Done.", when=cast.days_ago(0))  # fmt: skip
    assert not may()


@pytest.mark.clause("WOR-389", "WOR-390", "WOR-396", "WOR-400", "WOR-398", "WOR-393")
def test_every_task_of_the_table_stands_there_and_says_who_does_it_how_often_and_to_whom_they_report(town):
    begun(town)
    with town.at_work(writing=False):
        tasks = forms.form("coworking_task").question("what").options
    assert len(tasks) == 11 + 20
    assert page(town).count("Say who<span") == 31
    assert task(town, "Fay", "visits_to_birth_family", every="4 weeks").status_code == 302
    shown = page(town)
    row = shown[shown.index("Visits to the birth family’s home") :][:900]
    for words in ("Fay", "For the key worker", "Every 4 weeks", "The key worker"):
        assert words in row
    with town.at_work(writing=False):
        [owed] = Owed.objects.filter(duty="coworking.task", closed_on=None)
        assert (owed.holder, owed.due_on) == (town.workers["Fay"].id, cast.days_ago(-20))
    set_by = named(town, "agreement.task_set/coworking", "task")
    assert goes_on(town, "Amy", "coworking_task_done", set_by, worker=str(town.workers["Fay"].id)).status_code == 302
    with town.at_work(writing=False):
        assert Owed.objects.get(duty="coworking.task", closed_on=None).due_on == cast.days_ago(-26)


@pytest.mark.clause("WOR-388", "WOR-375", "WOR-387")
def test_a_task_that_does_not_fit_asks_for_a_reason_and_an_inexperienced_worker_says_what_is_joint(town):
    begun(town)
    stopped = task(town, "Fay", "court_statements", able="no")
    assert "The task does not fit the role" in paperwork.said(stopped)
    lacking = joins(town, "Fay", experience="inexperienced")
    assert "Say which work is done jointly" in paperwork.said(lacking)
    joins(
        town,
        "Fay",
        experience="inexperienced",
        joint_work="Every second visit with Amy",
        supervised_by="Sid, line supervision",
    )
    shown = page(town)
    assert "Jointly: Every second visit with Amy" in shown
    assert "Supervised by Sid, line supervision" in shown


@pytest.mark.clause("WOR-372")
def test_what_is_disagreed_goes_to_the_team_manager_who_decides_it_on_the_agreement(town):
    begun(town)
    paperwork.recorded(
        town.amy, town.kit, "coworking_question", about_what="disagreement", question="Who takes Kit to school?"
    )
    with town.at_work(writing=False):
        assert Owed.objects.filter(duty="coworking.settle", closed_on=None).exists()
    assert "Decide what is disagreed or unclear" in page(town)
    refused = paperwork.record(
        town.amy, town.kit, "coworking_decide", by_role="social_worker", decided="Fay", why="Near."
    )
    assert refused.status_code == 422
    decided = {"by_role": "team_manager", "decided": "Fay takes Kit.", "why": "She lives near."}
    paperwork.recorded(town.desks["Moll"], town.kit, "coworking_decide", when=cast.days_ago(0), **decided)
    assert "Fay takes Kit." in page(town)
    with town.at_work(writing=False):
        assert not Owed.objects.filter(duty="coworking.settle", closed_on=None).exists()


@pytest.mark.clause("WOR-394", "WOR-395")
def test_a_review_makes_the_next_version_and_whoever_has_the_earlier_one_is_told_apart(town):
    begun(town)
    paperwork.recorded(
        town.amy, town.kit, "coworking_give_out", person=str(town.ros), layout="standard", when=cast.days_ago(6)
    )
    assert "an earlier version" not in page(town)
    paperwork.recorded(town.amy, town.kit, "coworking_review", changed="Fay visits weekly.", review_on=cast.days_ago(-90), when=cast.days_ago(1))  # fmt: skip
    shown = page(town)
    assert "version 2" in shown
    assert "Fay visits weekly." in shown
    assert "(an earlier version)" in shown
    paperwork.recorded(town.amy, town.kit, "coworking_give_out", worker=str(town.workers["Amy"].id), layout="standard", when=cast.days_ago(0))  # fmt: skip
    copies = page(town)[page(town).index("Who has a copy") :]
    assert copies.index("Amy") < copies.index("Ros Marsh")


@pytest.mark.clause("WOR-378")
def test_a_manager_who_cannot_come_gives_views_and_endorses_the_report(town):
    begun(town)
    paperwork.recorded(town.desks["Moll"], town.kit, "coworking_views", which_meeting="The review of 4 December", views="Robin should come.", endorsed="yes")  # fmt: skip
    shown = page(town)
    assert "Views of a manager who could not come" in shown
    assert "Robin should come." in shown


@pytest.mark.clause("WOR-373", "WOR-392")
def test_management_decisions_have_a_reason_and_the_senior_manager_answers_what_is_asked(town):
    refused = paperwork.record(
        town.amy, town.kit, "management_decision", by_role="social_worker", decided="No.", why="No."
    )
    assert refused.status_code == 422
    assert "The case is managed by Moll." in page(town)
    paperwork.recorded(town.desks["Moll"], town.kit, "senior_request", **{"for": "resources"}, by_role="team_manager", cost="£400", why="A bed.")  # fmt: skip
    assert "Record the Senior Manager’s answer" in page(town)
    with town.at_work():
        town.worker("Ola", "service_manager")
    ola = paperwork.desk(town.workers["Ola"])
    one = named(town, "senior_request.made", "request")
    sent = {"act": "record", "for": one, **paperwork.answers(answer="agreed", why="Kit needs it.", by_role="service_manager", when=cast.days_ago(0))}  # fmt: skip
    assert ola.post(reverse("record-form", args=[town.kit, "senior_decision"]), sent).status_code == 302
    assert "<strong>Agreed</strong> Kit needs it." in page(town)


@pytest.mark.clause("WOR-382")
def test_statutory_visits_that_only_somebody_else_made_are_shown(town):
    with town.at_work():
        cast.visit(town.kit, by=town.workers["Bea"], since=12, statutory=True)
        cast.visit(town.kit, by=town.workers["Bea"], since=10, statutory=True)
        cast.visit(town.kit, by=town.workers["Amy"], since=10, statutory=True)
    shown = page(town)
    others = shown[shown.index("Statutory visits made by somebody else") :]
    assert others[: others.index("Decisions of managers")].count(", Bea") == 1
