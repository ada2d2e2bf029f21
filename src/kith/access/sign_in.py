"""Signing in as Kith has it: nobody signs themselves up, and everything is written down."""

# allauth says nothing of its types.
# mypy: disable-error-code="misc"

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from kith.access import sign_in_audit
from kith.core import clock

SSO = "socialaccount"
# What allauth tells people by mail, and what is written down of it.
NOTED = {
    "mfa/email/totp_activated": "authenticator app added",
    "mfa/email/totp_deactivated": "authenticator app removed",
    "mfa/email/webauthn_added": "passkey added",
    "mfa/email/webauthn_removed": "passkey removed",
    "mfa/email/recovery_codes_generated": "recovery codes made",
    "account/email/password_changed": "password changed",
    "account/email/password_reset": "password changed",
}
# Said by the page itself, or of no use to anyone.
UNSAID = (
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "mfa/messages/recovery_codes_generated.txt",
)
# Seconds within which having signed in counts as having confirmed who one is.
FRESH = 300


class Accounts(DefaultAccountAdapter):
    """Practitioners are entered by their authority; here they only come in."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The password you have now is not right."),
        "too_many_login_attempts": _("There were too many attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs themselves up."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted by the lock-out, which says so on a page of its own."""

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """The same person by their own password, counted by the lock-out like any other."""
        found = self.authenticate(context.request, email=user.email, password=password)  # type: ignore[attr-defined]
        return found is not None and found.pk == user.pk

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> Any:
        """Writes down that they came in, and how."""
        ways = [str(one.get("type") or one["method"]) for one in get_authentication_records(request, user)]
        sign_in_audit.note("signed in", user, ways=ways)
        return super().post_login(request, user, **kwargs)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Writes down a failed attempt."""
        sign_in_audit.failed(str(credentials.get("email", "")))

    def send_notification_mail(
        self, template_prefix: str, user: AbstractBaseUser, context: Any = None, email: str | None = None
    ) -> None:
        """A second factor or a password changed: written down, and told by mail where that is switched on."""
        if template_prefix in NOTED:
            sign_in_audit.note(NOTED[template_prefix], user)
        super().send_notification_mail(template_prefix, user, context, email)

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *args: Any, **kw: Any
    ) -> None:
        """What is worth saying."""
        if message_template not in UNSAID:
            super().add_message(request, level, message_template, *args, **kw)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of signing in: they have only just shown who they are."""
        records = get_authentication_records(context.request, context.request.user)
        return not any(clock.now().timestamp() - one["at"] < FRESH for one in records)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ways to confirm it is you. A code alone is not one where there is a password: whoever sits there may hold the phone."""
        ways = super().get_reauthentication_methods(user)
        said = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code from your app"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        ways = [{**one, "description": said[one["id"]]} for one in ways]
        if user.is_authenticated and user.has_usable_password():
            ways = [one for one in ways if one["id"] != "mfa_reauthenticate"]
        return by_provider(user) + ways


def by_provider(user: Any) -> list[dict[str, Any]]:
    """Confirming at the council's own provider, for those who come in by it."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    if not apps or not user.is_authenticated or not SocialAccount.objects.filter(user=user).exists():
        return []
    address = reverse("openid_connect_login", kwargs={"provider_id": apps[0]["provider_id"]})
    query = urlencode({"process": "redirect", "auth_params": "prompt=login"})
    said = _("Use %(name)s") % {"name": apps[0]["name"]}
    return [{"id": "provider", "description": said, "url": f"{address}?{query}"}]
