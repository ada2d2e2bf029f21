"""The ways a message leaves: e-mail by SMTP, and GOV.UK Notify. A message says only that there is something to read or someone to ring."""

import base64
import hashlib
import hmac
import json
import smtplib
import urllib.error
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from kith.core import clock

SECONDS = 30


class NotTaken(Exception):
    """A message that was certainly not accepted. `again` says whether trying later may help."""

    def __init__(self, why: str, *, again: bool) -> None:
        super().__init__(why)
        self.again = again


@dataclass(frozen=True)
class Message:
    """One message to one reader. `attached` only where the reader chose to have the letter itself."""

    id: str
    how: str
    to: str
    council: str
    telephone: str
    attached: tuple[str, str, bytes] | None = None
    calendar: bytes = b""

    @property
    def subject(self) -> str:
        """The subject of an e-mail."""
        return _("There is something for you to read")

    @property
    def words(self) -> str:
        """All that a message says: never what about, and never a name of the family."""
        if self.attached:
            return _("A letter is attached, as you asked. If you have a question, please ring %(telephone)s.\n\n%(council)s") % self._facts  # fmt: skip
        return _("There is something for you to read. Please ring %(telephone)s and we will tell you how you can have it.\n\n%(council)s") % self._facts  # fmt: skip

    @property
    def _facts(self) -> dict[str, str]:
        return {"telephone": self.telephone, "council": self.council}


def send(message: Message) -> None:
    """Hands a message to its channel. Raises NotTaken when it was certainly not accepted; anything else leaves that in doubt."""
    if not message.to:
        raise NotTaken(_("there is no number or address to send it to"), again=False)
    if message.how == "e_mail" and settings.KITH_SMTP:
        _by_smtp(message)
    elif settings.KITH_NOTIFY_KEY and not message.attached:
        _by_notify(message)
    else:
        raise NotTaken(_("this installation has no way to send it: none is set"), again=False)


def is_set(how: str) -> bool:
    """Whether this installation can send by a way."""
    templates = {"e_mail": settings.KITH_NOTIFY_EMAIL_TEMPLATE, "text": settings.KITH_NOTIFY_TEXT_TEMPLATE}
    return bool((how == "e_mail" and settings.KITH_SMTP) or (settings.KITH_NOTIFY_KEY and templates.get(how)))


def sends_mail() -> bool:
    """Whether a mail server is set."""
    return bool(settings.KITH_SMTP)


def _by_smtp(message: Message) -> None:
    """Until the server has taken the recipient and asks for the data, nothing has left; from then on it may have."""
    content = email(message).as_bytes(policy=SMTP)
    try:
        client = greeted(urlsplit(settings.KITH_SMTP))
    except (OSError, smtplib.SMTPException) as error:
        raise _unreached(error) from None
    with closing(client):
        try:
            _expect(client.mail(settings.KITH_EMAIL_FROM), 250)
            _expect(client.rcpt(message.to), 250, 251)
        except (OSError, smtplib.SMTPException) as error:
            raise _unreached(error) from None
        try:
            _expect(client.data(content), 250)
        except smtplib.SMTPDataError as error:
            raise NotTaken(str(error), again=400 <= error.smtp_code < 500) from None


def _unreached(error: Exception) -> NotTaken:
    return NotTaken(_("the mail server could not be reached: %(why)s") % {"why": error}, again=True)


def greeted(server: SplitResult) -> smtplib.SMTP:
    """A connection to a mail server that has said good day, encrypted where the server can. Raises OSError, SMTPException."""
    kind = smtplib.SMTP_SSL if server.scheme == "smtps" else smtplib.SMTP
    client = kind(server.hostname or "", server.port or (465 if server.scheme == "smtps" else 25), timeout=SECONDS)
    client.ehlo_or_helo_if_needed()
    if server.scheme == "smtp" and client.has_extn("starttls"):
        client.starttls()
        client.ehlo()
    if server.username:
        client.login(unquote(server.username), unquote(server.password or ""))
    return client


def _expect(answer: tuple[int, bytes], *wanted: int) -> None:
    code, said = answer
    if code not in wanted:
        raise NotTaken(f"{code} {said.decode('utf-8', 'replace')}", again=400 <= code < 500)


def email(message: Message) -> EmailMessage:
    """The e-mail itself. Its id is the delivery's, so that a mail server can tell the same message come twice."""
    one = EmailMessage()
    one["Subject"], one["From"], one["To"] = message.subject, settings.KITH_EMAIL_FROM, message.to
    one["Message-ID"] = f"<{message.id}@kith.invalid>"
    one["Auto-Submitted"] = "auto-generated"
    one.set_content(message.words)
    if message.attached:
        name, media_type, content = message.attached
        first, _slash, second = media_type.partition("/")
        one.add_attachment(content, maintype=first, subtype=second, filename=name)
    if message.attached and message.calendar:
        method = "CANCEL" if b"METHOD:CANCEL" in message.calendar else "REQUEST"
        one.add_attachment(
            message.calendar, maintype="text", subtype="calendar", filename="meeting.ics", params={"method": method}
        )
    return one


def _by_notify(message: Message) -> None:
    try:
        with urllib.request.urlopen(notify_request(message), timeout=SECONDS):  # noqa: S310  the address is a setting
            return
    except urllib.error.HTTPError as error:
        if error.code < 500:
            raise NotTaken(f"GOV.UK Notify: {error.code}", again=error.code == 429) from None
        raise
    except urllib.error.URLError as error:
        if isinstance(error.reason, ConnectionRefusedError):
            raise NotTaken(_("GOV.UK Notify could not be reached"), again=True) from None
        raise


def notify_request(message: Message) -> urllib.request.Request:
    """What GOV.UK Notify is asked: a template with the words, under the reference of the delivery."""
    is_email = message.how == "e_mail"
    body: dict[str, Any] = {
        "template_id": settings.KITH_NOTIFY_EMAIL_TEMPLATE if is_email else settings.KITH_NOTIFY_TEXT_TEMPLATE,
        "email_address" if is_email else "phone_number": message.to,
        "personalisation": {"words": message.words, "subject": message.subject},
        "reference": message.id,
    }
    return urllib.request.Request(  # noqa: S310  the address is a setting
        f"{settings.KITH_NOTIFY_URL}/v2/notifications/{'email' if is_email else 'sms'}", json.dumps(body).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {_token(settings.KITH_NOTIFY_KEY)}"},
    )  # fmt: skip


def _token(key: str) -> str:
    """A signed token for a key of the form name-service-secret, whose last two parts are ids of 36 characters."""
    service, secret = key[-73:-37], key[-36:]
    said = ({"typ": "JWT", "alg": "HS256"}, {"iss": service, "iat": int(clock.now().timestamp())})
    head = b".".join(_encoded(json.dumps(one, separators=(",", ":")).encode()) for one in said)
    return b".".join((head, _encoded(hmac.new(secret.encode(), head, hashlib.sha256).digest()))).decode()


def _encoded(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")
