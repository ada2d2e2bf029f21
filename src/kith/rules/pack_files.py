"""Packs on disk: folders of YAML, compiled to JSON, and a lock that says which versions can never change again."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from kith.rules.lines import Map, Seq, listed
from kith.rules.pack_forms import check_forms
from kith.rules.problems import PackError, Problem, Problems
from kith.rules.vocabulary import nearest

LISTS = (
    "sources", "fields", "events", "facts", "duties", "gates", "routes", "roles", "forms", "meetings", "letters", "measures",
    "examples",
)  # fmt: skip
HEAD = (
    "pack", "version", "title", "in_force_from", "based_on", "adopts", "removes", "control", "links", "laws", "tools", "local_offers", "settings", "always_ends",
    "birthdays",
)  # fmt: skip
DEFAULTS = ("only_while", "falls_away_on")
LOCK = "packs.lock"


class UnknownPack(LookupError):
    """No pack of that name, or no such version of it."""


@dataclass(frozen=True)
class PackFolder:
    """One version of a pack on disk."""

    name: str
    version: str
    folder: Path

    @property
    def label(self) -> str:
        """`lincolnshire@2021-08`."""
        return f"{self.name}@{self.version}"

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the pack's files, by name."""
        whole = hashlib.sha256()
        for path in sorted(self.folder.glob("*.yaml")):
            whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return whole.hexdigest()

    def document(self, problems: Problems) -> Map:
        """The pack's files read into one document, every item knowing where it stands. Mistakes go to `problems`.

        Raises PackError when something has not the form it should, such as a list of duties that is a sentence: nothing more can
        be said of such a pack.
        """
        misshapen = Problems()
        document = self.read(problems, misshapen)
        if misshapen:
            raise PackError(sorted([*problems, *misshapen]))
        return document

    def read(self, problems: Problems, misshapen: Problems) -> Map:
        """The same as far as it can be read. A file in which something has the wrong form is left out, but for its day."""
        from kith.rules.yaml_lines import (
            BadYaml,
            read_yaml,
        )  # here, because reading YAML costs more to import than a whole return

        document = Map({name: Seq() for name in LISTS} | {"words": Map()})
        for path in sorted(self.folder.glob("*.yaml")):
            file = f"{self.name}/{self.version}/{path.name}"
            try:
                content = read_yaml(path.read_text("utf-8"), file)
            except BadYaml as error:
                problems.append(Problem(file, error.line, error.column, str(error)))
                continue
            except UnicodeDecodeError:
                problems.append(Problem(file, 1, 1, "this file is not UTF-8 text"))
                continue
            if isinstance(content, Map):
                _take(document, content, path.name, problems, misshapen)
            elif content is not None:
                problems.append(Problem(file, 1, 1, "a pack file is a mapping of lists such as duties: and gates:"))
        return document


def _take(document: Map, content: Map, file_name: str, problems: Problems, misshapen: Problems) -> None:
    wrong = Problems()
    check_forms(content, wrong)
    misshapen.extend(wrong)
    if file_name == "pack.yaml":
        document.stands_with(content)
    allowed = (*LISTS, "words", "defaults", *(HEAD if file_name == "pack.yaml" else ()))
    for key in content:
        if key not in allowed:
            problems.add(content, key, f"“{key}” is not something a pack file holds{_belongs(key, allowed)}")
    if wrong:
        document["in_force_from"] = content.get("in_force_from", document.get("in_force_from"))
        return
    for key in content.get("defaults") or ():
        if key not in DEFAULTS:
            problems.add(content["defaults"], key, f"“{key}” is not a default{nearest(key, DEFAULTS)}")
    _join(document, {key: value for key, value in content.items() if key in allowed})


def _join(document: Map, content: Mapping[str, Any]) -> None:
    defaults = content.get("defaults") or {}
    for key, value in content.items():
        if key == "duties":
            document[key].extend(_with_defaults(item, defaults) for item in value)
        elif key in LISTS:
            document[key].extend(value)
        elif key != "defaults":
            document[key] = {**document[key], **value} if key == "words" else value


def _belongs(key: str, allowed: Sequence[str]) -> str:
    return "; it belongs in pack.yaml" if key in HEAD else nearest(key, allowed)


def _with_defaults(duty: Map, defaults: Mapping[str, Any]) -> Map:
    for key in DEFAULTS:
        if key in defaults:
            joined = Seq([*listed(duty.get(key)), *listed(defaults[key])])
            joined.file, joined.line, joined.column = duty.file, duty.line, duty.column
            duty[key] = joined
    return duty


class Library:
    """The packs there are: those shipped with Kith, and folders of a council's own."""

    def __init__(self, *roots: Path) -> None:
        self.roots = roots
        self._documents: dict[str, Mapping[str, Any]] = {}

    def names(self) -> list[str]:
        """Every pack, by name."""
        return sorted({folder.name for folder in self.folders()})

    def folders(self) -> Iterator[PackFolder]:
        """Every version of every pack."""
        for root in self.roots:
            for path in sorted(root.glob("*/*/pack.yaml")):
                yield PackFolder(path.parent.parent.name, path.parent.name, path.parent)

    def versions(self, name: str) -> list[PackFolder]:
        """Every version of a pack, oldest first. Raises UnknownPack."""
        found = [folder for folder in self.folders() if folder.name == name]
        if not found:
            raise UnknownPack(f"there is no pack “{name}”{nearest(name, self.names())}")
        return sorted(found, key=self.in_force_from)

    def in_force_from(self, folder: PackFolder) -> str:
        """The day a version says it is in force from, even when the rest of its files cannot be read."""
        try:
            return str(self.document(folder).get("in_force_from"))
        except PackError:
            return str(folder.read(Problems(), Problems()).get("in_force_from"))

    def find(self, label: str) -> PackFolder:
        """The pack and version written `england@2013-04`. Raises UnknownPack."""
        name, _, version = label.partition("@")
        versions = self.versions(name)
        for folder in versions:
            if folder.version == version:
                return folder
        if version:
            raise UnknownPack(f"{name} has no version “{version}”{nearest(version, [one.version for one in versions])}")
        return versions[-1]

    def document(self, folder: PackFolder, problems: Problems | None = None) -> Mapping[str, Any]:
        """The pack's document: the compiled JSON where it is still that of the files, else the files themselves.

        Given `problems`, always the files, with their lines. Otherwise raises PackError when the files cannot be read.
        """
        if problems is not None:
            return folder.document(problems)
        if folder.label not in self._documents:
            self._documents[folder.label] = self._compiled(folder) or _strictly(folder)
        return self._documents[folder.label]

    def _compiled(self, folder: PackFolder) -> Mapping[str, Any] | None:
        lock = self.lock(folder).get(folder.label)
        if lock is None or lock["files"] != folder.digest:
            return None
        path = compiled_path(folder)
        if not path.exists():
            return None
        document: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
        return document

    def lock(self, folder: PackFolder) -> dict[str, dict[str, str]]:
        """What packs.lock beside the pack says: for each version the digest of its files and of its canonical JSON."""
        path = folder.folder.parent.parent / LOCK
        if not path.exists():
            return {}
        lock: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))
        return lock


def compiled_path(folder: PackFolder) -> Path:
    """Where the compiled JSON of a pack stands."""
    return folder.folder.parent.parent / "compiled" / f"{folder.label}.json"


def _strictly(folder: PackFolder) -> Map:
    problems = Problems()
    document = folder.document(problems)
    if problems:
        raise PackError(problems.errors)
    return document


def canonical(document: Mapping[str, Any]) -> str:
    """The pack as canonical JSON: the text whose digest must match for ever once it is published."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=False) + "\n"


def compile_pack(folder: PackFolder, *, publish: bool = False) -> str:
    """Writes the compiled JSON and the lock of one pack, and returns the digest of the JSON.

    A published version is refused if its digest has changed: raises PackError.
    """
    text = canonical(_strictly(folder))
    digest = hashlib.sha256(text.encode()).hexdigest()
    lock_path = folder.folder.parent.parent / LOCK
    lock: dict[str, dict[str, str]] = json.loads(lock_path.read_text("utf-8")) if lock_path.exists() else {}
    before = lock.get(folder.label)
    if before is not None and before["status"] == "published" and before["digest"] != digest:
        raise PackError([changed_after_publishing(folder)])
    status = "published" if publish or (before or {}).get("status") == "published" else "draft"
    lock[folder.label] = {"status": status, "files": folder.digest, "digest": digest}
    compiled_path(folder).parent.mkdir(exist_ok=True)
    compiled_path(folder).write_text(text, "utf-8")
    lock_path.write_text(json.dumps(dict(sorted(lock.items())), indent=1) + "\n", "utf-8")
    return digest


def changed_after_publishing(folder: PackFolder) -> Problem:
    """The mistake of changing a published version."""
    return Problem(
        f"{folder.name}/{folder.version}/pack.yaml", 1, 1,
        f"{folder.label} is published and can never change; put the change in a new version",
    )  # fmt: skip
