"""Tables: every field classified, none pointing up the rooms, every one of an authority walled."""

import ast
import configparser
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from kith.core import walls
from kith.core.models import OfAuthority, Sensitivity

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src" / "kith").rglob("*.py"))
MODELS = [model for model in apps.get_models() if model.__module__.startswith("kith.")]
KINDS = ("identifies", "special_category", "criminal_offence", "safety_sensitive", "third_party", "about_the_work")


def room_of(model):
    return model.__module__.split(".")[1]


def height_of_rooms():
    """Each room with how high it stands, from the contract that import-linter holds."""
    told = configparser.ConfigParser()
    told.read(ROOT / ".importlinter")
    layers = told["importlinter:contract:rooms"]["layers"].split("\n")
    rooms = [re.split(r"\s*\|\s*", line.strip()) for line in reversed(layers) if line.strip()]
    return {room.strip("()"): height for height, beside in enumerate(rooms) for room in beside}


@pytest.mark.parametrize("model", MODELS, ids=lambda one: one._meta.label)
def test_every_stored_field_is_classified(model):
    told = model.__dict__.get("Sensitivity")
    assert issubclass(told or object, Sensitivity)
    classified = set().union(*(getattr(told, kind) for kind in KINDS))
    stored = {field.name for field in model._meta.local_fields}
    assert (stored - classified, classified - stored) == (set(), set())


def test_no_foreign_key_points_up_the_rooms():
    height = height_of_rooms()
    assert [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in MODELS
        for field in model._meta.local_fields
        if field.remote_field and field.related_model.__module__.startswith("kith.")
        and height[room_of(field.related_model)] > height[room_of(model)]
    ] == []  # fmt: skip


def test_every_table_of_an_authority_is_behind_the_wall_and_read_by_its_authority():
    guarded = set(walls.guarded())
    held = {model for model in MODELS if any(field.name == "authority" for field in model._meta.local_fields)}
    # Practitioners are read before their authority is known.
    assert {model._meta.label for model in held - guarded} == {"access.Practitioner"}
    assert {model for model in guarded if not issubclass(model, OfAuthority)} == set()
    assert [model._meta.label for model in guarded if type(model._default_manager).__name__ != "OneAuthority"] == []


def test_only_these_tables_only_grow():
    assert {model._meta.label for model in walls.only_added_to()} == {
        "audit.Entry",
        "record.Event",
        "record.EventAbout",
    }


def test_nothing_listens_for_signals():
    # Sign-in is another's code: what it tells of can only be heard.
    heard = re.compile(r"@receiver|\.connect\(|models\.signals|post_save|pre_save")
    allowed = {"src/kith/access/sign_in_audit.py", "src/kith/access/single_sign_on.py"}
    assert {str(path.relative_to(ROOT)) for path in SOURCES if heard.search(path.read_text("utf-8"))} <= allowed


@pytest.mark.parametrize("room", ["web", "commands"])
def test_pages_and_commands_ask_selectors_and_act_by_actions(room):
    found = []
    for path in (ROOT / "src" / "kith" / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Attribute) and node.attr in ("objects", "everywhere")
            models = isinstance(node, ast.ImportFrom) and re.fullmatch(r"kith\.\w+\.models", node.module or "")
            if named or (models and node.module != "kith.core.models"):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say(capsys):
    call_command("makemigrations", "--check", "--dry-run", verbosity=1)
    assert "No changes detected" in capsys.readouterr().out


def test_migrations_are_named_for_what_they_do():
    names = [path.stem for path in SOURCES if path.parent.name == "migrations" and path.stem != "__init__"]
    assert [name for name in names if re.search(r"auto|alter_|_and_more|\d{8}", name)] == []
    assert names


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_index_begins_with_the_authority(model):
    """Of an authority the planner has not counted yet, it takes such an index for the shortest way, and walks all of it."""
    assert [one.name for one in model._meta.indexes if one.fields and one.fields[0].lstrip("-") == "authority"] == []
