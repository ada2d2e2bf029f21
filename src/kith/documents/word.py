"""A letter as a Word file for a council that must change its wording, and a changed file read again for what it says."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import docx
from docx.shared import Pt

SIZES = {"standard": 12, "large_print": 18, "plain": 14}


class NotRead(ValueError):
    """A file that is no Word file, or one that carries code."""


def as_word(data: Mapping[str, Any]) -> bytes:
    """The Word file of a letter, from the same data as its PDF: plain paragraphs and headings."""
    made = docx.Document()
    made.styles["Normal"].font.name = "Arial"
    made.styles["Normal"].font.size = Pt(SIZES.get(data["layout"], 12))
    made.core_properties.title, made.core_properties.author = data["subject"], data["council"]
    for line in (data["council"], data["team"], data["telephone"], "", *data["recipient"], "", data["date"]):
        made.add_paragraph(line).paragraph_format.space_after = Pt(0)
    made.add_paragraph(f"{data['reference_label']} {data['reference']}")
    made.add_paragraph(data["confidential"])
    made.add_heading(data["subject"], level=1)
    made.add_paragraph(data["salutation"])
    for block in data["blocks"]:
        if block["kind"] == "heading":
            made.add_heading(block["text"], level=2)
        else:
            made.add_paragraph(block["text"], style="List Bullet" if block["kind"] == "bullet" else None)
    for line in (data["closing"], "", data["worker"], data["worker_title"]):
        made.add_paragraph(line)
    _below(made, data)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _below(made: Any, data: Mapping[str, Any]) -> None:
    """What stands under the name of whoever writes, and at the foot of each page."""
    if data.get("lead"):
        made.add_paragraph(f"{data['lead_label']} {data['lead']}")
    if data["encloses"]:
        made.add_heading(data["encloses_label"], level=2)
        for one in data["encloses"]:
            made.add_paragraph(one, style="List Bullet")
    made.sections[0].footer.paragraphs[0].text = data["procedure"]


def text_of(content: bytes) -> str:
    """Everything a Word file says, its tables, headers and notes included. Raises NotRead."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if any(name.lower().endswith(("vbaproject.bin", ".bin", ".exe", ".js")) for name in names):
                raise NotRead("this Word file carries a program; save it without macros")
            return "\n".join(text for name in names if _says(name) for text in _paragraphs(packed.read(name)))
    except (zipfile.BadZipFile, ValueError, KeyError, SyntaxError) as error:
        raise NotRead(
            str(error) if isinstance(error, NotRead) else "this is not a Word file that can be read"
        ) from None


def _says(name: str) -> bool:
    return name.startswith("word/") and name.endswith(".xml") and "/theme" not in name and "/styles" not in name


def _paragraphs(xml: bytes) -> Iterator[str]:
    from lxml import etree

    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for paragraph in root.iter(f"{space}p"):
        yield "".join(one.text or "" for one in paragraph.iter(f"{space}t", f"{space}delText", f"{space}instrText"))
