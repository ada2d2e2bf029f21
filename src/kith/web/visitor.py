"""Whoever is asking, and what they are told when a page is not theirs."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kith.access.viewer import Viewer, viewer_of
from kith.core import clock, units
from kith.people.policies import NotAllowed, Shut
from kith.record.procedures import rights_by_role

View = Callable[..., HttpResponse]


def viewer(request: HttpRequest) -> Viewer:
    """Whoever is signed in, with the rights of today. Worked out once for a request."""
    found: Viewer | None = getattr(request, "kith_viewer", None)
    if found is None:
        user: Any = request.user
        with units.inside(user.authority):
            found = viewer_of(user, clock.today(), rights_by_role(user.authority))
        request.kith_viewer = found  # type: ignore[attr-defined]
    return found


def signed_in(view: View) -> View:
    """A page for people of an authority. A record that is not theirs answers as policy says, and never by a slip of wording."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        if getattr(request.user, "authority", None) is None:
            return render(request, "refused.html", {"no_authority": True}, status=403)
        try:
            return view(request, *args, **kwargs)
        except Shut as shut:
            if shut.told:
                return render(request, "shut.html", {"shut": shut, "child_id": shut.child}, status=403)
            return not_found(request)
        except NotAllowed as refusal:
            return render(request, "refused.html", {"refusal": str(refusal)}, status=403)

    return asked


def needs(right: str) -> Callable[[View], View]:
    """A page that a role's right opens. Give it under `signed_in`."""

    def wrapped(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not viewer(request).may(right):
                return render(request, "refused.html", {}, status=403)
            return view(request, *args, **kwargs)

        return signed_in(asked)

    return wrapped


def not_found(request: HttpRequest, _exception: Exception | None = None) -> HttpResponse:
    """The one page for what is not there and for what must not be known to be there."""
    return render(request, "not_found.html", status=404)


def day_asked(request: HttpRequest, name: str) -> dt.date | None:
    """A day asked for in an address, from `?since=2026-10-01` or the three boxes of a date; None for what is no day."""
    given = request.GET.get(name, "")
    if not given and request.GET.get(f"{name}_day"):
        day, month, year = (request.GET.get(f"{name}_{part}", "") for part in ("day", "month", "year"))
        given = f"{year:0>4}-{month:0>2}-{day:0>2}"
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        return None


def known_on(request: HttpRequest) -> dt.date | None:
    """The past day asked about; None for today or what is no day."""
    day = day_asked(request, "known_on")
    return day if day is not None and day < clock.today() else None


def end_of(day: dt.date) -> dt.datetime:
    """The last moment of a day in London, as a moment."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), clock.LONDON)
