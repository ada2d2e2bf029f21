"""Coming in: who may, what is asked of them, what is written down, and that nothing typed is lost."""

import datetime as dt
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings as configured
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.test import Client

from kith.access.models import Practitioner
from kith.access.second_factors import SecondFactors
from kith.audit.models import Entry
from kith.config import sign_in as sign_in_settings
from kith.core import clock, units
from kith.core.models import Authority
from kith.web import idle
from kith.web.templatetags.browsers import browser_in_words

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "brass-kettle-Tuesday"
LOGIN, TOTP_PAGE, CONFIRM, KEPT = (
    "/account/login/",
    "/account/2fa/totp/activate/",
    "/account/reauthenticate/",
    idle.KEPT_PAGE,
)


@pytest.fixture(autouse=True)
def plain_files(settings: Any) -> None:
    """Static files as they stand, and a cache that starts empty."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if "whitenoise" not in one]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def authority() -> Authority:
    return Authority.objects.create(slug="borough", name="Borough", pack="lincolnshire")


@pytest.fixture
def amy(authority: Authority) -> Practitioner:
    return Practitioner.objects.create_user("amy@example.org", PASSWORD, name="Amy Ward", authority=authority.id)


@pytest.fixture
def ben(authority: Authority) -> Practitioner:
    return Practitioner.objects.create_user("ben@example.org", PASSWORD, name="Ben Oak", authority=authority.id)


def sign_in(client: Client, email: str = "amy@example.org", password: str = PASSWORD, **more: Any) -> Any:
    return client.post(LOGIN, {"login": email, "password": password, **more})


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def with_app(person: Practitioner, secret: str = "JBSWY3DPEHPK3PXP") -> str:
    TOTP.activate(person, secret)
    return secret


def away(client: Client, minutes: float, key: str = "seen") -> None:
    """As if the session had been left alone that long."""
    session = client.session
    state = dict(session[idle.STATE])
    state[key] -= minutes * 60
    session[idle.STATE] = state
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**one, "at": one["at"] - minutes * 60} for one in records]
    session.save()


@pytest.fixture
def inside(client: Client, amy: Practitioner, settings: Any) -> Client:
    """Amy, signed in, with no second factor asked for."""
    settings.KITH_SECOND_FACTOR = False
    sign_in(client)
    client.get("/account/2fa/")
    return client


def told(person: Practitioner) -> list[str]:
    with units.of_work(person.authority):
        return list(Entry.objects.order_by("at").values_list("did", flat=True))


# The password


def test_passwords_are_kept_by_argon2(amy):
    assert amy.password.startswith("argon2$argon2id$")


def test_a_wrong_password_says_the_same_as_an_unknown_address(client, amy):
    wrong, unknown = sign_in(client, password="no"), sign_in(client, "nobody@example.org")
    for answer in (wrong, unknown):
        assert answer.status_code == 200
        assert "The e-mail address or the password is not right." in answer.content.decode()
    assert "sign-in failed" in told(amy)


def test_an_empty_form_says_what_is_missing(client):
    page = client.post(LOGIN, {}).content.decode()
    assert "Error: " in page
    assert 'href="#id_login"' in page
    assert "Enter your password" in page


def test_someone_who_has_left_cannot_come_in(client, amy):
    Practitioner.objects.filter(pk=amy.pk).update(is_active=False)
    answer = sign_in(client)
    assert answer.url == "/account/inactive/"
    assert "closed" in client.get(answer.url).content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("page", ["signup/", "email/", "password/set/", "3rdparty/", "3rdparty/signup/"])
def test_nobody_makes_an_account_or_joins_two(client, inside, page):
    assert Client().get(f"/account/{page}").status_code == 404
    assert inside.get(f"/account/{page}").status_code == 404


# Lock-out


def test_five_failures_close_the_door_also_to_the_right_password(client, amy):
    answers = [sign_in(client, password="no").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    locked = sign_in(client)
    assert locked.status_code == 429
    assert "15 minutes" in locked.content.decode()
    assert "_auth_user_id" not in client.session
    assert "sign-in locked" in told(amy)


def test_the_door_is_closed_to_one_address_from_one_place(client, amy, ben):
    for _ in range(5):
        sign_in(client, "AMY@example.org", "no")
    assert sign_in(client, "amy@example.org").status_code == 429
    assert sign_in(client, "ben@example.org").status_code == 302
    assert sign_in(Client(REMOTE_ADDR="192.0.2.7")).status_code == 302


def test_it_opens_again_by_itself_and_trying_meanwhile_does_not_put_it_off(client, amy):
    from axes.models import AccessAttempt

    for _ in range(7):
        sign_in(client, password="no")
    AccessAttempt.objects.update(attempt_time=clock.now() - dt.timedelta(minutes=15, seconds=1))
    assert sign_in(client).status_code == 302


# The second factor


def test_a_password_alone_leads_nowhere_but_to_a_second_factor(client, amy):
    sign_in(client)
    for page in ("/account/2fa/", "/account/password/change/", "/account/sessions/"):
        assert client.get(page).url == TOTP_PAGE
    assert client.get(TOTP_PAGE).status_code == 200
    assert client.get("/account/2fa/webauthn/add/").status_code == 200


def test_an_app_is_set_up_and_asked_for_the_next_time(client, amy):
    sign_in(client)
    page = client.get(TOTP_PAGE).content.decode()
    assert 'src="data:image/svg+xml;' in page
    secret = re.search(r'kith-code">([A-Z2-7]{16,})<', page)[1]
    assert client.post(TOTP_PAGE, {"code": "000000"}).status_code == 200
    answer = client.post(TOTP_PAGE, {"code": code_for(secret)})
    assert answer.url == "/account/2fa/recovery-codes/"
    assert client.get(answer.url).content.decode().count("<li>") >= 10
    assert {"authenticator app added", "signed in"} <= set(told(amy))

    kept = Authenticator.objects.get(user=amy, type="totp").data["secret"]
    assert secret not in kept

    again = Client()
    assert sign_in(again).url == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in again.session
    assert "is not right" in again.post("/account/2fa/authenticate/", {"code": "123"}).content.decode()


def test_the_code_of_the_app_lets_one_in(client, amy):
    secret = with_app(amy)
    sign_in(client)
    assert client.post("/account/2fa/authenticate/", {"code": code_for(secret)}).url == "/"
    assert client.get("/account/2fa/").status_code == 200
    assert "signed in" in told(amy)


def test_guessing_codes_is_stopped(client, amy):
    with_app(amy)
    sign_in(client)
    for _ in range(6):
        page = client.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert "too many attempts" in page


def test_a_removed_app_has_to_be_replaced(client, amy):
    secret = with_app(amy)
    sign_in(client)
    client.post("/account/2fa/authenticate/", {"code": code_for(secret)})
    client.post("/account/2fa/totp/deactivate/")
    assert client.get("/account/2fa/").url == TOTP_PAGE
    assert "authenticator app removed" in told(amy)


def test_a_demonstration_asks_for_none_and_only_a_demonstration(client, amy, settings):
    client.force_login(amy, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session["kith_demonstration"] = True
    session.save()
    assert client.get("/account/2fa/").url == TOTP_PAGE
    settings.DEMONSTRATION = True
    assert client.get("/account/2fa/").status_code == 200


# A forgotten password


def test_a_forgotten_password_is_replaced_by_a_link(client, amy):
    client.post("/account/password/reset/", {"email": "amy@example.org"})
    link = re.search(r"https?://[^/]+(\S+)", mail.outbox[0].body)[1]
    page = client.get(link, follow=True)
    new = "lantern-gravel-Ostend"
    done = client.post(page.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)
    assert "Your password is changed" in done.content.decode()
    assert sign_in(client, password=new).status_code == 302
    assert "password changed" in told(amy)


def test_no_link_goes_to_strangers_or_to_those_who_use_single_sign_on(client, amy):
    amy.set_password(None)
    amy.save()
    for email in ("amy@example.org", "nobody@example.org"):
        assert client.post("/account/password/reset/", {"email": email}).status_code == 302
    assert mail.outbox == []


# Left alone


def test_a_page_on_a_session_left_alone_asks_who_is_there_and_then_opens(inside):
    away(inside, 31)
    answer = inside.get("/account/2fa/?from=somewhere")
    assert answer.url == f"{CONFIRM}?next=%2Faccount%2F2fa%2F%3Ffrom%3Dsomewhere"
    assert inside.get("/account/password/change/").url.startswith(CONFIRM)
    assert "Confirm it is you" in inside.get(answer.url).content.decode()
    wrong = inside.post(CONFIRM, {"password": "no", "next": "/account/2fa/"})
    assert "The password is not right." in wrong.content.decode()
    assert inside.get("/account/2fa/").url.startswith(CONFIRM)
    right = inside.post(CONFIRM, {"password": PASSWORD, "next": "/account/2fa/?from=somewhere"})
    assert right.url == "/account/2fa/?from=somewhere"
    assert inside.get(right.url).status_code == 200


def test_a_session_in_use_stays_open(inside):
    away(inside, 29)
    assert inside.get("/account/2fa/").status_code == 200
    away(inside, 29)
    assert inside.get("/account/2fa/").status_code == 200


def test_what_was_sent_on_a_locked_session_is_offered_again(inside):
    away(inside, 31)
    typed = {"note": "She said: “it's <b>fine</b> now”, and smiled", "seen": ["a", "b"], "password": "s"}
    answer = inside.post("/account/password/change/?x=1", typed)
    assert answer.url == f"{CONFIRM}?next=%2Faccount%2Fwhat-you-typed%2F"
    assert inside.get(KEPT).url.startswith(CONFIRM)
    inside.post(CONFIRM, {"password": PASSWORD, "next": KEPT})
    page = inside.get(KEPT).content.decode()
    assert "it&#x27;s &lt;b&gt;fine&lt;/b&gt; now" in page
    assert page.count('name="seen"') == 2
    assert 'action="/account/password/change/?x=1"' in page
    assert 'name="password"' not in page
    assert 'name="csrfmiddlewaretoken"' in page


def test_what_was_typed_is_for_the_same_person_alone(inside, ben):
    inside.get("/account/2fa/")
    away(inside, 31)
    inside.post("/account/password/change/", {"note": "for Amy's eyes"})
    inside.post("/account/logout/")
    sign_in(inside, "ben@example.org")
    assert inside.get(KEPT).url == "/"
    assert idle.KEPT not in inside.session


def test_nothing_forged_is_kept(amy, settings):
    settings.KITH_SECOND_FACTOR = False
    strict = Client(enforce_csrf_checks=True)
    strict.get(LOGIN)
    strict.post(
        LOGIN, {"login": amy.email, "password": PASSWORD, "csrfmiddlewaretoken": strict.cookies["csrftoken"].value}
    )
    strict.get("/account/2fa/")
    away(strict, 31)
    assert strict.post("/account/password/change/", {"note": "forged"}).status_code == 403
    assert idle.KEPT not in strict.session


def test_too_much_is_not_kept_and_is_said(inside):
    away(inside, 31)
    inside.post("/account/password/change/", {"note": "a" * 1_000_001})
    inside.post(CONFIRM, {"password": PASSWORD, "next": KEPT})
    page = inside.get(KEPT).content.decode()
    assert "too long" in page
    assert len(page) < 50_000


@pytest.mark.parametrize("headers", [{"HX-Request": "true"}, {"Sec-Fetch-Dest": "empty"}])
def test_what_a_page_saves_by_itself_is_told_to_stay(inside, headers):
    away(inside, 31)
    answer = inside.post("/account/password/change/", {"note": "half a sentence"}, headers=headers)
    assert answer.status_code == 401
    assert answer["HX-Trigger"] == "kith-locked"
    assert "still on the page" in answer.content.decode()
    assert idle.KEPT not in inside.session


def test_the_tab_opened_to_confirm_says_that_the_other_may_go_on(inside):
    away(inside, 31)
    assert inside.get(idle.CONFIRMED_PAGE).url.startswith(CONFIRM)
    inside.post(CONFIRM, {"password": PASSWORD, "next": idle.CONFIRMED_PAGE})
    assert "data-kith-confirmed" in inside.get(idle.CONFIRMED_PAGE).content.decode()


def test_after_twelve_hours_one_signs_in_afresh_and_still_nothing_is_lost(inside):
    hours = configured.SESSION_COOKIE_AGE / 3600
    away(inside, hours * 60 + 1, "began")
    answer = inside.post("/account/password/change/", {"note": "a whole evening's words"})
    assert answer.url == f"{LOGIN}?next=%2Faccount%2Fwhat-you-typed%2F"
    assert "_auth_user_id" not in inside.session
    assert sign_in(inside, next=KEPT).url == KEPT
    assert "a whole evening" in inside.get(KEPT).content.decode()


def test_a_fresh_sign_in_needs_no_second_confirmation_but_an_old_one_does(inside):
    assert inside.get(TOTP_PAGE).status_code == 200
    away(inside, 6)
    assert inside.get(TOTP_PAGE).url.startswith(CONFIRM)


def test_a_page_that_gives_no_next_of_its_own_leads_nowhere_else(inside):
    away(inside, 31)
    answer = inside.post(CONFIRM, {"password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer.url == "/"


# Single sign-on settings


def test_without_a_server_there_is_no_provider():
    assert sign_in_settings.provider("", "", "", "", [])["openid_connect"]["APPS"] == []
    assert sign_in_settings.origin_of("") == []


def test_the_page_may_send_the_browser_to_the_provider_and_nowhere_else():
    assert sign_in_settings.origin_of("https://login.example/abc/v2.0") == ["https://login.example"]


def test_an_unknown_address_costs_a_hash_as_well(client, amy, monkeypatch):
    """So that nobody learns from the clock who works here."""
    hashed = []
    encode = Argon2PasswordHasher.encode
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda self, *given: hashed.append(1) or encode(self, *given))
    sign_in(client, "nobody@example.org", "no")
    assert hashed


def test_after_twelve_hours_the_kept_page_also_leads_to_signing_in(inside):
    away(inside, configured.SESSION_COOKIE_AGE / 60 + 1, "began")
    assert inside.get(KEPT).url == f"{LOGIN}?next=%2Faccount%2Fwhat-you-typed%2F"
    assert inside.get(idle.CONFIRMED_PAGE).url == f"{LOGIN}?next=%2Faccount%2Fconfirmed%2F"


def test_a_demonstration_is_never_locked(inside, settings):
    settings.DEMONSTRATION = True
    session = inside.session
    session["kith_demonstration"] = True
    session.save()
    away(inside, 300)
    assert inside.get("/account/2fa/").status_code == 200


def test_a_copied_database_does_not_give_secrets_away_and_an_old_key_still_reads_them(amy, settings):
    box = SecondFactors()
    locked = box.encrypt("JBSWY3DP")
    assert "JBSWY3DP" not in locked
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key altogether"
    assert box.decrypt(locked) == "JBSWY3DP"


def test_the_page_to_confirm_on_counts_failures_too(inside):
    away(inside, 31)
    answers = [inside.post(CONFIRM, {"password": "no"}).status_code for _ in range(5)]
    assert answers[-1] == 429
    assert inside.post(CONFIRM, {"password": PASSWORD}).status_code == 429


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Safari/604.1",
            "Safari on iPhone",
        ),
        ("curl/8", "A browser"),
    ],
)
def test_a_browser_is_told_as_its_owner_knows_it(agent, words):
    assert browser_in_words(agent) == words
