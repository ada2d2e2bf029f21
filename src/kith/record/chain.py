"""The chain: each event's digest covers its content, a digest of its words, and the digest of the event before it."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

from kith.record.models import Event

COVERED = (
    "id", "sequence", "kind", "schema", "happened_on", "happened_at", "ended_on", "ended_at", "precision", "known_at",
    "recorded_at", "recorded_by", "recorded_under", "about", "coded", "parts", "explained", "words_digest", "corrects",
    "withdraws", "seals", "source",
)  # fmt: skip


def digest_of(event: Event) -> bytes:
    """The digest of an event in its place: SHA-256 of its canonical JSON and of the digest before."""
    content = {name: _plain(getattr(event, name)) for name in COVERED} | {"file": str(event.file_id)}
    return hashlib.sha256(_canonical(content) + bytes(event.previous_digest)).digest()


def words_digest(words: Mapping[str, Any], salt: str) -> str:
    """The digest of an event's words with their salt, as hexadecimal text."""
    return hashlib.sha256(_canonical(words) + salt.encode()).hexdigest()


def _canonical(content: Any) -> bytes:
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return str(value)
    if hasattr(value, "utcoffset"):
        return f"{value.timestamp():.6f}"
    return value.isoformat() if hasattr(value, "isoformat") else value
