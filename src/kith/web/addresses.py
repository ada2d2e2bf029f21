"""Addresses of pages: `reverse`, which goes through its patterns once for each kind of address and not for each link."""

import re
import uuid
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse

_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").fullmatch
# Ids of nothing, in whose places the ids of an address come.
_MARKS = tuple(str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:kith:mark:{number}")) for number in range(4))
LONG, SHORT = 36, 32  # names of forms and of letters; what is longer is somebody's, and not kept


def address(name: str, *args: Any) -> str:
    """Where a page is found, as `reverse(name, args=args)` says."""
    written = [str(one) for one in args if type(one) in (uuid.UUID, str)]
    ids = [one for one in written if len(one) == LONG and _ID(one)]
    others = tuple(None if len(one) == LONG and _ID(one) else one for one in written)
    if (
        len(written) < len(args)
        or len(ids) > len(_MARKS)
        or any(one is not None and len(one) > SHORT for one in others)
    ):
        return reverse(name, args=args)
    page = _page(name, others, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    for mark, one in zip(_MARKS, ids, strict=False):
        page = page.replace(mark, one)
    return page


@lru_cache(maxsize=2000)
def _page(name: str, others: tuple[str | None, ...], _urlconf: Any, _prefix: str) -> str:
    """An address with marks where its ids come."""
    marks = iter(_MARKS)
    return reverse(name, args=[next(marks) if one is None else one for one in others])
