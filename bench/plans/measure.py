"""Opening a plan: its page with 60 actions, against the same page with three.

    .venv/bin/python bench/plans/measure.py

The database is that of DATABASE_URL, a demonstration; it makes an authority of its own there. It prints milliseconds of processor time for
each page as JSON; how many questions a plan asks of the database is bounded in tests/web/test_plan_parts.py.
"""

import json
import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
import django

django.setup()

from django.test import Client  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402

from kith.access.models import Practitioner, RoleHeld, Team  # noqa: E402
from kith.core import clock, ids, units  # noqa: E402
from kith.core.authority import make  # noqa: E402
from kith.record import actions as record  # noqa: E402
from kith.record.fact import Fact  # noqa: E402

TIMES = 20
SAYS = {"different": "Kit sleeps at night.", "services": "Nia, school nurse.", "purpose": "So that Kit sleeps."}


def child_with(actions, worker, team):
    """A child held by a worker, with a plan, five needs and so many actions."""
    child, family, plan, needs = ids.new(), ids.new(), ids.new(), [ids.new() for _ in range(5)]
    today = clock.today()
    facts = [
        Fact(kind="child.registered", about={"child": child, "family": family}, when=today, coded={"date_of_birth": "2018-03-04"}),
        Fact(kind="name.given", about={"child": child}, when=today, coded={"name_use": "full"}, words={"given": "Kit", "family": "Marsh"}),
        Fact(kind="case.allocated", about={"child": child, "worker": worker.id}, when=today, coded={"team": str(team.id)}),
        Fact(kind="plan.started/child_in_need", about={"child": child, "plan": plan}, when=today, words=SAYS),
    ]  # fmt: skip
    facts += [
        Fact(kind="need.identified", about={"child": child, "need": one}, when=today, words={"need": "Sleep"})
        for one in needs
    ]
    facts += [
        Fact(
            kind="action.agreed", about={"child": child, "family": family, "action": ids.new(), "need": needs[place % 5]}, when=today,
            coded={"by_when": today.isoformat()}, words={"what": f"Action {place}", "who": "Nia Rees"},
        )
        for place in range(actions)
    ]  # fmt: skip
    record.append(*facts, by=worker)
    return child


def measured(client, child):
    """Milliseconds of processor time of a plan's page."""
    address = reverse("plans", args=[child])
    if client.get(address).status_code != 200:
        raise SystemExit("the page did not open")
    begun = time.process_time()
    for _ in range(TIMES):
        client.get(address)
    return round((time.process_time() - begun) / TIMES * 1000, 1)


def main():
    """Prints both as JSON."""
    authority = make("bench-plans", "Bench", "worcestershire")
    with units.of_work(authority.id, writing=True):
        team = Team.objects.create(name=f"Bench team {ids.new()}")
        worker = Practitioner.objects.create_user(f"{ids.new()}@example.org", authority=authority.id, name="Bench")
        RoleHeld.objects.create(practitioner=worker, role="social_worker", team=team, from_on=clock.today())
        children = {number: child_with(number, worker, team) for number in (3, 60)}
    with override_settings(KITH_SECOND_FACTOR=False, ALLOWED_HOSTS=["*"]):
        client = Client()
        client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
        found = {f"{number} actions": measured(client, child) for number, child in children.items()}
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
