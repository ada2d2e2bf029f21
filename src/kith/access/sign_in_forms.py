"""The forms of signing in, asked in our own words."""

# allauth says nothing of its types.
# mypy: disable-error-code="misc"

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

LONG_ENOUGH = _(
    "12 characters or more. Three words that do not belong together are easy to remember and hard to guess."
)


def _ask(form: forms.Form, name: str, label: Any, hint: Any = "", missing: Any = "") -> None:
    """One field in our words, with nothing inside the box that vanishes when one types."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    if missing:
        field.error_messages = {**field.error_messages, "required": missing}


class SignIn(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "login", _("Work e-mail address"), missing=_("Enter your e-mail address"))
        _ask(self, "password", _("Password"), missing=_("Enter your password"))
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"
        self.fields["login"].error_messages["invalid"] = _("Enter an e-mail address like name@example.gov.uk")


class ConfirmByPassword(ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "password", _("Password"), missing=_("Enter your password"))


class ForgottenPassword(ResetPasswordForm):
    """The e-mail address to send a link to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "email", _("Work e-mail address"), missing=_("Enter your e-mail address"))

    def clean_email(self) -> str:
        """Those who come in only by single sign-on have no password here, and are sent none."""
        email: str = super().clean_email()
        self.users: list[Any] = [one for one in self.users if one.has_usable_password()]
        return email


class NewPassword(ResetPasswordKeyForm):
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "password1", _("New password"), LONG_ENOUGH, _("Enter a new password"))
        _ask(self, "password2", _("New password again"), missing=_("Enter the new password again"))


class ChangePassword(ChangePasswordForm):
    """The password one has and the one one wants."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "oldpassword", _("The password you have now"), missing=_("Enter the password you have now"))
        _ask(self, "password1", _("New password"), LONG_ENOUGH, _("Enter a new password"))
        _ask(self, "password2", _("New password again"), missing=_("Enter the new password again"))


def _ask_code(form: forms.Form, hint: Any) -> None:
    _ask(form, "code", _("Code"), hint, _("Enter the code"))
    form.fields["code"].widget.attrs |= {
        "inputmode": "numeric",
        "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
    }


class Code(AuthenticateForm):
    """A code from the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, _("The 6 figures your app shows now, or one of your recovery codes."))
        self.fields["code"].widget.attrs["inputmode"] = "text"


class ConfirmByCode(CodeAgainForm):
    """A code once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, _("The 6 figures your app shows now."))


class FirstCode(ActivateTOTPForm):
    """The first code of a new app, which shows that the two agree."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_code(self, _("The 6 figures your app shows for Kith."))


class NewPasskey(AddWebAuthnForm):
    """A passkey that opens the door by itself: it needs the device, and a finger, a face or a number."""

    passwordless = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "name", _("A name for it"), _("So that you can tell it from others, for example “Work laptop”."))
        _ask(
            self,
            "passwordless",
            _("Sign in with this passkey alone, without a password"),
            _("Untick this for a plain security key that asks for no fingerprint, face or PIN."),
        )


class RenamePasskey(EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask(self, "name", _("A name for it"), missing=_("Enter a name"))
