"""The middleware that lets nobody past a password alone, and closes the pages of sign-in that Kith does not offer."""

from collections.abc import Callable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch

from kith.access.sign_in import SSO

SECOND = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# Practitioners' addresses are entered by their authority, and no account is joined to another by its owner.
CLOSED = frozenset(
    {
        "account_confirm_email",
        "account_email",
        "account_email_verification_sent",
        "account_set_password",
        "account_signup",
        "mfa_signup_webauthn",
        "socialaccount_connections",
        "socialaccount_signup",
    }
)
# Pages that someone without a second factor needs to get one, or to leave.
ON_THE_WAY = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)


class SecondFactor:
    """Sends someone who has only a password to get a second factor, before any other page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page; the gate stands before the view."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """The page to get a second factor, where one is wanting. Raises Http404 for a page that is closed."""
        match = request.resolver_match
        name = match.url_name if isinstance(match, ResolverMatch) else None
        if name in CLOSED:
            raise Http404
        if name in ON_THE_WAY or not wanting(request):
            return None
        return redirect("mfa_activate_totp")


def wanting(request: HttpRequest) -> bool:
    """Whether the person signed in has still to get a second factor."""
    if not settings.KITH_SECOND_FACTOR or not request.user.is_authenticated:
        return False
    if in_demonstration(request):
        return False
    if any(one.get("method") == SSO for one in get_authentication_records(request, request.user)):
        return False
    return not is_mfa_enabled(request.user, SECOND)


def in_demonstration(request: HttpRequest) -> bool:
    """Whether someone is trying out a demonstration, where nobody has a password to be asked for."""
    return bool(settings.DEMONSTRATION) and request.session.get("kith_demonstration") is True
