"""Signing in as a person does it: with keys, a phone's code, a passkey or the council's own page, at a desk and on a phone."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.fake_oidc import CLIENT, SECRET, Provider
from kith.access.models import Practitioner
from kith.config import sign_in as sign_in_settings
from kith.core.models import Authority
from kith.web import idle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "brass-kettle-Tuesday"
APP_SECRET = "JBSWY3DPEHPK3PXP"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
WIDTHS = (1280, 390)
SHOTS = os.environ.get("KITH_SHOTS", "")


@pytest.fixture(scope="session", autouse=True)
def somewhere_for_files() -> None:
    """Where collected files would stand, which the server looks for; and the browser's driver keeps a loop of its own."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    configured.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def served(settings: Any) -> None:
    """The application as it is served, but for collected files."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser."""
    fresh = browser.new_context(viewport={"width": 1280, "height": 900})
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose every complaint fails the test: a style or script that the page's own rules forbid is one."""
    fresh, complaints = context.new_page(), []
    fresh.on("console", lambda told: complaints.append(told.text) if told.type in ("error", "warning") else None)
    fresh.on("pageerror", lambda error: complaints.append(str(error)))
    yield fresh
    assert [one for one in complaints if "status of 4" not in one and "Code 401" not in one] == []


@pytest.fixture
def amy() -> Practitioner:
    authority = Authority.objects.create(slug="borough", name="Borough", pack="lincolnshire")
    return Practitioner.objects.create_user(
        "amy@example.org", PASSWORD, name="Amy Ward", authority=authority.id, job_title="Social worker"
    )


def code() -> str:
    return format_hotp_value(hotp_value(APP_SECRET, next(iter(yield_hotp_counters_from_time()))))


def home(live_server: Any) -> str:
    """By name, since passkeys know no numbers."""
    return live_server.url.replace("127.0.0.1", "localhost")


def fit(page: Page, name: str) -> None:
    """For everyone, at a desk and on a phone: nothing axe finds, nothing cut off."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        violations = Axe().run(page, options=RULES).response["violations"]
        found += [(name, width, one["id"], [node["target"] for node in one["nodes"]][:3]) for one in violations]
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            found.append((name, width, "scrolls sideways", []))
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    assert found == []
    page.set_viewport_size({"width": 1280, "height": 900})


def sign_in(page: Page, live_server: Any, email: str = "amy@example.org", password: str = PASSWORD) -> None:
    page.goto(f"{home(live_server)}/account/login/?next=/account/2fa/")
    page.get_by_label("Work e-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def with_passkeys(context: BrowserContext, page: Page) -> Any:
    """A device with a fingerprint reader, which always says yes."""
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return device


def leave_alone(minutes: float = 31) -> None:
    """As if everyone had been away that long."""
    for session in Session.objects.all():
        told = session.get_decoded()
        if idle.STATE not in told:
            continue
        told[idle.STATE]["seen"] -= minutes * 60
        records = told["account_authentication_methods"]
        told["account_authentication_methods"] = [{**one, "at": one["at"] - minutes * 60} for one in records]
        session.session_data = Session.objects.encode(told)
        session.save()


def test_the_first_evening_password_then_an_app_then_the_account(page, live_server, amy):
    page.goto(f"{home(live_server)}/account/login/")
    fit(page, "login")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert").get_by_role("link", name="Enter your e-mail address")).to_be_visible()
    fit(page, "login-errors")
    sign_in(page, live_server)
    expect(page).to_have_url(f"{home(live_server)}/account/2fa/totp/activate/")
    page.get_by_text("I cannot use the camera").click()
    fit(page, "app-set-up")
    secret = page.locator(".kith-code").inner_text()
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    fit(page, "recovery-codes")
    for path, name in (
        ("2fa/", "account"), ("password/change/", "password-change"), ("sessions/", "sessions"),
        ("2fa/recovery-codes/generate/", "new-codes"), ("2fa/totp/deactivate/", "app-stop"),
        ("2fa/webauthn/add/", "passkey-add"), ("2fa/webauthn/", "passkeys-none"), ("logout/", "logout"),
        ("reauthenticate/", "confirm"),
    ):  # fmt: skip
        page.goto(f"{home(live_server)}/account/{path}")
        fit(page, name)
    page.locator("header").get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{home(live_server)}/account/login/")


def test_the_next_morning_password_and_code(page, live_server, amy):
    TOTP.activate(amy, APP_SECRET)
    sign_in(page, live_server)
    expect(page.get_by_role("heading", name="Show something you have")).to_be_visible()
    fit(page, "second-factor")
    page.get_by_label("Code").fill("1")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("The code is not right")
    fit(page, "second-factor-wrong")
    page.get_by_label("Code").fill(code())
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_the_door_closes_after_five_failures_and_says_so(page, live_server, amy):
    for _ in range(5):
        sign_in(page, live_server, password="wrong")
    expect(page.get_by_role("heading", name="Too many attempts")).to_be_visible()
    fit(page, "locked-out")
    sign_in(page, live_server)
    expect(page.get_by_role("heading", name="Too many attempts")).to_be_visible()


def test_pages_for_those_outside_are_fit_for_everyone(page, live_server, amy):
    for path, name in (
        ("password/reset/", "forgotten"), ("password/reset/done/", "forgotten-sent"), ("inactive/", "inactive"),
        ("password/reset/key/1-none/", "forgotten-spent"), ("password/reset/key/done/", "forgotten-done"),
        ("3rdparty/login/cancelled/", "sso-cancelled"), ("3rdparty/login/error/", "sso-error"),
    ):  # fmt: skip
        page.goto(f"{home(live_server)}/account/{path}")
        fit(page, name)


def test_a_passkey_is_added_and_then_opens_the_door_by_itself(context, page, live_server, amy):
    with_passkeys(context, page)
    sign_in(page, live_server)
    page.get_by_role("link", name="Use a passkey instead").click()
    page.get_by_label("A name for it").fill("Work laptop")
    expect(page.get_by_label("Sign in with this passkey alone")).to_be_checked()
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.goto(f"{home(live_server)}/account/2fa/webauthn/")
    expect(page.get_by_role("term")).to_have_text("Work laptop")
    fit(page, "passkeys")
    for link, name in (("Rename", "passkey-rename"), ("Remove", "passkey-remove")):
        page.goto(f"{home(live_server)}/account/2fa/webauthn/")
        page.get_by_role("link", name=link).click()
        fit(page, name)
    page.locator("header").get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{home(live_server)}/")
    page.goto(f"{home(live_server)}/account/2fa/")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    leave_alone()
    page.goto(f"{home(live_server)}/account/2fa/")
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()


def test_a_passkey_that_does_not_work_is_told_in_words(page, live_server, amy):
    page.goto(f"{home(live_server)}/account/login/")
    expect(page.get_by_text("That did not work.")).to_be_hidden()
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That did not work.")).to_be_visible()
    fit(page, "passkey-failed")


def test_what_was_typed_before_an_hours_call_is_still_there(page, live_server, amy, settings):
    settings.KITH_SECOND_FACTOR = False
    sign_in(page, live_server)
    page.goto(f"{home(live_server)}/account/password/change/")
    page.evaluate(
        "document.querySelector('main form').insertAdjacentHTML('beforeend', '<textarea name=note aria-label=Note></textarea>')"
    )
    page.get_by_label("Note").fill("Mum said she had slept at last.\nThe baby was calm.")
    leave_alone()
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_role("heading", name="Confirm it is you")).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Mum said she had slept at last.")).to_be_visible()
    fit(page, "what-you-typed")
    with page.expect_request(lambda sent: sent.method == "POST") as sent:
        page.get_by_role("button", name="Send what I typed").click()
    assert "slept+at+last" in (sent.value.post_data or "")
    expect(page.get_by_role("heading", name="Change your password")).to_be_visible()


def test_what_a_page_saves_by_itself_waits_on_the_page(context, page, live_server, amy, settings):
    settings.KITH_SECOND_FACTOR = False
    sign_in(page, live_server)
    page.goto(f"{home(live_server)}/account/password/change/")
    page.evaluate(
        """document.querySelector('main').insertAdjacentHTML('beforeend',
        '<textarea name=note aria-label=Note hx-post="/account/password/change/" hx-trigger="change"></textarea>');
        htmx.process(document.querySelector('main'))"""
    )
    leave_alone()
    page.get_by_label("Note").fill("half a sentence")
    page.get_by_label("Note").blur()
    expect(page.get_by_text("What you typed is still on this page.")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("half a sentence")
    fit(page, "away")
    with context.expect_page() as opened:
        page.get_by_role("link", name="confirm it is you").click()
    tab = opened.value
    tab.get_by_label("Password", exact=True).fill(PASSWORD)
    tab.get_by_role("button", name="Confirm").click()
    expect(tab.get_by_role("heading", name="Thank you, it is you")).to_be_visible()
    fit(tab, "confirmed")
    expect(page.get_by_text("What you typed is still on this page.")).to_be_hidden()
    expect(page.get_by_label("Note")).to_have_value("half a sentence")


# The council's own sign-in


@pytest.fixture
def council(settings: Any) -> Iterator[Provider]:
    """A council's provider, and Kith set up for it as the guide tells."""
    provider = Provider()
    settings.SOCIALACCOUNT_PROVIDERS = sign_in_settings.provider(
        "your Borough account", provider.server, CLIENT, SECRET, []
    )
    rules = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": {**rules, "form-action": [*rules["form-action"], *sign_in_settings.origin_of(provider.server)]}
    }
    yield provider
    provider.stop()


def by_council(page: Page, live_server: Any, email: str, *, verified: bool = True, go: str = "Sign in") -> None:
    page.goto(f"{live_server.url}/account/login/?next=/account/2fa/")
    page.get_by_role("button", name="Sign in with your Borough account").click()
    at_council(page, email, verified=verified, go=go)


def at_council(page: Page, email: str, *, verified: bool = True, go: str = "Sign in") -> None:
    expect(page.get_by_role("heading", name="Borough sign-in")).to_be_visible()
    page.get_by_label("Address").fill(email)
    page.get_by_label("Checked by us").set_checked(verified)
    page.get_by_role("button", name=go).click()


def test_someone_the_council_vouches_for_comes_in_without_another_password(page, live_server, amy, council):
    amy.set_password(None)
    amy.save()
    page.goto(f"{live_server.url}/account/login/")
    fit(page, "login-sso")
    by_council(page, live_server, "Amy@Example.org")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    expect(page.locator("main")).to_contain_text("amy@example.org")
    asked = council.asked[-1]
    assert asked["code_challenge_method"] == "S256"
    assert "email" in asked["scope"]
    assert Practitioner.objects.count() == 1


def test_confirming_goes_by_the_council_too_and_by_no_one_else(page, live_server, amy, council):
    amy.set_password(None)
    amy.save()
    by_council(page, live_server, "amy@example.org")
    leave_alone()
    page.goto(f"{live_server.url}/account/2fa/?again=1")
    fit(page, "confirm-sso")
    page.get_by_role("button", name="Continue").click()
    at_council(page, "someone@example.org")
    expect(page.get_by_role("heading", name="That was someone else")).to_be_visible()
    fit(page, "someone-else")
    page.get_by_role("link", name="Go back").click()
    page.get_by_role("button", name="Continue").click()
    at_council(page, "amy@example.org")
    page.goto(f"{live_server.url}/account/2fa/?again=1")
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    assert council.asked[-1]["prompt"] == "login"


@pytest.mark.parametrize(
    ("email", "verified", "words"),
    [
        ("stranger@example.org", True, "nobody who works in Kith has that address"),
        ("amy@example.org", False, "nobody who works in Kith has that address"),
        ("left@example.org", True, "nobody who works in Kith has that address"),
    ],
)
def test_a_stranger_is_told_kindly_whom_to_ask(page, live_server, amy, council, email, verified, words):
    Practitioner.objects.create_user("left@example.org", None, name="Lee Gone", is_active=False)
    by_council(page, live_server, email, verified=verified)
    expect(page.get_by_role("heading", name="You are not in Kith yet")).to_be_visible()
    expect(page.locator("main")).to_contain_text(words)
    fit(page, "not-known")
    assert Practitioner.objects.count() == 2


def test_someone_who_left_later_is_kept_out_and_someone_who_turns_back_is_let_go(page, live_server, amy, council):
    by_council(page, live_server, "amy@example.org")
    page.locator("header").get_by_role("button", name="Sign out").click()
    Practitioner.objects.update(is_active=False)
    by_council(page, live_server, "amy@example.org")
    expect(page.get_by_role("heading", name="Your account is closed")).to_be_visible()
    by_council(page, live_server, "amy@example.org", go="Cancel")
    expect(page.get_by_role("heading", name="You did not sign in")).to_be_visible()
