"""The page in Chromium, opened from disk."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.page.conftest import counting, named_alike

from jiceng import page
from jiceng.lexicon import Lexicon
from jiceng.model import (
    Article,
    Corpus,
    Division,
    Evidence,
    Measurement,
    Mechanism,
    Paragraph,
    Piece,
    Source,
    Span,
    Statement,
    Text,
)
from jiceng.page.overview import TYPES

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
VIEWS = (
    "network",
    "explore",
    "district",
    "tiers",
    "matrix",
    "indicators",
    "source",
    "source?raw=1",
    "search?q=圆桌",
)
LONG_NAMES = ("科尔沁右翼前旗", "科尔沁右翼中旗", "双江拉祜族佤族布朗族傣族自治县")


def clean(opened: Any) -> bool:
    """Whether nothing but the file was asked for and nothing complained of."""
    assert opened.complaints == []
    asked = {url.split("#")[0] for url in opened.requests if not url.startswith("data:")}
    assert asked == {opened.url}
    return True


def pixels(opened: Any, selector: str = "#canvas canvas") -> int:
    """How many colours the canvas shows."""
    return int(
        opened.page.evaluate(
            """selector => { const canvas = document.querySelector(selector);
            const all = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            const seen = new Set();
            for (let i = 0; i < all.length; i += 4) seen.add(all[i] << 16 | all[i + 1] << 8 | all[i + 2]);
            return seen.size; }""",
            selector,
        )
    )


def place_of(opened: Any, label: str) -> tuple[float, float]:
    """Where a node stands on the screen: found by its tooltip's text, moving over the canvas."""
    opened.until(lambda: pixels(opened), lambda colours: colours > 20, "the canvas is drawn")
    box = opened.page.locator("#canvas").bounding_box()
    down = range(int(box["y"]) + 20, int(box["y"] + box["height"]) - 10, 22)
    across = range(int(box["x"]) + 10, int(box["x"] + box["width"]) - 5, 22)
    tip = opened.page.locator(".vis-tooltip:visible")
    for x, y in [(x, y) for y in down for x in across] * 2:
        opened.page.mouse.move(x, y)
        if opened.page.locator("#canvas.over-node").count():
            opened.until(tip.count, bool, f"a tooltip at {x}, {y}")
            if label in opened.text(".vis-tooltip"):
                return float(x), float(y)
    raise AssertionError(f"no node shows {label}")


def has_no_overflow(opened: Any) -> None:
    """Wait until nothing is wider than the window: a canvas follows its place a moment later."""
    opened.wait("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_it_opens_from_disk_without_a_request_or_complaint(
    html: str, open_page: Open, width: int, dark: bool
) -> None:
    opened = open_page(html, width=width, dark=dark)
    opened.until(lambda: pixels(opened), lambda colours: colours > 20, "the canvas is drawn")
    for view in VIEWS:
        opened.go(f"#{view}")
        assert opened.page.locator("main h2:visible").count() > 0, view
        has_no_overflow(opened)
    assert clean(opened)


@pytest.mark.parametrize("width", [1440, 1000, 390])
def test_no_word_of_an_english_type_is_broken(
    corpus: Corpus, lexicon: Lexicon, open_page: Open, width: int
) -> None:
    first, own = corpus.articles[0], corpus.statements[3]
    codes = [f"{province}0101" for province in range(11, 31)]  # so many that the picture is small
    articles = tuple(
        replace(first, division=Division(c, f"第{c}区", "county", c[:2] + "0000")) for c in codes
    )
    statements = tuple(
        replace(own, division=a.division.adcode, article=a.key, fact=replace(own.fact, type=kind))
        for a in articles
        for kind in TYPES
    )
    crowded = Corpus(corpus.sources[:1], articles, statements)
    opened = open_page(page.render(crowded, lexicon, {}, None), "#network?lang=en", width=width)
    opened.page.add_init_script(
        """window.drawn = []; const draw = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) {
          window.drawn.push(text); return draw.call(this, text, ...rest); };"""
    )
    opened.page.reload()
    opened.until(lambda: pixels(opened), lambda colours: colours > 20, "the canvas is drawn")
    drawn = {text.strip() for text in opened.page.evaluate("window.drawn")}
    assert {"Accountability", "Coordination", "Grid", "management", "organisation…"} <= drawn


def test_long_names_stay_within_the_picture(corpus: Corpus, lexicon: Lexicon, open_page: Open) -> None:
    first = corpus.articles[0]
    places = [Division(f"65{n:04}", LONG_NAMES[n % len(LONG_NAMES)], "county", "650000") for n in range(16)]
    articles = tuple(replace(first, division=division) for division in places)
    one = corpus.statements[0]
    statements = tuple(replace(one, division=a.division.adcode, article=a.key) for a in articles)
    whole = {"650000": Division("650000", "新疆维吾尔自治区", "province")}
    opened = open_page(page.render(Corpus(corpus.sources[:1], articles, statements), lexicon, whole))
    opened.until(lambda: pixels(opened), lambda colours: colours > 20, "the canvas is drawn")
    edges = opened.page.evaluate(
        """() => { const canvas = document.querySelector("#canvas canvas");
        const colours = (x) => new Set(new Uint32Array(
          canvas.getContext("2d").getImageData(x, 0, 1, canvas.height).data.buffer)).size;
        return [0, 1, canvas.width - 2, canvas.width - 1].map(colours); }"""
    )
    assert edges == [1, 1, 1, 1]  # no letter is cut


@pytest.mark.parametrize("width", [1280, 390])
def test_hundreds_of_districts_leave_room_for_the_chosen_one(
    corpus: Corpus, lexicon: Lexicon, open_page: Open, width: int
) -> None:
    first = corpus.articles[0]
    codes = [f"{province}01{n:02}" for province in range(11, 47) for n in range(1, 11)]
    articles = tuple(
        replace(first, division=Division(c, f"第{c}区", "county", c[:2] + "0000")) for c in codes
    )
    statements = tuple(
        replace(corpus.statements[0], division=a.division.adcode, article=a.key) for a in articles
    )
    opened = open_page(
        page.render(Corpus(corpus.sources[:1], articles, statements), lexicon, {}),
        f"#district?d={codes[-30]}",
        width=width,
    )
    opened.page.wait_for_selector(".sheet.full h2")
    tops = """() => [".chooser", ".chooser [aria-current]", ".sheet.full h2"].map((each) => {
      const box = document.querySelector(each).getBoundingClientRect(); return [box.top, box.bottom]; })"""
    (top, bottom), (above, below), (title, _) = opened.page.evaluate(tops)
    assert top <= above < below <= bottom <= title < 500


def test_a_report_without_a_title_shows_its_files_name_once(
    corpus: Corpus, lexicon: Lexicon, open_page: Open
) -> None:
    articles = (replace(corpus.articles[0], title=""), *corpus.articles[1:])
    opened = open_page(page.render(replace(corpus, articles=articles), lexicon, {}), "#district?d=220202")
    opened.page.wait_for_selector(".sheet.full")
    assert opened.text(".sheet .reading").count("昌邑.txt") == 1
    opened.go("#district?d=220211")
    assert opened.text(".sheet .reading").count("丰满.txt") == 1


def test_a_corpus_without_anything_opens_too(lexicon: Lexicon, open_page: Open) -> None:
    opened = open_page(page.render(Corpus((), (), ()), lexicon, {}))
    for view in VIEWS:
        opened.go(f"#{view}")
        assert "0 个区县" in opened.text("#top")
    assert clean(opened)


def test_many_districts_are_reached_through_their_province(lexicon: Lexicon, open_page: Open) -> None:
    divisions = [Division(f"{p}01{d:02}", f"第{d}区", "county") for p in (11, 31) for d in range(1, 41)]
    source = Source("多.txt", "0" * 64, "推行“街坊会”。")
    body = Text(source.text, (Piece(0, Span(0, 8)),))
    articles = tuple(Article(source, d, d.name, body, (Paragraph(0, 8),), (Span(0, 8),)) for d in divisions)
    fact = Mechanism(start=2, end=7, rule="test.rule", name="街坊会", type="deliberation")
    evidence = (Evidence(source.name, source.sha256, Span(2, 7), "“街坊会”"),)
    statements = tuple(
        Statement(fact, a.division.adcode, a.key, evidence, mechanism="街坊会") for a in articles
    )
    opened = open_page(page.render(Corpus((source,), articles, statements), lexicon, {}), "#network?p=31")
    assert opened.page.locator("#panel li a").count() == 40
    opened.page.locator("#panel li a").first.click()
    opened.page.wait_for_selector(".sheet.full")
    assert "街坊会" in opened.text(".sheet")
    opened.go("#matrix")
    assert opened.page.locator(".matrix .cell").all_text_contents() == ["40", "40"]
    assert clean(opened)


def test_the_policy_is_in_force(html: str, open_page: Open) -> None:
    opened = open_page(html)
    broken = opened.page.evaluate(
        """async () => { const broken = [];
        document.addEventListener('securitypolicyviolation', event => broken.push(event.effectiveDirective));
        const script = document.createElement('script'); script.textContent = 'window.hacked = 1';
        const image = new Image(); image.src = 'https://example.invalid/a.png';
        const style = document.createElement('style'); style.textContent = 'body { display: none }';
        const button = document.createElement('button'); button.setAttribute('onclick', 'window.hacked = 2');
        document.body.append(script, image, style, button); button.click();
        await fetch('https://example.invalid/').catch(() => 0);
        const pause = () => new Promise(done => setTimeout(done, 100));
        for (let n = 0; n < 600 && broken.length < 5; n += 1) await pause();
        await pause(); // for what must not come
        return [broken.sort(), window.hacked, getComputedStyle(document.body).display]; }"""
    )
    directives = ["connect-src", "img-src", "script-src-attr", "script-src-elem", "style-src-elem"]
    assert broken == [directives, None, "grid"]
    assert opened.answers == [opened.url]


def test_the_first_view_says_what_districts_share(html: str, open_page: Open) -> None:
    opened = open_page(html)
    cards = opened.page.locator(".takeaways li").all_text_contents()
    assert any("邻里圆桌" in card and "3 个区县" in card for card in cards)
    assert any("社区党委" in card and "2 个区县" in card for card in cards)
    assert "昌邑区" not in opened.text("#panel")


def test_a_click_on_a_district_shows_its_facts(html: str, open_page: Open) -> None:
    opened = open_page(html)
    place = place_of(opened, "昌邑区")

    def clicked() -> bool:
        opened.page.mouse.click(*place)  # what is held down for long, on a slow machine, is no click
        opened.page.wait_for_timeout(500)
        return bool(opened.page.locator("#panel h2").count())

    opened.until(clicked, bool, "a click opens the district")
    assert opened.text("#panel h2") == "昌邑区"
    panel = opened.text("#panel")
    for words in (
        "吉林省",
        "街道党工委",
        "42个",
        "1,310余件",
        "近300名",
        "松江社区",
        "李北松",
        "邻里圆桌",
        "存疑",
    ):
        assert words in panel
    assert "d=220202" in opened.page.url
    assert clean(opened)


def test_the_keyboard_alone_leads_to_a_district_and_back(html: str, open_page: Open) -> None:
    opened = open_page(html)
    opened.page.locator("#canvas").focus()
    for _ in range(3):
        opened.page.keyboard.press("ArrowRight")
    said = opened.text("#live")
    assert "条事实" in said
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector("#panel h2")
    assert opened.text("#panel h2") in said
    assert opened.page.evaluate("document.activeElement.tagName") == "H2"
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_selector("#panel", state="hidden")
    opened.page.go_back()
    opened.page.wait_for_selector("#panel h2")


def test_the_header_counts_a_fact_of_two_reports_once(
    corpus: Corpus, lexicon: Lexicon, open_page: Open
) -> None:
    html = page.render(corpus, lexicon, {}, lambda statement: f"https://example.org/{statement.division}")
    divisions = len({statement.division for statement in corpus.statements})
    assert f"{divisions} 条事实" in open_page(html).text("#top")


def test_closing_a_fact_returns_to_where_it_was_opened(html: str, open_page: Open) -> None:
    opened = open_page(html, "#district?d=220202")
    link = opened.page.locator("#view a.fact", has_text="松江社区")
    link.focus()
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector("#panel h2")
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_selector("#panel", state="hidden")
    assert opened.page.evaluate("document.activeElement.textContent") == "松江社区"


def test_everything_in_the_header_and_a_sheet_is_reached_by_tab(html: str, open_page: Open) -> None:
    opened = open_page(html, "#district?d=220202")
    reached = set()
    for _ in range(60):
        opened.page.keyboard.press("Tab")
        reached.add(opened.page.evaluate("document.activeElement.textContent || document.activeElement.id"))
    assert {"跳到内容", "search", "English", "指标", "丰满区", "松江社区", "1,310余件"} & reached >= {
        "search", "English", "指标", "丰满区", "松江社区",
    }  # fmt: skip


def test_every_facts_evidence_is_the_slice_of_the_source(html: str, corpus: Corpus, open_page: Open) -> None:
    opened = open_page(html, "#district?d=220202")
    data = opened.page.evaluate("JSON.parse(document.getElementById('data').textContent)")
    for fact in data["facts"]:
        opened.go(f"#district?d={fact['division']}&f={fact['id']}")
        quote = opened.page.locator("#panel .exact").first
        source = corpus.sources[int(quote.get_attribute("data-source"))]
        start, end = (int(quote.get_attribute(f"data-{name}")) for name in ("start", "end"))
        assert quote.text_content() == source.text[start:end]
        assert opened.text("#panel .sentence mark") == source.text[start:end]
        panel = opened.text("#panel")
        assert source.name in panel
        assert "test.rule" in panel
        assert f"https://w3id.org/jiceng/id/{fact['article']}/{start}" in panel
    assert clean(opened)


def test_a_fact_shows_its_sentence_and_leads_to_the_full_text(html: str, open_page: Open) -> None:
    opened = open_page(html, "#district?d=220202")
    opened.page.locator("a.fact", has_text="纠纷").first.click()
    opened.page.wait_for_selector("#panel .sentence")
    assert opened.text("#panel .sentence") == "化解纠纷1310余件，近300名党员到松江社区报到。"
    assert "不确定" in opened.text("#panel .warning")
    opened.page.get_by_text("在全文中看").click()
    opened.page.wait_for_selector("mark.current")
    assert opened.text("mark.current") == "化解纠纷1310余件"
    assert opened.page.locator(".text p").count() == 3


def test_the_source_view_shows_article_and_file_whole(html: str, corpus: Corpus, open_page: Open) -> None:
    opened = open_page(html, "#source?raw=1")
    lines = opened.page.locator(".beside .text > *").all_text_contents()
    assert "\n".join(lines) == corpus.articles[0].body.value
    assert opened.text(".raw") == corpus.sources[0].text
    mark = opened.page.locator(".text mark", has_text="《昌邑区邻里公约》")
    mark.focus()
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector("#panel h2")
    assert opened.text("#panel h2").strip() == "昌邑区邻里公约"


def test_search_finds_labels_and_quotes(html: str, open_page: Open) -> None:
    opened = open_page(html)
    opened.page.locator("#search").fill("圆桌")
    opened.page.wait_for_selector(".results li")
    assert opened.page.locator(".results li").count() == 3
    assert "3 条结果" in opened.text("#view h2")
    opened.page.locator("#search").fill("1310余")
    opened.wait("document.querySelectorAll('.results li').length === 1")
    opened.page.locator(".results a").click()
    opened.page.wait_for_selector("#panel .exact")
    assert opened.text("#panel .exact") == "化解纠纷1310余件"
    opened.page.locator("#search").fill("没有这样的话")
    opened.wait("document.querySelectorAll('.results li').length === 0")
    assert clean(opened)


@pytest.mark.parametrize("sought", ["1,310", "纠纷1310余件", "纠纷 1,310余件", "吉林 纠纷"])
def test_search_takes_a_number_as_the_page_shows_it_and_the_province(
    html: str, open_page: Open, sought: str
) -> None:
    opened = open_page(html, f"#search?q={sought}")
    assert opened.page.locator(".results b bdi").all_text_contents() == ["纠纷", "1,310余件"]
    assert clean(opened)


def test_search_offers_the_districts_that_initials_stand_for(html: str, open_page: Open) -> None:
    opened = open_page(html, "#search?q=fmq")
    assert opened.page.locator(".chooser a[href*='district']").all_text_contents() == ["丰满区"]
    assert opened.page.locator("#view .note").count() == 0


def test_search_takes_pinyin_initials_and_a_kind(html: str, open_page: Open) -> None:
    opened = open_page(html, "#search?q=llyz")
    labels = opened.page.locator(".results b").all_text_contents()
    assert labels == ["邻里圆桌"] * 3
    opened.go("#search?q=昌邑区")
    everything = opened.page.locator(".results li").count()
    opened.page.locator(".chooser a", has_text="文件").click()
    opened.wait("location.hash.includes('c=policy')")
    opened.wait("document.querySelectorAll('.results li').length === 1")
    assert everything > 1


def test_a_shared_practice_is_listed_with_the_sentences_that_tell_of_it(html: str, open_page: Open) -> None:
    opened = open_page(html, "#network?m=邻里圆桌")
    opened.page.wait_for_selector("#panel .use .excerpt mark")
    told = opened.page.locator("#panel .use .excerpt").all_text_contents()
    marked = opened.page.locator("#panel .use .excerpt mark").all_text_contents()
    assert len(told) == len(marked) == 3
    assert all(
        mark in sentence and len(sentence) > len(mark) for sentence, mark in zip(told, marked, strict=True)
    )
    assert clean(opened)


def test_search_takes_the_english_names_that_the_page_shows(html: str, open_page: Open) -> None:
    opened = open_page(html, "#search?q=deliberation")
    assert opened.page.locator(".results b").all_text_contents() == ["邻里圆桌"] * 3
    opened.go("#search?q=Grid management")
    opened.wait("document.querySelectorAll('.results li').length === 1")
    assert opened.text(".results b") == "翠湖网格"


def test_a_search_without_results_tells_what_is_searched(html: str, open_page: Open) -> None:
    opened = open_page(html, "#search?q=没有这样的话")
    assert "拼音首字母" in opened.text("#view .note")
    opened.go("#search?q=圆桌")
    opened.wait("document.querySelectorAll('.results li').length === 3")
    assert opened.page.locator("#view .note").count() == 0


@pytest.mark.parametrize("sought", ["邻里圆桌", "llyz"])
def test_search_tells_first_of_what_has_just_that_name(
    corpus: Corpus, lexicon: Lexicon, open_page: Open, sought: str
) -> None:
    told = page.render(named_alike(corpus), lexicon, {}, None)
    names = open_page(told, f"#search?q={sought}").page.locator(".results b").all_text_contents()
    assert [name.split()[0] for name in names[:3]] == ["邻里圆桌"] * 3
    assert len(names) == 5


def test_search_takes_traditional_characters(html: str, open_page: Open) -> None:
    opened = open_page(html, "#search?q=鄰里圓桌")
    assert opened.page.locator(".results b").all_text_contents() == ["邻里圆桌"] * 3
    assert opened.page.locator(".results b mark").all_text_contents() == ["邻里圆桌"] * 3
    assert clean(opened)


def saved(opened: Any, button: str) -> bytes:
    """What a download button gives."""
    opened.settled()
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name=button, exact=True).locator("visible=true").click()
    return Path(download.value.path()).read_bytes()


def test_what_is_shown_can_be_taken_away(html: str, corpus: Corpus, open_page: Open) -> None:
    opened = open_page(html)
    assert saved(opened, "PNG").startswith(b"\x89PNG")
    texts = [element.text for element in ElementTree.fromstring(saved(opened, "SVG")).iter() if element.text]
    assert {"昌邑区", "丰满区", "五华区", "邻里圆桌"} <= set(texts)
    rows = list(csv.DictReader(io.StringIO(saved(opened, "CSV").decode("utf-8-sig"))))
    assert [row["quote"] for row in rows] == [s.evidence[0].exact for s in corpus.statements]
    opened.go("#network?d=220211")
    facts = json.loads(saved(opened, "JSON"))
    assert {fact["district"] for fact in facts} == {"丰满区"}
    opened.go("#matrix")
    table = list(csv.reader(io.StringIO(saved(opened, "CSV (表格)").decode("utf-8-sig"))))
    assert table[0] == ["", "昌邑区", "丰满区", "五华区", "合计"]
    assert ["邻里圆桌", "●", "●", "●", "3"] in table
    assert opened.answers == [opened.url]
    assert opened.complaints == []


def test_what_is_taken_away_holds_no_formula_and_no_markup(hostile_html: str, open_page: Open) -> None:
    opened = open_page(hostile_html, "#network")
    drawn = {element.tag.split("}")[-1] for element in ElementTree.fromstring(saved(opened, "SVG")).iter()}
    assert drawn == {"svg", "rect", "path", "circle", "text"}
    rows = csv.reader(io.StringIO(saved(opened, "CSV").decode("utf-8-sig", "replace")))
    cells = [cell for row in rows for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not [cell for cell in cells if cell.startswith("=")]


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_wrong(html: str, open_page: Open, dark: bool) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing"
    )
    opened = open_page(html, dark=dark)
    facts = opened.page.evaluate(
        "JSON.parse(document.getElementById('data').textContent).facts.map(f => f.id)"
    )
    for view in (*VIEWS, "network?d=220202", "matrix?t=grid", *(f"district?f={fact}" for fact in facts)):
        opened.go(f"#{view}")
        found = axe.Axe().run(opened.page)
        assert found.violations_count == 0, (view, found.generate_report())


def test_the_language_changes_at_a_click_and_stays(html: str, open_page: Open) -> None:
    opened = open_page(html)
    opened.page.locator("#language").click()
    opened.page.wait_for_selector("html[lang=en]")
    assert "Which governance mechanisms" in opened.text("#network h2")
    opened.page.locator("#tabs a", has_text="Tiers").click()
    opened.page.wait_for_selector(".chain")
    assert opened.page.evaluate("document.documentElement.lang") == "en"
    assert "3 levels" in opened.text(".chain figcaption")
    words = re.sub(r"[\W\d_]+", "", opened.text("#tabs") + opened.text("#view h2"))
    assert words.isascii()
    opened.page.locator("#language").click()
    opened.page.wait_for_selector("html[lang=zh-CN]")


def test_the_printed_matrix_has_all_its_columns_on_the_paper(
    corpus: Corpus, lexicon: Lexicon, open_page: Open
) -> None:
    first, own = corpus.articles[0], corpus.statements[3]
    codes = [f"65{n:04}" for n in range(40)]
    articles = tuple(replace(first, division=Division(c, f"第{c[-2:]}区", "county", "650000")) for c in codes)
    statements = tuple(replace(own, division=a.division.adcode, article=a.key) for a in articles)
    told = page.render(Corpus(corpus.sources[:1], articles, statements), lexicon, {}, None)
    opened = open_page(told, "#matrix")
    opened.page.emulate_media(media="print")
    opened.page.set_viewport_size({"width": 700, "height": 990})
    heads = opened.page.locator(".matrix thead th")
    boxes = [heads.nth(at).bounding_box() for at in range(heads.count())]
    assert len(boxes) == len(codes) + 1
    assert all(left["x"] + left["width"] <= right["x"] + 0.5 for left, right in pairwise(boxes))
    assert boxes[-1]["x"] + boxes[-1]["width"] <= 700
    has_no_overflow(opened)


def test_the_matrix_counts_and_marks_what_is_shared(html: str, open_page: Open) -> None:
    opened = open_page(html, "#matrix")
    rows = {
        row.locator("th").text_content(): row.locator("td").all_text_contents()
        for row in opened.page.locator(".matrix tbody tr").all()
    }
    assert rows["邻里圆桌"] == ["●", "●", "●", "3"]
    assert ["·", "·", "1", "1"] in rows.values()
    opened.page.locator(".matrix .cell a").first.click()
    opened.page.wait_for_selector("#panel h2")
    assert "翠湖网格" in opened.text("#panel")


def test_people_are_compared_whatever_the_courtesy_of_their_unit(
    corpus: Corpus, lexicon: Lexicon, open_page: Open
) -> None:
    counted = next(s for s in corpus.statements if s.indicator and isinstance(s.fact, Measurement))
    fact = counted.fact
    assert isinstance(fact, Measurement)
    assert counted.indicator
    statements = tuple(
        replace(counted, fact=replace(fact, unit=unit, value=Decimal(n)))
        for n, unit in enumerate("名人位个", 1)
    )
    told = page.render(replace(corpus, statements=statements), lexicon, {}, None)
    opened = open_page(told, f"#indicators?i={counted.indicator.notation}")
    assert [figure.locator("li").count() for figure in opened.page.locator("figure.bars").all()] == [3, 1]
    values = opened.page.locator("figure.bars").first.locator(".bar-value").all()
    assert [value.text_content()[:2] for value in values] == ["3位", "2人", "1名"]


def test_indicators_are_sorted_bars(html: str, open_page: Open) -> None:
    opened = open_page(html, "#indicators?i=count.community-committee")
    bars = opened.page.locator(".bars li")
    assert [bars.nth(i).locator(".bar-district").text_content() for i in range(2)] == ["昌邑区", "丰满区"]
    widths = [bars.nth(i).locator(".bar").bounding_box()["width"] for i in range(2)]
    assert widths[1] / widths[0] == pytest.approx(17 / 42, rel=0.02)


@pytest.mark.parametrize(
    ("counted", "shown"),
    [
        ({"count_a-person": "人数", "count_organisation_party_branch": "党支部数"}, "党支部数"),
        ({"count_a-person": "人数", "count_organisation_unit": "单位数"}, "单位数"),
        # What one district alone tells compares nothing.
        ({"count_a-person": "人数", "count_organisation_unit": "单位"}, "人数"),
    ],
)
def test_the_first_indicator_is_one_of_organisations(
    corpus: Corpus, lexicon: Lexicon, open_page: Open, counted: dict[str, str], shown: str
) -> None:
    told = page.render(counting(corpus, **counted), lexicon, {}, None)
    opened = open_page(told, "#indicators")
    assert opened.text(".chooser [aria-current]").startswith(shown)
    assert opened.text(".bars-part h3") == shown
    opened.go("#network")
    opened.shows("#view", shown)


def test_a_link_opens_the_same_view_and_back_and_forward_work(html: str, open_page: Open) -> None:
    opened = open_page(html, "#district?d=220211&lang=en")
    assert opened.text("#view h2") == "丰满区"
    opened.page.locator("#tabs a", has_text="Source").click()
    opened.page.wait_for_selector(".text p")
    opened.page.go_back()
    opened.page.wait_for_selector(".sheet.full")
    assert opened.text("#view h2") == "丰满区"
    opened.page.go_forward()
    opened.page.wait_for_selector(".text p")


def test_a_link_to_what_is_not_there_is_no_error(html: str, open_page: Open) -> None:
    opened = open_page(html)
    for fragment in (
        "#nowhere",
        "#district?d=999999",
        "#district?f=none",
        "#network?m=x&t=y",
        "#source?a=z",
        "#%",
        "#?q=%",
    ):
        opened.go(fragment)
    assert clean(opened)


UNTOUCHED = """() => [window.hacked, document.querySelectorAll('script').length,
    document.querySelectorAll('img, svg, iframe, object, embed, b > b').length,
    [...document.querySelectorAll('*')].some(e => e.getAttributeNames().some(n => n.startsWith('on'))),
    document.documentElement.scrollWidth <= innerWidth]"""


def untouched(opened: Any, where: str) -> None:
    has_no_overflow(opened)
    assert opened.page.evaluate(UNTOUCHED) == [None, 4, 0, False, True], where


def test_hostile_documents_stay_text_in_every_view(hostile_html: str, open_page: Open) -> None:
    opened = open_page(hostile_html)
    data = opened.page.evaluate("JSON.parse(document.getElementById('data').textContent)")
    views = [
        *VIEWS[:-1],
        "search?q=script",
        "search?c=person&fu=%3Cscript%3E",
        "district?d=530102",
        "network?d=220202",
        "network?t=grid",
    ]
    views += [view + ("&" if "?" in view else "?") + "lang=en" for view in views]
    picked = {fact["kind"] + fact["label"]: fact["id"] for fact in data["facts"]}
    views += [f"indicators?f={identity}" for identity in picked.values()]
    for view in views:
        opened.go(f"#{view}")
        untouched(opened, view)
    opened.go(f"#district?d=220202&f={picked['person' + '<script>window.hacked=1</script>']}")
    assert opened.text("#panel h2").strip() == "<script>window.hacked=1</script>"
    assert opened.text("#panel .exact") == "<script>window.hacked=1</script>"
    assert clean(opened)


def test_names_that_turn_the_direction_stay_in_their_place(hostile_html: str, open_page: Open) -> None:
    opened = open_page(hostile_html, "#district?d=220202")
    isolated = opened.page.evaluate(
        """[...document.querySelectorAll('#view *')].filter(e => [...e.childNodes].some(n =>
        n.nodeType === 3 && n.data.includes('\\u202e'))).map(e => getComputedStyle(e).unicodeBidi)"""
    )
    assert isolated
    assert set(isolated) == {"isolate"}
