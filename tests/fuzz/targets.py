"""What is fuzzed: each target takes bytes and raises where something that must hold does not.

Bytes become text in two ways: raw code points, and words of the genre put together, so that deep code is
reached. The suite runs every target on the kept corpora and some random inputs; fuzz.py runs them for long.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse
from tests.chinese_numerals import write_chinese

from jiceng import articles, ask, pipeline, read, repair
from jiceng.errors import QueryError, ReadError
from jiceng.graph import iri
from jiceng.graph.namespaces import PREFIXES, SCHEMA
from jiceng.graph.serialise import written_turtle
from jiceng.model import Source
from jiceng.numerals import QuantityReader, parse_chinese
from jiceng.page.document import to_json
from jiceng.periods import parse as parse_period
from jiceng.query import guard
from jiceng.read import apart
from jiceng.rules import Rule, load_rules

HERE = Path(__file__).parent


def kept(name: str) -> tuple[bytes, ...]:
    """The inputs that are kept for a target, a line of hexadecimal digits each; `#` begins a remark."""
    path = HERE / "corpus" / f"{name}.txt"
    lines = path.read_text("ascii").splitlines() if path.is_file() else []
    return tuple(bytes.fromhex(line) for line in lines if not line.startswith("#"))


#: The genre's words, separators, and what pages and their readers do to text.
WORDS = (
    *(HERE / "genre_words.txt").read_text("utf-8").split(),
    *(" ", "\n", "\n\n", "\r\n", "\t", "\u3000", "\u200b", "\u202e", "\u2066", "\ufeff"),
    *("\ufffd", "\ue000", "\u2028", "𠮷", "work"),
)


def words_of(data: bytes) -> str:
    """Text of the genre: a byte a word; the last words may be raw code points."""
    head, _, tail = data.partition(b"\xff")
    return "".join(WORDS[b % len(WORDS)] for b in head) + raw_of(tail)


def raw_of(data: bytes) -> str:
    """Text of any code points but surrogates."""
    points = (int.from_bytes(data[i : i + 3], "big") % 0x110000 for i in range(0, len(data) - 2, 3))
    return "".join(chr(p) for p in points if not 0xD800 <= p < 0xE000)


def source(text: str) -> Source:
    return Source("a.txt", hashlib.sha256(text.encode()).hexdigest(), text)


@cache
def tools() -> pipeline.Tools:
    return pipeline.load_tools()


@cache
def quantities() -> QuantityReader:
    return QuantityReader({w: w for w in ("个", "名", "件", "万元", "元", "%", "平方米", "年", "次", "户")})


def decoding(data: bytes) -> None:
    """Bytes are text, or an error that names the place."""
    try:
        text = read.decode(data, "x")
    except ReadError as error:
        assert str(error).startswith("x: ")
    else:
        assert text.strip()
        text.encode()


def files(data: bytes) -> None:
    """Bytes under a name are texts, or errors; what is read in a process apart is read in this one here."""
    names = ("a.txt", "a.csv", "a.jsonl", "a.html", "a.zip", "a.pdf", "a.docx", "a.parquet")
    apart.text_of, kept = apart.extracted, apart.text_of
    try:
        for item in read.read_bytes(data[1:], names[data[0] % len(names)] if data else "a", "x"):
            assert isinstance(item, (Source, ReadError))
    finally:
        apart.text_of = kept


def numerals(data: bytes) -> None:
    """Quantities lie in the text, in order, apart; Chinese numerals are read back."""
    text = words_of(data)
    at = 0
    for found in quantities().quantities(text):
        assert at <= found.start < found.end <= len(text), (text, found)
        at = found.end
    number = int.from_bytes(data[:5], "big") % 10**12
    assert parse_chinese(write_chinese(number)) == number
    parse_chinese(text)


def periods(data: bytes) -> None:
    """Any phrase is a period or none."""
    parse_period(words_of(data))


def repairing(data: bytes) -> None:
    """Nothing is mapped twice, every piece is as long as its source, and articles lie in it."""
    text = words_of(data)
    if not text.strip():
        return
    repaired = repair.repair(source(text))
    split = articles.split(repaired, tools().lexicon.gazetteer)
    for article in split.articles:
        for piece in article.body.pieces:
            assert 0 <= piece.raw.start < piece.raw.end <= len(text)
        taken = sorted((p.raw.start, p.raw.end) for p in article.body.pieces)
        assert all(a[1] <= b[0] for a, b in pairwise(taken)), taken


def extracting(data: bytes) -> None:
    """Facts of any text quote it exactly."""
    text = "武侯区：要闻\n成都市武侯区" + words_of(data)
    document = pipeline.process(source(text), tools())
    for statement in document.statements:
        for evidence in statement.evidence:
            assert text[evidence.span.start : evidence.span.end] == evidence.exact


@cache
def rules() -> tuple[Rule, ...]:
    lexicon = tools().lexicon
    names = sorted(path.stem for path in (lexicon.directory / "rules").glob("*.toml"))
    return tuple(rule for name in names for rule in load_rules(name, lexicon).rules)


def matching(data: bytes) -> None:
    """Every rule's matches lie in the text, one after the other."""
    text = words_of(data)
    for rule in rules():
        at = 0
        for found in rule.pattern.finditer(text):
            assert at <= found.start() <= found.end() <= len(text)
            at = found.end()


def minting(data: bytes) -> None:
    """An IRI of any label is one, and labels that differ give others."""
    one, other = raw_of(data) + words_of(data), words_of(data[::-1])
    node = NamedNode(iri.mint("honour", one))
    assert node.value.startswith(iri.ID)
    assert not set(node.value) & set('<>"{}|^`\\ \n\r\t')
    assert (one == other) or iri.mint("honour", one) != iri.mint("honour", other) or not one or not other


def writing(data: bytes) -> None:
    """Turtle of any text is read back the same."""
    text = raw_of(data) + words_of(data)
    triples = {
        Triple(NamedNode(iri.mint("honour", text or "x")), SCHEMA.name, Literal(text)),
        Triple(NamedNode(iri.mint("honour", "x")), SCHEMA.headline, Literal(text, language="zh")),
    }
    read_back = parse(written_turtle(triples), format=RdfFormat.TURTLE)
    assert {Triple(q.subject, q.predicate, q.object) for q in read_back} == triples


def paging(data: bytes) -> None:
    """The page's data is JSON that ends no script and reads back the same."""
    text = raw_of(data) + words_of(data) + "</script><!--"
    written = to_json({text: [text]})
    assert "<" not in written
    assert json.loads(written) == {text: [text]}


QUERY = (
    *(HERE / "query_words.txt").read_text("utf-8").split(),
    *(" ", "\n", "\t", "\u3000", "武侯区", "\x00", "^", "/", "+", "|"),
)


def querying(data: bytes) -> None:
    """Any query is let through or refused with a message; no update and no SERVICE comes through."""
    text = " ".join(QUERY[b % len(QUERY)] for b in data[:60]) + raw_of(data[60:])
    try:
        guard.refuse(text)
    except QueryError as error:
        assert str(error)
        return
    try:
        Store().query(text, prefixes=dict(PREFIXES))
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        assert guard.explained(text, str(error))


@cache
def questions() -> tuple[Store, tuple[str, ...]]:
    store = Store()
    store.load(path=str(HERE.parent / "ask" / "graph.ttl"), format=RdfFormat.TURTLE)
    return store, tuple((HERE / "question_words.txt").read_text("utf-8").split())


def asking(data: bytes) -> None:
    """Any question is answered, or refused with a message."""
    store, words = questions()
    head, _, tail = data[:60].partition(b"\xff")
    try:
        ask.answer("".join(words[b % len(words)] for b in head) + raw_of(tail), store)
    except QueryError as error:
        assert str(error)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "decoding": decoding,
    "files": files,
    "numerals": numerals,
    "periods": periods,
    "repairing": repairing,
    "matching": matching,
    "extracting": extracting,
    "minting": minting,
    "writing": writing,
    "paging": paging,
    "querying": querying,
    "asking": asking,
}
