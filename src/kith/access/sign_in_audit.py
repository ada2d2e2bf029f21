"""What is written down of signing in: who, how, and what failed; never a password or a code."""

from typing import Any

from kith.access.models import Practitioner
from kith.audit import entries
from kith.core import units


def note(did: str, practitioner: Any, **details: Any) -> None:
    """One entry about a practitioner, in their authority; of someone without one nothing can be written."""
    if getattr(practitioner, "authority", None) is None:
        return
    with units.of_work(practitioner.authority, writing=True):
        entries.note(did, by=practitioner, on=("practitioner", practitioner.id), details=details)


def failed(email: str, did: str = "sign-in failed") -> None:
    """An attempt with somebody's e-mail address that did not succeed."""
    note(did, Practitioner.objects.filter(email__iexact=email).first())
