"""The `kith` command. Each group of commands is loaded when it is asked for, so that a short question starts quickly."""

from collections.abc import Mapping
from importlib import import_module

import click

COMMANDS: Mapping[str, str] = {
    "pack": "packs",
    "due": "due",
    "explain": "due",
    "criteria": "criteria",
    "rehearse": "criteria",
    "census": "census",
    "database": "database",
    "authority": "authority",
    "record": "record",
    "outbox": "outbox",
    "demo": "demo",
}


class Loaded(click.Group):
    """A group whose commands stand in modules of their own."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The commands, in the order a newcomer would want them."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """The command of a name, loaded now."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"kith.commands.{COMMANDS[name]}"), name)
        return command


@click.command(cls=Loaded, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="kith")
def main() -> None:
    """Kith: what is due for every child, what is late, and why, under a council's own procedure."""
