"""The authority a command is for."""

import click

from kith.core.authority import find


def of(slug: str):  # type: ignore[no-untyped-def]
    """The authority of a short name; otherwise the command ends and says which there are."""
    found, there = find(slug)
    if found is None:
        raise click.ClickException(f"there is no authority “{slug}”; there are: {', '.join(there) or 'none yet'}")
    return found
