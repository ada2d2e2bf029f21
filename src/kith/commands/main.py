"""The `kith` command."""

import click

from kith.commands.packs import pack


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kith")
def main() -> None:
    """Kith: what is due for every child, what is late, and why, under a council's own procedure."""


main.add_command(pack)
