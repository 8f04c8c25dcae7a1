"""Pair what gold and build state, and count."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from jiceng.evaluate.claims import (
    KINDS,
    Build,
    Claim,
    FieldRow,
    GoldDocument,
    Miss,
    Reading,
    Row,
    RuleRow,
    Scoreboard,
)
from jiceng.model import Span
from jiceng.traditional import table

CORE, STRICT = 1, 2

# Fields whose agreement is reported for the facts that were paired.
_REPORTED = {
    "metric": ("measured", "comparator", "nature", "action", "subject", "per", "period"),
    "tier_chain": ("tiers", "chain_type", "declared_levels"),
    "mechanism": ("name", "type", "level"),
    "organisation": ("type",),
    "policy": ("issuer",),
    "honour": ("recipient", "period"),
    "person": ("role",),
}
_DEFAULTS = {"comparator": "=", "nature": "fact"}
_PUNCTUATION = re.compile(r"[\s“”\"'‘’「」『』《》〈〉()（）\[\]【】、，,。.:：;；·—－\-–~+＋/]")
_LEAST_PHRASE, _STRICT_PHRASE = 0.5, 0.8
_LEAST_TIER, _LEAST_CHAIN = 0.6, 0.75
# How much of the longer name the shorter one must cover: where the places overlap, and where they do not.
_NAME_HERE, _NAME_ELSEWHERE = 0.3, 0.6
_LEAST_SENTENCE = 6  # characters of a sentence that says where it stands


def compare(documents: Sequence[GoldDocument], build: Build) -> Scoreboard:
    """Compare annotated documents with a build; what the build says of other documents does not count."""
    counts: Counter[tuple[str, str]] = Counter()
    agreeing: Counter[tuple[str, str]] = Counter()
    paired: Counter[str] = Counter()
    by_rule: Counter[tuple[str, str]] = Counter()
    misses: list[Miss] = []
    readings: list[Reading] = []
    claims = defaultdict(list)
    for claim in build.claims:
        claims[claim.source].append(claim)
    for document in documents:
        found = claims[document.source] + claims[""]
        codes = {a.adcode: a.district for a in document.articles}
        # A division that the document is not about has no gold: whatever is said of it is too much.
        strangers = sorted({c.adcode for c in claims[document.source]} - codes.keys())
        for kind in KINDS:
            for code, district in (*codes.items(), *((s, s) for s in strangers)):
                wanted = [c for c in document.claims if c.kind == kind and c.adcode == code]
                got = [c for c in found if c.kind == kind and c.adcode == code]
                pairs = pair(wanted, got)
                counts[kind, "gold"] += len(wanted)
                counts[kind, "found"] += len(got)
                counts[kind, "core"] += len(pairs)
                counts[kind, "strict"] += sum(grade == STRICT for _, grade in pairs.values())
                paired[kind] += len(pairs)
                by_rule.update((c.rule, "found") for c in got)
                by_rule.update((got[j].rule, "core") for j, _ in pairs.values())
                by_rule.update((got[j].rule, "strict") for j, grade in pairs.values() if grade == STRICT)
                for i, (j, _) in pairs.items():
                    for name in _REPORTED[kind]:
                        agreeing[kind, name] += _agree(name, wanted[i], got[j])
                misses += _misses(document, district, wanted, got, pairs)
        readings += _readings(document, build.articles)
    rows = tuple(
        Row(kind, measure, counts[kind, "gold"], counts[kind, "found"], counts[kind, measure])
        for kind in KINDS
        for measure in ("core", "strict")
    )
    fields = tuple(
        FieldRow(kind, name, agreeing[kind, name], paired[kind])
        for kind in KINDS
        for name in _REPORTED[kind]
        if paired[kind]
    )
    rules = tuple(
        RuleRow(rule, by_rule[rule, "found"], by_rule[rule, "core"], by_rule[rule, "strict"])
        for rule in sorted({rule for rule, _ in by_rule})
    )
    return Scoreboard(len(documents), rows, fields, tuple(readings), tuple(misses), rules)


def pair(wanted: Sequence[Claim], found: Sequence[Claim]) -> dict[int, tuple[int, int]]:
    """Pair one to one, best agreement first: index of the wanted → index of the found, grade."""
    graded = []
    for i, gold in enumerate(wanted):
        for j, claim in enumerate(found):
            grade = match(gold, claim)
            if grade:
                distances = [abs(a.start - b.start) for a in gold.spans for b in claim.spans]
                fit = overlap(gold.phrase, claim.phrase)
                graded.append((-grade, -fit, min(distances, default=0), i, j))
    pairs: dict[int, tuple[int, int]] = {}
    taken: set[int] = set()
    for negative, _, _, i, j in sorted(graded):
        if i not in pairs and j not in taken:
            pairs[i] = (j, -negative)
            taken.add(j)
    return pairs


def match(gold: Claim, found: Claim) -> int:
    """0 if the two are different facts, CORE if they are the same, STRICT if in every field that counts."""
    if gold.kind == "metric":
        return _match_metric(gold, found)
    if gold.kind == "tier_chain":
        return _match_chain(gold, found)
    same = plain(gold.phrase) == plain(found.phrase)
    typed = found.fields.get("type", "") in gold.types
    if gold.kind == "mechanism":
        if same:
            return STRICT if typed else CORE
        short, long = sorted((plain(gold.phrase), plain(found.phrase)), key=len)
        here = bool(gold.spans and found.spans and touch(gold.spans, found.spans))
        least = (_NAME_HERE if here else _NAME_ELSEWHERE) * len(long)
        return CORE if len(short) >= max(2, least) and short in long else 0
    if gold.kind == "organisation":
        return (STRICT if found.fields.get("type") == gold.fields.get("type") else CORE) if same else 0
    return STRICT if same else 0


def _match_metric(gold: Claim, found: Claim) -> int:
    if not touch(gold.spans, found.spans):
        return 0
    if any(gold.fields.get(name, "") != found.fields.get(name, "") for name in ("value", "upper", "unit")):
        return 0
    share = overlap(gold.phrase, found.phrase)
    if share < _LEAST_PHRASE:
        return 0
    same = all(_agree(name, gold, found) for name in _DEFAULTS)
    return STRICT if same and share >= _STRICT_PHRASE else CORE


def _match_chain(gold: Claim, found: Claim) -> int:
    wanted, got = [plain(t) for t in gold.tiers], [plain(t) for t in found.tiers]
    if wanted == got:
        return STRICT
    # The best alignment in order, each pair of tiers worth its overlap.
    best = [[0.0] * (len(got) + 1) for _ in range(len(wanted) + 1)]
    for i, tier in enumerate(wanted):
        for j, other in enumerate(got):
            share = overlap(tier, other)
            joined = best[i][j] + (share if share >= _LEAST_TIER else 0.0)
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], joined)
    return CORE if best[-1][-1] >= _LEAST_CHAIN * max(len(wanted), len(got)) else 0


def plain(text: str) -> str:
    """A phrase without punctuation and spaces, in simplified characters: 理事會 is 理事会."""
    return _PUNCTUATION.sub("", text).translate(table())


def overlap(first: str, second: str) -> float:
    """Dice's coefficient of the characters of two phrases, in order, punctuation left out."""
    a, b = plain(first), plain(second)
    if not a or not b:
        return 0.0
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks) / (len(a) + len(b))


def touch(first: Sequence[Span], second: Sequence[Span]) -> bool:
    """Whether two places overlap; an unknown place overlaps with all."""
    if not first or not second:
        return True
    return any(a.start < b.end and b.start < a.end for a in first for b in second)


def _agree(name: str, gold: Claim, found: Claim) -> bool:
    if name == "type":
        return found.fields.get("type", "") in gold.types
    if name == "tiers":
        return [plain(t) for t in gold.tiers] == [plain(t) for t in found.tiers]
    if name in ("measured", "name"):
        return plain(gold.phrase) == plain(found.phrase)
    default = _DEFAULTS.get(name, "")
    a, b = (claim.fields.get(name, default) for claim in (gold, found))
    # A mark (=, <) is all punctuation and is compared as it is.
    return a == b or (plain(a) == plain(b) != "")


def _misses(
    document: GoldDocument,
    district: str,
    wanted: Sequence[Claim],
    got: Sequence[Claim],
    pairs: Mapping[int, tuple[int, int]],
) -> Iterator[Miss]:
    def shown(what: str, claim: Claim, differs: str = "") -> Miss:
        quote = " … ".join(document.text[s.start : s.end] for s in claim.spans)
        return Miss(what, claim.kind, document.source, district, claim.label, quote, differs)

    for i, gold in enumerate(wanted):
        if i not in pairs:
            yield shown("missing", gold)
        elif pairs[i][1] < STRICT:
            found = got[pairs[i][0]]
            yield shown("loose", gold, _differences(gold, found))
    taken = {j for j, _ in pairs.values()}
    for j, claim in enumerate(got):
        if j not in taken:
            yield shown("extra", claim)


def _differences(gold: Claim, found: Claim) -> str:
    told = []
    for name in _REPORTED[gold.kind]:
        if name in ("measured", "name", "tiers"):
            a, b = (" — ".join(c.tiers) if c.tiers else c.phrase for c in (gold, found))
        elif name in ("comparator", "nature", "type"):
            a, b = (c.fields.get(name, _DEFAULTS.get(name, "")) for c in (gold, found))
        else:
            continue
        if a != b:
            told.append(f"{name}: {a or '(none)'} ≠ {b or '(none)'}")
    return "; ".join(told)


def _readings(document: GoldDocument, articles: Sequence[Mapping[str, Any]]) -> Iterator[Reading]:
    """For each article the characters, or on pages of mixed columns the sentences, that stand right."""
    text = document.text
    mine = [a for a in articles if a["source"] == document.source]
    owner: list[str | None] = [None] * len(text)
    for article in mine:
        for start, end in article["spans"]:
            owner[start:end] = [article["adcode"]] * (min(end, len(text)) - start)
    starts = sorted(
        (text.index(block), a.adcode) for a in document.articles for block in a.blocks if block in text
    )
    edges = [*(start for start, _ in starts[1:]), len(text)][: len(starts)]  # none where no blocks are told
    for gold in document.articles:
        if gold.sentences:
            body = plain("".join(a["text"] for a in mine if a["adcode"] == gold.adcode))
            sentences = [s for s in map(plain, gold.sentences) if len(s) >= _LEAST_SENTENCE]
            right, of = sum(s in body for s in sentences), len(sentences)
        else:
            inside = [
                owner[i] == gold.adcode
                for (start, adcode), end in zip(starts, edges, strict=True)
                if adcode == gold.adcode
                for i in range(start, end)
                if not text[i].isspace()
            ]
            right, of = sum(inside), len(inside)
        yield Reading(document.source, gold.district, right, of)
