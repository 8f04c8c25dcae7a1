"""The repaired articles as JSON Lines, for people and programs that want the text and not the graph."""

from __future__ import annotations

import json
from collections.abc import Mapping

from jiceng.model import Article, Corpus, Division

# Characters that JSON leaves alone and many readers of lines (Python's among them) take for line ends.
LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def articles_jsonl(corpus: Corpus, divisions: Mapping[str, Division]) -> bytes:
    """One JSON object a line for each article, in UTF-8; `spans` count code points of the decoded source.

    `within` names the larger divisions, the largest first.
    """
    return "".join(f"{_line(article, divisions)}\n" for article in corpus.articles).encode()


def _line(article: Article, divisions: Mapping[str, Division]) -> str:
    record = {
        "source": article.source.name,
        "district": article.division.name,
        "adcode": article.division.adcode,
        "within": _within(article.division, divisions),
        "title": article.title,
        "text": article.body.value,
        "spans": [[span.start, span.end] for span in article.spans],
    }
    text = json.dumps(record, ensure_ascii=False)
    # Asked first, as nearly no text has any: `translate` looks each character up.
    return text.translate(LINE_ENDS) if any(chr(end) in text for end in LINE_ENDS) else text


def _within(division: Division, divisions: Mapping[str, Division]) -> list[str]:
    names: list[str] = []
    at = divisions.get(division.parent or "")
    while at and at.name not in names:
        names.append(at.name)
        at = divisions.get(at.parent or "")
    return names[::-1]
