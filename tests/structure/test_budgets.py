"""The house stays readable: sizes, names, docstrings, and nothing unfinished."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = sorted((ROOT / "src").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "src").rglob("*.html"))
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "services.py", "signals.py", "constants.py", "misc.py", "common.py"}


def _tree(path):
    return ast.parse(path.read_text("utf-8"))


def _long(paths, kinds, limit):
    return [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {node.end_lineno - node.lineno + 1}"
        for path in paths
        for node in ast.walk(_tree(path))
        if isinstance(node, kinds) and node.end_lineno - node.lineno + 1 > limit
    ]


@pytest.mark.parametrize(
    ("paths", "limit"), [(PRODUCT, 400), (TESTS, 1000), (TEMPLATES, 200)], ids=["product", "tests", "templates"]
)
def test_no_file_has_outgrown_its_room(paths, limit):
    assert [
        f"{path.relative_to(ROOT)} {lines}"
        for path in paths
        if (lines := len(path.read_text("utf-8").splitlines())) > limit
    ] == []


def test_no_function_is_longer_than_forty_lines_and_no_class_than_two_hundred():
    assert _long(PRODUCT, (ast.FunctionDef, ast.AsyncFunctionDef), 40) == []
    # Conditions and Handbook are one small method a test, a thing to say.
    assert [
        one
        for one in _long(PRODUCT, ast.ClassDef, 200)
        if not re.search(r" (Conditions|English|Handbook|DutyCheck|ConditionCheck) ", one)
    ] == []


def test_every_file_is_named_for_what_a_practitioner_would_call_it():
    assert [path.name for path in PRODUCT if path.name in FORBIDDEN_NAMES] == []


def test_every_module_and_everything_public_says_what_it_means():
    bare = []
    for path in (one for one in PRODUCT if one.parent.name != "migrations"):
        tree = _tree(path)
        if not ast.get_docstring(tree):
            bare.append(f"{path.relative_to(ROOT)} (module)")
        for node in ast.walk(tree):
            public = isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node) and not _is_inner(node, tree):
                bare.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert bare == []


def _is_inner(node, tree):
    """A function inside a function is nobody's business but its own."""
    return any(
        isinstance(outer, ast.FunctionDef) and node in ast.walk(outer) and node is not outer for outer in ast.walk(tree)
    )


def test_nothing_is_left_unfinished():
    words = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError|lorem ipsum)\b")
    assert [
        str(path.relative_to(ROOT)) for path in [*PRODUCT, *TEMPLATES] if words.search(path.read_text("utf-8"))
    ] == []


def test_every_test_asserts_something():
    silent = []
    for path in TESTS:
        functions = [node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef)]
        asserting = {one.name for one in functions if _asserts(one, ())}
        silent += [
            f"{path.relative_to(ROOT)}:{one.lineno} {one.name}"
            for one in functions
            if one.name.startswith("test_") and not _asserts(one, asserting)
        ]
    assert silent == []


def _asserts(function, others):
    text = ast.dump(function)
    words = ("Assert(", "raises", "assert_", "expect", *(f"id='{one}'" for one in others))
    return any(word in text for word in words)


def test_every_room_of_the_source_is_drawn_in_the_architecture():
    drawn = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms = [path.name for path in (ROOT / "src" / "kith").iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert [room for room in rooms if f"{room}/" not in drawn] == []
