"""Files kept byte for byte, each under its digest. On the disk before the row that names it commits; never changed after."""

import hashlib
import os
import tempfile
import uuid
from pathlib import Path

from django.conf import settings

from kith.core import authorities


class NotKept(LookupError):
    """A file that is not there, or is no longer what it was."""


def keep(content: bytes) -> str:
    """Keeps some bytes and says under which digest. They are on the disk when this returns; the same bytes are kept once."""
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if path.exists():
        return digest
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _settled(path.parent)
    return digest


def kept(digest: str) -> bytes:
    """The bytes kept under a digest. Raises NotKept when they are missing or are not what the digest says."""
    try:
        content = _path(digest).read_bytes()
    except (OSError, ValueError):
        raise NotKept(f"the file {digest} is missing") from None
    if hashlib.sha256(content).hexdigest() != digest:
        raise NotKept(f"the file {digest} was changed")
    return content


def _path(digest: str) -> Path:
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise NotKept("this is no digest")
    return _root(authorities.current()) / digest[:2] / digest


def _root(authority: uuid.UUID) -> Path:
    return Path(settings.KITH_FILES) / str(authority)


def _settled(folder: Path) -> None:
    """The names in a folder are on the disk too, and that of the folder in the one above."""
    for one in (folder, folder.parent):
        opened = os.open(one, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
