"""Settings of what leaves the building: e-mail, GOV.UK Notify, and the scanner of files that come in.

What each means stands in docs/how-to/run-kith.md. Nothing is sent by a channel that is not set.
"""

import environ

env = environ.Env()

# smtp://user:password@host:587 or smtps://...; empty: no e-mail is sent.
KITH_SMTP = env.str("KITH_SMTP", default="")
KITH_EMAIL_FROM = env.str("KITH_EMAIL_FROM", default="")
EMAIL_BACKEND = "kith.documents.mail.MailServer"
DEFAULT_FROM_EMAIL = KITH_EMAIL_FROM or "kith@localhost"
KITH_NOTIFY_KEY = env.str("KITH_NOTIFY_KEY", default="")
KITH_NOTIFY_URL = env.str("KITH_NOTIFY_URL", default="https://api.notifications.service.gov.uk")
KITH_NOTIFY_EMAIL_TEMPLATE = env.str("KITH_NOTIFY_EMAIL_TEMPLATE", default="")
KITH_NOTIFY_TEXT_TEMPLATE = env.str("KITH_NOTIFY_TEXT_TEMPLATE", default="")
# host:port or the path of a socket of clamd; empty: files are not scanned, and the page says so.
KITH_CLAMD = env.str("KITH_CLAMD", default="")
KITH_LARGEST_FILE = env.int("KITH_LARGEST_FILE", default=20_000_000)
