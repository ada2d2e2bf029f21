"""Authenticator apps, passkeys and recovery codes: their secrets are kept encrypted, their mistakes told plainly."""

# allauth says nothing of its types.
# mypy: disable-error-code="misc"

import base64
import hashlib
from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _


class SecondFactors(DefaultMFAAdapter):
    """allauth's second factors, with secrets that a copied database does not give away."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right, or it has run out. Type the one your app shows now."),
        "rate_limited": _("There were too many attempts. Wait five minutes, then try again."),
    }

    def encrypt(self, text: str) -> str:
        """The text under a key made from the secret key."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again, also where the secret key was changed and the old one is still among the fallbacks."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  allauth's own name
        """A name for a new passkey, to tell it from the others."""
        held = Authenticator.objects.filter(user=user, type=type).count()
        return translated("My passkey") if not held else translated("My passkey %(number)s") % {"number": held + 1}


def _box() -> MultiFernet:
    keys: list[Any] = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"kith second factors:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in digests])
