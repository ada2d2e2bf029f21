"""A few letters of a family told by hand: given, waiting for the post, held, and one that may have gone."""

import datetime as dt
import uuid
from typing import Any

from kith.access.viewer import Viewer, viewer_of
from kith.core import clock
from kith.demo.councils import Council
from kith.demo.telling import INVENTED
from kith.documents import actions, holding, outbox, selectors
from kith.documents.actions import Given, Way
from kith.documents.copies import Reader
from kith.documents.models import Delivery, Document, Version
from kith.documents.writing import written
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record.procedures import rights_by_role

FAMILY = "Siddiqui-Nowak"
PLAN = {"shared": "plan", "own_words": "The part about the kettle is in your mother’s own words."}
NURSE = Reader("agency", "Ms T. Adeyemi", None, "Sarn Health Centre", "Mill Lane\nUpper Sarn\nZZ99 7HC")


def letters(council: Council) -> int:
    """Writes the letters of Worcestershire's first family; how many."""
    if council.slug != "worcestershire":
        return 0
    by = viewer_of(council.workers["sw1"], clock.today(), rights_by_role(council.authority.id))
    opened = people.child_for(by, _id(council, "hania"), page="documents")
    mum, dad = (
        Reader("parental_responsibility", name, _id(council, key))
        for key, name in (("mum", "Kasia Nowak"), ("dad", "Adeel Siddiqui"))
    )
    document, version = _made(by, opened, "covering", mum, PLAN, layout="plain")
    given = Given("by_hand", None, True, "The interpreter read it with her, twice.", "Polish")
    actions.give(document, version, opened, given, by=by)
    for how, reach in ((key, one) for one, key in holding.reach_ids(people.portrait_of(_id(council, "mum")))):
        actions.ask_delivery(document, version, opened, Way(how, reach), by=by)
    document, version = _made(by, opened, "covering", dad, {"shared": "plan"}, layout="large_print")
    if document.home:
        actions.ask_delivery(document, version, opened, Way("post"), by=by)
    reply = (clock.today() + dt.timedelta(days=7)).isoformat()
    asks: dict[str, Any] = {
        "about": "Hania Siddiqui", "basis": "consent", "agreed_by": "Kasia Nowak", "agency_kind": "health", "reply_on": reply,
        "questions": "How is Hania’s hearing since the grommets?",
    }  # fmt: skip
    document, version = _made(by, opened, "information_request", NURSE, asks)
    unsure = actions.ask_delivery(
        document, version, opened, Way("e_mail", None, "t.adeyemi@health.example", in_full=True), by=by
    )
    while (taken := outbox.take()) is not None and taken.id != unsure.id:
        continue
    Delivery.objects.filter(id=unsure.id).update(state=Delivery.UNSURE)
    return 3


def _id(council: Council, key: str) -> uuid.UUID:
    return uuid.uuid5(INVENTED, f"{council.slug}|{FAMILY}|{key}")


def _made(
    by: Viewer, opened: Opened, letter: str, reader: Reader, answers: dict[str, Any], layout: str = "standard"
) -> tuple[Document, Version]:
    paper = selectors.paper(by, opened, reader, [opened.id])
    made = actions.make_letter(written(selectors.letters()[letter], paper, answers, layout=layout), opened, by=by)
    return Document.objects.get(id=made), Version.objects.get(document=made)
