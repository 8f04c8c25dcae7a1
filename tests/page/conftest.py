"""An invented corpus for the page, one full of hostile text, and Chromium to open them in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import pytest
from tests.waiting import LIMIT, until

from jiceng import page
from jiceng.lexicon import Lexicon, load_lexicon
from jiceng.model import (
    Article,
    Corpus,
    Division,
    Evidence,
    Fact,
    Honour,
    Indicator,
    Measurement,
    Mechanism,
    Organisation,
    Paragraph,
    Person,
    Piece,
    PolicyDocument,
    Role,
    Source,
    Span,
    Statement,
    Text,
    Tier,
    TierChain,
)

DIVISIONS = {
    d.adcode: d
    for d in (
        Division("220000", "吉林省", "province"),
        Division("220200", "吉林市", "prefecture", "220000"),
        Division("220202", "昌邑区", "county", "220200"),
        Division("220211", "丰满区", "county", "220200"),
        Division("530000", "云南省", "province"),
        Division("530100", "昆明市", "prefecture", "530000"),
        Division("530102", "五华区", "county", "530100"),
    )
}

#: One line, then the facts in it. The first paragraph is the title. 𠮷 takes two UTF-16 units.
CHANGYI = """昌邑区：松江边的𠮷祥邻里
作者：李北松（昌邑区委书记）
区里建起“区委—街道党工委—社区党委”三级体系，现有社区党委42个。推行“邻里圆桌”制度，每月至少开2次会。
化解纠纷1310余件，近300名党员到松江社区报到。印发《昌邑区邻里公约》，获评“省级和谐城区”。"""
FENGMAN = """丰满区：圆桌边上好商量
丰满区也推行“邻里圆桌”制度，社区党委增至17个。"""
WUHUA = """五华区：翠湖边的网格
五华区用“翠湖网格”管院落，另有“邻里圆桌”做法。"""

INDICATOR = Indicator("count.community-committee", "社区党委", "count")


def source(name: str, text: str) -> Source:
    return Source(name, sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), text)


def article(document: Source, division: Division) -> Article:
    lines = document.text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    paragraphs = tuple(
        Paragraph(start, start + len(line), Role.BODY if i else Role.HEADING, 0 if i else 1)
        for i, (start, line) in enumerate(zip(starts, lines, strict=True))
    )
    whole = Span(0, len(document.text))
    body = Text(document.text, (Piece(0, whole),))
    return Article(document, division, lines[0], body, paragraphs, (whole,))


def state(
    of: Article, quote: str, make: Callable[..., Fact], links: dict[str, Any], **fields: Any
) -> Statement:
    """A statement whose quote stands in the article, made with the right offsets."""
    start = of.source.text.index(quote)
    span = Span(start, start + len(quote))
    fact = make(start=span.start, end=span.end, rule="test.rule", **fields)
    evidence = Evidence(of.source.name, of.source.sha256, span, quote)
    return Statement(fact, of.division.adcode, of.key, (evidence,), **links)


def count(of: Article, quote: str, value: str, measured: str, unit: str, **fields: Any) -> Statement:
    links = {key: fields.pop(key) for key in ("indicator", "doubtful") if key in fields}
    place = {"measured_start": 0, "measured_end": 1}
    return state(
        of, quote, Measurement, links, value=Decimal(value), measured=measured, unit=unit, **place, **fields
    )


def practice(of: Article, quote: str, name: str, kind: str) -> Statement:
    return state(of, quote, Mechanism, {"mechanism": name}, name=name, type=kind)


def chain(of: Article, quote: str, *labels: str) -> Statement:
    tiers = tuple(Tier(label, 0, 1) for label in labels)
    return state(of, quote, TierChain, {}, tiers=tiers, chain_type="party", declared_levels=3)


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    sources = (source("昌邑.txt", CHANGYI), source("丰满.txt", FENGMAN), source("五华.txt", WUHUA))
    codes = ("220202", "220211", "530102")
    first, second, third = (article(s, DIVISIONS[c]) for s, c in zip(sources, codes, strict=True))
    statements = (
        state(first, "李北松（昌邑区委书记）", Person, {}, name="李北松", role="昌邑区委书记"),
        chain(first, "区委—街道党工委—社区党委”三级体系", "区委", "街道党工委", "社区党委"),
        count(first, "社区党委42个", "42", "社区党委", "个", indicator=INDICATOR),
        practice(first, "推行“邻里圆桌”制度", "邻里圆桌", "deliberation"),
        count(first, "每月至少开2次会", "2", "会", "次", comparator=">", per="每月", nature="rule"),
        count(first, "化解纠纷1310余件", "1310", "纠纷", "件", comparator=">", doubtful=True),
        count(first, "近300名党员", "300", "党员", "名", comparator="~"),
        state(first, "松江社区", Organisation, {}, name="松江社区", kind="community"),
        state(first, "《昌邑区邻里公约》", PolicyDocument, {}, title="昌邑区邻里公约"),
        state(first, "获评“省级和谐城区”", Honour, {}, title="省级和谐城区"),
        practice(second, "“邻里圆桌”制度", "邻里圆桌", "deliberation"),
        count(second, "社区党委增至17个", "17", "社区党委", "个", indicator=INDICATOR, action="增至"),
        practice(third, "“翠湖网格”", "翠湖网格", "grid"),
        practice(third, "“邻里圆桌”做法", "邻里圆桌", "deliberation"),
    )
    return Corpus(sources, (first, second, third), statements)


def counting(corpus: Corpus, **counted: str) -> Corpus:
    """The corpus, with what its two counts of 社区党委 count counted as more things, by their indicators."""
    own = [s for s in corpus.statements if s.indicator == INDICATOR]
    more = [
        replace(s, indicator=Indicator(notation.replace("_", "."), label, "count"))
        for notation, label in counted.items()
        for s in (own if label.endswith("数") else own[:1])
    ]
    return replace(corpus, statements=(*corpus.statements, *more))


def named_alike(corpus: Corpus) -> Corpus:
    """The corpus, with two counts before all else of things whose names hold that of a practice."""
    own = next(s for s in corpus.statements if s.indicator == INDICATOR)
    assert isinstance(own.fact, Measurement)
    more = [replace(own, fact=replace(own.fact, measured=name)) for name in ("老邻里圆桌", "邻里圆桌会")]
    return replace(corpus, statements=(*more, *corpus.statements))


#: What a document might try; `hacked` would show that something of it ran.
HOSTILE = (
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=2</script>",
    "<img src=x onerror=window.hacked=3>",
    '"><svg onload=window.hacked=4>',
    "<!--<script>",
    "javascript:window.hacked=5",
    "{{data}}{{policy}}",
    "=HYPERLINK(1)",
    "\u202egnihtyna\u2066\u2028\u2029\x00\ud800",
    "长" * 10_000,
)


@pytest.fixture(scope="session")
def hostile() -> Corpus:
    """Two districts that share hostile mechanisms, with every other kind of hostile fact too."""
    text = "\n".join(HOSTILE)
    statements: list[Statement] = []
    articles: list[Article] = []
    for number, code in enumerate(("220202", "530102")):
        division = Division(code, HOSTILE[number], "county", f"{code[:2]}0000")
        of = article(source(f"<b>{number}</b>.txt", f"{HOSTILE[2]}{number}\n{text}"), division)
        articles.append(of)
        for word in HOSTILE:
            statements += [
                practice(of, word, word, "grid"),
                practice(of, word, word, 'x"><img src=x onerror=window.hacked=6>'),
                chain(of, word, word, word),
                count(
                    of,
                    word,
                    "7",
                    word,
                    word,
                    indicator=Indicator(word, word),
                    subject=word,
                    period=word,
                    doubtful=True,
                ),
                state(of, word, Organisation, {}, name=word, kind=word),
                state(of, word, PolicyDocument, {}, title=word, issuer=word),
                state(of, word, Honour, {}, title=word, recipient=word),
                state(of, word, Person, {}, name=word, role=word),
            ]
    return Corpus(tuple(a.source for a in articles), tuple(articles), tuple(statements))


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


def iri(statement: Statement) -> str:
    return f"https://w3id.org/jiceng/id/{statement.article}/{statement.fact.start}"


@pytest.fixture(scope="session")
def html(corpus: Corpus, lexicon: Lexicon) -> str:
    return page.render(corpus, lexicon, DIVISIONS, iri)


@pytest.fixture(scope="session")
def hostile_html(hostile: Corpus, lexicon: Lexicon) -> str:
    names = {code: Division(code, HOSTILE[3], "province") for code in ("220000", "530000")}
    return page.render(hostile, lexicon, names, lambda s: f"https://example.org/{HOSTILE[1]}")


@pytest.fixture(scope="session")
def split_page(corpus: Corpus, lexicon: Lexicon) -> dict[str, bytes]:
    """The files of the split page of the same corpus."""
    return dict(page.write_split(page.by_division(corpus), lexicon, DIVISIONS, iri))


@pytest.fixture(scope="session")
def hostile_split(hostile: Corpus, lexicon: Lexicon) -> dict[str, bytes]:
    names = {code: Division(code, HOSTILE[3], "province") for code in ("220000", "530000")}
    parts = page.by_division(hostile)
    return dict(page.write_split(parts, lexicon, names, lambda s: f"https://example.org/{HOSTILE[1]}"))


# --- Chromium ---------------------------------------------------------------------------------------


#: Runs before the page's own scripts, and notes which fragment of its address the page has drawn: its
#: listener is called before the page's, so that the timer that it sets ends after the page's work.
NOTE_DRAWN = """
for (const event of ['DOMContentLoaded', 'hashchange']) {
  addEventListener(event, () => {
    const fragment = location.hash;
    setTimeout(() => { window.drawnFragment = fragment; });
  });
}
"""

Seen = TypeVar("Seen")


@dataclass
class Opened:
    """A page in Chromium and what it asked for and complained of.

    What an action brings comes later than the action ends: whatever is read here waits until the page has
    drawn where its address leads, and what comes later still is waited for (`wait`, `until`, `shows`).
    """

    page: Any
    url: str
    requests: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def until(self, read: Callable[[], Seen], passes: Callable[[Seen], object], what: str) -> Seen:
        """What `read` gives, as soon as it passes; the page's events are taken in meanwhile."""
        return until(read, passes, what, pause=lambda seconds: self.page.wait_for_timeout(1000 * seconds))

    def settled(self) -> None:
        """Wait until the page has drawn where its address leads."""
        state = "[location.hash, window.drawnFragment, location.hash === window.drawnFragment]"
        self.until(lambda: self.page.evaluate(state), lambda found: found[2], "the fragment is drawn")

    def go(self, fragment: str) -> None:
        """Follow a link within the page, and wait until it is shown."""
        self.page.evaluate("fragment => { location.hash = fragment; }", fragment)
        self.settled()

    def wait(self, condition: str) -> None:
        """Wait until an expression holds; Playwright's own way needs eval, which the policy forbids."""
        self.until(lambda: self.page.evaluate(condition), bool, condition)
        self.settled()

    def text(self, selector: str) -> str:
        self.settled()
        return str(self.page.locator(selector).first.text_content())

    def shows(self, selector: str, *words: str) -> None:
        """Wait until the text of an element holds all these words."""
        found = f"{selector} shows {words}"
        self.until(lambda: self.text(selector), lambda text: all(word in text for word in words), found)


@pytest.fixture
def open_page(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a page from disk, its text or its files by name, in a context of its own."""
    contexts = []

    def open_html(
        content: str | dict[str, bytes],
        fragment: str = "",
        width: int = 1280,
        height: int = 800,
        dark: bool = False,
    ) -> Opened:
        path = tmp_path / "index.html"
        files = {"index.html": content.encode()} if isinstance(content, str) else content
        for name, data in files.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(data)
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        context.set_default_timeout(LIMIT * 1000)
        context.add_init_script(NOTE_DRAWN)
        opened = Opened(context.new_page(), path.as_uri())
        context.on("request", lambda request: opened.requests.append(request.url))
        context.on("response", lambda response: opened.answers.append(response.url))
        opened.page.on("console", lambda message: opened.complaints.append(message.text))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.goto(opened.url + fragment)
        return opened

    yield open_html
    for context in contexts:
        context.close()
