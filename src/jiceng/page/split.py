"""The page of a large corpus: an overview that opens at once, and each division's data in files beside it.

    with SplitPage(lexicon, divisions) as split:
        for prepared in …:                        # each division once, in any order
            for name, data in split.add(prepared):
                …                                 # write it
        for name, data in split.finish():
            …                                     # write it; index.html comes last

Memory holds what one province has of shared practices and indicators, besides a few hundred
bytes for each division.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import TracebackType

from jiceng.lexicon import Lexicon
from jiceng.model import Corpus, Division, Statement
from jiceng.page.aggregates import Aggregates, Lazy, Limits, OneBuild, Shared
from jiceng.page.content import labels
from jiceng.page.division import FACTS, DivisionPage, is_shared, prepare_division
from jiceng.page.document import compose_split
from jiceng.page.layout import place
from jiceng.page.network import draw
from jiceng.page.overview import Tally, arrange, drawn
from jiceng.page.regions import File, Shelf

LARGE_FACTS = 20_000
LARGE_CHARACTERS = 5_000_000
"""From so many facts, or characters of documents, on a page is split: 10 to 20 MB as one file."""
IN_MATRIX = 12
"""Most shared practices below one type in the table of mechanisms."""
MOST_USERS = 2000
"""Practices of which the overview knows how many divisions use them; of others their file tells."""
MOST_INDICATORS = 1000
"""Indicators to choose from at once; others are found from their facts."""

_CODE = re.compile(r"[0-9][0-9A-Za-z]{0,19}")


def is_large(facts: int, characters: int) -> bool:
    """Whether a corpus of so many facts and characters of text gets a split page."""
    return facts >= LARGE_FACTS or characters >= LARGE_CHARACTERS


class SplitPage:
    """Makes the files of a split page out of divisions that come one after another.

    To be used in a `with` statement: what it puts aside for itself goes when that ends.
    """

    def __init__(
        self, lexicon: Lexicon, divisions: Mapping[str, Division], shelf: Shelf | None = None
    ) -> None:
        """A `shelf` keeps what a later build may need again; without one, all is made for this one alone."""
        self._lexicon = lexicon
        self._divisions = divisions
        self._own = OneBuild()
        vocabulary = lexicon.schemes.get("mechanisms")
        self._aggregates = Aggregates(
            shelf or self._own,
            Limits(IN_MATRIX, MOST_USERS, MOST_INDICATORS),
            {concept.label for concept in vocabulary.concepts} if vocabulary else frozenset(),
        )
        self._codes: set[str] = set()
        self._alone: set[str] = set()

    def __enter__(self) -> SplitPage:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._own.close()

    def add(self, prepared: DivisionPage) -> Iterator[File]:
        """Count a division in; gives its files. Raises ValueError as `count` does."""
        key = hashlib.sha256(prepared.rows).digest()
        self._own.put([(key, prepared.rows)])
        self.count(prepared.code, key, partial(self._rows, key))
        for name, data in prepared.files:
            if is_shared(name):
                if name in self._alone:
                    continue
                self._alone.add(name)
            yield name, data

    def _rows(self, key: bytes) -> bytes:
        rows = self._own.find(key)
        assert rows is not None
        return rows

    def count(self, code: str, key: bytes, rows: Callable[[], bytes]) -> None:
        """Count a division in whose files are there; `rows` gives its rows, `key` is another for others.

        Raises ValueError for the same division again, and for what is no code of one.
        """
        if code in self._codes or not _CODE.fullmatch(code):
            raise ValueError(f"division {code}: comes twice, or is no code")
        self._codes.add(code)
        self._aggregates.add(code, key, rows)

    def finish(self) -> Iterator[File]:
        """What all divisions together come to; `index.html` is the last file."""
        for file in self.files():
            yield file.name, file.load()
        yield self.index()

    def files(self) -> Iterator[Lazy]:
        """The files of all divisions together, by name; to be read once, and before `index`."""
        return self._aggregates.files()

    def index(self) -> File:
        """The page itself."""
        aggregates = self._aggregates
        districts = aggregates.districts()
        in_matrix = list(aggregates.shared())
        keys = {practice.key for practice in drawn(each.practice for each in in_matrix)}
        tally = Tally(
            {d["code"]: sum(d["kinds"]) for d in districts},
            {d["code"]: d["types"] for d in districts if d["types"]},
            [each.practice for each in in_matrix if each.practice.key in keys],
            {
                (code, each.practice.key): n
                for each in in_matrix
                if each.practice.key in keys
                for code, n in each.uses.items()
            },
        )
        split = {
            "articles": sum(d["articles"] for d in districts),
            "facts": sum(tally.facts.values()),
            "chains": [[*key, n] for key, n in sorted(aggregates.chains.items())],
            "shared": [_practice(each) for each in in_matrix],
            "users": aggregates.users(),
            "indicators": aggregates.indicators(),
            "buckets": {topic: aggregates.buckets[topic] for topic in ("mechanisms", "indicators")},
            "files": aggregates.counts,
            "names": aggregates.names,
            "most": FACTS,
        }
        content = {
            "labels": labels(self._lexicon, aggregates.used),
            "sources": [],
            "articles": [],
            "districts": districts,
            "facts": [],
            "split": split,
            "network": draw(place(arrange(tally, districts))),
        }
        return "index.html", compose_split(content).encode()


def _practice(shared: Shared) -> list[object]:
    """For the page: key, name, type, divisions, facts, and divisions by province."""
    one = shared.practice
    return [
        one.key,
        one.label,
        one.kind,
        one.districts,
        one.facts,
        dict(sorted(Counter(code[:2] for code in shared.uses).items())),
    ]


def write_split(
    parts: Iterable[Corpus],
    lexicon: Lexicon,
    divisions: Mapping[str, Division],
    iris: Callable[[Statement], str] | None = None,
) -> Iterator[File]:
    """All files of a split page by name, from the corpora of single divisions, as they come."""
    with SplitPage(lexicon, divisions) as split:
        for corpus in parts:
            yield from split.add(prepare_division(corpus, divisions, iris))
        yield from split.finish()


def by_division(corpus: Corpus) -> Iterator[Corpus]:
    """The corpora of single divisions out of a whole one that is in memory, by code."""
    articles: dict[str, list[int]] = {}
    statements: dict[str, list[Statement]] = {}
    for i, article in enumerate(corpus.articles):
        articles.setdefault(article.division.adcode, []).append(i)
    for statement in corpus.statements:
        statements.setdefault(statement.division, []).append(statement)
    by_hash = {source.sha256: source for source in corpus.sources}
    for code in sorted({*articles, *statements}):
        own = [corpus.articles[i] for i in articles.get(code, [])]
        said = statements.get(code, [])
        hashes = [a.source.sha256 for a in own] + [e.sha256 for s in said for e in s.evidence]
        sources = tuple(by_hash[sha256] for sha256 in dict.fromkeys(hashes))
        yield Corpus(sources, tuple(own), tuple(said))
