"""The register of agencies and professionals: read, and changed by those who may record."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from kith.access.viewer import Viewer
from kith.core import authorities, clock, ids
from kith.people import policies
from kith.people.actions import name_fact
from kith.people.models import Agency, Post
from kith.people.register_folds import network
from kith.people.selectors import Opened, portraits_of
from kith.record import actions as record
from kith.record.fact import Fact, NotRecorded
from kith.record.merged import read_as
from kith.record.procedures import procedure_of
from kith.record.selectors import told_about

WORDS = ("name", "address", "telephone", "e_mail", "ring")


def kinds() -> tuple[str, ...]:
    """The kinds of agency that the procedure has."""
    return procedure_of(authorities.current()).vocabulary.fields["agency_kind"].options


def agencies(words: str = "") -> QuerySet[Agency]:
    """The agencies, those that are still there first: all, or those called so or where somebody called so works."""
    found = Agency.objects.order_by("until_on", "name")
    if not words.strip():
        return found
    at = professionals(words).values("agency")
    return found.filter(Q(name__icontains=words.strip()) | Q(id__in=at))


def in_the_register() -> QuerySet[Agency]:
    """Every agency that has not ended, by name."""
    return Agency.objects.filter(until_on=None).order_by("name")


def one_agency(agency: uuid.UUID) -> Agency | None:
    """An agency by id."""
    return Agency.objects.filter(id=agency).first()


def taking_part(child: uuid.UUID, family: uuid.UUID | None, known_at: dt.datetime | None = None) -> list[Agency]:
    """The agencies that take part in the work with a child or the child's family, as it stands or as it was known at a moment."""
    there: dict[uuid.UUID, bool] = {}
    about = told_about([child, *([family] if family else [])], ("agency",), known_at)
    every = {one.event.id: one for those in about.values() for one in those}
    for one in sorted(every.values(), key=lambda told_: told_.event.order):
        for key in map(uuid.UUID, one.ids("agency")):
            there[key] = one.event.kind == "agency.joined" or (
                there.get(key, False) and one.event.kind != "agency.left"
            )
    found = named(key for key, stays in there.items() if stays)
    return sorted(found.values(), key=lambda one: one.name)


def named(many: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, Agency]:
    """Agencies by id."""
    return Agency.objects.in_bulk(list(many))


def names(many: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What agencies are called, by id; of what is no agency, nothing."""
    return {key: one.name for key, one in named(many).items()}


def professionals(words: str, on: dt.date | None = None) -> QuerySet[Post]:
    """Who works somewhere on a day and is called so, or works at an agency called so."""
    day = on or clock.today()
    called = Agency.objects.filter(name__icontains=words.strip()).values("id")
    found = Post.objects.filter(Q(name__icontains=words.strip()) | Q(agency__in=called), from_on__lte=day)
    return found.filter(Q(until_on=None) | Q(until_on__gt=day)).order_by("name")


def posts_at(agency: uuid.UUID) -> QuerySet[Post]:
    """Who works or worked at an agency, those who still do first."""
    return Post.objects.filter(agency=agency).order_by("until_on", "name")


def enter_agency(said: Mapping[str, str], when: dt.date, *, by: Viewer) -> uuid.UUID:
    """Enters an agency. Raises NotAllowed, NotRecorded."""
    agency = ids.new()
    _about_agency("agency.entered", agency, when, said, by)
    return agency


def change_agency(agency: Agency, said: Mapping[str, str], when: dt.date, *, by: Viewer) -> None:
    """Changes what is known of an agency from a day. Raises NotAllowed, NotRecorded."""
    _check_since(when, agency.from_on)
    _about_agency("agency.changed", agency.id, when, said, by)


def _about_agency(kind: str, agency: uuid.UUID, when: dt.date, said: Mapping[str, str], by: Viewer) -> None:
    policies.check_may(by, "record")
    if not said.get("name", "").strip():
        raise NotRecorded("enter the name of the agency", "name")
    words = {key: said[key] for key in WORDS if said.get(key)}
    fact = Fact(kind=kind, about={"agency": agency}, when=when, coded={"agency_kind": said["kind"]}, words=words)
    record.append(fact, by=by, under="record")


def end_agency(agency: Agency, when: dt.date, *, by: Viewer) -> None:
    """An agency is no longer there, and nobody works at it. Raises NotAllowed, NotRecorded."""
    policies.check_may(by, "record")
    _check_since(when, agency.from_on)
    there = posts_at(agency.id).filter(until_on=None)
    if any(post.from_on > when for post in there):
        raise NotRecorded("somebody began work there after that day", "when")
    left = [_left(post, when) for post in there]
    record.append(Fact(kind="agency.ended", about={"agency": agency.id}, when=when), *left, by=by, under="record")


def add_professional(agency: Agency, said: Mapping[str, str], when: dt.date, *, by: Viewer) -> uuid.UUID:
    """Enters somebody who works at an agency from a day. Raises NotAllowed, NotRecorded."""
    policies.check_may(by, "record")
    if agency.until_on is not None:
        raise NotRecorded("this agency is no longer there", "when")
    _check_since(when, agency.from_on)
    person = ids.new()
    words = {key: said[key] for key in ("title", "telephone", "e_mail") if said.get(key)}
    record.append(
        Fact(kind="person.registered", about={"person": person}, when=when, coded={"person_kind": "professional"}),
        name_fact("person", person, {"given": said.get("given", ""), "family": said.get("family_name", "")}, when),
        Fact(kind="professional.joined_agency", about={"person": person, "agency": agency.id}, when=when, words=words),
        by=by, under="record",
    )  # fmt: skip
    return person


def change_post(post: Post, said: Mapping[str, str], when: dt.date, *, by: Viewer) -> None:
    """Changes what is known of somebody's work at an agency from a day. Raises NotAllowed, NotRecorded."""
    policies.check_may(by, "record")
    _check_since(when, post.from_on)
    words = {key: said[key] for key in ("title", "telephone", "e_mail") if said.get(key)}
    about = {"person": post.person, "agency": post.agency}
    record.append(Fact(kind="professional.changed_post", about=about, when=when, words=words), by=by, under="record")


def end_post(post: Post, when: dt.date, *, by: Viewer) -> None:
    """Somebody no longer works at an agency. Raises NotAllowed, NotRecorded."""
    policies.check_may(by, "record")
    _check_since(when, post.from_on)
    record.append(_left(post, when), by=by, under="record")


def _left(post: Post, when: dt.date) -> Fact:
    return Fact(kind="professional.left_agency", about={"person": post.person, "agency": post.agency}, when=when)


def _check_since(when: dt.date, since: dt.date) -> None:
    if when < since:
        raise NotRecorded("this is before the day it began", "when")


@dataclass(frozen=True)
class Helper:
    """A professional of a child's network: their part in the child's life, and how to reach them where they work."""

    person: uuid.UUID
    name: str
    part: str
    since: dt.date
    until: dt.date | None
    post: Post | None
    agency: Agency | None


def helpers_of(child: uuid.UUID, known_at: dt.datetime | None = None) -> list[Helper]:
    """The professionals of a child's network, as it stands or as it was known at a moment. Their names are those known then."""
    found = network(told_about([child], ("professional",), known_at)[child])
    people = {one: read_as(uuid.UUID(one)) for one, _ in found}
    pictures = portraits_of(people.values(), known_at)
    posts = {post.person: post for post in Post.objects.filter(person__in=people.values()).order_by("from_on")}
    at = named(post.agency for post in posts.values())
    return [_helper(people[one], spell, pictures, posts, at) for one, spell in found]


def _helper(
    person: uuid.UUID, spell: Any, pictures: Mapping[uuid.UUID, Any], posts: Mapping[uuid.UUID, Post], at: Mapping[uuid.UUID, Agency]
) -> Helper:  # fmt: skip
    post = posts.get(person)
    until = None if spell.until is None else dt.date.fromordinal(spell.until)
    name = pictures[person].called(spell.until or clock.today().toordinal())
    since = dt.date.fromordinal(spell.since)
    return Helper(
        person, name, str(spell.says.get("part", "")), since, until, post, at.get(post.agency) if post else None
    )


def join_network(opened: Opened, person: uuid.UUID, part: str, when: dt.date, *, by: Viewer) -> None:
    """Puts a professional on a child's network, with their part in the child's life. Raises NotAllowed, NotRecorded."""
    policies.check_may(by, "record")
    if not Post.objects.filter(person=person).exists():
        raise NotRecorded("choose somebody of the register", "person")
    if not part.strip():
        raise NotRecorded("say what they do for the child", "part")
    if any(one.person == person and one.until is None for one in helpers_of(opened.id)):
        raise NotRecorded("they are on the child's network already", "person")
    about = {"child": opened.id, "person": person}
    fact = Fact(kind="professional.joined_network", about=about, when=when, words={"part": part.strip()})
    record.append(fact, by=by, under=opened.ground)


def leave_network(opened: Opened, person: uuid.UUID, when: dt.date, *, by: Viewer) -> None:
    """Takes a professional off a child's network from a day. Raises NotAllowed, NotRecorded."""
    policies.check_may(by, "record")
    there = next((one for one in helpers_of(opened.id) if one.person == person and one.until is None), None)
    if there is None:
        raise NotRecorded("they are not on the child's network", "person")
    _check_since(when, there.since)
    about = {"child": opened.id, "person": person}
    record.append(Fact(kind="professional.left_network", about=about, when=when), by=by, under=opened.ground)
