"""Many ways to smuggle a script into a page: as any field, as link state, in tooltips and exports."""

import csv
import io
import itertools
import random
import urllib.parse
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.page.conftest import article, chain, count, practice, source, state
from tests.page.test_browser import UNTOUCHED, VIEWS, saved

from jiceng import page
from jiceng.lexicon import Lexicon
from jiceng.model import (
    Corpus,
    Division,
    Honour,
    Indicator,
    Organisation,
    Person,
    PolicyDocument,
    Statement,
)

pytestmark = pytest.mark.browser

#: Each would set `hacked`, load something or leave its place, if it were taken for markup, script or address.
STRINGS = (
    "<script>hacked=1</script>",
    "<SCRIPT SRC=//x.invalid/a.js></SCRIPT>",
    "</title><script>hacked=1</script>",
    "</textarea><img src=x onerror=hacked=1>",
    "</style><svg/onload=hacked=1>",
    "]]><script>hacked=1</script>",
    "--><img src=x onerror=hacked=1>",
    "<img src=x onerror=hacked=1>",
    "<img/src='x'/onerror='hacked=1'>",
    "<img src=x onerror=&#104;acked=1>",
    "<svg><animate onbegin=hacked=1 attributeName=x dur=1s>",
    "<svg><script>hacked=1</script></svg>",
    "<math><mtext></mtext><mglyph><style><img src=x onerror=hacked=1>",
    "<iframe src=javascript:parent.hacked=1>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'>",
    "<object data=javascript:hacked=1>",
    "<embed src=javascript:hacked=1>",
    "<form action=javascript:hacked=1><button>",
    "<a href=javascript:hacked=1>x</a>",
    "<details open ontoggle=hacked=1>",
    "<body onload=hacked=1>",
    "<input autofocus onfocus=hacked=1>",
    "<video><source onerror=hacked=1>",
    "<meta http-equiv=refresh content='0;url=//x.invalid'>",
    "<base href=//x.invalid/>",
    "<link rel=stylesheet href=//x.invalid/a.css>",
    "<template><script>hacked=1</script></template>",
    "' onmouseover='hacked=1",
    '" onmouseover="hacked=1" x="',
    "` onmouseover=hacked=1 `",
    "javascript:hacked=1",
    "java\tscript:hacked=1",
    "data:text/html,<script>hacked=1</script>",
    "vbscript:hacked=1",
    "${hacked=1}",
    "{{constructor.constructor('hacked=1')()}}",
    "#{hacked=1}",
    "\\u003cscript\\u003ehacked=1\\u003c/script\\u003e",
    "&lt;script&gt;hacked=1&lt;/script&gt;",
    "%3Cscript%3Ehacked=1%3C/script%3E",
    "\u2028hacked=1\u2029",
    "'-hacked-'",
    "\\';hacked=1;//",
    "__proto__",
    "constructor",
    "@SUM(1)",
    "+1-1|cmd",
    "=cmd|' /C calc'!A0",
    "＝1+1",
    "\u202e<tpircs>",
    "<\u200bscript>hacked=1</script>",
)


@pytest.fixture(scope="module")
def smuggled(lexicon: Lexicon) -> str:
    """A page in which each string stands in every field of some fact, two districts, their files and IRIs."""
    text = "\n".join(STRINGS)
    articles, statements = [], list[Statement]()
    for number, code in enumerate(("220202", "530102")):
        division = Division(code, STRINGS[number], "county", f"{code[:2]}0000")
        of = article(source(f"{STRINGS[7]}{number}.txt", f"{STRINGS[3]}{number}\n{text}"), division)
        articles.append(of)
        for at, word in enumerate(STRINGS):
            other = STRINGS[(at + 7) % len(STRINGS)]
            amounts: dict[str, Any] = {"indicator": Indicator(word, other), "subject": other, "period": other}
            statements += [
                practice(of, word, word, other),
                chain(of, word, word, other),
                count(of, word, "7", word, other, doubtful=True, **amounts),
                state(of, word, Organisation, {}, name=word, kind=other),
                state(of, word, PolicyDocument, {}, title=word, issuer=other),
                state(of, word, Honour, {}, title=word, recipient=other),
                state(of, word, Person, {}, name=word, role=other),
            ]
    corpus = Corpus(tuple(a.source for a in articles), tuple(articles), tuple(statements))
    names = {code: Division(code, STRINGS[8], "province") for code in ("220000", "530000")}
    return page.render(corpus, lexicon, names, lambda s: f"javascript:hacked=1//{s.fact.start}")


def holds(opened: Any, where: str) -> None:
    assert opened.page.evaluate(UNTOUCHED)[:4] == [None, 4, 0, False], where
    assert opened.page.evaluate("window.hacked") is None, where
    links = "[...document.querySelectorAll('a[href]')].map(a => a.protocol)"
    assert set(opened.page.evaluate(links)) <= {"file:", "http:", "https:", "blob:"}, where


def test_as_every_field_in_every_view(smuggled: str, open_page: Callable[..., Any]) -> None:
    opened = open_page(smuggled)
    picked = opened.page.evaluate(
        "JSON.parse(document.getElementById('data').textContent).facts.slice(0, 60).map(fact => fact.id)"
    )
    for view in (*VIEWS[:-1], "search?q=hacked", "district?d=220202", "explore?n=d220202"):
        opened.go(f"#{view}")
        holds(opened, view)
    for identity in picked:
        opened.go(f"#district?d=220202&f={identity}")
        holds(opened, identity)
    assert opened.complaints == []
    assert {url.split("#")[0] for url in opened.requests if not url.startswith("data:")} == {opened.url}


def test_as_link_state(smuggled: str, open_page: Callable[..., Any]) -> None:
    opened = open_page(smuggled)
    parameters = ("d", "f", "t", "q", "lang", "n", "from", "pin", "raw", "c", "p", "s", "a")
    for at, word in enumerate(STRINGS):
        quoted = urllib.parse.quote(word)
        view = VIEWS[at % len(VIEWS)].partition("?")[0]
        given = "&".join(f"{name}={quoted}" for name in parameters)
        for fragment in (f"{view}?{given}", quoted, f"{view}?{quoted}", f"{quoted}?q={quoted}"):
            opened.go(f"#{fragment}")
        holds(opened, word)
    assert opened.complaints == []
    assert opened.answers == [opened.url]


@pytest.mark.parametrize("view", ["network", "explore"])
def test_in_tooltips(smuggled: str, open_page: Callable[..., Any], view: str) -> None:
    opened = open_page(smuggled, f"#{view}", width=900, height=600)
    box = opened.page.locator("canvas").first.bounding_box()
    across = range(int(box["x"]) + 15, int(box["x"] + box["width"]), 30)
    down = range(int(box["y"]) + 15, int(box["y"] + box["height"]), 30)
    places = list(itertools.product(across, down))
    random.Random(1).shuffle(places)
    around = itertools.cycle(places)
    rests = itertools.count(200, 5)  # milliseconds: a tip comes when the mouse has rested
    tip = opened.page.locator({"network": ".vis-tooltip", "explore": "#tip"}[view])

    def pointed() -> str:
        opened.page.mouse.move(*next(around))
        if view == "explore" or opened.page.locator("#canvas.over-node").count():
            opened.page.wait_for_timeout(next(rests))
        return tip.text_content() if tip.count() and tip.is_visible() else ""

    for _ in range(3):
        opened.until(pointed, bool, "a tip is shown")
        holds(opened, view)
    holds(opened, view)
    assert opened.complaints == []


def test_in_what_is_taken_away(smuggled: str, open_page: Callable[..., Any]) -> None:
    opened = open_page(smuggled, "#network")
    drawn = {element.tag.split("}")[-1] for element in ElementTree.fromstring(saved(opened, "SVG")).iter()}
    assert drawn <= {"svg", "rect", "path", "circle", "text", "g"}
    rows = csv.reader(io.StringIO(saved(opened, "CSV").decode("utf-8-sig", "replace")))
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "@", "+", "\t", *"＝＠＋－\r\n")]
    holds(opened, "exports")
