"""A small pack that is right in everything, and the same pack with one thing in it changed."""

import copy
from pathlib import Path

from kith.rules.checking import check
from kith.rules.pack_files import Library
from kith.rules.shipped import packs_folder, registers

RIGHT = Path(__file__).parent / "right" / "borough" / "1"
PACK, REST = ((RIGHT / name).read_text("utf-8") for name in ("pack.yaml", "walks.yaml"))


def written(folder, rest=REST, head=PACK, version="1"):
    """The pack written into a folder of its own, on a shelf with those shipped."""
    path = folder / "borough" / version
    path.mkdir(parents=True, exist_ok=True)
    (path / "pack.yaml").write_text(head, "utf-8")
    (path / "walks.yaml").write_text(rest, "utf-8")
    return Library(packs_folder(), folder)


def changed(text, old, new):
    """The text with one passage put in place of another, and the line it stands on."""
    assert text.count(old) == 1, f"{old} stands {text.count(old)} times"
    return text.replace(old, new), text[: text.index(old)].count("\n") + 1


def mistakes(folder, old, new):
    """What the checker says when one passage is changed, as (file, line, message), and the line of the change."""
    in_head = old in PACK and old not in REST
    text, line = changed(PACK if in_head else REST, old, new)
    shelf = written(folder, head=text) if in_head else written(folder, text)
    return [(one.file, one.line, one.message) for one in check(shelf, "borough", registers())], line


def paths(node, at=()):
    """The way to every value in a document."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield (*at, key)
        yield from paths(value, (*at, key))


def put(document, path, value):
    """A copy of a document with another value in one place."""
    whole = copy.deepcopy(document)
    node = whole
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return whole
