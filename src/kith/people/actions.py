"""Acts about people: enter a child or an adult, change what is known of them, restrict a record, break the glass, merge."""

import datetime as dt
import uuid
from typing import Any

from kith.access.viewer import Viewer
from kith.audit import entries
from kith.core import clock, ids
from kith.people import policies
from kith.people.models import Child, Door
from kith.people.policies import Shut
from kith.people.selectors import Opened
from kith.record import actions as record
from kith.record.fact import Fact, NotRecorded
from kith.record.merged import read_as
from kith.record.models import Event


def enter_child(
    names: list[dict[str, str]], *, by: Viewer, family: uuid.UUID | None = None, born: dt.date | None = None,
    expected: dt.date | None = None, details: dict[str, Any] | None = None, when: dt.date | None = None,
) -> uuid.UUID:  # fmt: skip
    """Enters a child, born or not yet born, in a family (a new one unless given). Raises NotAllowed, NotRecorded."""
    policies.check_may(by, "enter_people")
    if born is None and expected is None:
        raise NotRecorded("give the date of birth, or the date the baby is expected", "date_of_birth")
    child, day = ids.new(), when or clock.today()
    birth = {"date_of_birth": born.isoformat()} if born else {"expected_on": expected.isoformat()} if expected else {}
    facts = [
        Fact(kind="child.registered", about={"child": child, "family": family or ids.new()}, when=day, coded=birth)
    ]
    facts += [name_fact("child", child, one, day) for one in names]
    if details:
        facts.append(details_fact("child", child, details, day))
    record.append(*facts, by=by, under="enter_people")
    return child


def enter_person(
    names: list[dict[str, str]],
    *,
    by: Viewer,
    kind: str = "relative",
    born: dt.date | None = None,
    when: dt.date | None = None,
) -> uuid.UUID:
    """Enters an adult. Raises NotAllowed, NotRecorded."""
    policies.check_may(by, "enter_people")
    person, day = ids.new(), when or clock.today()
    coded: dict[str, Any] = {"person_kind": kind} | ({"date_of_birth": born.isoformat()} if born else {})
    record.append(
        Fact(kind="person.registered", about={"person": person}, when=day, coded=coded),
        *(name_fact("person", person, one, day) for one in names), by=by, under="enter_people",
    )  # fmt: skip
    return person


def name_fact(who: str, one: uuid.UUID, name: dict[str, str], day: dt.date) -> Fact:
    """A name as a fact: its use and order coded, the name itself in words."""
    coded = {"name_use": name.get("use", "full"), "name_order": name.get("order", "given_first")}
    return Fact(
        kind="name.given",
        about={who: one},
        when=day,
        coded=coded,
        words={"given": name.get("given", ""), "family": name.get("family", "")},
    )


WORDS = ("pronouns", "interpreter_language", "communication", "religion", "nationality", "about")


def details_fact(who: str, one: uuid.UUID, details: dict[str, Any], day: dt.date) -> Fact:
    """Details of a person as a fact: codes apart from words."""
    words = {key: details[key] for key in WORDS if details.get(key)}
    coded = {key: value for key, value in details.items() if key not in WORDS and value not in (None, "", [])}
    return Fact(kind="details.recorded", about={who: one}, when=day, coded=coded, words=words)


def birth(child: Opened, born: dt.date, given: str, family_name: str, *, by: Viewer) -> None:
    """An unborn child's record becomes the child's own at birth, with the true date and name (WOR-430)."""
    policies.check_may(by, "record")
    if child.person.born_on is not None:
        raise NotRecorded("this child's birth is recorded already", "date_of_birth")
    about = {"child": child.id, "family": child.person.family} if child.person.family else {"child": child.id}
    record.append(
        Fact(kind="child.born", about=about, when=born, coded={"date_of_birth": born.isoformat()}),
        name_fact("child", child.id, {"given": given, "family": family_name}, born), by=by, under=child.ground,
    )  # fmt: skip


def pregnancy_ended(child: Opened, on: dt.date, *, by: Viewer) -> None:
    """The pregnancy ended: every clock stops at once and nothing waiting is sent; a person decides what is said (WOR-430)."""
    policies.check_may(by, "record")
    if child.person.born_on is not None:
        raise NotRecorded("this child is born: record a death instead", "on")
    about = {"child": child.id, "family": child.person.family} if child.person.family else {"child": child.id}
    record.append(Fact(kind="pregnancy.ended", about=about, when=on), by=by, under=child.ground)


def death(child: Opened, on: dt.date, *, by: Viewer) -> None:
    """A child died: every clock stops at once and nothing waiting is sent."""
    policies.check_may(by, "record")
    about = {"child": child.id, "family": child.person.family} if child.person.family else {"child": child.id}
    record.append(Fact(kind="child.died", about=about, when=on), by=by, under=child.ground)


KINDS = {
    "restrict": "access.restricted", "lift": "access.restriction_ended", "open_to": "access.opened_to",
    "close_to": "access.closed_to", "no_longer_closed_to": "access.no_longer_closed_to",
}  # fmt: skip


def change_access(opened: Opened, act: str, worker: uuid.UUID | None, because: str, *, by: Viewer) -> Event:
    """Restricts a record, lifts that, or opens or closes it to a worker. Raises NotAllowed, NotRecorded."""
    policies.check_may(by, "restrict")
    coded: dict[str, Any] = {}
    if act == "restrict":
        coded["restricted_because"] = because or "other"
        if worker is None:
            raise NotRecorded("name who looks after the restricted record", "worker")
    if act == "close_to":
        coded["closed_because"] = "relative_or_friend" if because == "worker_or_relative" else "other"
    about: dict[str, Any] = {"child": opened.id} | ({"worker": worker} if worker else {})
    return record.append(
        Fact(kind=KINDS[act], about=about, when=clock.today(), coded=coded), by=by, under=opened.ground
    )[0]


def declare_conflict(child: uuid.UUID, *, by: Viewer) -> Event:
    """A worker says that they should not see a record; it is closed to them at once. Never refused."""
    return record.append(
        Fact(kind="access.conflict_declared", about={"child": child, "worker": by.id}, when=clock.today()), by=by
    )[0]


def break_glass(child_id: uuid.UUID, reason: str, *, by: Viewer) -> Event:
    """Opens a restricted record in an emergency, for four hours. Raises Shut for whom it is closed to; NotRecorded without a reason."""
    main = read_as(child_id)
    child = Child.objects.filter(person=main).first()
    doors = list(Door.objects.filter(child=main, worker=by.id))
    if child is None or not child.restricted or not policies.may_break_glass(by, doors):
        raise Shut(told=False)
    if len(reason.strip()) < 10:
        raise NotRecorded("say in a sentence why it cannot wait", "reason")
    entries.note("broke the glass", by=by, on=("child", main), ground="emergency", details={"reason": reason})
    return record.append(
        Fact(
            kind="access.glass_broken", about={"child": main, "worker": by.id}, when=clock.now(),
            words={"reason": reason},
        ),
        by=by, under="emergency",
    )[0]  # fmt: skip


def enter_beside(child: Opened, given: dict[str, Any], *, by: Viewer) -> uuid.UUID:
    """Enters an adult around a child: their name, their place in the family, who they are to the child. Raises NotAllowed, NotRecorded.

    `given` holds `given`, `family_name`, `kind`, `relation`, `in_family` and `born`.
    """
    policies.check_may(by, "record")
    person, day = ids.new(), clock.today()
    coded: dict[str, Any] = {"person_kind": given["kind"]}
    if given.get("born"):
        coded["date_of_birth"] = given["born"].isoformat()
    facts = [
        Fact(kind="person.registered", about={"person": person}, when=day, coded=coded),
        name_fact("person", person, {"given": given["given"], "family": given["family_name"]}, day),
    ]
    relation = given.get("relation") or ""
    if given.get("in_family") and child.person.family:
        about = {"family": child.person.family, "person": person, "child": child.id}
        is_parent = relation in ("birth_mother", "birth_father", "adoptive_parent")
        facts.append(
            Fact(
                kind="person.joined_family",
                about=about,
                when=day,
                coded={"relation": "parent" if is_parent else relation or "relative"},
            )
        )
    if relation:
        about = {"relationship": ids.new(), "child": child.id, "other": person}
        facts.append(Fact(kind="relationship.recorded", about=about, when=day, coded={"relation": relation}))
    record.append(*facts, by=by, under=child.ground)
    return person


def merge(one: Opened, into: Opened, *, by: Viewer, reason: str) -> Event:
    """Two records turn out to be of one person: the first is read as part of the second from now. Undone by withdrawing it.

    Raises NotAllowed, NotRecorded.
    """
    policies.check_may(by, "merge")
    if one.id == into.id or one.named != into.named:
        raise NotRecorded("two records of a child are joined, or two of an adult", "into")
    if not reason.strip():
        raise NotRecorded("say how you know that they are one person", "reason")
    fact = Fact(
        kind=f"{one.named}.merged",
        about={one.named: one.id},
        when=clock.today(),
        coded={"into": str(into.id)},
        words={"reason": reason},
    )
    return record.append(fact, by=by, under=one.ground)[0]


def unmerge(merged: Event, *, by: Viewer, reason: str) -> Event:
    """Undoes a merge: both records stand as before. Raises NotAllowed, NotRecorded."""
    policies.check_may(by, "merge")
    return record.withdraw(merged, reason, by=by, under="merge")


def review_glass(child: uuid.UUID, worker: uuid.UUID, *, justified: bool, comment: str, by: Viewer) -> Event:
    """Reviews an emergency opening; nobody reviews their own. Raises NotAllowed, NotRecorded."""
    policies.check_may(by, "review_glass")
    if worker == by.id:
        raise NotRecorded("somebody else reviews your own opening", "worker")
    if not comment.strip():
        raise NotRecorded("say what you found", "comment")
    fact = Fact(
        kind="access.glass_reviewed", about={"child": child, "worker": worker}, when=clock.now(), coded={"justified": justified},
        words={"comment": comment},
    )  # fmt: skip
    return record.append(fact, by=by, under="review_glass")[0]
