"""Word documents by python-docx: headings marked by #, tables as rows of cells parted by |, notes last."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from jiceng.errors import ReadError
from jiceng.model import Origin

_HEADING = re.compile(r"^(?:Heading|标题)\s*(\d)$")
MOST_BYTES = 300_000_000
"""Unpacked parts of a document; more is no report."""
MOST_COLUMNS = 1000
"""Of a table; a cell may claim to span any number."""


def text_of(data: bytes, place: str) -> tuple[str, Origin]:
    """The text of a document in its order, and its title; raises whatever a damaged file leads to."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
            size = MOST_BYTES // 1_000_000
            raise ReadError(f"{place}: unpacks to more than {size} MB; save its text alone")
    document = Document(io.BytesIO(data))
    lines = [*_lines(document.iter_inner_content(), _levels(document), place), *_notes(document)]
    return "\n".join(lines) + "\n", Origin(title=(document.core_properties.title or "").strip())


def _levels(document: DocumentType) -> dict[str, int]:
    """The level of the headings that a style makes, by its identifier."""
    levels = {}
    for style in document.styles:
        heading = _HEADING.match(style.name or "")
        level = int(heading[1]) if heading else 1 if style.name in ("Title", "标题") else 0
        if level:
            levels[style.style_id] = level
    return levels


def _lines(content: Iterator[Paragraph | Table], levels: dict[str, int], place: str) -> Iterator[str]:
    for block in content:
        if isinstance(block, Table):
            for row in block.rows:
                if sum(cell.grid_span for cell in row._tr.tc_lst) > MOST_COLUMNS:
                    raise ReadError(
                        f"{place}: has a table of more than {MOST_COLUMNS} columns; save its text alone"
                    )
                cells = dict.fromkeys((cell._tc, cell.text) for cell in row.cells)  # merged cells once
                yield " | ".join(" ".join(text.split()) for _, text in cells)
            continue
        level = levels.get(block._p.style or "", 0)  # by identifier: the style itself takes long to find
        text = block.text.strip("\n")
        yield f"{'#' * level} {text}" if level and text.strip() else text


def _notes(document: DocumentType) -> Iterator[str]:
    """The text of its foot- and endnotes, below its own: there only their marks stand."""
    for relation in document.part.rels.values():
        if relation.is_external or not relation.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        for note in parse_xml(relation.target_part.blob):
            if note.get(qn("w:type"), "normal") == "normal":  # others draw the line above them
                texts = (Paragraph(p, document).text.strip() for p in note.iter(qn("w:p")))
                yield from filter(None, texts)
