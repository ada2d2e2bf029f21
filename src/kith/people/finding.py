"""Finding people: by a name heard or misspelt, a date of birth, an identifying number. Every search is logged."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from kith.access import selectors as access
from kith.access.viewer import Viewer
from kith.audit import entries
from kith.core.questions import Question
from kith.people import policies
from kith.people.models import Child, FamilyMember, Person, SearchKey
from kith.people.name_keys import Known, Likeness, keys_of, possible_duplicates, score
from kith.people.portrait import Portrait
from kith.people.selectors import may_open, portrait_of, portraits_of

MOST = 30
WORTH = 45.0


@dataclass(frozen=True)
class Found:
    """One person found. `opens` says whether the viewer may open the record; otherwise whom to ask."""

    id: uuid.UUID
    name: str
    born: dt.date | None
    expected: dt.date | None
    is_child: bool
    opens: bool
    ask: str
    telephone: str
    score: float
    restricted: bool = False
    family: uuid.UUID | None = None


def find(viewer: Viewer, words: str, born: dt.date | None = None) -> list[Found]:
    """People who answer to the words, the likeliest first; restricted records only as the viewer may know of them.

    Raises NotAllowed for whom no role lets search.
    """
    policies.check_may(viewer, "search")
    ranked, found = _ranked(words, born), dict[uuid.UUID, Found]()
    for first in range(0, len(ranked), MOST):
        for one in _of_some(viewer, ranked[first : first + MOST]):
            found.setdefault(one.id, one)
        if len(found) >= MOST:
            break
    shown = list(found.values())[:MOST]
    entries.note(entries.SEARCHED, by=viewer, details={"words": words, "born": str(born or ""), "found": len(shown)})
    return shown


def _of_some(viewer: Viewer, ranked: Sequence[tuple[float, Person]]) -> Iterator[Found]:
    """What the viewer learns of some of those found, in a few questions for all of them."""
    around = _children_around([person for _, person in ranked])
    ids = {one for those in around.values() for one in those}
    children = {one.pk: one for one in _CHILDREN.ask(ids=ids)}
    opens = may_open(viewer, list(children))
    whom = _whom_to_ask([one for key, one in children.items() if key not in opens])
    for likeness, person in ranked:
        those = [children[one] for one in around[person.id] if one in children]
        if (shown := _shown(viewer, likeness, person, those, opens, whom)) is not None:
            yield shown


_CHILDREN = Question[Child](lambda *, ids: Child.objects.filter(person__among=ids).select_related("person"))
_FAMILIES = Question[tuple[uuid.UUID, uuid.UUID]](
    lambda *, people: FamilyMember.objects.filter(person__among=people).values_list("person", "family")
)
_IN_FAMILIES = Question[tuple[uuid.UUID, uuid.UUID]](
    lambda *, families: Person.objects.filter(family__among=families, is_child=True, merged_into=None).values_list(
        "id", "family"
    )
)
_NOT_MERGED = Question[Person](lambda *, ids: Person.objects.filter(id__among=ids, merged_into=None))
_WITH_KEY = Question[uuid.UUID](lambda *, key: SearchKey.objects.filter(key=key).values_list("person", flat=True))
_SHARING = Question[dict[str, Any]](
    lambda most, at_least, *, keys: (
        SearchKey.objects.filter(key__among=keys)
        .order_by()
        .values("person")
        .annotate(shared=Count("id"))
        .filter(shared__gte=at_least)
        .order_by("-shared")[:most]
    )
)


def _children_around(people: Sequence[Person]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """For a child, themselves; for an adult, the children of their families, through whom alone they are known here."""
    around: dict[uuid.UUID, set[uuid.UUID]] = {one.id: {one.id} if one.is_child else set() for one in people}
    adults = [one.id for one in people if not one.is_child]
    families: dict[uuid.UUID, list[uuid.UUID]] = {}
    for person, family in _FAMILIES.ask(people=adults) if adults else ():
        families.setdefault(family, []).append(person)
    for child, family in _IN_FAMILIES.ask(families=list(families)) if families else ():
        for person in families[family]:
            around[person].add(child)
    return around


def _ranked(words: str, born: dt.date | None) -> list[tuple[float, Person]]:
    number = "".join(words.split()).lower()
    by_number = _WITH_KEY.ask(key=f"id:{number}") if any(map(str.isdigit, number)) else []
    ranked = [(100.0, person) for person in (_NOT_MERGED.ask(ids=by_number) if by_number else ())]
    keys = [key for key in keys_of(words) if words.strip()]
    ids = _sharing([key for key in keys if not key.startswith("t:")], 300)
    if len(ids) < 10:
        ids |= _sharing([key for key in keys if key.startswith("t:")], 200, at_least=3)
    if born and not words.strip():
        ids |= set(SearchKey.objects.filter(key=f"born:{born}").values_list("person", flat=True)[:200])
    for person in _NOT_MERGED.ask(ids=ids) if ids else ():
        likeness = score(words, [person.name], born, person.born_on) if words.strip() else 90.0
        if likeness >= WORTH:
            ranked.append((likeness, person))
    seen: dict[uuid.UUID, tuple[float, Person]] = {}
    for likeness, person in sorted(ranked, key=lambda one: (-one[0], one[1].sort_name)):
        seen.setdefault(person.id, (likeness, person))
    return list(seen.values())


def _sharing(keys: Sequence[str], most: int, at_least: int = 1) -> set[uuid.UUID]:
    if not keys:
        return set()
    return {row["person"] for row in _SHARING.ask(most, at_least, keys=keys)}


def _shown(
    viewer: Viewer, likeness: float, person: Person, around: Sequence[Child], opens: set[uuid.UUID],
    whom: Callable[[Child], tuple[str, str]],
) -> Found | None:  # fmt: skip
    """What the viewer learns of somebody found: an adult is known only through children, so a restricted child hides their adults too."""
    if any(child.pk in opens for child in around) or (not around and viewer.may("enter_people")):
        return Found(
            person.id, person.name, person.born_on, person.expected_on, person.is_child, True, "", "", likeness, family=person.family
        )  # fmt: skip
    told = [child for child in around if policies.is_told(viewer, child)]
    if not told:
        return None
    child = next((one for one in told if not one.restricted), told[0])
    ask, telephone = whom(child)
    if child.restricted:
        return Found(child.pk, "", None, None, True, False, ask, telephone, likeness, restricted=True)
    return Found(
        person.id, person.name, person.born_on, person.expected_on, person.is_child, False, ask, telephone, likeness
    )


def _whom_to_ask(children: Sequence[Child]) -> Callable[[Child], tuple[str, str]]:
    """For each of some children whom to ring, and the number: asked for all of them at once."""
    ringing = {one.pk: one.guardian if one.restricted else one.held_by for one in children}
    workers = access.practitioners(ringing.values())
    teams = access.teams_of_id(one.team for one in children)

    def whom(child: Child) -> tuple[str, str]:
        worker, team = ringing[child.pk], teams.get(child.team) if child.team else None
        ring = workers.get(worker) if worker else None
        telephone = (ring.telephone if ring else "") or (team.telephone if team else "")
        return (ring.name if ring else team.name if team else ""), telephone

    return whom


def likenesses(viewer: Viewer, person: uuid.UUID) -> list[tuple[Found, Likeness]]:
    """Other records that may be of the same person, with the reasons, the likeliest first."""
    one = Person.objects.get(id=person)
    mine = known_of(person)
    others = [
        found
        for found in find(viewer, one.name, one.born_on)
        if found.id != person and found.opens and found.is_child == one.is_child
    ]
    pictures = portraits_of([found.id for found in others])
    told = [(found, possible_duplicates(mine, _known(pictures[found.id]))) for found in others]
    return sorted(
        ((found, like) for found, like in told if like.verdict != "unlikely"), key=lambda pair: -pair[1].score
    )


def known_of(person: uuid.UUID) -> Known:
    """What is compared when two records may be of one person."""
    return _known(portrait_of(person))


def _known(picture: Portrait) -> Known:
    numbers = {scheme: str(thing.words.get("value", "")) for scheme, thing in picture.identifiers.items()}
    born = None if picture.born is None else dt.date.fromordinal(picture.born)
    return Known(tuple(name.full for name in picture.names), born, numbers)


def compare(one: uuid.UUID, two: uuid.UUID) -> Likeness:
    """How alike two records are, with the reasons in words."""
    return possible_duplicates(known_of(one), known_of(two))
