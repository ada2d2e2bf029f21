"""A letter as a tagged PDF that a screen reader can read (PDF/UA-1), made by Typst from data. The same data gives the same bytes."""

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from kith.core.clock import LONDON

HERE = Path(__file__).parent
STANDARD: Literal["ua-1"] = "ua-1"


class NotRendered(ValueError):
    """A letter that could not be made into a PDF."""


@cache
def _template() -> tuple[bytes, Any]:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")])
    return (HERE / "layouts" / "letter.typ").read_bytes(), fonts


def pdf(data: Mapping[str, Any], at: dt.datetime) -> bytes:
    """The PDF of a letter made at a moment. Raises NotRendered."""
    source, fonts = _template()
    sent = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    try:
        made: bytes = typst.compile(
            source, format="pdf", root=str(HERE / "layouts"), font_paths=fonts, sys_inputs=sent,
            pdf_standards=STANDARD, timestamp=int(at.astimezone(LONDON).timestamp()),
        )  # fmt: skip
    except typst.TypstError as error:
        raise NotRendered(str(error)) from None
    return made
