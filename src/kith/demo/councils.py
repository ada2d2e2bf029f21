"""The invented councils: their teams and the people who work there."""
# Stories read better as lines than as columns of arguments.
# fmt: off

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from kith.access.models import Practitioner, RoleHeld, Team
from kith.core import authority, clock
from kith.core.models import Authority
from kith.record.procedures import procedure_of
from kith.rules.vocabulary import Vocabulary

DATA = Path(__file__).parent / "data"


@cache
def data(name: str) -> Any:
    """A file of invented data, read once."""
    return YAML(typ="safe").load((DATA / f"{name}.yaml").read_text("utf-8"))


@dataclass(frozen=True)
class Council:
    """A council at work: its words for what happens, its workers by short key, and the ids of workers and teams."""

    slug: str
    authority: Authority
    vocabulary: Vocabulary
    workers: Mapping[str, Practitioner]
    teams: Mapping[str, str]
    ids: Mapping[str, uuid.UUID]


def authority_of(slug: str) -> Authority:
    """The authority of one of the councils, made if there is none."""
    says = data("councils")[slug]
    return authority.make(slug, says["name"], says.get("pack", slug), adopts=says.get("adopts", []), code=says["code"])


def staff(one: Authority, says: Mapping[str, Any]) -> Council:
    """The teams and workers of a council, made inside its unit of work."""
    today = clock.today()
    teams = {key: Team.objects.create(name=team["name"], telephone=team["telephone"]) for key, team in says["teams"].items()}
    workers, of_team = {}, {}
    for place, (key, person) in enumerate(says["people"].items()):
        name, title, roles, where = person["name"], person["title"], person["roles"], _list(person.get("team"))
        since = today - dt.timedelta(days=person.get("months", 30 + 7 * place) * 30)
        workers[key] = Practitioner.objects.create_user(
            f"{_address(name)}@{says['mail']}", authority=one.id, name=name, job_title=title, agency=person.get("agency", ""),
            telephone=f"0113 496 0{100 + place + says['first_telephone']:03}",
            joined_at=dt.datetime.combine(since, dt.time(9), clock.LONDON),
        )  # fmt: skip
        of_team[key] = where[0] if where else next(iter(teams))
        RoleHeld.objects.bulk_create(
            RoleHeld(practitioner=workers[key], role=role, team=teams[team] if team else None, from_on=since)
            for role in roles
            for team in where or [None]
        )
    ids = {key: worker.id for key, worker in workers.items()} | {key: team.id for key, team in teams.items()}
    return Council(one.slug, one, procedure_of(one.id).vocabulary, workers, of_team, ids)


def _list(one: Any) -> list[Any]:
    return one if isinstance(one, list) else [one] if one else []


def _address(name: str) -> str:
    plain = name.lower().replace("’", "").replace("'", "")
    ascii_only = plain.translate(str.maketrans("áàâäãåąçćéèêëęíìîïłńñóòôöõøśúùûüýźż", "aaaaaaacceeeeeiiiilnnoooooosuuuuyzz"))
    return ".".join(ascii_only.replace("-", " ").split())
