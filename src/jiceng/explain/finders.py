"""Which rules find facts by themselves, as their own examples show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache

from jiceng.extract import documents, honours, organisations, people, tiers
from jiceng.extract.analysis import Analysis, analyse
from jiceng.lexicon import Lexicon
from jiceng.model import Article, Division, Fact, Paragraph, Piece, Seam, Source, Span, Text
from jiceng.rules import RuleFile, load_rules

EXTRACTORS: Mapping[str, Callable[[Lexicon], Callable[[Analysis], Sequence[Fact]]]] = {
    "tiers": tiers.extractor,
    "honours": honours.extractor,
    "people": people.extractor,
    "organisations": organisations.extractor,
    "documents": documents.extractor,
}
# Their patterns match a word or mark with which much else begins: what came of none of these says nothing.
OPENERS = frozenset(("organisations.head", "people.apart", "people.listed", "people.titled", "tiers.stated"))
_ANYWHERE = Division("000000", "某某区", "county")


class Finders:
    """The rules under whose names facts stand: where one matched and no fact came of it, its checks refused.

    A rule is one if any of its `match` examples, read alone, gives a fact under its name. Each is read when
    it is first asked for: a sentence asks for a few of hundreds.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._of_kind = cache(self._loaded)
        self._finds = cache(self._shown)

    def __contains__(self, name: str) -> bool:
        return name not in OPENERS and name.partition(".")[0] in EXTRACTORS and self._finds(name)

    def _loaded(self, kind: str) -> tuple[RuleFile, Callable[[Analysis], Sequence[Fact]]]:
        return load_rules(kind, self._lexicon), EXTRACTORS[kind](self._lexicon)

    def _shown(self, name: str) -> bool:
        rules, extract = self._of_kind(name.partition(".")[0])
        return any(fact.rule == name for text in rules[name].match for fact in extract(analysed(text)))


def analysed(text: str) -> Analysis:
    """A text as the whole of an article on nowhere, one paragraph a line."""
    paragraphs, at = [], 0
    for line in text.split("\n"):
        paragraphs += [Paragraph(at, at + len(line))] if line else []
        at += len(line) + 1
    body = Text(text, (Piece(0, Span(0, len(text)), Seam.KEPT),))
    return analyse(Article(Source("", "", text), _ANYWHERE, "", body, tuple(paragraphs), ()))
