"""`kith database`: made, brought up to date, walled; the secrets of none of it are printed."""

import os

import click


def ready() -> None:
    """Django, set up once for a command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
    import django

    django.setup()


@click.group()
def database() -> None:
    """The database: made, and brought up to date."""


@database.command()
@click.option("--demonstration", is_flag=True, help="Mark a new database as a demonstration, for ever.")
def migrate(*, demonstration: bool) -> None:
    """Make the tables or bring them up to date, and build the walls between authorities. Run as the owner of the tables."""
    ready()
    from django.conf import settings
    from django.core.management import call_command

    from kith.core import installation, walls

    call_command("migrate", verbosity=0, interactive=False)
    walls.build(settings.APP_ROLE)
    said = installation.mark(demonstration=demonstration)
    click.echo(said)
