"""One division's share of a split page: its files, and the rows that the aggregates are made of.

A pure function of the division's own corpus: the same documents give the same bytes whatever else is built,
so that an increment makes anew only what has changed. Facts and texts stand in files apart, since a sheet
shows all facts and a reader opens one text.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jiceng.model import Corpus, Division, Statement
from jiceng.page.content import article, district, prepare_facts
from jiceng.page.document import to_json
from jiceng.page.merging import Record, times, types_said

FOLDER = "page"
"""The folder of the data files, beside `index.html`."""
KINDS = ("tier_chain", "measurement", "mechanism", "organisation", "policy", "honour", "person")
"""In the order in which counts by kind stand (the page's script has the same)."""
FACTS = 4000
"""Most facts in one file; of more a district has several."""
TEXT = 600_000
"""Characters of articles and sources after which another file of texts begins."""
LONG = 100_000
"""Characters of a source that several divisions may share: a longer one has a file of its own."""
LABEL = 120
"""Characters of a name or quote in lists."""
ROWS = 5
"""Most measurements of one indicator that a division has in the comparison."""
FACTS_FILE = re.compile(r"[0-9][0-9A-Za-z]{0,40}(-[0-9]{1,9})?\.js")
"""Names of the files that hold facts: a division's code, and a number from the second on."""
_CALL = re.compile(rb'jicengData\("[0-9A-Za-z-]+",("(?:[^"\\<>&]|\\.)*")\);\n')
_BAR = ("id", "label", "value", "upper", "comparator", "hedge", "unit", "nature", "subject", "action", "per")
_CHAIN = ("id", "tiers", "chain", "declared", "types")
_SHORT = ("label", "subject", "action", "per", "period", "unit")


@dataclass(frozen=True, slots=True)
class DivisionPage:
    """A division's files by name, and its rows as JSON; made to be kept between builds."""

    code: str
    files: tuple[tuple[str, bytes], ...]
    rows: bytes


def prepare_division(
    corpus: Corpus,
    divisions: Mapping[str, Division],
    iris: Callable[[Statement], str] | None = None,
    apart: Collection[str] = (),
) -> DivisionPage:
    """The share of one division; `corpus` holds its articles, their sources and statements, no others.

    `apart` are the hashes of long sources (`LONG`) whose files somebody else makes (`source_file`): their
    texts need not be there. Raises ValueError where the corpus is empty or tells of several divisions.
    """
    codes = {a.division.adcode for a in corpus.articles} | {s.division for s in corpus.statements}
    if len(codes) != 1:
        raise ValueError(f"one division at a time, not {len(codes)}: {', '.join(sorted(codes)[:5])}")
    (code,) = codes
    own = {a.division.adcode: a.division for a in corpus.articles}
    # Thousands of divisions are copied only where one is not among them.
    known = divisions if own.keys() <= divisions.keys() else {**own, **divisions}
    sources = {source.sha256: i for i, source in enumerate(corpus.sources)}
    facts = prepare_facts(corpus, sources, iris, f"{code}-")
    texts = _Texts(code, apart)
    said = {source.sha256: source.text for source in corpus.sources}
    heads = []
    for each in corpus.articles:
        record = article(each, sources)
        body = {name: record[name] for name in ("key", "text", "paragraphs", "spans")}
        texts.add_source(each.source.sha256, said[each.source.sha256])
        heads.append(
            {
                **{name: record[name] for name in record if name not in body or name == "key"},
                "in": texts.add("articles", body, len(each.body.value)),
            }
        )
    parts = [facts[i : i + FACTS] for i in range(0, len(facts), FACTS)] or [[]]
    first = {
        "parts": len(parts),
        "articles": heads,
        "sources": [
            {"name": s.name, "sha256": s.sha256, "in": texts.where.get(s.sha256, "")} for s in corpus.sources
        ],
        "facts": parts[0],
    }
    files = [data_file(code, first)]
    files += [data_file(f"{code}-{i}", {"facts": part}) for i, part in enumerate(parts[1:], 2)]
    files += texts.files()
    rows = _rows(district(code, known), facts, len(corpus.articles))
    return DivisionPage(code, tuple(files), json.dumps(rows, separators=(",", ":")).encode())


_UNNAMED = rb"{\"name\":\"\",\"sha256\":\""
"""What stands before the hash of a source without a name: in no text, since quotes are escaped there."""


def first_file(code: str) -> str:
    """The file of a division that names its documents."""
    return f"{FOLDER}/{code}.js"


def with_names(data: bytes, names: Mapping[str, str]) -> bytes:
    """A first file, made of sources without names, with the names by SHA-256."""
    first, *others = data.split(_UNNAMED)
    parts = [first]
    for other in others:
        name = to_json(to_json(names[other[:64].decode()]))[1:-1].encode()
        parts += [_UNNAMED.replace(b'\\"\\"', name, 1), other]
    return b"".join(parts)


def is_shared(name: str) -> bool:
    """Whether a file may be one of several divisions."""
    return name.startswith(f"{FOLDER}/source-")


def source_file(sha256: str, text: str) -> tuple[str, bytes]:
    """The file of a long source, which is the same for all divisions."""
    return data_file(_source(sha256), {"articles": [], "sources": [{"sha256": sha256, "text": text}]})


def source_name(sha256: str) -> str:
    """The name of that file."""
    return f"{FOLDER}/{_source(sha256)}.js"


def _source(sha256: str) -> str:
    return f"source-{sha256[:16]}"


def data_file(name: str, content: Any) -> tuple[str, bytes]:
    """A file of the split page: one call with a string that holds JSON, and nothing that could run.

    A script and not JSON itself, since pages opened from disk may load nothing else.
    """
    return data_text(name, to_json(content))


def data_text(name: str, text: str) -> tuple[str, bytes]:
    """The same of content that is JSON already, as `to_json` gives it."""
    return f"{FOLDER}/{name}.js", f"jicengData({to_json(name)},{to_json(text)});\n".encode()


def read_data(data: bytes) -> Any:
    """What a data file carries; raises ValueError where it is none of ours."""
    call = _CALL.fullmatch(data)
    if not call:
        raise ValueError("is no call with a string of data")
    return json.loads(json.loads(call[1]))


class _Texts:
    """Articles and sources, put into files of limited size in the order in which they come."""

    def __init__(self, code: str, apart: Collection[str]) -> None:
        self.code = code
        self.apart = apart
        self.where: dict[str, str] = {}
        self.chunks: list[Record] = []
        self.alone: list[tuple[str, bytes]] = []
        self.size = TEXT

    def add(self, kind: str, record: Record, size: int) -> str:
        """Take a record; gives the name of the file that it will stand in."""
        if self.size + size > TEXT and self.size:
            self.chunks.append({"articles": [], "sources": []})
            self.size = 0
        self.chunks[-1][kind].append(record)
        self.size += size
        return f"{self.code}-t{len(self.chunks)}"

    def add_source(self, sha256: str, text: str) -> None:
        if sha256 in self.where:
            return
        if sha256 in self.apart:
            self.where[sha256] = _source(sha256)
        elif len(text) > LONG:
            self.where[sha256] = _source(sha256)
            self.alone.append(source_file(sha256, text))
        else:
            self.where[sha256] = self.add("sources", {"sha256": sha256, "text": text}, len(text))

    def files(self) -> Iterator[tuple[str, bytes]]:
        for i, chunk in enumerate(self.chunks, 1):
            yield data_file(f"{self.code}-t{i}", chunk)
        yield from self.alone


# --- rows of the aggregates -------------------------------------------------------------------------------


def _rows(division: Record, facts: Sequence[Record], articles: int) -> Record:
    kinds = Counter(fact["kind"] for fact in facts)
    chains = [fact for fact in facts if fact["kind"] == "tier_chain"]
    return {
        "district": {
            **division,
            "articles": articles,
            "kinds": [kinds[kind] for kind in KINDS],
            "types": dict(sorted(Counter(f["type"] for f in facts if f["kind"] == "mechanism").items())),
        },
        "mechanisms": list(_mechanisms(facts)),
        "indicators": list(_indicators(facts)),
        "chains": [_light(fact, _CHAIN) for fact in chains],
        "names": list(_names(facts)),
    }


def _shared(facts: Sequence[Record], field: str) -> Iterator[tuple[str, list[Record]]]:
    """What facts share with those of other divisions, in order, each with its facts."""
    by_key: defaultdict[str, list[Record]] = defaultdict(list)
    for fact in facts:
        if key := fact.get(field):
            by_key[key].append(fact)
    return iter(sorted(by_key.items()))


def _mechanisms(facts: Sequence[Record]) -> Iterator[Record]:
    """A row for each shared mechanism that the division uses; words with how many statements have them."""
    for key, found in _shared(facts, "mechanism"):
        labels: Counter[str] = Counter()
        types: Counter[str] = Counter()
        for fact in found:
            labels[fact["label"]] += times(fact)
            types.update(types_said(fact))
        quote = next((e[3] for fact in found for e in fact.get("evidence", [])), "")
        yield {
            "key": key,
            "labels": dict(sorted(labels.items())),
            "types": dict(sorted(types.items())),
            "row": [found[0]["id"], found[0]["label"][:LABEL], found[0]["type"], len(found), quote[:LABEL]],
        }


def _indicators(facts: Sequence[Record]) -> Iterator[Record]:
    for key, found in _shared(facts, "indicator"):
        rows = [_light(fact, (*_BAR, "period")) for fact in found[:ROWS]]
        yield {"key": key, "label": found[0]["indicatorLabel"], "count": len(found), "rows": rows}


def _names(facts: Sequence[Record]) -> Iterator[list[Any]]:
    """What the search finds: kind, name, a word more (a value, a role, a type), id of the first, how many."""
    found: dict[tuple[int, str, str], list[Any]] = {}
    for fact in facts:
        kind = KINDS.index(fact["kind"])
        match fact["kind"]:
            case "measurement":
                upper = f"–{fact['upper']}" if fact.get("upper") else ""
                more = f"{fact['value']}{upper}{fact.get('unit', '')}"
            case "mechanism":
                more = fact["type"]
            case _:
                more = fact.get("role", "")
        key = (kind, fact["label"][:LABEL], more[:LABEL])
        if key in found:
            found[key][4] += 1
        else:
            found[key] = [*key, fact["id"], 1]
    yield from found.values()


def _light(fact: Record, fields: Sequence[str]) -> Record:
    return {name: fact[name][:LABEL] if name in _SHORT else fact[name] for name in fields if name in fact}
