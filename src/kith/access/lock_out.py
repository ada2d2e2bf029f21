"""Lock-out: after five failures with one e-mail address from one place, nobody signs in so for fifteen minutes."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kith.access import sign_in_audit


def address_typed(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """The e-mail address that someone tried to sign in with, in small letters."""
    given = (credentials or {}).get("email") or request.POST.get("login", "")
    return str(given).strip().lower()


def came_from(request: HttpRequest) -> str:
    """The address a request came from, past the council's own proxy."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return ""  # no browser's request has none


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The page that says so plainly. The right password does not open it meanwhile."""
    sign_in_audit.failed(address_typed(request, credentials), "sign-in locked")
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    told = {"minutes": minutes, "limit": settings.AXES_FAILURE_LIMIT}
    return render(request, "account/locked_out.html", told, status=429)
