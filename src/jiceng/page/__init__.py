"""The interactive page: an HTML file that opens from disk without a network.

`render` turns a corpus into the text of `index.html`. What the page shows is prepared here as plain data
(`content`), its first picture is laid out beforehand (`overview`, `layout`) and handed to pyvis
(`network`), and everything is put into one file under a strict Content-Security-Policy (`document`).

The page of a large corpus is split (`split`): `index.html` holds the overview, counted without holding the
corpus in memory (`aggregates`, of what each province has: `regions`), and files beside it hold each
division's data (`division`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from jiceng.lexicon import Lexicon
from jiceng.model import Corpus, Division, Statement
from jiceng.page.content import prepare
from jiceng.page.division import (
    FOLDER,
    LONG,
    DivisionPage,
    first_file,
    prepare_division,
    source_file,
    source_name,
    with_names,
)
from jiceng.page.document import compose
from jiceng.page.layout import place
from jiceng.page.network import draw, modules
from jiceng.page.overview import summarise
from jiceng.page.split import SplitPage, by_division, is_large, write_split


def render(
    corpus: Corpus,
    lexicon: Lexicon,
    divisions: Mapping[str, Division],
    iris: Callable[[Statement], str] | None = None,
) -> str:
    """The page for a corpus, as the text of one HTML file.

    `divisions` maps codes to divisions; what is missing there is taken from the articles. `iris` gives
    the IRI of a statement in the graph; without it the page shows none. The same corpus always gives the
    same text.
    """
    content = prepare(corpus, lexicon, divisions, iris)
    overview = summarise(content["facts"], content["districts"])
    return compose({**content, "network": draw(place(overview))})


def look() -> bytes:
    """A hash of what a page of one file has from elsewhere than a corpus and our own modules."""
    return hashlib.sha256(compose({}).encode() + modules()).digest()


__all__ = [
    "FOLDER",
    "LONG",
    "DivisionPage",
    "SplitPage",
    "by_division",
    "first_file",
    "is_large",
    "look",
    "prepare_division",
    "render",
    "source_file",
    "source_name",
    "with_names",
    "write_split",
]
