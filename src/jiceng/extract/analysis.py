"""What every extractor needs to know of an article, found once: sentences, clauses, quoted stretches."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import field

from jiceng.model import Article, Paragraph, Role
from jiceng.values import dataclass

_SENTENCE_END = re.compile(r"[。！？!?；;](?:[”’」』）)]+)?|\n")
_CLAUSE_END = re.compile(r"[，,：:]|[。！？!?；;\n]")
ITEM = re.compile(r"(?:[-*•·|●○◆◇■□▶►➤]|\d{1,2}[.、．](?!\d)|[①-⑳])\s*")
"""What stands before an item of a list, a cell or a name at the beginning of a line."""
_OPENING = {"“": "”", "「": "」", "『": "』", "《": "》", "（": "）", "(": ")", "‘": "’", "【": "】"}
_BRACKET = re.compile("[" + re.escape("".join(_OPENING) + "".join(_OPENING.values())) + "]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the article's body: body offsets, half open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Bracketed:
    """What stands in quotation marks or brackets: `start` and `end` are those of the marks themselves."""

    start: int
    end: int
    mark: str  # the opening mark
    depth: int  # 0 for the outermost


@dataclass(frozen=True, slots=True)
class Analysis:
    """An article with the cuts that all extractors share.

    `sentences` tile each readable paragraph (headings included, furniture left out) and end with their
    punctuation (。！？；). `bracketed` are sorted by start; an unclosed mark has no entry.
    """

    article: Article
    sentences: tuple[Stretch, ...]
    bracketed: tuple[Bracketed, ...]
    _sentence_starts: list[int] = field(init=False, repr=False, compare=False)
    _paragraph_starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sentence_starts", [s.start for s in self.sentences])
        object.__setattr__(self, "_paragraph_starts", [p.start for p in self.article.paragraphs])

    @property
    def text(self) -> str:
        """The article's body."""
        return self.article.body.value

    def sentence_at(self, offset: int) -> Stretch:
        """The sentence that holds a body offset (or the one before it)."""
        at = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[at if at > 0 else 0]

    def paragraph_at(self, offset: int) -> Paragraph:
        """The paragraph that holds a body offset (or the one before it)."""
        at = bisect_right(self._paragraph_starts, offset) - 1
        return self.article.paragraphs[at if at > 0 else 0]

    def clauses(self, sentence: Stretch) -> Iterator[Stretch]:
        """The stretches of a sentence between ， ： and its end, the mark included."""
        start = sentence.start
        for found in _CLAUSE_END.finditer(self.text, sentence.start, sentence.end):
            yield Stretch(start, found.end())
            start = found.end()
        if start < sentence.end:
            yield Stretch(start, sentence.end)


def analyse(article: Article) -> Analysis:
    """Cut an article once, in one pass over its text for each kind of cut."""
    text = article.body.value
    sentences: list[Stretch] = []
    for paragraph in article.paragraphs:
        if paragraph.role is Role.FURNITURE:
            continue
        start = paragraph.start
        for found in _SENTENCE_END.finditer(text, paragraph.start, paragraph.end):
            sentences.append(Stretch(start, found.end()))
            start = found.end()
        if start < paragraph.end:
            sentences.append(Stretch(start, paragraph.end))
    return Analysis(article, tuple(sentences), _bracketed(text))


def _bracketed(text: str) -> tuple[Bracketed, ...]:
    found: list[Bracketed] = []
    open_marks: list[tuple[int, str]] = []
    for mark in _BRACKET.finditer(text):
        sign = mark[0]
        if sign in _OPENING:
            open_marks.append((mark.start(), sign))
            continue
        # A closing mark pairs with the nearest open one of its kind within the line; marks left open
        # between them are slips of the text and are dropped.
        for back in range(len(open_marks) - 1, max(-1, len(open_marks) - 4), -1):
            start, opening = open_marks[back]
            if _OPENING[opening] == sign and "\n" not in text[start : mark.start()]:
                found.append(Bracketed(start, mark.end(), opening, back))
                del open_marks[back:]
                break
    return tuple(sorted(found, key=lambda b: (b.start, -b.end)))
