"""The page in Chromium: how soon it shows, and how smoothly a large graph pans, beside plain pyvis.

    python tests/benchmarks/bench_page.py [--nodes 20000] [--seconds 3] [--page graphs/index.html]

First the built example: from opening the file to its first view drawn, and the file's size. Then a generated
graph of so many nodes (invented districts of equal size with their own facts and shared mechanisms): the page
that `jiceng build` would write, opened in the explorer, and plain pyvis with the same nodes, edges and fixed
positions, its libraries in the file. Told are seconds from opening to the first drawing, and frames a second
while a real mouse drags the canvas, the whole graph in sight and near. Needs playwright and Chromium.
"""

from __future__ import annotations

import argparse
import math
import runpy
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from jiceng import page
from jiceng.lexicon import load_lexicon
from jiceng.model import (
    Article,
    Corpus,
    Division,
    Evidence,
    Mechanism,
    Organisation,
    Paragraph,
    Piece,
    Source,
    Span,
    Statement,
    Text,
)

ROOT = Path(__file__).parents[2]
PER_DISTRICT = 50
SHARED = 200
TYPES = ("grid", "property", "deliberation", "service", "coordination", "membership", "digital", "culture")
ARGUMENTS: list[str] = runpy.run_path(str(ROOT / "tests" / "conftest.py"))["ARGUMENTS"]
DRAWN = """selector => { const canvas = document.querySelector(selector);
    if (!canvas || !canvas.width) return false;
    const all = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    const seen = new Set();
    for (let i = 0; i < all.length; i += 40) seen.add(all[i] << 16 | all[i + 1] << 8 | all[i + 2]);
    return seen.size > 5; }"""

COUNT = """() => { if (window.frames_) return;
    window.frames_ = 1;
    const count = () => { window.frames_ += 1; requestAnimationFrame(count); };
    requestAnimationFrame(count); }"""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--nodes", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--page", type=Path, default=ROOT / "graphs" / "index.html")
    options = parser.parse_args()
    made = corpus(options.nodes)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)

        def opened(path: Path, fragment: str, selector: str) -> tuple[Page, float]:
            tab = browser.new_page(viewport={"width": 1280, "height": 800})
            tab.route("http*://**", lambda route: route.abort())
            start = time.perf_counter()
            tab.goto(path.resolve().as_uri() + fragment, wait_until="commit")
            while not tab.evaluate(DRAWN, selector):
                time.sleep(0.01)
            return tab, time.perf_counter() - start

        size = options.page.stat().st_size / 1e6
        tab, seconds = opened(options.page, "", "#canvas canvas")
        print(f"built example: first view after {seconds:.2f} s, file {size:.2f} MB")
        tab.close()

        ours = Path(folder) / "ours.html"
        ours.write_text(page.render(made, load_lexicon(), {}), encoding="utf-8")
        tab, seconds = opened(ours, "", "#canvas canvas")
        print(f"{options.nodes} nodes: first view after {seconds:.2f} s")
        tab.close()
        tab, seconds = opened(ours, "#explore", "#explorer-canvas canvas")
        places = graph_of(made)
        frames = [panned(tab, "#explorer-canvas", options.seconds)]
        zoomed(tab, "#explorer-canvas")
        frames.append(panned(tab, "#explorer-canvas", options.seconds))
        tab.close()
        told("explorer", ours, seconds, frames)

        plain = Path(folder) / "plain.html"
        plain.write_text(pyvis_page(*places), encoding="utf-8")
        tab, plain_seconds = opened(plain, "", "#mynetwork canvas")
        plain_frames = [panned(tab, "#mynetwork", options.seconds)]
        zoomed(tab, "#mynetwork")
        plain_frames.append(panned(tab, "#mynetwork", options.seconds))
        tab.close()
        told("plain pyvis", plain, plain_seconds, plain_frames)
        ratios = [a / b for a, b in zip(frames, plain_frames, strict=True)]
        print(f"frames, explorer to plain pyvis: {ratios[0]:.1f} times in whole, {ratios[1]:.1f} times near")
        browser.close()


def told(name: str, path: Path, seconds: float, frames: list[float]) -> None:
    size = path.stat().st_size / 1e6
    speed = f"panning {frames[0]:.0f}, near {frames[1]:.0f} frames/s"
    print(f"{name:12} {size:5.1f} MB, drawn after {seconds:.2f} s, {speed}")


def panned(tab: Page, selector: str, seconds: float) -> float:
    """Frames a second while the mouse drags the background to and fro."""
    box = tab.locator(selector).bounding_box()
    assert box is not None
    x, y = box["x"] + 6, box["y"] + 6
    tab.wait_for_timeout(1500)  # what is drawn later, as for hit tests, is not the panning's
    tab.mouse.move(x, y)
    tab.mouse.down()
    tab.evaluate(COUNT)
    start = time.perf_counter()
    before, step = tab.evaluate("window.frames_"), 0
    while time.perf_counter() - start < seconds:
        step += 1
        tab.mouse.move(x + 5 * (step % 40), y + 3 * (step % 40))
    frames = (tab.evaluate("window.frames_") - before) / (time.perf_counter() - start)
    tab.mouse.up()
    return float(frames)


def zoomed(tab: Page, selector: str) -> None:
    """Near, as a reader comes near: by the wheel, in the middle."""
    box = tab.locator(selector).bounding_box()
    assert box is not None
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for _ in range(12):
        tab.mouse.wheel(0, -240)
        tab.wait_for_timeout(40)


def corpus(nodes: int) -> Corpus:
    """Invented districts, each with facts of its own and some of the shared mechanisms."""
    count = max(1, (nodes - SHARED) // (PER_DISTRICT + 1))
    sources, articles, statements = [], [], []
    for number in range(count):
        code = f"{11 + number % 31:02}{number // 31 // 99 + 1:02}{number // 31 % 99 + 1:02}"
        division = Division(code, f"第{number}区", "county")
        shared = [f"共用做法{(number * 7 + i * 13) % SHARED}" for i in range(8)]
        own = [f"做法{number}之{i}" for i in range(PER_DISTRICT // 2)]
        bodies = [f"第{number}区{i}社区" for i in range(PER_DISTRICT - len(own))]
        text = "。".join((*shared, *own, *bodies))
        source = Source(f"{number}.txt", sha256(text.encode()).hexdigest(), text)
        whole = Span(0, len(text))
        body, paragraphs = Text(text, (Piece(0, whole),)), (Paragraph(0, len(text)),)
        article = Article(source, division, division.name, body, paragraphs, (whole,))
        sources.append(source)
        articles.append(article)
        start = 0
        for i, name in enumerate((*shared, *own, *bodies)):
            place = {"start": start, "end": start + len(name), "rule": "bench"}
            evidence = (Evidence(source.name, source.sha256, Span(start, start + len(name)), name),)
            if i < len(shared) + len(own):
                kind = TYPES[((number * 7 + i * 13) % SHARED if i < len(shared) else i) % len(TYPES)]
                fact: Any = Mechanism(**place, name=name, type=kind)
                statements.append(Statement(fact, division.adcode, article.key, evidence, mechanism=name))
            else:
                fact = Organisation(**place, name=name, kind="community")
                statements.append(Statement(fact, division.adcode, article.key, evidence))
            start += len(name) + 1
    return Corpus(tuple(sources), tuple(articles), tuple(statements))


def graph_of(made: Corpus) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The nodes by id with their labels, and the edges, that the explorer draws of a corpus."""
    nodes = {article.division.adcode: article.division.name for article in made.articles}
    edges = []
    for statement in made.statements:
        assert isinstance(statement.fact, (Mechanism, Organisation))
        label = statement.fact.name
        nodes[label] = label
        edges.append((statement.division, label))
    return nodes, edges


def pyvis_page(nodes: dict[str, str], edges: list[tuple[str, str]]) -> str:
    """Plain pyvis, its libraries in the file, on a sunflower of fixed positions."""
    network = Network(height="700px", cdn_resources="in_line")
    network.toggle_physics(False)
    golden = math.pi * (3 - math.sqrt(5))
    for i, (name, label) in enumerate(nodes.items()):
        r = 30 * math.sqrt(i)
        place = {"x": round(r * math.cos(i * golden), 1), "y": round(r * math.sin(i * golden), 1)}
        network.nodes.append(Node(name, "dot", label, size=5, physics=False, **place).options)
    for a, b in edges:
        network.edges.append(Edge(a, b).options)
    network.set_options('{"physics": {"enabled": false}, "layout": {"improvedLayout": false}}')
    return str(network.generate_html())


if __name__ == "__main__":
    main()
