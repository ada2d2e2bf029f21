"""`kith pack`: list, check, show, compile and print the procedure packs."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from kith.commands.asking import fail, format_option, packs, write_rows
from kith.rules.checking import check, out_of_reach
from kith.rules.event_files import event_schema
from kith.rules.handbook import handbook, shown
from kith.rules.pack_files import Library, PackFolder, UnknownPack, compile_pack
from kith.rules.problems import PackError
from kith.rules.shipped import registers
from kith.rules.stack import Stack, stack_of


@click.group()
def pack() -> None:
    """Procedure packs: a council's way of working, as data."""


def _folders(shelf: Library, names: Sequence[str]) -> list[PackFolder]:
    try:
        return [
            one
            for name in names or shelf.names()
            for one in ([shelf.find(name)] if "@" in name else shelf.versions(name))
        ]
    except UnknownPack as error:
        fail(str(error))


def _stack(shelf: Library, name: str) -> Stack:
    try:
        return stack_of(shelf, shelf.find(name).label)
    except UnknownPack as error:
        fail(str(error))
    except PackError as error:
        raise click.ClickException(str(error)) from None


@pack.command("list")
@format_option
def list_packs(form: str) -> None:
    """The packs there are, and from when each version is in force."""
    shelf = packs()
    rows = [
        {
            "pack": folder.name, "version": folder.version, "title": document.get("title"),
            "in_force_from": document.get("in_force_from"), "based_on": document.get("based_on", ""),
            "duties": len(document["duties"]), "gates": len(document["gates"]), "routes": len(document["routes"]),
            "status": shelf.lock(folder).get(folder.label, {}).get("status", "not compiled"),
        }
        for folder in shelf.folders()
        for document in [shelf.document(folder)]
    ]  # fmt: skip
    write_rows(rows, form, ("pack", "version", "in_force_from", "title", "duties", "gates", "routes", "status"))


@pack.command("check")
@click.argument("names", nargs=-1, metavar="[PACK…]")
@click.option("--reach", is_flag=True, help="Also list the duties that no form or import can yet start or meet.")
@click.option("--no-examples", is_flag=True, help="Leave out the worked examples.")
def check_packs(names: Sequence[str], reach: bool, no_examples: bool) -> None:
    """Check packs and tell every mistake, with its file and line. Exit code 1 if there is one."""
    shelf, wrong = packs(), 0
    for folder in _folders(shelf, names):
        problems = check(shelf, folder.label, registers(), run_examples=not no_examples)
        for problem in sorted(problems):
            click.echo(str(problem))
        wrong += len(problems.errors)
        if reach and not problems.errors:
            _reach(stack_of(shelf, folder.label))
        click.echo(
            f"{folder.label}: {'no mistakes' if not problems.errors else f'{len(problems.errors)} mistakes'}", err=True
        )
    sys.exit(1 if wrong else 0)


def _reach(stack: Stack) -> None:
    from kith.returns.cin import kinds_recorded

    for duty, how, kinds in out_of_reach(stack, kinds_recorded()):
        click.echo(f"{stack.label}: {duty} cannot yet be {how}: no form or import records {', '.join(kinds)}")


@pack.command("show")
@click.argument("name", metavar="PACK")
@click.argument("item", required=False, metavar="[ID]")
def show(name: str, item: str | None) -> None:
    """What a pack says, in words; with ID, one duty, gate, route, fact, role or meeting of it."""
    stack = _stack(packs(), name)
    try:
        click.echo(shown(stack, registers(), item))
    except KeyError as error:
        fail(error.args[0])


@pack.command("docs")
@click.argument("names", nargs=-1, metavar="[PACK…]")
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write PACK.md into this folder instead of printing.",
)
@click.option(
    "--check", "compare", is_flag=True, help="Only compare with what is in the folder; exit code 1 if it differs."
)
def docs(names: Sequence[str], folder: Path | None, compare: bool) -> None:
    """A readable handbook of a pack."""
    shelf, stale = packs(), []
    for name in names or shelf.names():
        text = handbook(_stack(shelf, name), registers())
        if folder is None:
            click.echo(text)
            continue
        path = folder / f"{name}.md"
        if compare:
            stale += [] if path.exists() and path.read_text("utf-8") == text else [str(path)]
        else:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    if stale:
        raise click.ClickException(f"out of date: {', '.join(stale)}; run kith pack docs --to {folder}")


@pack.command("compile")
@click.argument("names", nargs=-1, metavar="[PACK…]")
@click.option("--publish", is_flag=True, help="Publish: from now on this version can never change.")
@click.option(
    "--check", "compare", is_flag=True, help="Only compare; exit code 1 if a pack has changed since it was compiled."
)
def compile_packs(names: Sequence[str], publish: bool, compare: bool) -> None:
    """Compile packs to the JSON that Kith loads, and note their digests in packs.lock."""
    shelf = packs()
    for folder in _folders(shelf, names):
        if compare:
            if shelf.lock(folder).get(folder.label, {}).get("files") != folder.digest:
                raise click.ClickException(f"{folder.label} has changed since it was compiled; run kith pack compile")
            continue
        try:
            digest = compile_pack(folder, publish=publish)
        except PackError as error:
            raise click.ClickException(str(error)) from None
        click.echo(f"{folder.label}: {digest}")


@pack.command("schema")
@click.argument("name", metavar="PACK")
def schema(name: str) -> None:
    """The JSON Schema of an event file under a pack."""
    stack = _stack(packs(), name)
    write_rows([event_schema(stack.vocabulary, f"An event under {stack.label}")], "jsonl", ())
