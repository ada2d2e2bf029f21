"""`kith outbox`: send what waits to be sent, once or again and again."""

import time

import click

from kith.commands.database import ready


@click.group()
def outbox() -> None:
    """What waits to leave: letters, and word that there is something to read."""


@outbox.command()
@click.option("--authority", default="", help="The authority's short name; all of them unless given.")
@click.option("--every", default=0, help="Go on, looking again after so many seconds, until stopped.")
def send(authority: str, every: int) -> None:
    """Send everything that waits and may leave now, one at a time. What was left half done is never sent again by this."""
    ready()
    from kith.commands.authority import of
    from kith.core import authority as authorities
    from kith.documents import outbox as sending

    while True:
        for one in [of(authority)] if authority else authorities.every():
            count = sending.send_all(one.id)
            if count:
                click.echo(f"{one.name}: {count} gone through.")
        if not every:
            return
        time.sleep(every)
