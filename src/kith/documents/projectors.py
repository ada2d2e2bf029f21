"""Documents as typed rows, folded from the record."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from kith.documents.folding import STEMS, Story, story
from kith.documents.models import Document, DocumentChild, Share, Version
from kith.people.models import Person
from kith.people.portrait import row_id
from kith.record.joining import MERGES, merges_of
from kith.record.merged import read_as, same_as
from kith.record.models import EventAbout
from kith.record.projecting import Touched, settle
from kith.record.selectors import told_about

CHANGES_CHILDREN = (*MERGES, "child.registered")


class Documents:
    """Keeps `Document`, `DocumentChild`, `Version` and `Share`."""

    def refresh(self, touched: Touched) -> None:
        """Folds each document touched anew."""
        wanted = dict.fromkeys(touched.subjects(("document",), STEMS))
        if any(event.kind in CHANGES_CHILDREN for event in touched.events):
            into = [main for one in touched.subjects(("child",), ("child",)) for main in (one, *merges_of(one))]
            about = EventAbout.objects.filter(subject__in=same_as(into), name="child", kind__startswith="document.")
            named = EventAbout.objects.filter(event__in=about.values("event"), name="document").order_by()
            wanted |= dict.fromkeys(named.values_list("subject", flat=True).distinct())
        self._settle(list(wanted), write=True)

    def differences(self) -> Iterator[str]:
        """Every row of a document that is not what the record says."""
        for some in _some(self._every()):
            yield from self._settle(some, write=False)

    def rebuild(self) -> int:
        """Folds every document anew."""
        every = self._every()
        for some in _some(every):
            self._settle(some, write=True)
        return len(every)

    def _every(self) -> list[uuid.UUID]:
        recorded = EventAbout.objects.filter(name="document").values_list("subject", flat=True).distinct()
        return sorted({*recorded, *Document.objects.values_list("id", flat=True)})

    def _settle(self, documents: Sequence[uuid.UUID], *, write: bool) -> list[str]:
        """Makes the rows of some documents what the record says, in a few questions however many they are."""
        if not documents:
            return []
        told = told_about(documents, STEMS)
        stories = [one for one in (story(key, told[key]) for key in documents) if one.row is not None]
        return [
            *settle(Document, {"id__in": documents}, {one.id: one.row or {} for one in stories}, write=write),
            *settle(DocumentChild, {"document__in": documents}, _children(stories), write=write),
            *settle(Version, {"document__in": documents}, _joined(one.versions for one in stories), write=write),
            *settle(Share, {"document__in": documents}, _joined(one.shares for one in stories), write=write),
        ]


def _some(every: Sequence[uuid.UUID]) -> Iterator[Sequence[uuid.UUID]]:
    return (every[first : first + 500] for first in range(0, len(every), 500))


def _joined(parts: Any) -> dict[Any, dict[str, Any]]:
    return {key: row for part in parts for key, row in part.items()}


def _children(stories: Sequence[Story]) -> dict[Any, dict[str, Any]]:
    main = {child: read_as(uuid.UUID(child)) for one in stories for child in one.children}
    known = set(Person.objects.filter(id__in=set(main.values())).values_list("id", flat=True))
    return {
        row_id(str(one.id), str(main[child])): {"document_id": one.id, "child_id": main[child]}
        for one in stories
        for child in one.children
        if main[child] in known
    }


PROJECTORS = (Documents(),)
