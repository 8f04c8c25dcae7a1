"""The file: one, whole, the same every time, and closed to everything but its own scripts."""

import base64
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hash_seeds import printed

from jiceng.page import document
from jiceng.page.document import to_json


class Reader(HTMLParser):
    """Collects the tags of a page, and the text of its scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(f"/{tag}", [])  # what follows is not the element's text

    def handle_data(self, data: str) -> None:
        if self.texts:
            self.texts[-1] += data

    def of(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(a, text) for (t, a), text in zip(self.tags, self.texts, strict=True) if t == tag]


def policy(reader: Reader) -> dict[str, list[str]]:
    [content] = [a["content"] for a, _ in reader.of("meta") if a.get("http-equiv")]
    assert content is not None
    return {name: values for name, *values in (part.split() for part in content.split(";"))}


@pytest.mark.parametrize("fixture", ["html", "hostile_html"])
def test_the_policy_allows_the_pages_own_script_and_style_only(
    fixture: str, request: pytest.FixtureRequest
) -> None:
    reader = Reader(request.getfixturevalue(fixture))
    allowed = policy(reader)
    assert allowed["default-src"] == ["'none'"]
    scripts = [
        text for attributes, text in reader.of("script") if attributes.get("type") != "application/json"
    ]
    for name, texts in (("script-src", scripts), ("style-src", [text for _, text in reader.of("style")])):
        digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
        assert allowed[name] == [f"'sha256-{digest}'" for digest in digests]
    assert len(scripts) == 3
    assert allowed["img-src"] == ["data:", "blob:"]


@pytest.mark.parametrize("fixture", ["html", "hostile_html"])
def test_nothing_is_loaded_from_elsewhere_and_nothing_listens(
    fixture: str, request: pytest.FixtureRequest
) -> None:
    reader = Reader(request.getfixturevalue(fixture))
    for tag, attributes in reader.tags:
        assert "src" not in attributes, tag
        assert attributes.get("href", "data:,") == "data:,", tag
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
    assert not {"img", "svg", "iframe", "object", "embed", "base", "form"} & {tag for tag, _ in reader.tags}


def test_the_data_comes_back_whole(hostile_html: str, hostile: Any) -> None:
    [(_, text)] = [(a, t) for a, t in Reader(hostile_html).of("script") if a.get("id") == "data"]
    data = json.loads(text)
    assert [s["text"] for s in data["sources"]] == [s.text for s in hostile.sources]


def test_every_script_is_joined_and_no_two_declare_the_same_name() -> None:
    folder = Path(document.__file__).parent / "static"
    assert {path.name for path in folder.glob("*.js")} == set(document.SCRIPTS)
    text = "\n".join((folder / name).read_text("utf-8") for name in document.SCRIPTS)
    names = re.findall(r"^(?:function|const|let) (\w+)", text, re.MULTILINE)
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_no_placeholder_is_left(html: str) -> None:
    assert not re.search(r"\{\{\w+\}\}", html)


@given(
    st.recursive(
        st.text() | st.integers() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_json_in_the_page_means_the_same_and_cannot_leave_its_block(data: Any) -> None:
    text = to_json(data)
    assert json.loads(text) == data
    assert not set("<>&\u2028\u2029") & set(text)
    text.encode()


def test_two_renderings_are_the_same_whatever_the_hash_seed(root: Path) -> None:
    program = (
        "import runpy, hashlib; from jiceng import page; from jiceng.lexicon import load_lexicon;"
        "sample = runpy.run_path('tests/sample_corpus.py');"
        "text = page.render(sample['corpus'](), load_lexicon(), sample['DIVISIONS']);"
        "print(hashlib.sha256(text.encode()).hexdigest())"
    )
    found = printed(program, root)
    assert len(found) == 1


def test_a_page_is_made_without_what_the_package_of_pyvis_imports() -> None:
    program = (
        "import sys; from jiceng import page; from jiceng.lexicon import load_lexicon;"
        "from jiceng.model import Corpus; page.render(Corpus((), (), ()), load_lexicon(), {});"
        "print({'pyvis', 'networkx', 'IPython', 'jinja2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
