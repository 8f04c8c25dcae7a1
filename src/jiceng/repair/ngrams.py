"""What usually follows what in official Chinese prose: a back-off model of three characters.

It is read from `ontology/words/ngrams.txt.gz`, whose source, licence and form `scripts/make_ngrams.py`
tells, when a page is torn and not before (50 ms).
"""

from __future__ import annotations

import gzip
import re
from functools import cache, lru_cache

from jiceng.resources import ontology_directory

STEP = 0.4  # nats from one level to the next
LEVELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BACKOFF_ZERO = 8  # the level of a back-off weight of one
START = "^"  # stands before a paragraph
UNSEEN = -16.0  # log probability of a character that the model does not know
WIDE = str.maketrans(",;:!?()", "，；：！？（）")
_NUMBER = re.compile(r"[0-9A-Za-z.%]+")


def plain(text: str) -> str:
    """A text as the model sees it: numbers and Latin words are one sign each, marks are full width."""
    return _NUMBER.sub("0", text.translate(WIDE))


@cache
def _table() -> tuple[dict[str, float], dict[str, str]]:
    """Log probabilities of single characters, and the lines of the contexts, not yet taken apart."""
    lines = (
        gzip.decompress((ontology_directory() / "words" / "ngrams.txt.gz").read_bytes()).decode().split("\n")
    )
    rows = {line[:at]: line[at + 1 :] for line in lines[1:] if (at := line.index("\t"))}
    return _levels(lines[0][1:]), rows


def _levels(row: str) -> dict[str, float]:
    found: dict[str, float] = {}
    level = 0.0
    for char in row:
        if char in LEVELS:
            level = -STEP * LEVELS.index(char)
        else:
            found[char] = level
    return found


@lru_cache(maxsize=8192)
def _after(context: str) -> tuple[float, dict[str, float]]:
    row = _table()[1].get(context)
    if row is None:
        return 0.0, {}
    return STEP * (BACKOFF_ZERO - LEVELS.index(row[0])), _levels(row[1:])


def log_probability(context: str, char: str) -> float:
    """Natural logarithm of the probability of a character behind a context of at most two."""
    backed_off = 0.0
    while context:
        weight, known = _after(context)
        if char in known:
            return backed_off + known[char]
        backed_off += weight
        context = context[1:]
    return backed_off + _table()[0].get(char, UNSEEN)


@lru_cache(maxsize=1 << 13)
def _edge(text: str, left: bool) -> str:
    return plain(text)[-2:] if left else plain(text)[:2]


def gain(left: str, right: str) -> float:
    """How much likelier the first two characters at the right become by the last two at the left, in nats."""
    before, behind = _edge(left[-6:], True), _edge(right[:6], False)
    return _gain(before, behind) if before and behind else 0.0


@lru_cache(maxsize=1 << 13)
def _gain(before: str, behind: str) -> float:
    first = log_probability(before, behind[0]) - log_probability("", behind[0])
    if len(behind) == 1:
        return first
    return first + log_probability(before[-1] + behind[0], behind[1]) - log_probability(behind[0], behind[1])
