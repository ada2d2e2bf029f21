"""Two people at once, and a process killed in the middle: nothing that was acknowledged is lost."""

import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import uuid

import pytest
from django.db import connection, connections

import cast
from kith.core import clock, ids, units
from kith.forms import actions as drafts
from kith.forms.models import Draft
from kith.obligations.models import Owed
from kith.record.models import Event
from kith.record.verifying import differences, verify_chain

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Runs each act on a connection of its own, all begun together; what each gave, or raised."""
    ready, gave = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        ready.wait()
        try:
            gave[number] = act()
        except Exception as error:
            gave[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    return gave


@pytest.fixture
def family(lincolnshire):
    """Two siblings, one on a plan."""
    with lincolnshire.at_work():
        amy, family = lincolnshire.worker("Amy"), ids.new()
        kit, ash = cast.child(amy, family=family), cast.child(amy, "Ash", family=family)
        cast.in_need(kit, by=amy, since=60)
        cast.in_need(ash, by=amy, since=60)
        cast.allocate(kit, amy, lincolnshire.team, by=amy)
    return kit, ash


def test_two_people_recording_of_one_family_are_both_heard(lincolnshire, family):
    amy = lincolnshire.workers["Amy"]

    def visiting(child, since):
        def act():
            with lincolnshire.at_work():
                return [cast.visit(child, by=amy, since=since - n).id for n in range(2)]

        return act

    gave = at_once(visiting(family[0], 40), visiting(family[1], 41), visiting(family[0], 12), visiting(family[1], 13))
    assert all(isinstance(one, list) for one in gave), gave
    with lincolnshire.at_work():
        assert Event.objects.filter(id__in=[one for those in gave for one in those]).count() == 8
        assert (verify_chain().wrong, differences()) == ([], [])
        met = Owed.objects.filter(duty="visits", closed_as="met").values_list("child", flat=True)
        assert {child: list(met).count(child) for child in family} == {family[0]: 4, family[1]: 4}


def test_two_who_join_families_at_once_leave_one_circle(lincolnshire, family):
    amy = lincolnshire.workers["Amy"]
    with lincolnshire.at_work():
        other = cast.child(amy, "Bo")

    def merging():
        with lincolnshire.at_work():
            return cast.recorded(cast.fact("child.merged", {"child": other}, since=0, into=str(family[0])), by=amy)

    def planning():
        with lincolnshire.at_work():
            return cast.in_need(other, by=amy)

    gave = at_once(merging, planning)
    assert not [one for one in gave if isinstance(one, Exception)], gave
    with lincolnshire.at_work():
        assert (verify_chain().wrong, differences()) == ([], [])


def test_of_two_who_save_one_draft_one_wins_and_the_other_is_shown_both_texts(lincolnshire, family):
    amy = lincolnshire.workers["Amy"]
    with lincolnshire.at_work():
        draft = Draft.objects.create(
            form="visit", pack="england", author=amy.id, child=family[0], started_at=clock.now(), saved_at=clock.now()
        )

    def saving(text):
        def act():
            with lincolnshire.at_work():
                return drafts.save(Draft.objects.get(id=draft.id), {"what_i_saw": text}, version=1)

        return act

    gave = at_once(saving("The first text."), saving("The second text."))
    won = [one for one in gave if isinstance(one, Draft)]
    stale = [one for one in gave if isinstance(one, drafts.Stale)]
    assert (len(won), len(stale)) == (1, 1), gave
    assert {won[0].answers["what_i_saw"], stale[0].typed["what_i_saw"]} == {"The first text.", "The second text."}
    assert stale[0].draft.answers == won[0].answers


WRITING = textwrap.dedent("""
    import sys, uuid, django
    django.setup()
    import cast
    from kith.access.models import Practitioner
    from kith.core import units
    authority, worker, child = map(uuid.UUID, sys.argv[1:4])
    amy = Practitioner.objects.get(id=worker)
    print("ready", flush=True)
    for number in range(int(sys.argv[4])):
        with units.of_work(authority, writing=True):
            event = cast.visit(child, by=amy, since=1, said=f"Visit {number}")
        print(event.id, flush=True)
""")


def test_a_process_killed_while_writing_loses_nothing_that_it_acknowledged(lincolnshire):
    with lincolnshire.at_work():
        amy = lincolnshire.worker("Amy")
        kit = cast.child(amy)
    count = int(os.environ.get("KITH_WRITES", "200"))
    connection.close()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kith.config.settings",
        "PYTHONPATH": os.path.dirname(cast.__file__),
    }
    asked = [sys.executable, "-c", WRITING, str(lincolnshire.authority.id), str(amy.id), str(kit), str(count)]
    kept = 0
    for _ in range(2):
        with subprocess.Popen(asked, env=environment, stdout=subprocess.PIPE, text=True) as process:
            told, last = [], random.randrange(5, max(6, count // 4))
            for line in process.stdout:
                told.append(line.strip())
                if len(told) > last:
                    process.send_signal(signal.SIGKILL)
        acknowledged = [uuid.UUID(one) for one in told[1:] if len(one) == 36]
        kept += len(acknowledged)
        with units.of_work(lincolnshire.authority.id):
            assert Event.objects.filter(id__in=acknowledged).count() == len(acknowledged) >= 4
            assert (verify_chain().wrong, differences()) == ([], [])
    with units.of_work(lincolnshire.authority.id):
        assert Event.objects.filter(kind="visit.made").count() >= kept
