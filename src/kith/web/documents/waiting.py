"""What waits across children: letters to print and post; what was held, and what may have gone."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kith.access import selectors as access
from kith.documents import holding, selectors
from kith.web import visitor
from kith.web.documents import presenters


@visitor.needs("record")
def print_queue(request: HttpRequest) -> HttpResponse:
    """What to print, and to mark as posted. What may not leave any more is not among it."""
    viewer = visitor.viewer(request)
    rows = [
        one for one in selectors.in_hand(viewer, "to_print") if holding.why_held(one[0], one[1]) is None
    ]  # fmt: skip
    return render(request, "documents/print_queue.html", {"rows": _told(rows)})


@visitor.needs("record")
def held(request: HttpRequest) -> HttpResponse:
    """What was held for a person to decide, and what was left in the middle of being sent."""
    viewer = visitor.viewer(request)
    every = selectors.in_hand(viewer, "held", "may_have_gone", "sending", "to_print")
    stopped = [one for one in every if one[0].state == "held" or _cannot_leave(one)]
    unsure = [one for one in every if one[0].state == "may_have_gone" or selectors.half_done(one[0])]
    return render(request, "documents/held.html", {"held": _told(stopped), "unsure": _told(unsure)})


def _cannot_leave(one: Any) -> bool:
    return one[0].state == "to_print" and holding.why_held(one[0], one[1]) is not None


def _told(rows: Any) -> list[dict[str, Any]]:
    workers = access.named(row.asked_by for row, _document, _child in rows)
    return [
        presenters.delivery(row, document, workers, half_done=selectors.half_done(row))
        | {"child": child, "version": row.version}
        for row, document, child in rows
    ]
