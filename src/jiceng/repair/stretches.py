"""Repaired text as paragraphs (stretches) that know their fragments, and how it is built from the source."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jiceng.model import Piece, Role, Seam, Source, Span, Text
from jiceng.repair.chains import Join
from jiceng.repair.corrections import correct
from jiceng.repair.layout import Fragment, Page
from jiceng.repair.roles import reading_rules

_SPACED = re.compile(r"[A-Za-z0-9]")
_STRAY = re.compile(r"(?<=[\u3400-\u9fff，、；。”])[ \t]+([a-z]{1,14})[ \t]+(?=[\u3400-\u9fff“])")
_LAYOUT = re.compile(r"[\s\ufeff#>]*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph in its own order: its repaired text, the fragments behind it and what it is for.

    `block` numbers the chain of the page that it comes from: stretches of one chain belong together.
    `repeats` is the index of an earlier stretch with the same text, which then speaks for both.
    """

    text: Text
    role: Role
    level: int
    fragments: tuple[Fragment, ...]
    block: int
    repeats: int | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The raw spans of its fragments, in reading order."""
        return tuple(f.span for f in self.fragments)


@dataclass(frozen=True, slots=True)
class Repaired:
    """A source in reading order: each of its characters that is not layout stands in exactly one stretch.

    `joins` are the decisions that joined two places of the source, with what spoke for them.
    """

    source: Source
    stretches: tuple[Stretch, ...]
    joins: tuple[Join, ...]
    page: Page = field(repr=False)

    def fragment(self, index: int) -> Fragment:
        """A fragment by its number."""
        return self.page.fragments[index]


def compose(source: str, fragments: Sequence[Fragment], joins: Mapping[int, Join], role: Role) -> Text:
    """The corrected text of fragments that follow each other, with a piece for each unbroken run.

    `joins` are found by the index of their head. Spaces stay between Latin words and numbers and, in
    headings, bylines and captions, one for each gap.
    """
    keep_spaces = role is not Role.BODY
    characters: list[str] = []
    raw: list[int] = []
    seams: dict[int, Seam] = {}  # at positions of the text where a join stands
    for number, fragment in enumerate(fragments):
        if number and characters:
            join = joins.get(fragment.index)
            before = fragments[number - 1]
            if _next_on_page(source, before, fragment):
                gap = before.span.end
                if source[gap].isspace() and _space_between(
                    characters[-1], source[fragment.span.start], False
                ):
                    characters.append(" ")
                    raw.append(gap)
            else:
                doubtful = join is not None and join.doubtful
                seams[len(characters)] = Seam.DOUBTFUL if doubtful else Seam.JOINED
        for at in _kept(source, fragment.span, keep_spaces):
            characters.append(" " if source[at].isspace() else source[at])
            raw.append(at)
    value = correct("".join(characters))
    return Text(value, _pieces(raw, seams))


def _next_on_page(source: str, before: Fragment, after: Fragment) -> bool:
    gap = source[before.span.end : after.span.start]
    return (
        before.span.end <= after.span.start
        and _LAYOUT.fullmatch(gap) is not None
        and (gap == "" or gap[0].isspace())
    )


def _space_between(left: str, right: str, keep: bool) -> bool:
    return keep or bool(_SPACED.match(left) and _SPACED.match(right) and (left.isalpha() or right.isalpha()))


def _kept(source: str, span: Span, keep_spaces: bool) -> list[int]:
    """The offsets of the characters of a fragment that are text."""
    text = source[span.start : span.end]
    dropped: set[int] = set()
    known = reading_rules().tables["words"]["latin"]
    for stray in _STRAY.finditer(text) if text.isascii() is False else ():
        if stray[1] not in known:
            dropped.update(range(stray.start(), stray.end()))
    kept = []
    at = 0
    while at < len(text):
        char = text[at]
        if not (char.isspace() or char in "\ufeff\u200b\x00"):
            if at not in dropped:
                kept.append(span.start + at)
            at += 1
            continue
        end = at
        while end < len(text) and (text[end].isspace() or text[end] in "\ufeff\u200b\x00"):
            end += 1
        if (
            at
            and end < len(text)
            and at not in dropped
            and _space_between(text[at - 1], text[end], keep_spaces)
        ):
            kept.append(span.start + at)
        at = end
    return kept


def _pieces(raw: Sequence[int], seams: Mapping[int, Seam]) -> tuple[Piece, ...]:
    pieces = []
    start = 0
    for at in range(1, len(raw) + 1):
        if at == len(raw) or raw[at] != raw[at - 1] + 1 or at in seams:
            seam = seams.get(start, Seam.KEPT) if start else Seam.START
            pieces.append(Piece(start, Span(raw[start], raw[at - 1] + 1), seam))
            start = at
    return tuple(pieces)
