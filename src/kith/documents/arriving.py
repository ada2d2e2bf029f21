"""Files that come in: what they are is judged by their content, never by their name; their size is limited; clamd scans them."""

import re
import socket
import struct
from collections.abc import Mapping

import filetype
from django.conf import settings
from django.utils.translation import gettext as _

from kith.documents import word
from kith.record.fact import NotRecorded

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ALLOWED: Mapping[str, str] = {
    "application/pdf": "PDF", WORD: "Word", "image/jpeg": "JPEG", "image/png": "PNG", "image/heic": "HEIC", "text/plain": "text",
}  # fmt: skip
SECONDS, PIECE = 20, 1 << 16
PLAIN = "text/plain"


def checked(content: bytes, name: str) -> tuple[str, str]:
    """The media type of a file that may be kept, and its name made safe. Raises NotRecorded saying what is wrong with it."""
    if not content:
        raise NotRecorded(_("The file is empty."), "file")
    if len(content) > settings.KITH_LARGEST_FILE:
        size = settings.KITH_LARGEST_FILE // 1_000_000
        raise NotRecorded(_("The file is larger than %(size)s MB. Send a smaller one.") % {"size": size}, "file")
    media_type = kind_of(content)
    if media_type not in ALLOWED:
        kinds = ", ".join(ALLOWED.values())
        raise NotRecorded(
            _("This kind of file cannot be kept. It can be one of: %(kinds)s.") % {"kinds": kinds}, "file"
        )
    if media_type == WORD:
        try:
            word.text_of(content)
        except word.NotRead as error:
            raise NotRecorded(str(error), "file") from None
    scan(content)
    return media_type, safe_name(name)


def kind_of(content: bytes) -> str:
    """What a file is, by its content."""
    found = filetype.guess(content)
    if found is not None:
        return str(found.mime)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    looks_like_code = re.match(r"\s*(<[!?a-zA-Z]|#!|%!)", text)
    return "" if looks_like_code or "\0" in text else PLAIN


def safe_name(name: str) -> str:
    """A file's name without what could lead anywhere."""
    return re.sub(r"[^\w.\- ]", "_", name.rpartition("/")[2].rpartition("\\")[2]).strip(" .")[-100:] or "file"


def scan(content: bytes) -> None:
    """Asks clamd whether something harmful is in a file, where one is set. Raises NotRecorded when it is, or when it cannot say."""
    if not settings.KITH_CLAMD:
        return
    try:
        answer = _asked(content)
    except OSError:
        raise NotRecorded(
            _("The file could not be scanned, so it was not kept. Try again in a few minutes."), "file"
        ) from None
    if answer.endswith("OK"):
        return
    if answer.endswith("FOUND"):
        raise NotRecorded(
            _("The scanner found something harmful in this file. It was not kept. Tell whoever sent it."), "file"
        )
    raise NotRecorded(_("The file could not be scanned, so it was not kept. Try again in a few minutes."), "file")


def _asked(content: bytes) -> str:
    """clamd's INSTREAM: pieces with their length before them, then a length of nothing, then its answer."""
    host, _colon, port = settings.KITH_CLAMD.rpartition(":")
    with _connected(host, port) as line:
        line.sendall(b"zINSTREAM\0")
        for first in range(0, len(content), PIECE):
            piece = content[first : first + PIECE]
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
        answer = b""
        while (more := line.recv(4096)) and b"\0" not in answer:
            answer += more
    return answer.split(b"\0")[0].decode("utf-8", "replace").strip()


def _connected(host: str, port: str) -> socket.socket:
    if host and port.isdigit():
        return socket.create_connection((host, int(port)), timeout=SECONDS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(SECONDS)
    if line.connect_ex(settings.KITH_CLAMD):
        line.close()
        raise OSError("clamd does not answer")
    return line
