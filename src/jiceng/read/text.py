"""Bytes to text: telling the encoding, refusing what is not text.

A byte order mark is not part of the decoded text; line ends are (a CR counts as a character). Offsets
count in exactly the text that `decode` returns.
"""

from __future__ import annotations

import codecs
import errno
import hashlib
import re
from pathlib import Path

from jiceng.errors import ReadError
from jiceng.model import Origin, Source

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OFFICE = b"\xd0\xcf\x11\xe0"
_SIGNATURES = (
    (b"%PDF", "a PDF file", "extract its text first, e.g. pdftotext FILE.pdf FILE.txt"),
    (b"PK\x03\x04", "a zip archive (DOCX, XLSX, EPUB …)", "unpack it, or save the document as plain text"),
    (OFFICE, "an old Office file, or one with a password", "save it as DOCX without one, or as plain text"),
    (b"\x89PNG", "a PNG picture", "read its text by OCR first"),
    (b"\xff\xd8\xff", "a JPEG picture", "read its text by OCR first"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
)
_CUT = "{}: byte {}: ends within a character: it was cut off; get the whole file again"
# Asked first: nearly no text begins with any.
_MARKED = tuple(mark for mark, _ in _MARKS)
_SIGNED = tuple(signature for signature, _, _ in _SIGNATURES)
LONGEST = 5_000_000
"""Characters of one document, more than any yearbook has; reading takes half a minute for each million."""
SAMPLE = 400
"""Characters at a text's beginning that tell whether it was saved in a wrong encoding."""
FREQUENT = 0.04
"""Share of the most frequent characters above which a text is Chinese."""
BIG5_NEEDS = 100
"""Characters that tell Big5 from GB18030, by how frequent they are."""
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_BYTES = bytes((*range(9), *range(14, 32), 127))
_COMMON = re.compile(r"[\t\n\r\x20-\x7e\u00b7\u2010-\u203b\u3000-\u303f\u4e00-\u9fff\uff00-\uffee]")

_FREQUENT = re.compile(
    "[的一是在不了有和人中大上我以到他時时用生作地出就分成可主年同工也能下行民會会個个這这為为來来國国對对]"
)
"""Of a Chinese text in either script a tenth and more; of one in a wrong encoding hardly any."""


def unreadable(path: Path, error: OSError) -> str:
    """What to say of a file or folder that the system does not let us read."""
    remedies = {
        errno.ENOENT: "no such file; check the path",
        errno.EISDIR: "is a folder; name a file in it",
        errno.EACCES: "may not be read; check its permissions",
    }
    return f"{path}: {remedies.get(error.errno or 0, f'cannot be read: {error}')}"


def has_control(data: bytes) -> bool:
    """Whether any byte is that of such a character; if none is, the text has none in any encoding.

    Faster than a pattern, as most texts have none.
    """
    return len(data.translate(None, _CONTROL_BYTES)) < len(data)


def decode(data: bytes, place: str) -> str:
    """Decode UTF-8 (with or without mark), UTF-16, UTF-32, GB18030 or Big5.

    `place` names the file in messages. Raises ReadError for empty files, binary files, NUL characters and
    bytes that fit no encoding.
    """
    if not data.strip():
        what = "is empty but for white space" if data else "is empty"
        raise ReadError(f"{place}: the file {what}; remove it or fill it")
    for signature, what, remedy in _SIGNATURES if data.startswith(_SIGNED) else ():
        if data.startswith(signature):
            raise ReadError(f"{place}: {what}, not text; {remedy}")
    text = _decode(data, place)
    control = CONTROL.search(text) if has_control(data) else None
    if control:
        line = text.count("\n", 0, control.start()) + 1
        code = f"U+{ord(control[0]):04X}"
        raise ReadError(
            f"{place}: line {line}: control character {code} at offset {control.start()}; the file is binary "
            "or damaged: save it as plain text, or delete such characters "
            "(tr -d '\\000-\\010\\016-\\037\\177')"
        )
    if not text.strip():
        raise ReadError(f"{place}: the file holds only white space; remove it or fill it")
    if (encoding := _misread_as(text[:SAMPLE])) is not None:
        raise ReadError(
            f"{place}: UTF-8 text that some program read as {encoding} and saved so; get it again, as UTF-8"
        )
    return text


def _misread_as(sample: str) -> str | None:
    """The encoding that a text was taken for before it was saved (鍩哄眰 was 基层), if that is so."""
    if _is_chinese(sample):
        return None
    for encoding in ("gb18030", "cp1252", "latin-1"):
        meant = sample.encode(encoding, "ignore").decode("utf-8", "ignore")
        if len(meant) > len(sample) / 4 and _is_chinese(meant):
            return encoding.upper()
    return None


def _is_chinese(text: str) -> bool:
    """Whether as many of the most frequent characters are in it as in any Chinese text."""
    return len(_FREQUENT.findall(text)) > FREQUENT * len(text)


def _decode(data: bytes, place: str) -> str:
    if data.startswith(_MARKED):
        marked = next(encoding for mark, encoding in _MARKS if data.startswith(mark))
        try:
            return data.decode(marked)
        except UnicodeDecodeError as error:
            message = f"{place}: byte {error.start}: not valid {marked}; save it as UTF-8"
            raise ReadError(message) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        bad = error.start
        as_utf8 = None
        if "end of data" in error.reason and not data[:bad].isascii():
            raise ReadError(_CUT.format(place, bad)) from error
    else:
        if "\x00" not in text:
            return text
        bad = data.index(b"\x00")
        as_utf8 = text
    text, broken = _chinese(data)
    if text:
        return text
    if as_utf8 is not None:
        return as_utf8  # with NUL characters: the caller says where
    stops = broken.start if broken else 0
    if broken and stops and "incomplete" in broken.reason and _chinese(data[:stops])[0]:
        raise ReadError(_CUT.format(place, stops))
    raise ReadError(
        f"{place}: byte {bad}: neither UTF-8, UTF-16, GB18030 nor Big5 text"
        + (f" (read as GB18030 it breaks off at byte {stops})" if stops else "")
        + "; if it is text, save it as UTF-8 (iconv -f ENCODING -t UTF-8), otherwise leave it out"
    )


def _chinese(data: bytes) -> tuple[str, UnicodeDecodeError | None]:
    """The text in that other encoding in which it reads like Chinese, and where it is no GB18030.

    UTF-16 without a mark, GB18030 and Big5 decode almost anything; the text is empty if none makes sense.
    """
    best, found = 0.0, ""
    broken = None
    for encoding in ("gb18030", "utf-16-le", "utf-16-be", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding == "gb18030":  # the likeliest
                broken = error
            continue
        sample = text[:20_000]
        frequent = len(_FREQUENT.findall(sample)) / len(sample)
        if encoding == "big5hkscs" and (len(sample) < BIG5_NEEDS or frequent < 0.05):
            continue  # too little to tell it from GB18030
        share = len(_COMMON.findall(sample)) / len(sample)
        if share >= 0.9 and share + frequent > best:
            best, found = share + frequent, text
    return found, broken


def check_length(length: int, place: str) -> None:
    """Raise ReadError for a text of so many characters if no one document has as many."""
    if length > LONGEST:
        raise ReadError(
            f"{place}: a text of {length:,} characters or more; one document has at most {LONGEST:,}: split "
            "it into files, or make it a table (CSV, JSON Lines) with a document in each row"
        )


def plain(data: bytes, place: str) -> str:
    """The text of a plain text file; raises what `decode` does, and ReadError for what is too long."""
    check_length(len(data) // 4, place)  # no encoding takes more for a character
    text = decode(data, place)
    check_length(len(text), place)
    return text


def derived(name: str, text: str, origin: Origin, place: str) -> Source:
    """A source whose text was taken out of something else; raises ReadError where nothing was in it."""
    check_length(len(text), place)
    encoded = text.encode("utf-8", "replace")
    return Source(name, hashlib.sha256(encoded).hexdigest(), decode(encoded, place), origin)
