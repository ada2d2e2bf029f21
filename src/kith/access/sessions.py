"""Sessions as Django keeps them in the database, each read with a question put into SQL once."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from kith.core.questions import Question


class SessionStore(db.SessionStore):
    """A session of the database: what it holds, how long and under which key is Django's affair."""

    def _get_session_from_db(self) -> Any:
        now = timezone.now()  # noqa: TID251  by the clock by which Django said when it ends
        found = _SESSION.first(key=self.session_key, now=now) if self.session_key else None
        if found is None:
            self._session_key = None
        return found


_SESSION = Question[Session](lambda *, key, now: Session.objects.filter(session_key=key, expire_date__gt=now))
