"""The tools that the council's procedure names, in one place, each opening where it is used about this child (WOR-003)."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kith.core import authorities
from kith.people import selectors as people
from kith.people.selectors import Opened
from kith.record.procedures import stack_of
from kith.web import visitor
from kith.web.acts import form_address
from kith.web.child.views import around


@visitor.signed_in
def tools(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The forms, letters and pages that the procedure calls its tools."""
    opened = people.child_for(visitor.viewer(request), child, page="tools")
    every = [_line(one, opened) for one in stack_of(authorities.current()).tools()]
    return render(request, "documents/tools.html", around(request, opened, "documents") | {"tools": every})


def _line(tool: Mapping[str, Any], opened: Opened) -> dict[str, str]:
    what, _dot, which = str(tool.get("opens", "")).partition(".")
    href = {
        "form": lambda: form_address(opened.id, which), "letter": lambda: reverse("write-letter", args=[opened.id, which]),
        "page": lambda: reverse(which, args=[opened.id]),
    }.get(what, str)()  # fmt: skip
    return {"title": str(tool["title"]), "when": str(tool["when"]), "href": href}
