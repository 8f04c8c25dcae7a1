"""Names for everything in the graph: readable, valid, and the same for the same text on every machine.

A label becomes one path segment. Characters that RFC 3987 allows and that people can see stay as they are,
Chinese ones included; all others (spaces, controls, invisible marks, RDF's and Turtle's delimiters) are
percent-encoded, `%` itself too, so that different labels never get the same name. Which characters stay is
listed here and not looked up in the Unicode database, whose content differs between versions of Python.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

BASE = "https://w3id.org/jiceng/"
ONTOLOGY = BASE + "ontology#"
VOCABULARY = BASE + "vocabulary/"
ID = BASE + "id/"

_REMEMBERED = 1 << 10
"""Names that are asked for again by each statement of the same document."""
LONGEST = 80  # characters of a label that are kept; a longer one is cut and told apart by a hash

# RFC 3987 `ucschar` without spaces, invisible and direction marks, private use and noncharacters; `~` is kept
# for our own marks, so that no label looks like one that was cut.
_KEPT = (
    "A-Za-z0-9._+\\-"
    "\u00a1-\u00ac\u00ae-\u167f\u1681-\u180d\u180f-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufefe\uff01-\uffef"
    "\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd"
)
_ENCODER = json.JSONEncoder(ensure_ascii=True, default=str)  # once: there is a digest for each measurement
_OTHERS = re.compile(f"[^{_KEPT}]")
_LAST_DOT = re.compile(r"\.$")  # Turtle may have it escaped, but rdflib does not read it then
_ONLY_DOTS = re.compile(r"\.*")
_AS_IT_IS = re.compile(r"[A-Za-z0-9_+\-\u4e00-\u9fff]+")  # most labels: NFC, and nothing to encode


def segment(label: str) -> str:
    """One path segment for a label: NFC, percent-encoded where it must be, never empty, `.` or `..`."""
    if len(label) <= LONGEST and _AS_IT_IS.fullmatch(label):
        return label
    text = unicodedata.normalize("NFC", label)
    if _ONLY_DOTS.fullmatch(text):  # a path treats these as "here" and "up"
        return f"~{len(text)}"
    if len(text) <= LONGEST:
        return _encode(text)
    return f"{_encode(text[:LONGEST])}~{digest(text)}"


def digest(*parts: object) -> str:
    """Ten hex digits that stand for the parts (strings, numbers, None, or lists of them), in their order."""
    return sha256(_ENCODER.encode(parts).encode()).hexdigest()[:10]


def digest_of_list(parts: tuple[object, ...], items: Iterable[str]) -> str:
    """`digest(*parts, [*items])`, without holding the list."""
    total = sha256(_ENCODER.encode(parts)[:-1].encode() + b", [")
    for number, item in enumerate(items):
        total.update((", " if number else "").encode() + _ENCODER.encode(item).encode())
    total.update(b"]]")
    return total.hexdigest()[:10]


def mint(kind: str, *labels: str) -> str:
    """The IRI of a thing: its kind, then what identifies it among its kind, from large to small."""
    return "/".join((ID + kind, *map(segment, labels)))


@lru_cache(_REMEMBERED)
def division(adcode: str) -> str:
    """A province, prefecture or county."""
    return mint("division", adcode)


@lru_cache(_REMEMBERED)
def document(sha: str) -> str:
    """A source document, by its content (not by its file's name, which may change)."""
    return mint("document", sha[:12])


@lru_cache(_REMEMBERED)
def article(sha: str, adcode: str) -> str:
    """One district's report in a document."""
    return mint("article", sha[:12], adcode)


@lru_cache(_REMEMBERED)
def evidence(sha: str, start: int, end: int) -> str:
    """A place in a document: code points of the decoded file."""
    return f"{ID}evidence/{segment(sha[:12])}/{start}-{end}"


def tier(chain: str, position: int) -> str:
    """A level of a chain, 1 at the top; `chain` is the chain's IRI."""
    return f"{chain}/{position}"


def _encode(text: str) -> str:
    encoded = _OTHERS.sub(lambda m: "".join(f"%{b:02X}" for b in m[0].encode("utf-8", "surrogatepass")), text)
    return _LAST_DOT.sub("%2E", encoded)
