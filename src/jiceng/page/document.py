"""One HTML file out of data, script and style, with a policy that lets nothing else run.

The Content-Security-Policy names the page's own scripts and style by their SHA-256 and forbids all else:
no request leaves the page, and markup that a document might smuggle in could not run. Data stands in a
block that browsers do not execute; scripts read it and write text nodes only.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

from jiceng.page.network import library
from jiceng.traditional import table

#: The page's own scripts, in the order in which they are joined.
SCRIPTS = (
    "dom.js",
    "words.js",
    "data.js",
    "state.js",
    "parts.js",
    "evidence.js",
    "district.js",
    "network.js",
    "graph.js",
    "filters.js",
    "explore.js",
    "explorepanel.js",
    "overview.js",
    "tiers.js",
    "matrix.js",
    "indicators.js",
    "source.js",
    "search.js",
    "export.js",
    "main.js",
    "start.js",
)

#: Joined to them in a page whose data stand in files beside it: functions of the same name take the place of
#: those above, since the later of two in one scope counts.
SPLIT_SCRIPTS = (
    *SCRIPTS[:-1],
    "split/load.js",
    "split/words.js",
    "split/panels.js",
    "split/sheets.js",
    "split/tables.js",
    "split/search.js",
    "split/explore.js",
    SCRIPTS[-1],
)

_ESCAPES = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_ESCAPED = re.compile("[<>&\u2028\u2029]")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def compose(data: dict[str, Any]) -> str:
    """The whole file for prepared data."""
    return _compose(data, SCRIPTS)


def compose_split(data: dict[str, Any]) -> str:
    """The file that shows an overview and loads all else.

    'strict-dynamic' lets the page's own script, known by its hash, load further scripts: the one way to data
    that works for files opened from disk. Markup cannot make use of it, and Trusted Types let no address pass
    but those of data files, and no text become markup or script.
    """
    types = ("require-trusted-types-for 'script'", "trusted-types default")
    return _compose(data, SPLIT_SCRIPTS, " 'strict-dynamic'", types)


def _compose(
    data: dict[str, Any], scripts: Sequence[str], dynamic: str = "", more: Sequence[str] = ()
) -> str:
    style = _static("style.css")
    vis = _normal(library())
    renderer = _static("vendor/force-graph.min.js")
    own = '(() => {\n"use strict";\n' + "\n".join(_static(name) for name in scripts) + "\n})();\n"
    for script in (vis, renderer, own):
        if "</script" in script.lower() or "<!--" in script:
            raise ValueError("a script of the page holds text that would end it early")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(vis)} {_hash(renderer)} {_hash(own)}{dynamic}",
            f"style-src {_hash(style)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
            *more,
        )
    )
    parts = {
        "policy": policy,
        "style": style,
        "data": to_json({**data, "simplified": _simplified()}),
        "library": vis,
        "renderer": renderer,
        "script": own,
    }
    # One pass over the template alone, so that nothing in the parts is taken for a placeholder.
    return re.sub(r"\{\{(\w+)\}\}", lambda m: parts[m.group(1)], _static("page.html"))


def _simplified() -> tuple[str, str]:
    """Traditional characters, and as many simplified ones: the search takes words in either."""
    return "".join(map(chr, table())), "".join(table().values())


def to_json(data: Any) -> str:
    """Compact JSON that is safe inside a script element and in JavaScript of any age."""
    text = _ENCODER.encode(data)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _LONE_SURROGATE.sub(lambda m: f"\\u{ord(m.group()):04x}", text)
    # Asked first, as nearly no text has any: a pattern looks at each character by itself.
    return _ESCAPED.sub(lambda m: _ESCAPES[m.group()], text) if any(c in text for c in _ESCAPES) else text


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _static(name: str) -> str:
    return _normal((files("jiceng.page") / "static" / name).read_text(encoding="utf-8"))


def _normal(text: str) -> str:
    """Line ends as an HTML parser makes them: the policy's hashes are taken after parsing."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
