"""Whether something may leave now: asked when it is put on its way, and again at the moment of sending.

What a person may decide is `soft`: a named person releases it. What nobody may decide, such as a number that is not safe, is not.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kith.core import clock
from kith.documents import keeping
from kith.documents.models import Delivery, Document, DocumentChild, Version
from kith.people.models import Person
from kith.people.portrait import Portrait, Thing
from kith.people.selectors import portrait_of

RELEASED_FOR = dt.timedelta(minutes=30)


@dataclass(frozen=True)
class Hold:
    """A reason not to send. `code` is what a release answers; a release for a safe time lasts half an hour."""

    code: str
    words: str
    soft: bool = True
    passing: bool = False


def why_held(delivery: Delivery, document: Document, now: dt.datetime | None = None) -> Hold | None:
    """The first reason that stands against sending this now, which no release has answered; None if it may go."""
    now = now or clock.now()
    for hold in _holds(delivery, document):
        if not (hold.soft and hold.code in delivery.released_for and _lasts(hold, delivery, now)):
            return hold
    return None


def _lasts(hold: Hold, delivery: Delivery, now: dt.datetime) -> bool:
    return not hold.passing or (delivery.released_at is not None and now - delivery.released_at <= RELEASED_FOR)


def _holds(delivery: Delivery, document: Document) -> Iterator[Hold]:
    if not document.is_ready:
        yield Hold("approval", _("It is not approved."), soft=False)
    latest = Version.objects.filter(document=document).order_by("-number").first()
    if latest is None or latest.id != delivery.version:
        yield Hold("version", _("A newer version was made since. Send that one."), soft=False)
    elif keeping.kept_in(document, latest):
        yield Hold("kept", str(keeping.SINCE), soft=False)
    yield from _endings(document)
    if document.person is not None:
        yield from _reader(delivery, document, portrait_of(document.person))


def _endings(document: Document) -> Iterator[Hold]:
    """After a death, or the end of a pregnancy, nothing leaves without a named person (WOR-430)."""
    children = list(DocumentChild.objects.filter(document=document).values_list("child", flat=True))
    for one in Person.objects.filter(id__in=[*children, *([document.person] if document.person else [])]):
        if one.died_on is not None:
            yield Hold(f"died:{one.id}", _("Somebody this is about, or for, has died."))
        if one.pregnancy_ended_on is not None:
            yield Hold(f"pregnancy:{one.id}", _("The pregnancy has ended."))


def _reader(delivery: Delivery, document: Document, picture: Portrait) -> Iterator[Hold]:
    if delivery.how == "post":
        yield from _posted(document, picture)
    elif delivery.reach is not None:
        reach = picture.reaches.get(str(delivery.reach))
        if reach is None or reach.until is not None:
            yield Hold("reach", _("This number or address is no longer theirs."), soft=False)
        else:
            yield from _safe_contact(reach, delivery)


def _posted(document: Document, picture: Portrait) -> Iterator[Hold]:
    stay = next((one for one in picture.stays if one.home == str(document.home) and one.until is None), None)
    if document.home is None:
        yield Hold("address", _("The letter has no address on it. Give it by hand, or make it again."), soft=False)
    elif stay is None:
        yield Hold("moved", _("They have moved since the letter was made. Make it again."), soft=False)
    elif stay.safe_to_write is False:
        yield Hold("post", _("It is not safe to write to where they live."), soft=False)


def _safe_contact(reach: Thing, delivery: Delivery) -> Iterator[Hold]:
    safe, may_say = reach.says.get("safe"), reach.says.get("may_say_who")
    if safe is False:
        yield Hold("unsafe", _("This number or address is not safe to use."), soft=False)
    if may_say is False:
        yield Hold("who", _("A message here may not say who we are, and this one would show who sent it."), soft=False)
    if safe is None or may_say is None:
        yield Hold(f"unknown:{reach.id}", _("Nobody has recorded whether this is safe to use, and for what."))
    if delivery.in_full and reach.says.get("may_send_letters") is not True:
        yield Hold("full", _("They have not chosen to have letters themselves sent here."), soft=False)
    if reach.words.get("when_safe"):
        words = _("Only when it is safe: %(when)s. Release it then.") % {"when": reach.words["when_safe"]}
        yield Hold(f"when:{reach.id}", words, passing=True)


def soft_codes(delivery: Delivery, document: Document) -> tuple[list[str], Hold | None]:
    """The reasons a release answers, and the first that no release can."""
    holds = list(_holds(delivery, document))
    return [one.code for one in holds if one.soft], next((one for one in holds if not one.soft), None)


def address_to(delivery: Delivery, document: Document) -> str:
    """The number or address something is sent to, as recorded now, or as it was typed in for an agency."""
    if delivery.reach is None or document.person is None:
        return delivery.write_to
    reach = portrait_of(document.person).reaches.get(str(delivery.reach))
    return str(reach.words.get("value", "")).strip() if reach else ""


def reach_ids(picture: Portrait) -> list[tuple[uuid.UUID, str]]:
    """The current ways to reach a person by message, each with how: an e-mail or a text."""
    how = {"e_mail": "e_mail", "mobile": "text", "text_only": "text"}
    return [
        (uuid.UUID(one.id), how[str(one.says.get("reach_by"))])
        for one in picture.reaches.values() if one.until is None and str(one.says.get("reach_by")) in how
    ]  # fmt: skip
