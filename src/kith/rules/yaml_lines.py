"""YAML read strictly, every value keeping the line and column it stands on.

`true`, `false`, `null`, whole numbers and decimals are read as such; everything else, dates included, is text.
"""

import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from kith.rules.lines import Map, Seq

_WHOLE = re.compile(r"[-+]?\d+")
_DECIMAL = re.compile(r"[-+]?\d+\.\d+")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class BadYaml(ValueError):
    """The file is not YAML, or holds a key twice. `line` and `column` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line, self.column = line, column


def read_yaml(text: str, file: str) -> Any:
    """The document as maps, lists and plain values. Raises BadYaml."""
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise BadYaml(f"this is not YAML: {error.problem or error.context}", line, column) from None
    return None if node is None else _plain(node, file)


def _plain(node: Node, file: str) -> Any:
    if isinstance(node, ScalarNode):
        return _scalar(node)
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if isinstance(node, SequenceNode):
        items = Seq(_plain(one, file) for one in node.value)
        items.at = {place: _mark(one) for place, one in enumerate(node.value)}
        items.file, items.line, items.column = file, line, column
        return items
    if not isinstance(node, MappingNode):
        raise BadYaml("an alias or a tag cannot be used here", line, column)
    mapping = Map()
    mapping.file, mapping.line, mapping.column = file, line, column
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in mapping:
            raise BadYaml(f"“{key}” stands here twice", *_mark(key_node))
        mapping[key] = _plain(value_node, file)
        mapping.at[key] = _mark(key_node)
    return mapping


def _mark(node: Node) -> tuple[int, int]:
    return (node.start_mark.line + 1, node.start_mark.column + 1)


def _scalar(node: ScalarNode) -> Any:
    text = node.value
    if node.style is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text
