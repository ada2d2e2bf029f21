"""The middleware of a session left alone: it is locked, not ended, and nothing that was typed is lost.

A page asked for on a locked session leads to “Confirm it is you” and back. A form sent on one is kept in the session, on the
server, until its sender has confirmed, and is then offered to be sent. What a page sends by itself gets 401 and stays on the
page. After SESSION_COOKIE_AGE the person signs in afresh; a form sent then is kept for the same person alone.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.core import clock
from kith.web.second_factor import in_demonstration, wanting

STATE, KEPT = "kith_session", "kith_kept"
KEPT_PAGE, CONFIRMED_PAGE = "/account/what-you-typed/", "/account/confirmed/"
MOST_KEPT = 1_000_000
# How exactly the last request is remembered, in seconds: a session is not written for every page.
GRAIN = 60
NEVER_KEPT = ("csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword")
# Where somebody locked out may go: the ways to confirm, and out.
OPEN = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "openid_connect_callback",
        "openid_connect_login",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
    }
)


class IdleLock:
    """Locks a session that was left alone, and opens it to the same person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page; or one of the two that belong to the lock."""
        if request.path_info == KEPT_PAGE:
            return what_you_typed(request)
        if request.path_info == CONFIRMED_PAGE:
            return confirmed(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Stands after the guard against forged forms, so that nothing forged is ever kept."""
        if not request.user.is_authenticated or in_demonstration(request):
            return None
        if not is_locked(request) or (request.resolver_match and request.resolver_match.url_name in OPEN):
            return None
        return _turned_away(request)


def is_locked(request: HttpRequest) -> bool:
    """Whether this session waits for its owner to confirm; and remembers this request where it does not."""
    now = clock.now().timestamp()
    state = request.session.get(STATE) or {"began": now, "seen": now}
    if "locked" in state and _confirmed_since(request, state["locked"]):
        state = {"began": state["began"], "seen": now}
    if "locked" not in state and now - state["seen"] > settings.KITH_IDLE_MINUTES * 60:
        state = {**state, "locked": now}
    if "locked" not in state and now - state["seen"] > GRAIN:
        state = {**state, "seen": now}
    if state != request.session.get(STATE):
        request.session[STATE] = state
    return "locked" in state or _is_too_old(request)


def _confirmed_since(request: HttpRequest, moment: float) -> bool:
    return any(one["at"] >= moment for one in get_authentication_records(request, request.user))


def _turned_away(request: HttpRequest) -> HttpResponse:
    if _is_background(request):
        words = _("You have been away. What you typed is still on the page: confirm it is you, then save again.")
        return HttpResponse(
            words, status=401, content_type="text/plain; charset=utf-8", headers={"HX-Trigger": "kith-locked"}
        )
    target = request.get_full_path()
    if request.method == "POST":
        _keep(request)
        target = KEPT_PAGE
    elif request.method not in ("GET", "HEAD"):
        target = "/"
    return _to_confirm(request, target)


def _to_confirm(request: HttpRequest, target: str) -> HttpResponse:
    """The page to confirm on; after twelve hours, the one to sign in on afresh."""
    to = "account_reauthenticate"
    if request.user.is_authenticated and _is_too_old(request):
        _end(request)
    if not request.user.is_authenticated:
        to = "account_login"
    return redirect(f"{reverse(to)}?{urlencode({'next': target})}")


def _is_too_old(request: HttpRequest) -> bool:
    began: float = request.session[STATE]["began"]
    return clock.now().timestamp() - began > settings.SESSION_COOKIE_AGE


def _is_background(request: HttpRequest) -> bool:
    """Sent by a script of the page: the page itself stays where it is."""
    return "HX-Request" in request.headers or request.headers.get("Sec-Fetch-Dest") == "empty"


def _keep(request: HttpRequest) -> None:
    """The fields of a form, but no password and no file; where they are too many, none."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in NEVER_KEPT]
    too_long = sum(len(name.encode()) + len(value.encode()) for name, value in fields) > MOST_KEPT
    request.session[KEPT] = {
        "person": str(request.user.pk),
        "to": request.get_full_path(),
        "fields": [] if too_long else fields,
        "too_long": too_long,
        "files": bool(request.FILES),
    }


def _end(request: HttpRequest) -> None:
    kept = request.session.get(KEPT)
    request.session.flush()
    if kept:
        request.session[KEPT] = kept
    request.user = AnonymousUser()


def what_you_typed(request: HttpRequest) -> HttpResponse:
    """The form that was kept, for the person who sent it; anyone else finds nothing, and then there is nothing."""
    if not request.user.is_authenticated or is_locked(request):
        return _to_confirm(request, KEPT_PAGE)
    if wanting(request):
        return redirect("mfa_activate_totp")
    kept = request.session.pop(KEPT, None)
    if not kept or kept["person"] != str(request.user.pk):
        return redirect("/")
    # Kept until it is sent or another takes its place, so that a page turned back to still has it.
    request.session[KEPT] = kept
    shown = [one for one in kept["fields"] if len(one[1].strip()) > 20]
    return render(request, "account/what_you_typed.html", {"kept": kept, "shown": shown})


def confirmed(request: HttpRequest) -> HttpResponse:
    """Says, in the tab that was opened for it, that the other may go on."""
    if not request.user.is_authenticated or is_locked(request):
        return _to_confirm(request, CONFIRMED_PAGE)
    return render(request, "account/confirmed.html")
