"""`kith authority`: a council that works with Kith, and the first of those who say who works there."""

import click

from kith.commands.database import ready


def of(slug: str):  # type: ignore[no-untyped-def]
    """The authority of a short name; otherwise the command ends and says which there are."""
    from kith.core.authority import find

    found, there = find(slug)
    if found is None:
        raise click.ClickException(f"there is no authority “{slug}”; there are: {', '.join(there) or 'none yet'}")
    return found


@click.group()
def authority() -> None:
    """A council that works with Kith, and its first access administrator."""


@authority.command()
@click.argument("slug")
@click.option("--name", required=True, help="Its name, as letters and pages say it.")
@click.option("--pack", required=True, help="The procedure it works by, such as “lincolnshire”.")
@click.option("--adopts", multiple=True, help="A further procedure that it follows beside its own.")
@click.option("--code", default="", help="The three figures of its number in statutory returns.")
def new(slug: str, *, name: str, pack: str, adopts: tuple[str, ...], code: str) -> None:
    """Make the authority with the short name SLUG."""
    ready()
    from django.conf import settings

    from kith.core.authority import find, make
    from kith.rules.compiling import procedure
    from kith.rules.shipped import library

    if find(slug)[0] is not None:
        raise click.ClickException(f"there is an authority “{slug}” already; nothing was changed")
    try:
        procedure(library(settings.KITH_PACKS), pack, adopts)
    except (LookupError, ValueError) as problem:
        raise click.ClickException(f"it cannot work by that procedure: {problem}") from problem
    make(slug, name, pack, adopts=list(adopts), code=code)
    click.echo(f"{name} works by {pack}. Next: kith authority administrator {slug} --email … --name …")


@authority.command()
@click.argument("slug")
@click.option("--email", required=True, help="Their work e-mail address.")
@click.option("--name", required=True, help="Their name.")
@click.password_option(help="Their password; asked for unless given. They change it when they have signed in.")
def administrator(slug: str, *, email: str, name: str, password: str) -> None:
    """Enter an access administrator of the authority SLUG, who enters everyone else in the browser."""
    ready()
    from kith.access import entering
    from kith.core import clock, units

    one = of(slug)
    _check(password)
    with units.of_work(one.id, writing=True):
        try:
            made = entering.enter({"email": email, "name": name}, by=None)
        except entering.Refused as refused:
            raise click.ClickException(str(refused)) from refused
        made.set_password(password)
        made.save(update_fields=["password"])
        entering.give_role(made, "access_administrator", None, clock.today(), None, by=None)
    click.echo(f"{name} can sign in as {email} and say who works at {one.name}.")


@authority.command()
@click.option("--email", required=True, help="The e-mail address they sign in with.")
@click.password_option(help="Their new password; asked for unless given.")
def password(*, email: str, password: str) -> None:
    """Set somebody's password where no mail server is set to send them a letter. They change it when they have signed in."""
    ready()
    from kith.access import selectors, sign_in_audit

    one = selectors.with_email(email)
    if one is None:
        raise click.ClickException(f"nobody signs in as {email}")
    _check(password)
    one.set_password(password)
    one.save(update_fields=["password"])
    sign_in_audit.note("password set by whoever keeps the server", one)
    click.echo(f"{one.name} can sign in as {one.email}.")


def _check(password: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password)
    except ValidationError as problem:
        raise click.ClickException(" ".join(problem.messages)) from problem
