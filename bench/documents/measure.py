"""How many letters a second: 1,000 letters composed, made into PDFs and kept, one after another.

    .venv/bin/python bench/documents/measure.py

The database is that of DATABASE_URL, a demonstration; it makes an authority of its own there. It prints letters a second for composing
and rendering alone, and for the whole act with the record, the file on the disk and the rows derived from it.
"""

import json
import os
import sys
import time
from itertools import cycle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
import django

django.setup()

from kith.access.models import Practitioner, Team  # noqa: E402
from kith.access.viewer import Viewer  # noqa: E402
from kith.core import clock, ids, units  # noqa: E402
from kith.core.authority import make  # noqa: E402
from kith.documents import actions, rendering, selectors  # noqa: E402
from kith.documents.copies import Reader  # noqa: E402
from kith.documents.writing import data_of, written  # noqa: E402
from kith.people.selectors import child_for  # noqa: E402
from kith.record import actions as record  # noqa: E402
from kith.record.fact import Fact  # noqa: E402

COUNT = int(os.environ.get("KITH_LETTERS", "1000"))
SAYS = {"ended": "involvement", "outcome": "no_action", "concluded_by": "core_assessment"}
READER = Reader("agency", "Mrs Okoro", None, "Sarn Primary School", "School Lane\nSarn")


def viewer_of(authority):
    """A worker who may write, and the children they write about: one for every ten letters."""
    team = Team.objects.create(name=f"Bench team {ids.new()}", telephone="01632 960100")
    worker = Practitioner.objects.create_user(f"{ids.new()}@example.org", authority=authority.id, name="Bench")
    children = [ids.new() for _ in range(max(1, COUNT // 10))]
    for child in children:
        record.append(
            Fact(kind="child.registered", about={"child": child, "family": ids.new()}, when=clock.today(), coded={"date_of_birth": "2018-03-04"}),
            Fact(kind="name.given", about={"child": child}, when=clock.today(), coded={"name_use": "full"}, words={"given": "Kit", "family": "Marsh"}),
            Fact(kind="case.allocated", about={"child": child, "worker": worker.id}, when=clock.today(), coded={"team": str(team.id)}),
            by=worker,
        )  # fmt: skip
    return Viewer(worker.id, worker.name, authority.id, rights={"social_worker": frozenset(("record",))}), children


def a_second(act):
    """How often a second an act is done, over the count."""
    begun = time.perf_counter()
    for _ in range(COUNT):
        act()
    return round(COUNT / (time.perf_counter() - begun), 1)


def main():
    """Prints letters a second as JSON."""
    authority = make("bench-documents", "Bench", "worcestershire")
    with units.of_work(authority.id, writing=True):
        viewer, children = viewer_of(authority)
        opened = [child_for(viewer, child, page="bench") for child in children]
        letter = selectors.letters()["closure"]
        paper = selectors.paper(viewer, opened[0], READER, children[:1])

        def render():
            rendering.pdf(data_of(written(letter, paper, SAYS), ids.new(), clock.now()), clock.now())

        render()
        alone = a_second(render)
    with units.of_work(authority.id):
        turn = cycle(opened)

        def whole():
            with units.write():
                one = next(turn)
                paper = selectors.paper(viewer, one, READER, [one.id])
                actions.make_letter(written(letter, paper, SAYS), one, by=viewer)

        whole()
        json.dump({"letters": COUNT, "composed_and_rendered_a_second": alone, "made_and_kept_a_second": a_second(whole)}, sys.stdout)  # fmt: skip
    sys.stdout.write("\n")


main()
