"""The explorer in Chromium: the whole graph, filters, surroundings, paths, pins, what can be taken away."""

import json
import re
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

pytestmark = pytest.mark.browser

Open = Callable[..., Any]


def saved(opened: Any, button: str) -> bytes:
    opened.settled()
    with opened.page.expect_download() as waiting:
        opened.page.locator("#explore button", has_text=button).first.click()
    return Path(waiting.value.path()).read_bytes()


def drawn(opened: Any) -> list[str]:
    """The labels of what is drawn, by the titles of the saved SVG."""
    tree = ElementTree.fromstring(saved(opened, "SVG"))
    return sorted(title.text or "" for title in tree.iter("{http://www.w3.org/2000/svg}title"))


def place_in_picture(opened: Any, label: str) -> tuple[float, float]:
    """Where a round node stands on the screen: its place in the picture, which is fitted to the canvas."""
    box = opened.page.locator("#explorer-canvas").bounding_box()
    tree = ElementTree.fromstring(saved(opened, "SVG"))
    left, top, width, height = map(float, tree.get("viewBox", "").split())
    scale = min(1.6, box["width"] / (width - 80 + 68), box["height"] / (height - 80 + 68))
    for path in tree.iter("{http://www.w3.org/2000/svg}path"):
        title = path.find("{http://www.w3.org/2000/svg}title")
        circle = re.match(r"M(\S+) (\S+)a(\S+) ", path.get("d", ""))
        if circle and title is not None and title.text == label:
            x, y, r = map(float, circle.groups())
            middle = (left + width / 2, top + height / 2)
            across = box["x"] + box["width"] / 2 + (x + r - middle[0]) * scale
            down = box["y"] + box["height"] / 2 + (y - middle[1]) * scale
            return across, down
    raise AssertionError(f"no node shows {label}")


def place_of(opened: Any, label: str) -> tuple[float, float]:
    """Where a round node stands on the screen; the mouse is over it, and its tip tells it."""
    rests = count(200, 200)  # milliseconds: force-graph redraws its hit areas at most every 0.8 s

    def pointed() -> tuple[float, float, str]:
        x, y = place_in_picture(opened, label)
        opened.page.mouse.move(x, y)
        opened.page.wait_for_timeout(next(rests))
        tip = opened.page.locator("#tip")
        return x, y, tip.text_content() if tip.is_visible() else ""

    x, y, _ = opened.until(pointed, lambda found: label in found[2], f"the tip tells {label}")
    return x, y


def test_it_draws_every_node_once(html: str, open_page: Open) -> None:
    opened = open_page(html, "#explore")
    labels = drawn(opened)
    assert labels.count("邻里圆桌") == 1
    assert {"昌邑区", "丰满区", "五华区", "松江社区", "翠湖网格", "李北松", "昌邑区邻里公约"} <= set(labels)
    assert len(labels) == 3 + 11
    assert opened.complaints == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ("c=person", ["昌邑区", "李北松"]),
        ("ft=grid", ["五华区", "翠湖网格"]),
        ("fp=53", ["五华区", "翠湖网格", "邻里圆桌"]),
        ("c=mechanism&fp=22", ["丰满区", "昌邑区", "邻里圆桌"]),
        ("fu=件", ["昌邑区", "纠纷 1,310余件"]),
    ],
)
def test_filters_leave_what_passes(html: str, open_page: Open, filters: str, expected: list[str]) -> None:
    opened = open_page(html, f"#explore?{filters}")
    assert drawn(opened) == sorted(expected)
    rows = json.loads(saved(opened, "JSON"))
    assert rows
    assert all(row["district"] in expected for row in rows)


def test_a_filter_is_chosen_kept_in_the_link_and_cleared(html: str, open_page: Open) -> None:
    opened = open_page(html, "#explore")
    opened.page.locator("#filter-c").select_option("person")
    opened.wait("location.hash.includes('c=person')")
    assert drawn(opened) == ["昌邑区", "李北松"]
    opened.page.locator(".filters a", has_text="清除").click()
    opened.wait("!location.hash.includes('c=person')")
    assert len(drawn(opened)) == 14
    opened.page.go_back()
    opened.wait("location.hash.includes('c=person')")
    assert drawn(opened) == ["昌邑区", "李北松"]


def test_a_click_opens_a_node_with_its_facts(html: str, open_page: Open) -> None:
    opened = open_page(html, "#explore?ft=grid")
    opened.page.mouse.click(*place_of(opened, "翠湖网格"))
    opened.page.wait_for_selector("#panel h2")
    assert opened.text("#panel h2") == "翠湖网格"
    opened.page.locator("#panel .use .fact").first.click()
    opened.page.wait_for_selector("#panel .exact")
    assert opened.text("#panel .exact") == "“翠湖网格”"


def test_surroundings_grow_and_shrink(html: str, open_page: Open) -> None:
    opened = open_page(html, "#explore?n=d530102")
    opened.page.locator("#panel .actions a", has_text="只看").click()
    opened.wait("location.hash.includes('e=d530102')")
    assert drawn(opened) == sorted(["五华区", "翠湖网格", "邻里圆桌"])
    opened.go("#explore?e=d530102&n=m邻里圆桌")
    opened.page.locator("#panel .actions a", has_text="展开").click()
    opened.wait("location.hash.split('%2C').length === 2")
    assert drawn(opened) == sorted(["五华区", "翠湖网格", "邻里圆桌", "昌邑区", "丰满区"])
    opened.page.locator("#panel .actions a", has_text="收起").click()
    opened.wait("location.hash.split('%2C').length === 1")
    assert drawn(opened) == sorted(["五华区", "翠湖网格", "邻里圆桌"])


def test_hiding_takes_out_and_brings_back(html: str, open_page: Open) -> None:
    opened = open_page(html, "#explore?e=d530102&n=m邻里圆桌")
    opened.page.locator("#panel .actions a", has_text="隐藏").click()
    opened.wait("location.hash.includes('x=')")
    assert drawn(opened) == sorted(["五华区", "翠湖网格"])
    opened.page.locator(".filters .pill", has_text="隐藏").click()
    opened.wait("!location.hash.includes('x=')")
    assert "邻里圆桌" in drawn(opened)


def test_a_path_is_drawn_and_told_with_its_facts(html: str, open_page: Open) -> None:
    opened = open_page(html, "#explore?n=d530102")
    opened.page.locator("#panel .actions a", has_text="从这里").click()
    opened.wait("location.hash.includes('from=')")
    opened.go("#explore?from=d530102&n=d220211")
    opened.page.locator("#panel .actions a", has_text="到这里").click()
    opened.wait("location.hash.includes('to=')")
    opened.go("#explore?from=d530102&to=d220211")
    assert drawn(opened) == sorted(["五华区", "邻里圆桌", "丰满区"])
    steps = opened.page.locator("#panel .path > li").all_text_contents()
    assert [name in step for name, step in zip(["五华区", "邻里圆桌", "丰满区"], steps, strict=True)] == [
        True
    ] * 3
    # Without what they share there is none, and the page says so.
    opened.go("#explore?from=d530102&to=d220211&x=m邻里圆桌")
    opened.shows("#explore .filters-place", "没有路径")


def test_dragging_pins_and_the_link_keeps_the_place(html: str, open_page: Open) -> None:
    opened = open_page(html, "#explore?ft=grid")
    x, y = place_of(opened, "翠湖网格")
    opened.page.mouse.move(x, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + 40, y + 90, steps=8)
    opened.page.mouse.up()
    opened.wait("location.hash.includes('pin=')")
    opened.shows("#explore .filters-place", "固定 1 个")
    again = open_page(html, opened.page.evaluate("location.hash"))
    position = "[...document.querySelectorAll('#explore .pill')].length"
    assert again.page.evaluate(position) >= 1
    assert drawn(again) == ["五华区", "翠湖网格"]


def test_the_keyboard_goes_all_the_way(html: str, open_page: Open) -> None:
    opened = open_page(html, "#explore?fp=53")
    opened.page.locator("#explorer-canvas").focus()
    seen = set()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "ArrowRight"):
        opened.page.keyboard.press(key)
        seen.add(opened.text("#live"))
    assert len(seen) >= 2
    opened.page.keyboard.press("Enter")
    opened.page.wait_for_selector("#panel h2")
    opened.page.locator("#explorer-canvas").focus()
    opened.page.keyboard.press("Delete")
    opened.wait("location.hash.includes('x=')")
    assert len(drawn(opened)) == 2


def test_the_focus_stays_in_a_panel_that_is_drawn_anew(html: str, open_page: Open) -> None:
    opened = open_page(html, "#explore?n=d530102&e=d530102")
    focused = "[document.activeElement.tagName, document.activeElement.textContent]"
    opened.page.locator("#panel .actions a", has_text="固定").focus()
    opened.page.keyboard.press("Enter")
    opened.wait("location.hash.includes('pin=')")  # the link is another now
    assert opened.page.evaluate(focused) == ["H2", "五华区"]
    opened.page.locator("#panel .actions a", has_text="从这里").focus()
    opened.go("#explore?n=d530102")  # the link leads elsewhere now
    tag, text = opened.page.evaluate(focused)
    assert tag == "A"
    assert "从这里" in text


def test_names_do_not_lie_on_each_other(html: str, open_page: Open) -> None:
    opened = open_page(html, "#explore")
    tree = ElementTree.fromstring(saved(opened, "SVG"))
    boxes = []
    for text in tree.iter("{http://www.w3.org/2000/svg}text"):
        size, x, y = (float(text.get(name, "0")) for name in ("font-size", "x", "y"))
        half = sum(1 if character > "\u2000" else 0.56 for character in text.text or "") * size / 2
        boxes.append((x - half, y - size, x + half, y))
    assert len(boxes) >= 4
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            assert a[0] >= b[2] or b[0] >= a[2] or a[1] >= b[3] or b[1] >= a[3]


def test_the_picture_is_taken_away_as_png(html: str, open_page: Open) -> None:
    opened = open_page(html, "#explore")
    assert saved(opened, "PNG").startswith(b"\x89PNG")


def test_hostile_names_stay_text(hostile_html: str, open_page: Open) -> None:
    opened = open_page(hostile_html, "#explore")
    data = opened.page.evaluate("JSON.parse(document.getElementById('data').textContent)")
    first = data["facts"][0]
    for state in (
        f"n=m{first['label']}",
        "n=d220202",
        "from=d220202&to=d530102",
        "e=%3Cscript%3E,d220202",
        "x=%25%25,%3Cb%3E&pin=d220202@1:2,x@y:z",
        "pin=%E0%A4%A",
        "e=%2525E0",
    ):
        opened.go(f"#explore?{state}")
        untouched = (
            "['script', 'img'].map(tag => document.querySelectorAll(tag).length).concat([window.hacked])"
        )
        assert opened.page.evaluate(untouched) == [4, 0, None]
    ElementTree.fromstring(saved(opened, "SVG"))
    assert opened.complaints == []


def test_the_printed_picture_fits_the_paper(html: str, open_page: Open) -> None:
    opened = open_page(html, "#explore")
    opened.settled()
    opened.page.emulate_media(media="print")
    opened.page.set_viewport_size({"width": 700, "height": 990})
    paper = opened.page.locator(".canvas").bounding_box()
    picture = opened.page.locator(".canvas canvas").bounding_box()
    assert paper["x"] <= picture["x"]
    assert picture["x"] + picture["width"] <= paper["x"] + paper["width"] <= 700
    assert paper["y"] + paper["height"] >= picture["y"] + picture["height"]
    assert not opened.page.locator("#explore .download").is_visible()
