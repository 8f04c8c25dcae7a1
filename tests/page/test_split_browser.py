"""A split page in Chromium, opened from disk: what is missing is loaded when it is asked for."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from tests.page.conftest import counting, named_alike
from tests.page.test_browser import has_no_overflow, untouched

from jiceng import page
from jiceng.lexicon import Lexicon
from jiceng.model import Corpus
from jiceng.page import division

pytestmark = pytest.mark.browser

Open = Callable[..., Any]
Files = dict[str, bytes]
VIEWS = (
    "network",
    "explore",
    "district",
    "district?p=22",
    "district?d=220202",
    "tiers",
    "tiers?p=22",
    "matrix",
    "matrix?fp=22",
    "indicators",
    "source",
    "source?raw=1",
    "search?q=圆桌",
)
COMPLETE = "!document.querySelector('.waiting')"


def clean(opened: Any, *others: str) -> bool:
    """Whether only the page and its data were asked for, and nothing complained of."""
    assert opened.complaints == []
    folder = opened.url.rpartition("/")[0]
    asked = {url.split("#")[0] for url in opened.requests if not url.startswith("data:")}
    assert all(
        url == opened.url or re.fullmatch(re.escape(folder) + r"/page/[\w-]+\.js", url) for url in asked
    )
    return True


def loaded(opened: Any) -> set[str]:
    return {url.rpartition("/")[2] for url in opened.requests if "/page/" in url}


def loads(opened: Any, *names: str, besides: tuple[str, ...] = ()) -> None:
    """Wait until these files have been asked for, and no others."""
    found = f"asked for {names}"
    opened.until(lambda: loaded(opened) - set(besides), lambda files: files == set(names), found)


def whole(opened: Any, condition: str) -> None:
    """Wait for a condition, and for all that was asked for meanwhile."""
    opened.wait(condition)
    opened.wait(COMPLETE)


def go(opened: Any, fragment: str) -> None:
    opened.go(fragment)
    opened.wait(COMPLETE)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("dark", [False, True])
def test_every_view_opens_from_disk(split_page: Files, open_page: Open, width: int, dark: bool) -> None:
    opened = open_page(split_page, width=width, dark=dark)
    assert loaded(opened) == set()
    assert "3 个区县 · 3 篇报道 · 14 条事实" in opened.text("#top")
    for view in VIEWS:
        go(opened, f"#{view}")
        assert opened.page.locator("main h2:visible").count() > 0, view
        has_no_overflow(opened)
    assert clean(opened)


def test_the_page_of_nothing_opens(lexicon: Lexicon, open_page: Open) -> None:
    opened = open_page(dict(page.write_split([], lexicon, {})))
    for view in VIEWS:
        go(opened, f"#{view}")
        assert "0 个区县" in opened.text("#top")
    assert clean(opened)


def test_a_district_is_loaded_when_it_is_opened(split_page: Files, open_page: Open) -> None:
    opened = open_page(split_page, "#district?p=22")
    assert loaded(opened) == set()
    opened.page.locator(".measurements a", has_text="昌邑区").click()
    whole(opened, "document.querySelector('.sheet .tags')")
    loads(opened, "220202.js")
    assert "1,310余件" in opened.text(".sheet")
    assert "李北松" in opened.text(".sheet")
    assert clean(opened)


def test_a_link_to_a_fact_loads_its_district_and_text(
    split_page: Files, corpus: Corpus, open_page: Open
) -> None:
    ids = re.findall(rb'\\"id\\":\\"(\d{6}-[0-9a-f]{10})\\"', b"".join(split_page.values()))
    texts = {source.name: source.text for source in corpus.sources}
    for fact in sorted({each.decode() for each in ids}):
        opened = open_page(split_page, f"#matrix?f={fact}")
        whole(opened, "document.querySelector('#panel .sentence')")
        quote = opened.page.locator("#panel .exact").first
        start, end = (int(quote.get_attribute(f"data-{name}")) for name in ("start", "end"))
        name = opened.text("#panel .quote figcaption bdi")
        assert quote.text_content() == texts[name][start:end] == opened.text("#panel .sentence mark")
        assert opened.page.evaluate("document.activeElement.tagName") == "H2"
        loads(opened, f"{fact[:6]}.js", f"{fact[:6]}-t1.js", besides=("mechanisms-0.js",))
        assert clean(opened)


def test_a_fact_in_a_later_file_of_its_district_is_found(
    corpus: Corpus, lexicon: Lexicon, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(division, "FACTS", 3)
    files = dict(page.write_split(page.by_division(corpus), lexicon, {}))
    last = json.loads(json.loads(files["page/220202-4.js"].decode()[len('jicengData("220202-4",') : -3]))
    opened = open_page(files, f"#district?d=220202&f={last['facts'][-1]['id']}")
    opened.wait("document.querySelector('#panel .exact')")
    assert opened.text("#panel h2").strip() == "省级和谐城区"
    opened = open_page(files, "#district?d=220202")
    for part in (2, 3, 4):
        opened.page.get_by_role("button", name=f"继续载入（{part - 1} / 4）").click()
        loads(opened, "220202.js", *(f"220202-{n}.js" for n in range(2, part + 1)))
    opened.wait("document.querySelector('.sheet').textContent.includes('省级和谐城区')")
    assert clean(opened)


def test_search_loads_the_names_and_finds_them(split_page: Files, open_page: Open) -> None:
    opened = open_page(split_page)
    opened.page.locator("#search").fill("圆桌")
    whole(opened, "document.querySelectorAll('.results li').length === 3")
    loads(opened, "names-22-1.js", "names-53-1.js")
    opened.page.locator("#search").fill("圓桌")
    opened.wait("location.hash.includes(encodeURIComponent('圓桌'))")
    opened.wait("document.querySelectorAll('.results li').length === 3")
    opened.page.locator("#search").fill("llyz")
    opened.wait("document.querySelector('h2:not([hidden])') && location.hash.includes('llyz')")
    opened.wait("document.querySelectorAll('.results li').length === 3")
    opened.page.locator("#search").fill("deliberation")
    opened.wait(
        "location.hash.includes('deliberation') && document.querySelectorAll('.results li').length === 3"
    )
    opened.page.locator("#search").fill("没有这样的话")
    opened.wait("document.querySelectorAll('.results li').length === 0")
    assert "拼音首字母" in opened.text("#view .note")
    opened.page.locator("#search").fill("吉林 1,310件")
    whole(opened, "document.querySelectorAll('.results li').length === 1")
    opened.page.locator(".results a").click()
    whole(opened, "document.querySelector('#panel .exact')")
    assert opened.text("#panel .exact") == "化解纠纷1310余件"
    go(opened, "#search?q=圆桌&fp=53")
    assert opened.page.locator(".results li").count() == 1
    assert clean(opened)


def test_mechanisms_and_indicators_compare_all_districts(split_page: Files, open_page: Open) -> None:
    opened = open_page(split_page, "#matrix?m=邻里圆桌")
    whole(opened, "document.querySelectorAll('#panel .use').length === 3")
    assert not any(name.startswith(("22", "53")) for name in loaded(opened))
    opened.page.locator("#panel .use a.fact").first.click()
    whole(opened, "document.querySelector('#panel .exact')")
    go(opened, "#indicators?i=count.community-committee")
    bars = opened.page.locator(".bars li")
    assert [bars.nth(i).locator(".bar-district").text_content() for i in range(2)] == ["昌邑区", "丰满区"]
    go(opened, "#indicators?i=there-is-none")
    assert "没有找到" in opened.text("#view")
    assert clean(opened)


@pytest.mark.parametrize("sought", ["邻里圆桌", "llyz"])
def test_search_tells_first_of_what_has_just_that_name(
    corpus: Corpus, lexicon: Lexicon, open_page: Open, sought: str
) -> None:
    files = dict(page.write_split(page.by_division(named_alike(corpus)), lexicon, {}))
    opened = open_page(files, f"#search?q={sought}")
    whole(opened, "document.querySelectorAll('.results li').length === 5")
    names = opened.page.locator(".results b").all_text_contents()
    assert [name.split()[0] for name in names[:3]] == ["邻里圆桌"] * 3
    assert clean(opened)


def test_the_first_indicator_is_one_of_organisations(
    corpus: Corpus, lexicon: Lexicon, open_page: Open
) -> None:
    more = counting(corpus, **{"count_a-person": "人数", "count_organisation_party_branch": "党支部数"})
    opened = open_page(dict(page.write_split(page.by_division(more), lexicon, {})), "#indicators")
    whole(opened, "document.querySelectorAll('.bars li').length === 2")
    assert opened.text(".bars-part h3") == "党支部数"
    go(opened, "#network")
    opened.shows("#view", "党支部数")
    assert clean(opened)


def test_the_script_and_the_files_agree_where_a_key_stands(
    lexicon: Lexicon, corpus: Corpus, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jiceng.page.aggregates.BUCKET", 4)
    files = dict(page.write_split(page.by_division(corpus), lexicon, {}))
    assert len([name for name in files if name.startswith("page/mechanisms-")]) == 1
    opened = open_page(files, "#network?m=邻里圆桌")
    opened.wait("document.querySelectorAll('#panel .use').length === 3")
    assert clean(opened)


def test_the_explorer_draws_what_is_loaded_and_takes_more(split_page: Files, open_page: Open) -> None:
    opened = open_page(split_page, "#explore?d=220202")
    whole(opened, "document.querySelector('#explorer-canvas canvas')")
    loads(opened, "220202.js")
    opened.page.locator("#add-province").select_option("53")
    opened.wait("document.querySelector('#add-district')?.textContent.includes('五华区')")
    opened.page.locator("#add-district").select_option("530102")
    whole(opened, "document.querySelector('.filters').textContent.includes('2 个区县')")
    loads(opened, "220202.js", "530102.js")
    link = opened.page.url
    opened = open_page(split_page, link[link.index("#") :])
    whole(opened, "document.querySelector('.filters')?.textContent.includes('2 个区县')")
    go(opened, "#explore?from=d220202&to=d530102")
    assert "邻里圆桌" in opened.text("#panel")
    assert clean(opened)


def test_source_and_file_are_whole(split_page: Files, corpus: Corpus, open_page: Open) -> None:
    for article in corpus.articles:
        opened = open_page(split_page, f"#source?a={article.key}&raw=1")
        whole(opened, "document.querySelector('.raw')")
        lines = opened.page.locator(".beside .text > *").all_text_contents()
        assert "\n".join(lines) == article.body.value
        assert opened.text(".raw") == article.source.text
        assert clean(opened)


def test_a_file_that_is_not_there_is_told(split_page: Files, open_page: Open) -> None:
    files = {name: data for name, data in split_page.items() if name != "page/220211.js"}
    opened = open_page(files, "#district?d=220211")
    opened.wait("document.querySelector('.waiting')?.textContent.includes('220211')")
    opened.shows(".waiting", "没有载入")
    opened.go("#district?d=220202")
    opened.wait("document.querySelector('.sheet .tags')")


def test_nothing_is_asked_for_that_a_link_makes_up(split_page: Files, open_page: Open) -> None:
    opened = open_page(split_page)
    for fragment in (
        "#district?d=../../etc",
        "#district?d=999999",
        "#network?f=..%2Fx-1",
        "#network?m=__proto__",
        "#indicators?i=constructor",
        "#source?a=x/..%2F..",
        "#explore?load=..%2F,toString",
        "#tiers?p=..",
        "#search?q=x&fp=..",
        "#%",
    ):
        go(opened, fragment)
    assert all(name in {url[5:] for url in split_page} for name in loaded(opened))
    assert clean(opened)


def test_markup_and_other_scripts_may_load_nothing(split_page: Files, open_page: Open) -> None:
    opened = open_page(split_page)
    broken, refused, hacked = opened.page.evaluate(
        """async () => { const broken = []; const refused = [];
        document.addEventListener('securitypolicyviolation', event => broken.push(event.effectiveDirective));
        const attempt = (name, action) => { try { action(); } catch { refused.push(name); } };
        const inline = document.createElement('script');
        const other = document.createElement('script');
        const markup = document.createElement('div');
        const image = new Image();
        attempt('text', () => { inline.textContent = 'window.hacked = 1'; });
        attempt('address', () => { other.src = 'page/../../other.js'; });
        attempt('elsewhere', () => { other.src = 'https://example.invalid/a.js'; });
        attempt('setTimeout', () => setTimeout('window.hacked = 3'));
        attempt('markup', () => { markup.innerHTML = '<img src=x onerror="window.hacked = 4">'; });
        attempt('attribute', () => { markup.setAttribute('onclick', 'window.hacked = 5'); markup.click(); });
        image.src = 'https://example.invalid/a.png';
        document.body.append(inline, other, image, markup);
        await fetch('https://example.invalid/').catch(() => 0);
        window.jicengData('220202', '{"facts": 1}'); // nobody has asked for it
        const told = () => ['connect-src', 'img-src'].every(name => broken.includes(name));
        const pause = () => new Promise(done => setTimeout(done, 100));
        for (let n = 0; n < 600 && !told(); n += 1) await pause();
        await pause(); // for what must not come
        return [[...new Set(broken)], refused, [window.hacked, markup.querySelector('img'), other.src]]; }"""
    )
    assert {"connect-src", "img-src"} <= set(broken)
    assert {"text", "address", "elsewhere", "setTimeout", "attribute"} <= set(refused)
    assert hacked == [None, None, ""]
    opened.page.evaluate(
        "document.querySelectorAll('body > div:last-child, body > img').forEach(e => e.remove())"
    )
    go(opened, "#district?d=220202")
    assert "1,310余件" in opened.text(".sheet")


def test_hostile_documents_stay_text_in_every_view(hostile_split: Files, open_page: Open) -> None:
    opened = open_page(hostile_split)
    views = [
        *VIEWS[:-1],
        "search?q=script",
        "district?d=530102",
        "network?d=220202",
        "network?t=grid",
        "network?t=grid&d=220202",
        "network?m=%3Cscript%3Ewindow.hacked%3D1%3C%2Fscript%3E",
        "indicators?i=%3Cscript%3Ewindow.hacked%3D1%3C%2Fscript%3E",
    ]
    views += [view + ("&" if "?" in view else "?") + "lang=en" for view in views]
    ids = sorted(set(re.findall(rb'\\"id\\":\\"(220202-[0-9a-f]{10})\\"', hostile_split["page/220202.js"])))
    views += [f"indicators?f={identity.decode()}" for identity in ids]
    for view in views:
        go(opened, f"#{view}")
        untouched(opened, view)
    assert clean(opened)


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_wrong(split_page: Files, open_page: Open, dark: bool) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing"
    )
    opened = open_page(split_page, dark=dark)
    for view in (*VIEWS, "network?d=220202", "network?m=邻里圆桌", "matrix?t=grid&p=53", "network?p=22"):
        go(opened, f"#{view}")
        found = axe.Axe().run(opened.page)
        assert found.violations_count == 0, (view, found.generate_report())


def test_the_keyboard_alone_leads_into_a_district(split_page: Files, open_page: Open) -> None:
    opened = open_page(split_page)
    opened.page.locator("#canvas").focus()
    opened.page.keyboard.press("ArrowRight")
    opened.page.keyboard.press("Enter")
    whole(opened, "document.querySelector('#panel .tags')")
    assert opened.page.evaluate("document.activeElement.tagName") == "H2"
    opened.page.keyboard.press("Escape")
    opened.page.wait_for_selector("#panel", state="hidden")
    assert clean(opened)


def test_the_language_changes_at_a_click(split_page: Files, open_page: Open) -> None:
    opened = open_page(split_page, "#district")
    opened.page.locator("#language").click()
    opened.page.wait_for_selector("html[lang=en]")
    assert "Provinces" in opened.text("#view h2")
    opened.page.locator("#tabs a", has_text="Tiers").click()
    opened.wait("document.querySelector('#view table')?.textContent.includes('3 levels')")
    assert clean(opened)
