"""The report of one return: a page of totals for everybody, a page of children for those who may see them, and its files."""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from kith.insight.overdue import ROWS_KEPT, OverdueList
from kith.insight.pages import Pages, ReportAbout
from kith.insight.problems import ProblemRow, write_sheet
from kith.insight.sheets import ENCODING
from kith.insight.standing import CALLED, MEANS
from kith.insight.tallies import Tally
from kith.insight.wording import days_text, whole_days, written_out
from kith.rules.evidence import Evidence
from kith.rules.procedure import Procedure
from kith.rules.reasons import Reasoner

__all__ = ["ProblemRow", "ReportAbout", "ReportFiles", "report_files", "tallying", "write_report"]


class ReportFiles(NamedTuple):
    """Where everything goes: the page of totals, the page of children, and the whole lists beside them."""

    totals: Path
    children: Path
    overdue: Path
    problems: Path


def report_files(out: Path) -> ReportFiles:
    """The files of a report, all beside the page of totals and named after it."""
    return ReportFiles(
        out,
        out.with_name(f"{out.stem}-children{out.suffix or '.html'}"),
        out.with_name(f"{out.stem}-overdue.csv"),
        out.with_name(f"{out.stem}-problems.csv"),
    )


@contextmanager
def tallying(out: Path, reasoner: Reasoner, keep: int = ROWS_KEPT) -> Iterator[Tally]:
    """A tally to add each child's obligations to, writing every overdue row beside the report as it comes.

    `keep` is how many of them the page of children holds. Makes the report's folder if it is not there. Raises OSError where the file cannot be written.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with report_files(out).overdue.open("w", newline="", encoding=ENCODING) as file:
        yield Tally(reasoner.calendar, OverdueList(reasoner, file, keep))


def write_report(
    out: Path, *, tally: Tally, about: ReportAbout, procedure: Procedure, problems: Sequence[ProblemRow] = (),
    evidence: Evidence | None = None,
) -> list[Path]:  # fmt: skip
    """Writes the pages (and the list of problems, if there are any) and returns every file of the report.

    `out` is the page of totals. `evidence`, what the source can hold, lets the pages name a missing fact exactly. Raises
    OSError where a file cannot be written.
    """
    files = report_files(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    pages = Pages(tally, about, procedure, problems, evidence)
    for path, template in ((files.totals, "totals.html"), (files.children, "children.html")):
        path.write_text(_render(template, pages=pages, files=files), encoding="utf-8")
    written = [files.totals, files.children]
    if files.overdue.exists():
        written.append(files.overdue)
    if problems:
        write_sheet(files.problems, problems)
        written.append(files.problems)
    return written


def _render(template: str, *, pages: Pages, files: ReportFiles) -> str:
    environment, policy = _environment()
    return environment.get_template(template).render(
        pages=pages, about=pages.about, files=files, policy=policy, called=CALLED, means=MEANS, rows_kept=ROWS_KEPT
    )


@lru_cache(maxsize=1)
def _environment() -> tuple[Environment, str]:
    """The templates, and the policy that lets a browser run this page's own style and script and nothing else at all."""
    environment = Environment(
        loader=PackageLoader("kith.insight"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["days"] = days_text
    environment.filters["whole_days"] = whole_days
    environment.filters["written_out"] = written_out
    styles = " ".join(_digest(environment, name) for name in ("page.css", "sensitive.css"))
    policy = (
        f"default-src 'none'; style-src {styles}; script-src {_digest(environment, 'page.js')}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return environment, policy


def _digest(environment: Environment, name: str) -> str:
    text = environment.get_template(name).render()
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
