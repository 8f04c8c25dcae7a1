"""Is a built folder whole? Proved from its files alone, for the reader of a graph that somebody sent.

Asked are: the manifest (every file there, unchanged, none besides in `texts/`), the Turtle (readable, every
shape holds, no reference to a thing that is not described, counts as the manifest says), every quote against
the text that is kept, the articles against texts and graph, and the page's data against the graph.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from jiceng import manifest
from jiceng.errors import QueryError
from jiceng.graph import iri
from jiceng.graph.namespaces import DCT, JC, OA, RDF, SCHEMA
from jiceng.output import OURS, TEXTS
from jiceng.page.division import FACTS_FILE, read_data
from jiceng.page.division import FOLDER as PAGE
from jiceng.validate import load_shapes, shacl, short, wrong_quotes

KINDS = {
    "TierChain": JC.TierChain,
    "Measurement": JC.Measurement,
    "Mechanism": JC.MechanismAdoption,
    "Organisation": JC.Organisation,
    "PolicyDocument": JC.PolicyDocument,
    "Honour": JC.Honour,
    "Person": JC.Person,
}
"""The class of each kind of fact that a manifest counts."""
MOST = 20
"""Problems of one sort that are told one by one."""
_DATA = re.compile(rb'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in which file."""

    file: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, by name with its number, and what is wrong."""

    looked_at: dict[str, int]
    problems: tuple[Problem, ...]


def check(folder: Path) -> Checked:
    """Look a built folder over; raises QueryError where there is none."""
    if not (folder / OURS).exists() and not (folder / manifest.NAME).exists():
        raise QueryError(f"{folder}: holds neither {OURS} nor {manifest.NAME}; name the folder of a build")
    content, problems = _manifest(folder)
    problems += _hashes(folder, content)
    texts, wrong = _texts(folder)
    problems += wrong
    triples, wrong = _triples(folder)
    problems += wrong
    if triples:
        problems += _few(_graph(triples, texts))
        problems += _counts(triples, content)
        problems += _few(_articles(folder, triples, texts))
        problems += _few(_page(folder, triples))
    quotes = sum(1 for t in triples if t.predicate == OA.exact)
    looked_at = {
        "files": len(content.get("files", {})),
        "triples": len(triples),
        "quotes": quotes,
        "texts": len(texts),
    }
    return Checked(looked_at, tuple(dict.fromkeys(problems)))


def _few(problems: Iterator[Problem]) -> list[Problem]:
    found = list(problems)
    rest = len(found) - MOST
    return found if rest <= 0 else [*found[:MOST], Problem(found[0].file, f"and {rest} more of this kind")]


# --- files ------------------------------------------------------------------------------------------------


def _manifest(folder: Path) -> tuple[dict[str, Any], list[Problem]]:
    try:
        return manifest.parse((folder / manifest.NAME).read_bytes()), []
    except FileNotFoundError:
        return {}, [Problem(manifest.NAME, "is missing; nothing tells which files belong to the build")]
    except (OSError, ValueError, RecursionError) as error:
        return {}, [Problem(manifest.NAME, f"cannot be read: {error}")]


def _hashes(folder: Path, content: dict[str, Any]) -> list[Problem]:
    problems = []
    listed = content.get("files", {})
    for name, expected in listed.items():
        if Path(name).is_absolute() or ".." in Path(name).parts:
            problems.append(Problem(manifest.NAME, f"names a file outside the folder: {name}"))
            continue
        try:
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        except FileNotFoundError:
            problems.append(Problem(name, "is missing"))
            continue
        except OSError as error:
            problems.append(Problem(name, f"cannot be read: {error.strerror or error}"))
            continue
        if found != expected:
            problems.append(Problem(name, "differs from what was built: its SHA-256 is not the manifest's"))
    for place, whose in ((TEXTS, "document"), (PAGE, "page")):
        if listed and (folder / place).is_dir():
            for path in sorted((folder / place).iterdir()):
                if f"{place}/{path.name}" not in listed:
                    problems.append(Problem(f"{place}/{path.name}", f"belongs to no {whose} of the build"))
    return problems


def _texts(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """The kept texts by SHA-256 of their document."""
    texts: dict[str, str] = {}
    problems = []
    for path in sorted((folder / TEXTS).glob("*.txt")):
        try:
            texts[path.stem] = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(Problem(f"{TEXTS}/{path.name}", f"cannot be read: {error}"))
    return texts, problems


def _triples(folder: Path) -> tuple[list[Triple], list[Problem]]:
    try:
        found = parse(path=str(folder / OURS), format=RdfFormat.TURTLE)
        return [Triple(q.subject, q.predicate, q.object) for q in found], []
    except SyntaxError as error:
        return [], [Problem(OURS, f"is no Turtle: {error}")]
    except OSError as error:
        return [], [Problem(OURS, f"cannot be read: {error}")]


# --- the graph --------------------------------------------------------------------------------------------


def _graph(triples: Sequence[Triple], texts: dict[str, str]) -> Iterator[Problem]:
    for result in shacl.validate(triples, load_shapes()):
        what = " ".join(filter(None, (short(result.focus), result.path and short(result.path), result.value)))
        yield Problem(OURS, f"breaks a shape: {what}: {result.message}")
    documents = {}
    for triple in triples:
        if triple.predicate == SCHEMA.sha256 and isinstance(triple.object, Literal):
            documents[getattr(triple.subject, "value", "")] = triple.object.value
    by_iri = {name: texts[sha] for name, sha in documents.items() if sha in texts}
    for wrong in wrong_quotes(triples, by_iri):
        yield Problem(OURS, f"{short(wrong.focus)}: “{(wrong.value or '')[:40]}”: {wrong.message}")
    described = {t.subject for t in triples}
    missing = {
        t.object
        for t in triples
        if isinstance(t.object, NamedNode)
        and t.object.value.startswith(iri.BASE)
        and t.object not in described
    }
    for node in sorted(missing, key=lambda n: n.value):
        if not node.value.startswith(iri.ONTOLOGY):
            yield Problem(OURS, f"refers to {short(node.value)}, which it does not describe")


def _counts(triples: Sequence[Triple], content: dict[str, Any]) -> list[Problem]:
    counted = content.get("counts", {})
    kinds = Counter(t.object for t in triples if t.predicate == RDF.type)
    found = {kind: kinds[node] for kind, node in KINDS.items()}
    found |= {"triples": len(triples), "documents": kinds[JC.SourceDocument], "articles": kinds[JC.Article]}
    return [
        Problem(OURS, f"has {found[name]} {name}, the manifest says {counted[name]}")
        for name in sorted(found)
        if name in counted and counted[name] != found[name]
    ]


# --- articles and page ------------------------------------------------------------------------------------


def _articles(folder: Path, triples: Sequence[Triple], texts: dict[str, str]) -> Iterator[Problem]:
    name = "articles.jsonl"
    try:
        lines = (folder / name).read_text("utf-8").split("\n")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        yield Problem(name, f"cannot be read: {error}")
        return
    graph = Counter(t.subject for t in triples if t.predicate == RDF.type and t.object == JC.Article)
    names = {t.subject: getattr(t.object, "value", "") for t in triples if t.predicate == SCHEMA.name}
    hashes = {t.subject: getattr(t.object, "value", "") for t in triples if t.predicate == SCHEMA.sha256}
    lengths = {names[d]: len(texts[sha]) for d, sha in hashes.items() if d in names and sha in texts}
    number = 0
    for number, line in enumerate(filter(None, lines), 1):
        try:
            record = json.loads(line)
            spans = [(int(start), int(end)) for start, end in record["spans"]]
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            yield Problem(name, f"line {number}: is no article: {error}")
            continue
        length = lengths.get(record.get("source"), 0)
        if any(not 0 <= start < end <= length for start, end in spans) or spans != sorted(spans):
            yield Problem(name, f"line {number}: spans lie outside the text of its source")
    if number != len(graph):
        yield Problem(name, f"has {number} articles, the graph {len(graph)}")


def _page(folder: Path, triples: Sequence[Triple]) -> Iterator[Problem]:
    name = "index.html"
    try:
        found = _DATA.search((folder / name).read_bytes())
    except FileNotFoundError:
        return
    except OSError as error:
        yield Problem(name, f"cannot be read: {error}")
        return
    try:
        data = json.loads(found[1]) if found else {"facts": None}
        facts = data["facts"]
        shown = {fact.get("iri", "") for fact in facts or ()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        yield Problem(name, f"its data cannot be read: {error}")
        return
    if facts is None:
        yield Problem(name, "holds no data")
        return
    if "split" in data:
        wrong = yield from _beside(folder, shown)
        if wrong:
            return
    known = {getattr(t.subject, "value", "") for t in triples if t.predicate == DCT.isPartOf}
    for fact in sorted(shown - known):
        yield Problem(name, f"shows {short(fact) or 'a fact without an IRI'}, which the graph does not have")
    for fact in sorted(known - shown):
        yield Problem(name, f"does not show {short(fact)}")


def _beside(folder: Path, shown: set[str]) -> Generator[Problem, None, bool]:
    """Adds what the files beside a split page show; whether one of them cannot be read."""
    wrong = False
    for path in sorted((folder / PAGE).glob("*.js")):
        if FACTS_FILE.fullmatch(path.name):
            try:
                shown.update(fact.get("iri", "") for fact in read_data(path.read_bytes())["facts"])
            except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                yield Problem(f"{PAGE}/{path.name}", f"its data cannot be read: {error}")
                wrong = True
    return wrong


def render(checked: Checked) -> str:
    """For people: what was looked at, and every problem on a line."""
    told = ", ".join(f"{number} {name}" for name, number in checked.looked_at.items())
    verdict = f"{len(checked.problems)} problems" if checked.problems else "whole: every check holds"
    return "\n".join((*map(str, checked.problems), f"{told}: {verdict}"))


def to_json(checked: Checked) -> str:
    """For machines."""
    problems = [{"file": p.file, "message": p.message} for p in checked.problems]
    return json.dumps({"looked_at": checked.looked_at, "problems": problems}, ensure_ascii=False, indent=1)
