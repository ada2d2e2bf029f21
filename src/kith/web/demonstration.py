"""The sign-in of the demonstration: invented people, no passwords. Open only on a marked database with the switch set."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kith.access import selectors as access
from kith.core import authority, clock, installation, units
from kith.core.ids import uuid_of
from kith.record.procedures import rights_by_role, stack_of
from kith.rules.rights import RIGHTS
from kith.web import visitor

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def choose(request: HttpRequest) -> HttpResponse:
    """Everyone of the demonstration, by council, with what each can do; choosing one signs in as them."""
    if not installation.demonstration_is_open():
        return visitor.not_found(request)
    if request.method == "POST":
        return _come_in(request)
    return render(request, "demonstration/choose.html", {"councils": [_council(one) for one in authority.every()]})


def _come_in(request: HttpRequest) -> HttpResponse:
    chosen = uuid_of(request.POST.get("as", ""))
    one = access.anyone(chosen) if chosen else None
    if one is None or not one.is_active:
        return redirect("demonstration")
    login(request, one, backend=BACKEND)
    request.session["kith_demonstration"] = True
    return redirect("my-work")


def _council(one: Any) -> dict[str, Any]:
    with units.of_work(one.id):
        held, stack, may = access.roles_held(clock.today()), stack_of(one.id), rights_by_role(one.id)
        people = [_person(person, held.get(person.id, []), stack, may) for person in access.everyone()]
    return {"name": one.name, "pack": one.pack, "people": people}


def _person(one: Any, roles: list[str], stack: Any, may: Mapping[str, frozenset[str]]) -> dict[str, Any]:
    rights = frozenset().union(*(may.get(role, frozenset()) for role in roles)) if roles else frozenset()
    return {
        "id": one.id, "name": one.name, "roles": ", ".join(stack.role_title(role) for role in roles),
        "can": [RIGHTS[right] for right in RIGHTS if right in rights], "idle": settings.KITH_IDLE_MINUTES,
    }  # fmt: skip
