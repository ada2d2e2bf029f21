"""Ids: UUIDv7, so that rows made later sort later; and short reference numbers that people can read out."""

import os
import uuid

from kith.core import clock

_REFERENCE = "23456789BCDFGHJKMNPQRSTVWXYZ"


def new() -> uuid.UUID:
    """A new UUIDv7 (RFC 9562): 48 bits of the moment in milliseconds, then random bits."""
    moment = int(clock.now().timestamp() * 1000)
    random = int.from_bytes(os.urandom(10), "big")
    value = (moment << 80) | (0x7 << 76) | ((random >> 68 & 0xFFF) << 64) | (0x2 << 62) | (random & ((1 << 62) - 1))
    return uuid.UUID(int=value)


def reference(one: uuid.UUID) -> str:
    """A short reference for people, `7KD-4QX9`: no letter or number that is mistaken for another, and none that spells."""
    number, letters = int.from_bytes(uuid.uuid5(one, "reference").bytes[:6], "big"), ""
    for _ in range(7):
        number, place = divmod(number, len(_REFERENCE))
        letters += _REFERENCE[place]
    return f"{letters[:3]}-{letters[3:]}"


def uuid_of(text: str) -> uuid.UUID | None:
    """The id in a text, or None if it is not one."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
