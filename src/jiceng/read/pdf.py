"""PDF files with a text layer, a page at a time: `pdf_runs` reads its characters, `pdf_page` orders them."""

from __future__ import annotations

import pypdfium2

from jiceng.errors import ReadError
from jiceng.model import Origin
from jiceng.read.pdf_page import paragraphs
from jiceng.read.pdf_runs import runs_of

MOST_PAGES = 2000


def text_of(data: bytes, place: str) -> tuple[str, Origin]:
    """The text of all pages; raises ReadError for files that are locked, broken or pictures only."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        remedy = (
            "save it without its password" if locked else "it is damaged or cut off: get or export it again"
        )
        raise ReadError(f"{place}: cannot be opened as PDF ({error}); {remedy}") from error
    try:
        if len(document) > MOST_PAGES:
            raise ReadError(
                f"{place}: has {len(document)} pages; split it into parts of at most {MOST_PAGES}"
            )
        pages = ["\n".join(paragraphs(runs_of(document[i]))) for i in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{place}: a page cannot be read ({error}); export the file again") from error
    finally:
        document.close()
    text = "\n\n".join(page for page in pages if page.strip())
    if not text.strip():
        raise ReadError(f"{place}: a PDF file without a text layer; read its text by OCR first")
    return text + "\n", Origin()
