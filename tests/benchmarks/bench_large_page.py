"""The page of a large corpus in Chromium: split over files, beside the same data as one file.

    python tests/benchmarks/bench_large_page.py [--districts 3000] [--facts 100000] [--no-one]

An invented corpus: so many districts of China's gazetteer, a report of each, with facts of every kind
(mechanisms that districts share and own ones, measurements of common indicators, chains, organisations,
documents, honours, persons). Told are the bytes of index.html and of all files, seconds to write them, the
peak of Python's memory (tracemalloc, in a run of its own), and in a browser, from disk: seconds until the
first view is drawn, until a district's sheet stands after its link was followed, until a shared mechanism
and an indicator are compared, until a search over all names has ended, and the page's JavaScript memory
after that. Needs playwright and Chromium.
"""

from __future__ import annotations

import argparse
import runpy
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from jiceng import page
from jiceng.lexicon import Lexicon, load_lexicon
from jiceng.model import (
    Article,
    Corpus,
    Division,
    Evidence,
    Honour,
    Indicator,
    Measurement,
    Mechanism,
    Organisation,
    Paragraph,
    Person,
    Piece,
    PolicyDocument,
    Source,
    Span,
    Statement,
    Text,
    Tier,
    TierChain,
)

HERE = Path(__file__).parent
SHARED = 400
INDICATORS = 120
TYPES = ("grid", "property", "deliberation", "service", "coordination", "membership", "digital", "culture")
SHEET = """code => document.querySelector('.sheet.full .measurements')
    && document.querySelector('.sheet .over').textContent.includes(code)"""
FOUND = "() => document.querySelector('.results li') && !document.querySelector('.waiting')"
FILLER = "这一段说的是同一件事情的经过和做法，没有别的事实。"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--districts", type=int, default=3000)
    parser.add_argument("--facts", type=int, default=100_000)
    parser.add_argument("--no-one", action="store_true", help="leave out the page as one file")
    options = parser.parse_args()
    lexicon = load_lexicon()
    codes = codes_of(lexicon, options.districts)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "split"
        written(folder, lambda: corpora(codes, options.facts, lexicon), lexicon)
        pages = {"split": folder / "index.html"}
        if not options.no_one:
            pages["one file"] = one_file(Path(place), list(corpora(codes, options.facts, lexicon)), lexicon)
        with sync_playwright() as playwright:
            arguments = runpy.run_path(str(HERE.parent / "conftest.py"))["ARGUMENTS"]
            for name, path in pages.items():
                browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
                visited(name, path, browser.new_page(viewport={"width": 1280, "height": 800}), codes)
                browser.close()


def written(folder: Path, parts: Callable[[], Iterator[Corpus]], lexicon: Lexicon) -> None:
    """Write the split page, each division dropped before the next is made; once more to trace memory."""
    known = lexicon.gazetteer.by_code
    start, size, files = time.perf_counter(), 0, 0
    for name, data in page.write_split(parts(), lexicon, known):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
        size, files = size + len(data), files + 1
    seconds = time.perf_counter() - start
    tracemalloc.start()
    for _ in page.write_split(parts(), lexicon, known):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    index = (folder / "index.html").stat().st_size
    print(
        f"split: index.html {index / 1e6:.2f} MB of {size / 1e6:.1f} MB in {files} files, made in "
        f"{seconds:.1f} s, peak of Python's memory {peak / 1e6:.0f} MB"
    )


def one_file(folder: Path, parts: list[Corpus], lexicon: Lexicon) -> Path:
    whole = Corpus(
        tuple(s for c in parts for s in c.sources),
        tuple(a for c in parts for a in c.articles),
        tuple(s for c in parts for s in c.statements),
    )
    start = time.perf_counter()
    path = folder / "one.html"
    path.write_text(page.render(whole, lexicon, lexicon.gazetteer.by_code), encoding="utf-8")
    print(f"one file: {path.stat().st_size / 1e6:.1f} MB, written in {time.perf_counter() - start:.1f} s")
    return path


def visited(name: str, path: Path, tab: Page, codes: list[str]) -> None:
    """Follow links as a reader does, each to what the page has not shown before."""
    tab.route("http*://**", lambda route: route.abort())
    drawn = runpy.run_path(str(HERE / "bench_page.py"))["DRAWN"]
    steps = (
        ("first view", "", drawn, "#canvas canvas"),
        ("a district", f"#district?d={codes[1000 % len(codes)]}", SHEET, codes[1000 % len(codes)]),
        ("another", f"#district?d={codes[2000 % len(codes)]}", SHEET, codes[2000 % len(codes)]),
        ("a mechanism", "#network?m=共用做法7", "() => document.querySelector('#panel .use')", None),
        ("an indicator", "#indicators?i=count.kind-3", "() => document.querySelector('.bars li')", None),
        ("a search", f"#search?q=第{len(codes) - 1}区", FOUND, None),
    )
    told = []
    for what, fragment, ready, argument in steps:
        start = time.perf_counter()
        if fragment:
            tab.evaluate("fragment => { location.hash = fragment; }", fragment)
        else:
            tab.goto(path.resolve().as_uri(), wait_until="commit", timeout=300_000)
        while not tab.evaluate(ready, argument):
            time.sleep(0.01)
        told.append(f"{what} {time.perf_counter() - start:.2f} s")
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable")
    metrics = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    print(f"{name}: {', '.join(told)}; then {metrics['JSHeapUsedSize'] / 1e6:.0f} MB of JavaScript memory")
    tab.close()


def codes_of(lexicon: Lexicon, count: int) -> list[str]:
    """So many counties of the gazetteer, former ones among them."""
    codes = sorted(d.adcode for d in lexicon.gazetteer.by_code.values() if d.level == "county")
    if count > len(codes):
        sys.exit(f"{count} districts: there are {len(codes)}")
    return codes[:count]


def corpora(codes: list[str], facts: int, lexicon: Lexicon) -> Iterator[Corpus]:
    """The corpus of each district, one after another."""
    share, more = divmod(facts, len(codes))
    for number, code in enumerate(codes):
        yield district(lexicon.gazetteer.by_code[code], number, share + (number < more))


def district(division: Division, number: int, facts: int) -> Corpus:
    """One report; every fact is a phrase of its text."""
    phrases = [phrase(number, i) for i in range(facts)]
    text = f"{division.name}：第{number}区的报告\n" + "".join(f"{words}。{FILLER}\n" for words, _ in phrases)
    source = Source(f"{number:04}.txt", sha256(text.encode()).hexdigest(), text)
    whole = Span(0, len(text))
    article = Article(
        source,
        division,
        text.split("\n")[0],
        Text(text, (Piece(0, whole),)),
        (Paragraph(0, len(text)),),
        (whole,),
    )
    statements = []
    start = text.index("\n") + 1
    for words, (kind, fields, links) in phrases:
        place: dict[str, Any] = {"start": start, "end": start + len(words), "rule": "bench"}
        evidence = (Evidence(source.name, source.sha256, Span(start, start + len(words)), words),)
        statements.append(Statement(kind(**place, **fields), division.adcode, article.key, evidence, **links))
        start += len(words) + 2 + len(FILLER)
    return Corpus((source,), (article,), tuple(statements))


def phrase(number: int, i: int) -> tuple[str, tuple[Any, dict[str, Any], dict[str, Any]]]:
    """A fact in words, with its class, its fields and its links."""
    key = (number * 7 + i * 13) % SHARED
    if i == 0:
        tiers = tuple(
            Tier(label, 0, 1) for label in ("区委", "街道党工委", "社区党委", "网格党支部")[: 3 + number % 2]
        )
        return f"第{number}区级体系", (TierChain, {"tiers": tiers, "chain_type": "party"}, {"tier_types": ()})
    if i % 8 in (0, 4):
        name = f"共用做法{key}" if i % 3 else f"第{number}区做法{i}"
        return name, (Mechanism, {"name": name, "type": TYPES[key % len(TYPES)]}, {"mechanism": name})
    if i % 8 in (1, 3, 6):
        kind, value = f"第{key % INDICATORS}类组织", 10 + key
        fields = {
            "value": Decimal(value),
            "measured": kind,
            "measured_start": 0,
            "measured_end": 1,
            "unit": "个",
        }
        return f"建立{kind}{value}个", (
            Measurement,
            fields,
            {"indicator": Indicator(f"count.kind-{key % INDICATORS}", kind)},
        )
    if i % 8 == 2:
        name = f"第{number}区{i}社区"
        return name, (Organisation, {"name": name, "kind": "community"}, {})
    if i % 8 == 5:
        name = f"李第{i}（第{number}区干部）"
        return name, (Person, {"name": f"李第{i}", "role": "区委书记"}, {})
    name = f"《第{number}区办法{i}》" if i % 2 else f"第{number}区先进{i}"
    return name, (PolicyDocument if i % 2 else Honour, {"title": name.strip("《》")}, {})


if __name__ == "__main__":
    main()
