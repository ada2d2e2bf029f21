"""Single sign-on: a person whom the council's own provider vouches for is an active practitioner here, or is told whom to ask."""

# allauth says nothing of its types.
# mypy: disable-error-code="misc"

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.shortcuts import render

from kith.access import sign_in_audit
from kith.access.models import Practitioner
from kith.access.sign_in import SSO


class Council(DefaultSocialAccountAdapter):
    """The council's provider says who someone is; the authority has said beforehand who works here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody is made a practitioner by signing in."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Finds the practitioner. Answers with a page of its own where there is none, or where it is someone else."""
        process = sociallogin.state.get("process")
        if process == "redirect":
            self._confirm(request, sociallogin)
        elif process == "connect":
            raise ImmediateHttpResponse(render(request, "socialaccount/not_known.html", status=403))
        elif not sociallogin.is_existing:
            sociallogin.connect(request, self._practitioner(request, sociallogin))

    def _practitioner(self, request: HttpRequest, sociallogin: Any) -> Practitioner:
        """By an e-mail address that the provider has verified."""
        for one in sociallogin.email_addresses:
            found = (
                Practitioner.objects.filter(email__iexact=one.email, is_active=True).first() if one.verified else None
            )
            if found is not None:
                return found
        for one in sociallogin.email_addresses:
            sign_in_audit.failed(one.email)
        addresses = [one.email for one in sociallogin.email_addresses]
        raise ImmediateHttpResponse(
            render(request, "socialaccount/not_known.html", {"addresses": addresses}, status=403)
        )

    def _confirm(self, request: HttpRequest, sociallogin: Any) -> None:
        """Someone signed in has been away, and confirms at the provider that it is still them."""
        if not request.user.is_authenticated or sociallogin.user != request.user:
            raise ImmediateHttpResponse(render(request, "socialaccount/someone_else.html", status=403))
        account = sociallogin.account
        record_authentication(
            request, request.user, SSO, provider=account.provider, uid=account.uid, reauthenticated=True
        )
