"""Who holds what a number counts: places and bodies that its sentence names."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from jiceng.extract.metrics.sentence.grammar import Grammar
from jiceng.extract.metrics.sentence.phrase import Noun, Sentence


def holders(sentence: Sentence) -> tuple[tuple[str, int], ...]:
    """Names of places and bodies in a sentence that hold what it counts, with where they end."""
    return _holders(sentence.grammar, sentence.text, sentence.tokens[0].start, sentence.tokens[-1].end)


def last_holder(sentence: Sentence, end: int) -> str | None:
    """The name of the last holder that ends at `end` or before it; None where there is none."""
    return next((name for name, last in reversed(holders(sentence)) if last <= end), None)


def without_holder(sentence: Sentence, noun: Noun) -> Noun:
    """A counted phrase without the named place that holds it: 柳林村|户籍居民, but 柳林村党支部."""
    for name, end in holders(sentence):
        rest = noun.text[len(name) :]
        if (
            end - len(name) == noun.start
            and len(rest) > 1
            and (rest.startswith("办公") or not rest.startswith(sentence.grammar.lists["of_place"]))
            and (len(noun.items) < 2 or noun.items[0][1] - end > 1)
        ):
            for size in sentence.grammar.lists["sized"]:
                house = rest.removesuffix(size)
                if house != rest and house.endswith(sentence.grammar.lists["house_end"]):
                    return replace(noun, start=noun.end - len(size), text=size, items=())
            if rest[:2] in sentence.grammar.governing and rest[2:].startswith(sentence.grammar.patients):
                end, rest = end + 2, rest[2:]  # 柳岸社区|发展|党员
            items = ((end, noun.items[0][1]), *noun.items[1:]) if len(noun.items) > 1 else ()
            return replace(noun, start=end, text=rest, items=items)
    return noun


@lru_cache(maxsize=4)
def _holders(grammar: Grammar, text: str, start: int, end: int) -> tuple[tuple[str, int], ...]:
    """Names of holders in a sentence with where they end; the numbers of a sentence share them."""
    pattern = grammar.rules["metrics.holder"].pattern
    found = ((m[0], m.end()) for m in pattern.finditer(text, start, end))
    return tuple((name, last) for name, last in found if not _no_name(grammar, text, name))


@lru_cache(maxsize=1 << 10)
def _no_name(grammar: Grammar, text: str, name: str) -> bool:
    """Whether a verb with its object was taken for a place: 健全|街道, 给予每个|小区; but 建设路社区."""
    kind = grammar.rules["metrics.holder-kind"].pattern.search(name)
    stem = name[: kind.start()] if kind else name
    if any(word in stem for word in ("每", "各", "全体")):
        return True
    verb = next((stem[:n] for n in (4, 3, 2) if stem[:n] in grammar.governing and len(stem) >= n), "")
    if not verb or (kind and len(stem) > len(verb) and stem[-1] in grammar.lists["named_by"]):
        return False
    described = any(name + said in text for said in grammar.lists["said_of_place"])  # 新建街道|位于……
    return not (described or any(led + name in text for led in grammar.lists["before_name"])) and not any(
        area + name + "办事处" in text for area in "区县市"
    )
