"""Settings of sign-in: password and second factor, lock-out, single sign-on. docs/how-to/single-sign-on.md tells of the last."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import environ

env = environ.Env()

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "kith.access.sign_in.Accounts"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# A session ends with the browser, and after SESSION_COOKIE_AGE at the latest.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "kith.access.sign_in_forms.SignIn",
    "change_password": "kith.access.sign_in_forms.ChangePassword",
    "reset_password": "kith.access.sign_in_forms.ForgottenPassword",
    "reset_password_from_key": "kith.access.sign_in_forms.NewPassword",
    "reauthenticate": "kith.access.sign_in_forms.ConfirmByPassword",
}
# Everyone who signs in with a password also shows something they have.
KITH_SECOND_FACTOR = env.bool("KITH_SECOND_FACTOR", default=True)
MFA_ADAPTER = "kith.access.second_factors.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not env.bool("KITH_PRODUCTION", default=False)
MFA_TOTP_ISSUER = "Kith"
MFA_FORMS = {
    "authenticate": "kith.access.sign_in_forms.Code",
    "reauthenticate": "kith.access.sign_in_forms.ConfirmByCode",
    "activate_totp": "kith.access.sign_in_forms.FirstCode",
    "add_webauthn": "kith.access.sign_in_forms.NewPasskey",
    "edit_webauthn": "kith.access.sign_in_forms.RenamePasskey",
}

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "kith.access.lock_out.address_typed"
AXES_CLIENT_IP_CALLABLE = "kith.access.lock_out.came_from"
AXES_LOCKOUT_CALLABLE = "kith.access.lock_out.locked_out"
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
# One proxy of the council's own stands before Kith, and its word about where a request came from is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("KITH_BEHIND_PROXY", default=False) else 0

# Keys used before: what was encrypted under them can still be read. The secrets of apps for codes are.
SECRET_KEY_FALLBACKS = env.list("KITH_OLD_SECRET_KEYS", default=[])

SOCIALACCOUNT_ADAPTER = "kith.access.single_sign_on.Council"
SOCIALACCOUNT_STORE_TOKENS = False


def provider(name: str, server: str, client: str, secret: str, domains: list[str]) -> dict[str, Any]:
    """The council's own provider of identities, as allauth wants it told. Without a server there is none."""
    one = {
        "provider_id": "council",
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": server, "verified_email": domains},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [one] if server else []}}


def origin_of(server: str) -> list[str]:
    """Where a browser is sent to sign in: the page's own rules must let it go there."""
    parts = urlsplit(server)
    return [f"{parts.scheme}://{parts.netloc}"] if server else []


_server = env.str("KITH_OIDC_SERVER", default="")
SOCIALACCOUNT_PROVIDERS = provider(
    env.str("KITH_OIDC_NAME", default="your council account"),
    _server,
    env.str("KITH_OIDC_CLIENT", default=""),
    env.str("KITH_OIDC_SECRET", default=""),
    env.list("KITH_OIDC_DOMAINS", default=[]),
)
SIGN_IN_ORIGINS = origin_of(_server) + env.list("KITH_OIDC_ORIGINS", default=[])
