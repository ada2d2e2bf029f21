"""Sharing agreements: what a partner agency's staff may see of the children they work with, from one day to another.

An agreement covers kinds of entries by their stem. Staff of an agency with none in force see nothing of a record, and are told
that there is one and whom to ring.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from django.db.models import Q, QuerySet

from kith.access.viewer import Viewer
from kith.core import authorities, clock
from kith.people import policies
from kith.people.models import Agency, SharingAgreement
from kith.people.portrait import Portrait
from kith.record import actions as record
from kith.record.fact import Fact, NotRecorded
from kith.record.procedures import procedure_of

RIGHT = "agree_sharing"


def kinds() -> tuple[str, ...]:
    """The stems of the kinds of entries that an agreement can cover."""
    return procedure_of(authorities.current()).vocabulary.fields["covers"].options


def agreements_with(agency: Agency) -> QuerySet[SharingAgreement]:
    """Every agreement with an agency, the latest first."""
    return SharingAgreement.objects.filter(agency=agency.id).order_by("-from_on", "-id")


def in_force(on: dt.date) -> QuerySet[SharingAgreement]:
    """The agreements in force on a day."""
    return SharingAgreement.objects.filter(Q(until_on=None) | Q(until_on__gt=on), from_on__lte=on)


def covered(viewer: Viewer) -> frozenset[str] | None:
    """The stems that somebody may see today by an agreement; None for the authority's own staff, who need none."""
    if not viewer.of_partner:
        return None
    if viewer.agency_id is None:
        return frozenset()
    every = in_force(clock.today()).filter(agency=viewer.agency_id).values_list("covers", flat=True)
    return frozenset(stem for covers in every for stem in covers)


def sees_nothing(viewer: Viewer) -> bool:
    """Whether somebody is of a partner agency with which no agreement is in force."""
    return covered(viewer) == frozenset()


def covers(viewer: Viewer, stem: str) -> bool:
    """Whether somebody may see entries of a stem: everybody may but a partner agency's staff, who may if it is agreed."""
    stems = covered(viewer)
    return stems is None or stem in stems


def narrowed(viewer: Viewer, picture: Portrait) -> Portrait:
    """A picture with only what somebody may see by an agreement; who the person is, by name and age, always."""
    stems = covered(viewer)
    if stems is None:
        return picture
    kept = replace(picture)
    for stem, fields in _OF_STEM.items():
        for name in fields if stem not in stems else ():
            setattr(kept, name, type(getattr(picture, name))())
    return kept


_OF_STEM = {
    "details": ("details",), "identifier": ("identifiers",), "home": ("stays",), "reach": ("reaches",), "tie": ("ties",),
    "relationship": ("bonds", "safe_adults", "families"), "parental_responsibility": ("responsibilities",),
    "contact_limit": ("limits",), "keep_apart": ("apart",), "alert": ("alerts",),
}  # fmt: skip


def agree(agency: Agency, covers: Collection[str], when: dt.date, until: dt.date | None, *, by: Viewer) -> None:
    """Agrees with an agency what its staff may see, from a day to the last day or until it is ended. Raises NotAllowed, NotRecorded."""
    policies.check_may(by, RIGHT)
    if not covers:
        raise NotRecorded("select what they may see", "covers")
    if until is not None and until < when:
        raise NotRecorded("the last day is before the first", "until")
    if agency.until_on is not None or when < agency.from_on:
        raise NotRecorded("the agency is not there on that day", "when")
    if any(one.until_on is None or one.until_on > when for one in agreements_with(agency)):
        raise NotRecorded("there is an agreement already on that day: end it first", "when")
    # It is agreed today at the latest, though it may begin later.
    made = min(when, clock.today())
    coded = {"covers": sorted(covers), "agreed_from": when.isoformat()} | (
        {"until": until.isoformat()} if until else {}
    )
    record.append(
        Fact(kind="sharing.agreed", about={"agency": agency.id}, when=made, coded=coded), by=by, under="record"
    )


def end(agency: Agency, when: dt.date, *, by: Viewer) -> None:
    """From a day no agreement with an agency is in force. Raises NotAllowed, NotRecorded."""
    policies.check_may(by, RIGHT)
    if not any(one.until_on is None or one.until_on > when for one in agreements_with(agency)):
        raise NotRecorded("no agreement is in force on that day", "when")
    record.append(Fact(kind="sharing.ended", about={"agency": agency.id}, when=when), by=by, under="record")
