"""The mail of signing in (a forgotten password, a changed second factor) by the same mail server as everything else."""

import logging
import smtplib
from collections.abc import Sequence
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from kith.documents.channels import greeted

log = logging.getLogger(__name__)


class MailServer(BaseEmailBackend):
    """Sends by the server that is set. A letter that could not be sent is told in the log, and never breaks the page: whoever asked
    for it is told the same either way, so that nobody learns who works here."""

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        """How many were taken."""
        if not settings.KITH_SMTP:
            log.warning("A letter about signing in was not sent: no mail server is set (KITH_SMTP)")
            return 0
        try:
            with closing(greeted(urlsplit(settings.KITH_SMTP))) as client:
                for one in email_messages:
                    client.send_message(one.message(), settings.KITH_EMAIL_FROM, one.recipients())
        except (OSError, smtplib.SMTPException) as error:
            log.warning("A letter about signing in was not sent: %s", error)
            return 0
        return len(email_messages)
