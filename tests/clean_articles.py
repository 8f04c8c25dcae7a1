"""Articles as the repair leaves them, made of a test's own text."""

from __future__ import annotations

from jiceng.extract.analysis import Analysis, analyse
from jiceng.model import Article, Division, Paragraph, Piece, Seam, Source, Span, Text
from jiceng.rules import Rule


def article_of(raw: str, district: str = "金湖区", adcode: str = "999999", spaces: bool = True) -> Article:
    """One paragraph a line. With `spaces` false blanks are dropped, as the repair drops them."""
    kept = [(i, c) for i, c in enumerate(raw) if spaces or c != " "]
    value = "".join(c for _, c in kept)
    pieces = tuple(Piece(n, Span(i, i + 1), Seam.KEPT) for n, (i, _) in enumerate(kept))
    paragraphs, at = [], 0
    for line in value.split("\n"):
        if line:
            paragraphs.append(Paragraph(at, at + len(line)))
        at += len(line) + 1
    source = Source("x.txt", "0" * 64, raw)
    return Article(
        source, Division(adcode, district, "county"), "", Text(value, pieces), tuple(paragraphs), ()
    )


def analysis_of(raw: str, district: str = "金湖区", adcode: str = "999999", spaces: bool = False) -> Analysis:
    """The analysis that every extractor is given."""
    return analyse(article_of(raw, district, adcode, spaces))


def assert_examples(rule: Rule) -> None:
    """A rule finds what its `match` examples say, and nothing in those to `reject`."""
    assert rule.match
    for example in rule.match:
        assert rule.pattern.search(example), example
    for example in rule.reject:
        assert not rule.pattern.search(example), example
