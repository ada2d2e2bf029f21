"""`kith demo`: invented councils and families, for a database marked as a demonstration."""

from importlib import import_module

import click

from kith.commands.database import ready


@click.group()
def demo() -> None:
    """Invented councils and families, never real ones."""


@demo.command()
@click.option("--tell", is_flag=True, help="Print what is due in each council, and for whom.")
def load(*, tell: bool) -> None:
    """Load four councils, each working by its own procedure, unless they are there already."""
    ready()
    loading = import_module("kith.demo.loading")
    try:
        made = loading.load(click.echo)
    except loading.NotADemonstration as refused:
        raise click.ClickException(f"{refused}: make one with `kith database migrate --demonstration`") from None
    if not made:
        click.echo("The demonstration is there already; nothing was changed.")
    if tell:
        for line in import_module("kith.demo.table").lines():
            click.echo(line)
