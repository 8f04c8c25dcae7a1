"""Traditional characters made simplified, one for one, so that offsets stay what they are.

The table is `ontology/traditional.txt`, from OpenCC's characters: where a traditional one has several
simplified ones, the first. Words that Taiwan or Hong Kong have of their own stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from jiceng.errors import OntologyError
from jiceng.resources import ontology_directory

SHARE = 0.1
"""Of a text's Chinese characters, how many are traditional only: a third of traditional texts, else names."""
_SAMPLE = 4_000
_CHINESE = re.compile("[\u4e00-\u9fff]")


@cache
def table() -> Mapping[int, str]:
    """The simplified character of each traditional one; raises OntologyError where the file is broken."""
    path = ontology_directory() / "traditional.txt"
    try:
        lines = path.read_text("utf-8").splitlines()
        pairs = [pair for line in lines if line[:1] != "#" for pair in line.split()]
        return {ord(pair[0]): pair[1] for pair in pairs}
    except (OSError, ValueError, IndexError) as error:
        raise OntologyError(f"{path}: cannot be used as a table: {error}; install jiceng again") from error


@cache
def _only() -> frozenset[str]:
    return frozenset(map(chr, table()))


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters, by its first 4,000."""
    sample = text[:_SAMPLE]
    found = _only().intersection(sample)
    return bool(found) and sum(map(sample.count, found)) > SHARE * len(_CHINESE.findall(sample))


def simplified(text: str) -> str:
    """A text of the same length, in simplified characters if it is written in traditional ones."""
    return text.translate(table()) if is_traditional(text) else text
