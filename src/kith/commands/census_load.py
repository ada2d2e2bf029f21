"""`kith census load`: a council's history brought in from its return."""

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from kith.commands.asking import progress
from kith.commands.database import ready
from kith.commands.problem_files import write_problems
from kith.returns.cin import Problem


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--authority", required=True, help="The authority's short name.")
@click.option(
    "--restrict",
    "listed",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the local ids of the children whose records are to be restricted, one a line.",
)
@click.option(
    "--restrict-none", is_flag=True, help="No record is to be restricted: said before the first row is written."
)
@click.option("--guardian", default="", help="The e-mail address of whoever looks after the restricted records.")
@click.option(
    "--in-use-from", type=click.DateTime(["%Y-%m-%d"]), help="From when everything is recorded here. Default: today."
)
@click.option(
    "--problems",
    "told",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every refused or doubtful row to this CSV file.",
)
def load(
    file: Path,
    authority: str,
    listed: Path | None,
    guardian: str,
    in_use_from: dt.datetime | None,
    told: Path | None,
    *,
    restrict_none: bool,
) -> None:
    """Bring a return in as events, marked as imported, with their own dates. Run again after an interruption: it goes on."""
    ready()
    from kith.commands.authority import of
    from kith.core import clock, units
    from kith.returns.cin import Census
    from kith.returns.loading import Loading

    one = of(authority)
    restricted, keeper = _restricted(listed, guardian, one.id, restrict_none=restrict_none)
    with file.open("rb") as stream:
        census = Census(stream)
        with units.of_work(one.id, writing=True):
            loading = Loading(census, restricted, keeper)
            loading.settle_evidence(in_use_from.date() if in_use_from else clock.today())
        problems = []
        with progress("Loading the return") as step:
            for child in census:
                problems += child.problems
                with units.of_work(one.id, writing=True):
                    loading.child(child)
                step(1)
    _tell(loading.told, [*problems, *census.problems], told)


def _tell(done: Any, problems: Sequence[Problem], told: Path | None) -> None:
    if told is not None:
        write_problems(told, problems)
    click.echo(
        f"{done.children} children with {done.events} events brought in; {done.there_already} were there already; "
        f"{done.refused} refused."
    )
    if problems:
        where = f": see {told}" if told else "; --problems writes them to a file"
        click.echo(f"{len(problems)} rows were refused or doubtful{where}.", err=True)


def _restricted(listed: Path | None, guardian: str, authority: object, *, restrict_none: bool):  # type: ignore[no-untyped-def]
    """The local ids to restrict and who answers for them; asked for before anything is written."""
    from kith.access.selectors import with_email

    if listed is None and not restrict_none:
        if not sys.stdin.isatty():
            raise click.ClickException("say which records are to be restricted: --restrict FILE, or --restrict-none")
        if not click.confirm("No list of records to restrict was given. Is there none?"):
            raise click.ClickException("give the list with --restrict FILE and --guardian")
    if listed is None:
        return frozenset(), None
    keeper = with_email(guardian)
    if keeper is None or keeper.authority != authority:
        raise click.ClickException(
            "--guardian is the e-mail address of somebody of this authority who looks after the restricted records"
        )
    return frozenset(line.strip() for line in listed.read_text("utf-8").splitlines() if line.strip()), keeper.id
