"""Drafts started, saved, given up, and submitted."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from kith.core import clock, units
from kith.forms.models import Draft
from kith.forms.selectors import EXPIRES_AFTER
from kith.rules.forms import Form


class Stale(Exception):
    """Another window saved the draft meanwhile: nothing was overwritten. Both texts are here."""

    def __init__(self, draft: Draft, typed: Mapping[str, Any]) -> None:
        super().__init__("this draft was saved elsewhere since you opened it")
        self.draft, self.typed = draft, typed


def start(
    form: Form, child: uuid.UUID, children: Sequence[uuid.UUID], *, author: uuid.UUID, answers: Mapping[str, Any] | None = None,
    for_owed: uuid.UUID | None = None, corrects: uuid.UUID | None = None,
) -> Draft:  # fmt: skip
    """A new draft."""
    now = clock.now()
    with units.write():
        draft: Draft = Draft.objects.create(
            form=form.id, pack=form.pack, author=author, child=child, children=[str(one) for one in children],
            answers=dict(answers or {}), for_owed=for_owed, corrects=corrects, started_at=now, saved_at=now,
        )  # fmt: skip
    return draft


def save(
    draft: Draft, answers: Mapping[str, Any], *, version: int, children: Sequence[uuid.UUID] | None = None
) -> Draft:
    """Keeps what was typed. Raises Stale, and changes nothing, when the draft was saved since `version` was read."""
    with units.write():
        # The comparison and the change are one statement, so that of two savers exactly one wins.
        changes: dict[str, Any] = {"answers": dict(answers), "version": version + 1, "saved_at": clock.now()}
        if children is not None:
            changes["children"] = [str(one) for one in children]
        won = Draft.objects.filter(id=draft.id, version=version, submitted_as=None).update(**changes)
        draft.refresh_from_db()
    if not won:
        raise Stale(draft, answers)
    return draft


def reach(draft: Draft, page: str) -> None:
    """Marks a page of a draft as come to, the latest last. It is no change to what was typed."""
    reached = [one for one in draft.reached if one != page] + [page]
    with units.write():
        Draft.objects.filter(id=draft.id).update(reached=reached)
    draft.reached = reached


def submitted(draft: Draft, event: uuid.UUID) -> None:
    """Marks a draft as recorded: its text is in the record, so it is emptied."""
    with units.write():
        Draft.objects.filter(id=draft.id).update(submitted_as=event, answers={})


def give_up(draft: Draft) -> None:
    """Removes a draft at its author's word."""
    with units.write():
        draft.delete()


def returned(draft: Draft, comments: str) -> None:
    """Sends a draft back to its author with what is asked for."""
    with units.write():
        Draft.objects.filter(id=draft.id).update(returned_with=comments)


def expire() -> int:
    """Removes drafts that nobody has touched for four weeks; how many there were."""
    with units.write():
        gone, _ = Draft.objects.filter(saved_at__lt=clock.now() - EXPIRES_AFTER).delete()
    return gone
