"""The title that stands beside a text: in a column of its table, or in the properties of its file.

Tables of reports have the title apart from the text, which then says 该区 or 我区 and names no place. Offsets
count in the text alone, so the title gives no fact; but it tells whose the report is, and what it is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jiceng.articles.candidates import candidates
from jiceng.articles.naming import names_in
from jiceng.articles.parts import parts_of
from jiceng.divisions.gazetteer import Gazetteer
from jiceng.model import Article, Division, Source
from jiceng.repair import repair


def captioned(source: Source, gazetteer: Gazetteer) -> Division | None:
    """The one division that the title beside a text names; None if it names none, or several."""
    if not source.origin or not source.origin.title:
        return None
    title = repair(Source(source.name, source.sha256, source.origin.title))
    found = candidates(title, parts_of(title, names_in(title, gazetteer)), gazetteer)
    return found[0] if len(found) == 1 else None


def with_caption(source: Source, articles: Sequence[Article]) -> list[Article]:
    """A text's only article under the title that stands beside the text, where it has none of its own."""
    if len(articles) != 1 or articles[0].title or not source.origin or not source.origin.title:
        return list(articles)
    return [replace(articles[0], title=source.origin.title)]
