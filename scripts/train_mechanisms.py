"""Learn the weights of `ontology/rules/mechanism_weights.toml` from annotated texts.

    python scripts/train_mechanisms.py tests/gold/{mechanisms,training,seeds,reports} [--sources seeds]
        [--check N]

A folder holds marked texts (`*.txt`, see tests/gold/mechanisms/README.md; files whose name begins with `test`
are left out) or annotations (`*.json`, see tests/gold/README.md) of documents beside them or in the
folder `--sources`, or what reports teach that are not here (`*.jsonl.gz`, see tests/gold/reports/README.md).
Training is deterministic. `--check N` learns N times without a Nth of the documents, `--check` alone once for
each document without it, and prints how well the left-out ones come out, in all and by folder; a document is
never judged by weights that have seen it (what reports teach was chosen and cut with all documents at hand).
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from jiceng.articles import split
from jiceng.extract.analysis import Analysis, analyse
from jiceng.extract.mechanisms import accepted, judge, types
from jiceng.extract.mechanisms.candidates import Anchor, candidates
from jiceng.extract.mechanisms.page import Page, Words, plain, unquoted
from jiceng.extract.mechanisms.weights import Weights
from jiceng.lexicon import Lexicon, load_lexicon
from jiceng.model import Article, Division, Paragraph, Piece, Role, Source, Span, Text
from jiceng.read import read_source
from jiceng.repair import repair
from jiceng.resources import ontology_directory
from learner import Learner, Model, epochs, mean_of, softmax
from mechanism_lessons import Choice, Lesson, agrees, cut_choices, lesson_of, lessons_in

_MARK = re.compile(r"\[\[(?P<stretch>[^|\]]+)\|(?P<types>[a-z_/]+)(?:\|(?P<name>[^\]]+))?\]\]")
TYPES = tuple(c.notation for c in load_lexicon().scheme("mechanism_types").concepts)
TAUGHT = "taught"
"""A feature of texts written to teach: they hold more mechanisms than others, and it takes up how many."""
REAL = 1.5
"""How many times an example of a text counts that was not written to teach."""
MARGINS = {"c.head.object": 0.5, "q.row": 0.7, "quoted": -0.6, "compound": -0.35}
"""How far above even chances a name must be, by a feature that it has: few objects of a verb are names, and
quotations that are listed are all names or none, so that many are wrong at once.

F1 is greatest where names are accepted down to a chance of half its value (Z. C. Lipton, C. Elkan and
B. Naryanaswamy 2014): below even chances, which is why all get some way.
"""
ALSO = 0.5
"""How surely a type is right that a careful reader might choose as well; that of the first choice is 1."""
ORDERS = 8
"""In how many orders the examples of cuts and names are learned; the weights are the mean."""
LEAST = 0.03
"""Weights nearer to zero are left out."""
CUT_TEXTS, NAME_TEXTS, TYPE_TEXTS = 2, 2, 3
"""In how many texts a feature must occur to be learned."""


@dataclass(frozen=True)
class Document:
    """A text with the mechanisms that a reader marked in it: plain name → accepted types, the first best."""

    name: str
    group: str  # folder and file: the articles of one file share it
    analysis: Analysis
    gold: dict[str, tuple[str, ...]]
    marked: bool  # a text written to teach mechanisms
    source: str = ""  # address of a report


def _group(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def read_marked(path: Path) -> Document:
    """A marked text; raises ValueError where a mark names an unknown type."""
    gold: dict[str, tuple[str, ...]] = {}
    lines: list[str] = []
    roles: list[tuple[Role, int]] = []
    raw, _, names = path.read_text("utf-8").partition("\n---\n")
    for line in filter(None, names.splitlines()):
        name, _, listed = line.partition("|")
        gold[plain(name)] = tuple(listed.split("/"))
    source = ""
    for line in raw.splitlines():
        if line.startswith("@ "):
            source = line[2:]
            continue
        sharps = len(line) - len(line.lstrip("#"))
        for mark in _MARK.finditer(line):
            kinds = tuple(mark["types"].split("/"))
            if unknown := set(kinds) - set(TYPES):
                raise ValueError(f"{path}: {mark[0]}: unknown type {sorted(unknown)[0]}")
            gold.setdefault(plain(mark["name"] or unquoted(mark["stretch"])), kinds)
        text = _MARK.sub(lambda m: m["stretch"], line.lstrip("# "))
        if text:
            lines.append(text)
            roles.append((Role.HEADING if sharps else Role.BODY, sharps))
    body = "\n".join(lines)
    at = 0
    paragraphs = []
    for text, (role, level) in zip(lines, roles, strict=True):
        paragraphs.append(Paragraph(at, at + len(text), role, level))
        at += len(text) + 1
    whole = Span(0, len(body))
    article = Article(
        Source(path.name, "0" * 64, body),
        Division("000000", "", "county"),
        lines[0] if lines else "",
        Text(body, (Piece(0, whole),)),
        tuple(paragraphs),
        (whole,),
    )
    return Document(path.stem, _group(path), analyse(article), gold, True, source)


def read_annotated(path: Path, sources: Path, lexicon: Lexicon) -> list[Document]:
    """The articles of an annotated document, as our own reading of its source cuts them."""
    data = json.loads(path.read_text("utf-8"))
    beside = path.parent / data["source"]
    source = read_source(beside if beside.exists() else sources / data["source"], data["source"])
    gold: dict[str, dict[str, tuple[str, ...]]] = {a["district"]: {} for a in data["articles"]}
    for fact in data["facts"]:
        if fact["kind"] == "mechanism":
            kinds = (fact["type"], *fact.get("type_also", ()))
            gold[fact["district"]][plain(fact["name"])] = kinds
    codes = {a["adcode"]: a["district"] for a in data["articles"]}
    found = split(repair(source), lexicon.gazetteer).articles
    return [
        Document(
            f"{path.stem[:8]}_{a.division.adcode}",
            _group(path),
            analyse(a),
            gold[codes[a.division.adcode]],
            False,
        )
        for a in found
        if a.division.adcode in codes
    ]


def taught(folders: Sequence[Path], sources: Path, lexicon: Lexicon | None = None) -> list[Document]:
    """The marked texts (but the test files) and annotated documents of folders."""
    lexicon = lexicon or load_lexicon()
    documents = [read_marked(p) for p in marked_in(folders) if not p.stem.startswith("test")]
    for path in (p for folder in folders for p in sorted(folder.glob("*.json"))):
        documents += read_annotated(path, sources, lexicon)
    return documents


def marked_in(folders: Sequence[Path]) -> list[Path]:
    """The marked texts of folders: those without annotations beside them."""
    paths = (p for folder in folders for p in sorted(folder.glob("*.txt")))
    return [p for p in paths if not p.with_suffix(".json").exists()]


# --- learning ---------------------------------------------------------------------------------------------


def learn_cuts(texts: Sequence[Sequence[Choice]]) -> Model:
    """Weights that rank the right cut of a name above the others, from the choices of each text."""
    of_cuts = Counter(f for choices in texts for f in {f for ways, _ in choices for cut in ways for f in cut})
    examples = [
        ([[f for f in cut if of_cuts[f] >= CUT_TEXTS] for cut in ways], wanted)
        for choices in texts
        for ways, wanted in choices
    ]
    return mean_of([_learn_cuts(examples, order) for order in range(ORDERS)])


def _learn_cuts(examples: Sequence[tuple[list[list[str]], tuple[bool, ...]]], order: int) -> Model:
    # A verb is seldom part of a name: what the texts say is learned from there.
    learner = Learner({f"inside.{verb}": -1.5 for verb in ("create", "promote", "hold")}, 0.1, 0.01)
    for at in epochs(examples, 25, order):
        cuts, wanted = examples[at]
        shares = softmax([learner.score(c) for c in cuts])
        right_share = sum(s for s, w in zip(shares, wanted, strict=True) if w)
        for cut, share, want in zip(cuts, shares, wanted, strict=True):
            learner.step(cut, share - (share / max(right_share, 1e-9) if want else 0.0))
    return learner.mean()


def _chance(score: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def learn_names(examples: Sequence[tuple[tuple[str, ...], bool, float]]) -> Model:
    """Weights that tell mechanisms from the rest, lowered by MARGINS; an example counts so many times."""
    weights = mean_of([_learn_names(examples, order) for order in range(ORDERS)])
    for feature, margin in MARGINS.items():
        weights[feature] = weights.get(feature, 0.0) - margin
    return weights


def _learn_names(examples: Sequence[tuple[tuple[str, ...], bool, float]], order: int) -> Model:
    learner = Learner({}, 0.05, 0.05)
    for at in epochs(examples, 15, order):
        present, right, times = examples[at]
        learner.step(present, (_chance(learner.score(present)) - right) * times)
    return learner.mean()


def learn_types(examples: Sequence[tuple[list[str], tuple[str, ...]]]) -> dict[str, list[float]]:
    """Weights of each feature for all types; a class of words speaks for its own type until the texts say
    otherwise.

    Each type is learned for itself, as right or wrong: a name may be of several, and any of these will do.
    """
    seen = sorted({f for present, _ in examples for f in present})
    prior = {"name": 1.0, "last": 0.7, "known": 3.0, "part": 1.0, "tail": 0.4, "lead": 0.3, "near": 0.15}
    learners = {}
    for kind in TYPES:
        start = {"any": -2.0}  # a type is seldom the right one
        for f in seen:
            place, _, group = f.partition(".")
            if group.partition(".")[0] == kind:
                start[f] = prior.get(place, 0.0)
        learners[kind] = Learner(start, 0.05, 0.03)
    for at in epochs(examples, 8):
        present, right = examples[at]
        for kind, learner in learners.items():
            wanted = 1.0 if kind == right[0] else ALSO if kind in right else 0.0
            learner.step(present, _chance(learner.score(present)) - wanted)
    models = [learners[kind].mean() for kind in TYPES]
    return {f: [model.get(f, 0.0) for model in models] for f in seen}


def learn(documents: Sequence[Document], words: Words, lessons: Iterable[Lesson] = ()) -> Weights:
    """All three models from some documents, and from what other texts teach."""
    read = list(lessons)
    anchors = [candidates_of(page_of(d, words)) for d in documents]
    choices = [tuple(cut_choices(found, d.gold)) for d, found in zip(documents, anchors, strict=True)]
    cut = learn_cuts([*choices, *(lesson.cuts for lesson in read)])
    rough = Weights(cut, {})
    taught = [
        lesson_of(page_of(d, words), found, d.gold, rough)
        for d, found in zip(documents, anchors, strict=True)
    ]
    of_names: Counter[str] = Counter()  # in how many texts each feature occurs
    of_kinds: Counter[str] = Counter()
    for lesson in (*taught, *read):
        of_names.update({f for present, _ in lesson.names for f in present})
        of_kinds.update({f for present, _ in lesson.kinds for f in present})
    ways = [((TAUGHT,), 1.0) if d.marked else ((), REAL) for d in documents] + [((), REAL)] * len(read)
    # What few texts have would be learned by heart: names of places among them.
    model = learn_names(
        [
            ((*(f for f in have if of_names[f] >= NAME_TEXTS), *mark), right, times)
            for lesson, (mark, times) in zip((*taught, *read), ways, strict=True)
            for have, right in lesson.names
        ]
    )
    model.pop(TAUGHT, None)
    kinds = learn_types(
        [
            ([f for f in have if of_kinds[f] >= TYPE_TEXTS], right)
            for lesson in (*taught, *read)
            for have, right in lesson.kinds
        ]
    )
    return Weights(cut, model, TYPES, kinds)


# --- measuring and writing ----------------------------------------------------------------------------------


_pages: dict[str, Page] = {}
_anchors: dict[int, list[Anchor]] = {}


def page_of(document: Document, words: Words) -> Page:
    """A document's page; the same one for every part of a cross-validation."""
    key = f"{document.group} {document.name}"
    if key not in _pages:
        _pages[key] = Page.of(document.analysis, words)
    return _pages[key]


def candidates_of(page: Page) -> list[Anchor]:
    """A page's candidates, found once."""
    if id(page) not in _anchors:
        _anchors[id(page)] = candidates(page) if page.of_the_genre else []
    return _anchors[id(page)]


def measure(document: Document, weights: Weights, words: Words) -> tuple[int, int, int, int]:
    """Marked, found, right by name (core), right by exact name and type (strict)."""
    page = page_of(document, words)
    found = [
        (plain(j.cut.name), types.decide(page, j.anchor, j.cut, weights))
        for j in accepted(judge(page, weights))
    ]
    left = dict(document.gold)
    core = strict = 0
    for exact in (True, False):
        for name, kind in list(found):
            match = name if name in left else None
            if match is None and not exact:
                match = next((g for g in left if agrees(name, [g])), None)
            if match is not None:
                core += 1
                strict += name == match and kind in left[match]
                del left[match]
                found.remove((name, kind))
    return len(document.gold), core + len(found), core, strict


def _f1(counts: Sequence[int]) -> str:
    gold, found, core, strict = counts
    total = gold + found
    core_f1, strict_f1 = (2 * n / total if total else 1.0 for n in (core, strict))
    return f"gold {gold:4} found {found:4} core {core:4} {core_f1:.3f} strict {strict:4} {strict_f1:.3f}"


def _sum(rows: Iterable[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def render(weights: Weights, documents: Sequence[Document], lessons: Sequence[Lesson] = ()) -> str:
    """The tables as TOML, features sorted, weights rounded; small ones left out."""
    learned = [len(d.gold) for d in documents] + [len(lesson.gold) for lesson in lessons]
    lines = [
        "# Written by scripts/train_mechanisms.py; do not edit by hand.",
        f"# Learned from {len(learned)} texts with {sum(learned)} mechanisms.",
        "# A score is the sum of the weights of a candidate's features (src/jiceng/extract/mechanisms/):",
        "# [cut] ranks the ways to cut a name, [name] accepts a name above zero, [type] ranks the types.",
        "# One feature a line with its weight, in [type] one for each type; those near zero are left out.",
    ]
    for title, table in (("cut", weights.cut), ("name", weights.name)):
        lines += ["", f"[{title}]", "weights = '''"]
        lines += [
            f"{feature} {weight:.2f}" for feature, weight in sorted(table.items()) if abs(weight) >= LEAST
        ]
        lines.append("'''")
    lines += ["", "[type]", f'types = "{" ".join(weights.types)}"', "weights = '''"]
    lines += [
        " ".join((feature, *(f"{weight:.2f}" if abs(weight) >= LEAST else "0" for weight in row)))
        for feature, row in sorted(weights.rows.items())
        if any(abs(weight) >= LEAST for weight in row)
    ]
    lines.append("'''")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None, out: Callable[[str], object] = print) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--sources", type=Path, default=Path("seeds"), help="documents of *.json (seeds)")
    parser.add_argument(
        "--check", type=int, nargs="?", const=-1, default=0, metavar="N", help="cross-validate (in N parts)"
    )
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args(arguments)
    lexicon = load_lexicon()
    words = Words.of(lexicon)
    documents = taught(options.folders, options.sources, lexicon)
    unseen = [read_marked(p) for p in marked_in(options.folders) if p.stem.startswith("test")]
    lessons = [lesson for folder in options.folders for lesson in lessons_in(folder)]
    weights = learn(documents, words, lessons)
    out("fitted    " + _f1(_sum(measure(d, weights, words) for d in documents)))
    if unseen:
        out("test files" + _f1(_sum(measure(d, weights, words) for d in unseen)))
    if options.check:
        rows: dict[str, list[Sequence[int]]] = {}
        groups = sorted({d.group for d in documents})  # the articles of one document stay together
        parts = len(groups) if options.check < 0 else options.check
        for part in range(parts):
            mine = set(groups[part::parts])
            trained = learn([d for d in documents if d.group not in mine], words, lessons)
            for d in documents:
                if d.group in mine:
                    counts = measure(d, trained, words)
                    rows.setdefault(d.group.partition("/")[0], []).append(counts)
                    out(f"  {d.name[:34]:34} {_f1(counts)}")
        for folder, counted in sorted(rows.items()):
            out(f"left out  {folder:10} " + _f1(_sum(counted)))
        out("left out  " + _f1(_sum(row for counted in rows.values() for row in counted)))
    path = options.output or ontology_directory() / "rules" / "mechanism_weights.toml"
    path.write_text(render(weights, documents, lessons), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
