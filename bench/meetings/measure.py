"""A meeting being written: its room opened, saved as somebody types, and recorded, with 20 people against three.

    .venv/bin/python bench/meetings/measure.py

The database is that of DATABASE_URL, a demonstration; it makes an authority of its own there. It prints milliseconds of processor time and
questions asked of the database as JSON.
"""

import json
import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402

from kith.access.models import Practitioner, RoleHeld, Team  # noqa: E402
from kith.core import clock, ids, units  # noqa: E402
from kith.core.authority import make  # noqa: E402
from kith.record import actions as record  # noqa: E402
from kith.record.fact import Fact  # noqa: E402

TIMES = 20
KIND = "family_meeting"


def meeting_with(people, worker, team):
    """A child held by a worker, a meeting about them today, and so many people on its list."""
    child, family, meeting = ids.new(), ids.new(), ids.new()
    today = clock.today()
    about = {"child": child, "family": family, "meeting": meeting}
    facts = [
        Fact(kind="child.registered", about={"child": child, "family": family}, when=today, coded={"date_of_birth": "2013-03-04"}),
        Fact(kind="name.given", about={"child": child}, when=today, coded={"name_use": "full"}, words={"given": "Kit", "family": "Marsh"}),
        Fact(kind="case.allocated", about={"child": child, "worker": worker.id}, when=today, coded={"team": str(team.id)}),
        Fact(kind=f"meeting.arranged/{KIND}", about=about, when=today, coded={"held_on": today.isoformat()}),
    ]  # fmt: skip
    guests = [ids.new() for _ in range(people)]
    for number, one in enumerate(guests):
        facts += [
            Fact(kind="person.registered", about={"person": one}, when=today),
            Fact(kind="name.given", about={"person": one}, when=today, words={"given": f"Ada{number}", "family": "Marsh"}),
            Fact(kind="person.joined_family", about={"family": family, "person": one, "child": child}, when=today, coded={"relation": "other"}),
            Fact(kind=f"meeting.guest_named/{KIND}", about={**about, "person": one}, when=today, coded={"guest_part": "relative"}),
        ]  # fmt: skip
    record.append(*facts, by=worker)
    return child, meeting, guests


def _timed(act):
    with CaptureQueriesContext(connection) as told:
        begun = time.process_time()
        act()
        return round((time.process_time() - begun) * 1000, 1), len(told)


def measured(client, child, meeting, guests):
    """What the room costs: to open it, to save one box, and to record the meeting with a score and a part of the plan from each."""
    address = reverse("meeting-room", args=[child, meeting])
    if client.get(address).status_code != 200:
        raise SystemExit("the room did not open")
    begun = time.process_time()
    for _ in range(TIMES):
        client.get(address)
    opened = round((time.process_time() - begun) / TIMES * 1000, 1)
    begun = time.process_time()
    for number in range(TIMES):
        client.post(
            address, {"version": str(number), "q.worries": f"Nights {number}"}, headers={"X-Kith-Autosave": "1"}
        )
    saved = round((time.process_time() - begun) / TIMES * 1000, 1)
    typed = {"act": "finish", "held.not_covered": "A bench.", "q.relevant_information": "What we know."}
    for number, one in enumerate(guests, 1):
        typed |= {
            f"came.{one}": "came",
            f"rules.{one}": "yes",
            f"part.{number}.words": f"I come on day {number}.",
            f"part.{number}.who": str(one),
            f"part.{number}.answer": "agreed",
        }
        typed |= {f"act.{number}.what": f"Thing {number}", f"act.{number}.who": str(one)}
    spent, asked = _timed(lambda: client.post(address, typed))
    return {"open": opened, "save one box": saved, "record it": spent, "questions to record it": asked}


def main():
    """Prints both as JSON."""
    authority = make(f"bench-meetings-{ids.new().hex[-6:]}", "Bench", "worcestershire")
    with units.of_work(authority.id, writing=True):
        team = Team.objects.create(name=f"Bench team {ids.new()}")
        worker = Practitioner.objects.create_user(f"{ids.new()}@example.org", authority=authority.id, name="Bench")
        RoleHeld.objects.create(practitioner=worker, role="social_worker", team=team, from_on=clock.today())
        made = {number: meeting_with(number, worker, team) for number in (3, 20)}
    with override_settings(KITH_SECOND_FACTOR=False, ALLOWED_HOSTS=["*"]):
        client = Client()
        client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
        found = {f"{number} people": measured(client, *one) for number, one in made.items()}
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
