"""The packs and registers shipped with Kith, and folders of packs of a council's own."""

import json
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from kith.rules.pack_files import Library


def packs_folder() -> Path:
    """The folder of the packs shipped as package data."""
    return Path(str(resources.files("kith.packs")))


def library(own_folders: Iterable[str] = ()) -> Library:
    """The shipped packs, and those in the folders given (a council's own, found in KITH_PACKS)."""
    return Library(packs_folder(), *(Path(folder) for folder in own_folders if folder))


@lru_cache(maxsize=1)
def registers() -> dict[str, dict[str, Any]]:
    """Every clause of every register, by register and clause id."""
    found = {}
    for path in sorted((packs_folder() / "registers").glob("*.json")):
        register = json.loads(path.read_text("utf-8"))
        found[register["prefix"]] = register["clauses"]
    return found
