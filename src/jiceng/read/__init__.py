"""Files to sources: finding them, taking the text out of them, refusing what holds none.

`find_inputs` lists files; `read_documents` gives the texts in one: a text file, a PDF file with a text layer,
DOCX and HTML hold one, tables (JSONL, CSV, Parquet) one a row, archives whatever they hold. Offsets count in
exactly the text that a source carries; for files that are no plain text it is what was taken out of them, and
its SHA-256 is that of this text in UTF-8.
"""

from jiceng.read.documents import read_bytes, read_documents, read_one, read_source
from jiceng.read.finding import MANY, SUFFIXES, Found, Input, find_inputs
from jiceng.read.tables import DEFAULT, Columns
from jiceng.read.text import decode

__all__ = [
    "DEFAULT",
    "MANY",
    "SUFFIXES",
    "Columns",
    "Found",
    "Input",
    "decode",
    "find_inputs",
    "read_bytes",
    "read_documents",
    "read_one",
    "read_source",
]
