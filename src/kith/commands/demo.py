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


@demo.command()
@click.option("--children", type=click.IntRange(1), required=True, help="How many children are to be open.")
@click.option(
    "--people", type=click.IntRange(1), help="How many people are known in all. Six for each open child unless given."
)
@click.option(
    "--events",
    type=click.IntRange(1),
    help="How many events there are in all. Two hundred for each open child unless given.",
)
@click.option("--slug", default="farhaven", show_default=True, help="The short name of its authority.")
@click.option("--pack", default="lincolnshire", show_default=True, help="The procedure it works by.")
@click.option(
    "--share", default="1/1", show_default=True, help="Make one share of it: 1/2 and 2/2 may run at the same time."
)
def council(*, children: int, people: int | None, events: int | None, slug: str, pack: str, share: str) -> None:
    """Make a council of full size, for measuring. Run again it goes on where it stopped."""
    ready()
    filling = import_module("kith.demo.filling")
    which, _, of = share.partition("/")
    size = filling.Size(children, people or 6 * children, events or 200 * children, int(which) - 1, int(of or 1))
    try:
        filling.fill(slug, pack, size, click.echo)
    except import_module("kith.demo.loading").NotADemonstration as refused:
        raise click.ClickException(f"{refused}: make one with `kith database migrate --demonstration`") from None
