"""An assessment being written: one page of it opened and saved, when nothing else is typed yet and when every other box holds a page of text.

    .venv/bin/python bench/assessments/measure.py

The database is that of DATABASE_URL, a demonstration; it makes an authority of its own there. It prints milliseconds of processor time and
questions asked of the database as JSON.
"""

import json
import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
import django

django.setup()  # before anything that stands on it is imported, which is why those below come late (E402)

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402

from kith.access.models import Practitioner, RoleHeld, Team  # noqa: E402
from kith.core import clock, ids, units  # noqa: E402
from kith.core.authority import make  # noqa: E402
from kith.forms.models import Draft  # noqa: E402
from kith.record import actions as record  # noqa: E402
from kith.record import procedures  # noqa: E402
from kith.record.fact import Fact  # noqa: E402

TIMES = 20
A_PAGE = "Kit sleeps on the sofa and is often late for school. " * 60
PAGE = "parenting"
TYPED = ("text", "long_text")


def child_assessed(worker, team):
    """A child held by a worker, and a core assessment of them that has begun today."""
    child, family, assessment, today = ids.new(), ids.new(), ids.new(), clock.today()
    about = {"child": child, "family": family, "assessment": assessment}
    record.append(
        Fact(kind="child.registered", about={"child": child, "family": family}, when=today, coded={"date_of_birth": "2018-03-04"}),
        Fact(kind="name.given", about={"child": child}, when=today, coded={"name_use": "full"}, words={"given": "Kit", "family": "Marsh"}),
        Fact(kind="case.allocated", about={"child": child, "worker": worker.id}, when=today, coded={"team": str(team.id)}),
        Fact(kind="assessment.started/core", about=about, when=today),
        by=worker,
    )  # fmt: skip
    return child, assessment


class Writing:
    """One person who writes one assessment."""

    def __init__(self, client, authority, child, assessment):
        self.client, self.authority, self.child, self.assessment = client, authority, child, assessment
        self.address = reverse("record-form", args=[child, "assessment"])

    def save(self, page, answers):
        """Saves a page as it is sent while somebody types."""
        sent = {"act": "save", "page": page, "for": str(self.assessment)} | {f"all-{key}": text for key, text in answers.items()}  # fmt: skip
        with units.of_work(self.authority):
            draft = Draft.objects.filter(child=self.child).first()
        sent |= {"draft": str(draft.id), "version": str(draft.version)} if draft else {}
        answer = self.client.post(self.address, sent)
        if answer.status_code != 302:
            raise SystemExit(f"the page was not saved: {answer.status_code}")


def measured(writing):
    """Milliseconds and questions: to open the page, and to save it."""
    opened = f"{writing.address}?for={writing.assessment}&page={PAGE}"
    writing.client.get(opened)  # what a process reads once is not measured
    begun = time.process_time()
    for _ in range(TIMES):
        if writing.client.get(opened).status_code != 200:
            raise SystemExit("the page did not open")
    shown = round((time.process_time() - begun) / TIMES * 1000, 1)
    begun = time.process_time()
    for number in range(TIMES):
        writing.save(PAGE, {"basic_care": f"Meals are late, {number}."})
    saved = round((time.process_time() - begun) / TIMES * 1000, 1)
    with CaptureQueriesContext(connection) as told:
        writing.save(PAGE, {"basic_care": "Meals are late."})
    with units.of_work(writing.authority):
        typed = len(json.dumps(Draft.objects.get(child=writing.child).answers))
    return {"characters typed": typed, "open": shown, "save": saved, "questions to save": len(told)}


def main():
    """Prints both as JSON."""
    authority = make(f"bench-assessments-{ids.new().hex[-6:]}", "Bench", "worcestershire")
    with units.of_work(authority.id, writing=True):
        team = Team.objects.create(name=f"Bench team {ids.new()}")
        worker = Practitioner.objects.create_user(f"{ids.new()}@example.org", authority=authority.id, name="Bench")
        RoleHeld.objects.create(practitioner=worker, role="social_worker", team=team, from_on=clock.today())
        begun = {name: child_assessed(worker, team) for name in ("empty", "every box full")}
        form = procedures.forms_by_id(authority.id)["assessment"]
    with override_settings(KITH_SECOND_FACTOR=False, ALLOWED_HOSTS=["*"]):
        client = Client()
        client.force_login(worker, backend="allauth.account.auth_backends.AuthenticationBackend")
        found = {}
        for name, one in begun.items():
            writing = Writing(client, authority.id, *one)
            if name != "empty":
                for page in form.pages:
                    full = {one.key: A_PAGE for one in page.questions if one.answer in TYPED and not one.for_each}
                    writing.save(page.id, full)
            found[name] = measured(writing)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
