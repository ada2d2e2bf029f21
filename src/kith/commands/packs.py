"""`kith pack`: list, check, show and print the procedure packs."""

import os
import sys
from collections.abc import Sequence

import click

from kith.rules.checking import check
from kith.rules.pack_files import Library, UnknownPack
from kith.rules.shipped import library, registers


def packs() -> Library:
    """The shipped packs and those in the folders of KITH_PACKS."""
    return library(os.environ.get("KITH_PACKS", "").split(os.pathsep))


@click.group()
def pack() -> None:
    """Procedure packs: a council's way of working, as data."""


@pack.command("check")
@click.argument("names", nargs=-1, metavar="[PACK…]")
def check_packs(names: Sequence[str]) -> None:
    """Check packs and tell every mistake, with its file and line."""
    shelf, wrong = packs(), 0
    try:
        labels = [folder.label for name in names or shelf.names() for folder in ([shelf.find(name)] if "@" in name else shelf.versions(name))]
    except UnknownPack as error:
        raise click.UsageError(str(error)) from None
    for label in labels:
        problems = check(shelf, label, registers())
        for problem in sorted(problems):
            click.echo(str(problem))
        wrong += len(problems.errors)
        click.echo(f"{label}: {'no mistakes' if not problems.errors else f'{len(problems.errors)} mistakes'}", err=True)
    sys.exit(1 if wrong else 0)
