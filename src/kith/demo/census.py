"""An invented children in need return of any size, with a seeded share of mistakes put in on purpose.

    python -m kith.demo.census 10000 out.xml --year 2025 --seed 7 --errors 0.04

The same numbers give the same file. Without mistakes, a file is valid against its year's schema and passes every check
the reader makes.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from kith.demo.census_child import Collection, child
from kith.demo.census_mistakes import Mistake, plant
from kith.rules.days import iso

AUTHORITY = 925


@dataclass(frozen=True)
class Planted:
    """One mistake put in: where (the line of the file), whose record, in what field, and the rule it breaks."""

    line: int
    child: str
    field: str
    code: str


@dataclass(frozen=True)
class Return:
    """The text of a return, child by child, and the mistakes put in so far."""

    chunks: Iterator[str]
    planted: list[Planted]


def invent(children: int, year: int = 2025, seed: int = 1, errors: float = 0.0) -> Return:
    """A return of so many children for the collection that closes in `year`.

    `errors` is the share of children, from 0 to 1, that are given one mistake each. The text is made as it is read, and
    `planted` fills up with it.
    """
    planted: list[Planted] = []
    return Return(_chunks(children, Collection.of(year), random.Random(seed), errors, planted), planted)  # noqa: S311


def write(path: Path, children: int, year: int = 2025, seed: int = 1, errors: float = 0.0) -> list[Planted]:
    """Writes a return to a file, child by child; gives the mistakes put in."""
    made = invent(children, year, seed, errors)
    with path.open("w", encoding="utf-8") as file:
        file.writelines(made.chunks)
    return made.planted


def _chunks(
    children: int, collection: Collection, rng: random.Random, errors: float, planted: list[Planted]
) -> Iterator[str]:
    head = _head(collection)
    yield head
    line = head.count("\n") + 1
    earlier = ""
    for number in range(1, children + 1):
        child_id = f"L{number:07d}"
        lines = child(rng, collection, child_id)
        if rng.random() < errors:
            mistake = plant(rng, lines, collection, earlier)
            if mistake is not None:
                planted.append(_planted(mistake, line, child_id, earlier))
        else:
            earlier = child_id
        yield "\n".join(lines) + "\n"
        line += len(lines)
    yield "</Children>\n</Message>\n"


def _planted(mistake: Mistake, line: int, child_id: str, earlier: str) -> Planted:
    # A child without an id is known by none, and one that bears another's id is known by that.
    known_by = {"8500": "", "8510": earlier}.get(mistake.code, child_id)
    return Planted(line + mistake.line, known_by, mistake.field, mistake.code)


def _head(collection: Collection) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<Message>\n<Header>\n<CollectionDetails>\n<Collection>CIN</Collection>\n'
        f"<Year>{collection.year}</Year>\n<ReferenceDate>{iso(collection.last)}</ReferenceDate>\n</CollectionDetails>\n"
        f"<Source>\n<SourceLevel>L</SourceLevel>\n<LEA>{AUTHORITY}</LEA>\n<SoftwareCode>Invented</SoftwareCode>\n"
        f"<SerialNo>001</SerialNo>\n<DateTime>{iso(collection.last)}T12:00:00</DateTime>\n</Source>\n</Header>\n<Children>\n"
    )


@click.command(context_settings={"show_default": True})
@click.argument("children", type=click.IntRange(min=1))
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--year", type=click.IntRange(2017, 2027), default=2025, help="The year the collection closes in.")
@click.option("--seed", type=int, default=1, help="The same seed gives the same file.")
@click.option("--errors", type=click.FloatRange(0, 1), default=0.0, help="The share of children given a mistake.")
def main(children: int, path: Path, year: int, seed: int, errors: float) -> None:
    """Write an invented children in need return of CHILDREN children to PATH."""
    planted = write(path, children, year, seed, errors)
    click.echo(f"{path}: {children:,} children, {path.stat().st_size:,} bytes, {len(planted):,} mistakes put in")


if __name__ == "__main__":
    main()
