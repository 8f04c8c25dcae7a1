"""Pictures of comparisons and reports: SVG that needs no script, font or other file.

Communities have a colour and a number each, so that the colour alone says nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from html import escape

from jiceng.analysis.comparison import Comparison
from jiceng.analysis.overall import Report

_COLOURS = ("#1b6ca8", "#b3541e", "#2f7d4f", "#7a4fa3", "#a8324a", "#7d6b1f", "#3b7f86", "#555f6b")
"""White text on each has a contrast of 4.5 or more (WCAG 2.2, 1.4.3)."""
_GREY = "#6b7280"
MOST_ALIKE = 60
"""Districts in the picture of their similarity."""
MOST_SPREAD = 25
"""Mechanisms in the picture of those that most districts have."""
_FONT = "font-family='Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif'"


def comparison_picture(told: Comparison) -> str:
    """How many mechanisms of each type each district has, and which of them they share."""
    types = list(dict.fromkeys(sorted(use.type for use in told.uses)))
    shared = [use for use in told.uses if len(use.facts) > 1]
    left, step, row = 250, 110, 30
    columns = {d.code: left + step * at + step / 2 for at, d in enumerate(told.districts)}
    body = [
        _text(x, 30, d.label, 14, "middle", 600)
        for d, x in zip(told.districts, columns.values(), strict=True)
    ]
    y = 62.0
    most = max(
        (sum(u.type == t and c in u.facts for u in told.uses) for t in types for c in columns), default=1
    )
    for name in types:
        body.append(_text(left - 12, y + 5, name, 13, "end"))
        for code, x in columns.items():
            of = [u for u in told.uses if u.type == name and code in u.facts]
            if of:
                radius = 6 + 8 * math.sqrt(len(of) / most)
                tip = f"{name}: {'、'.join(u.label for u in of)}"
                body.append(
                    _circle(x, y, radius, _COLOURS[0], tip)
                    + _text(x, y + 4, str(len(of)), 11, "middle", 400, "#fff")
                )
        y += row
    if shared:
        y += 16
        body.append(_text(16, y, "共同的机制 · shared", 13, "start", 600))
        y += row
    for use in shared:
        body.append(_text(left - 12, y + 5, _cut(use.label, 17), 13, "end"))
        ends = [columns[c] for c in columns if c in use.facts]
        body.append(_line(min(ends), y, max(ends), y, 2, "#c5ccd6"))
        for code, facts in use.facts.items():
            body.append(_circle(columns[code], y, 6, _COLOURS[1], f"{use.label}: {len(facts)}"))
        y += row
    width = left + step * len(columns) + 20
    return _svg(
        width, y, f"{'、'.join(d.label for d in told.districts)}: mechanisms by type, and those shared", body
    )


def network_picture(told: Report) -> str:
    """Districts on a circle, communities side by side; the thicker a line, the more mechanisms are shared."""
    codes = [c for group in told.communities for c in group.districts] + list(told.alone)
    label = {d.code: d.label for d in told.districts}
    group = {code: n for n, community in enumerate(told.communities) for code in community.districts}
    radius = max(170.0, 9.0 * len(codes))
    middle = radius + 120
    turn = 2 * math.pi / max(len(codes), 1)
    angle = {code: -math.pi / 2 + turn * at for at, code in enumerate(codes)}
    place = {c: (middle + radius * math.cos(a), middle + radius * math.sin(a)) for c, a in angle.items()}
    names = {use.mechanism: use.label for use in told.uses}
    body = []
    for pair in sorted(told.pairs, key=lambda p: len(p.shared)):
        if pair.shared:
            (x1, y1), (x2, y2) = place[pair.first], place[pair.second]
            what = "、".join(names[m] for m in pair.shared)
            tip = f"{label[pair.first]}–{label[pair.second]}: {len(pair.shared)} ({what})"
            body.append(_line(x1, y1, x2, y2, 0.6 + 1.4 * len(pair.shared), "#9aa5b4", tip, 0.7))
    for code, (x, y) in place.items():
        colour = _COLOURS[group[code] % len(_COLOURS)] if code in group else _GREY
        number = str(group[code] + 1) if code in group else "–"
        body.append(
            _circle(x, y, 11, colour, label[code]) + _text(x, y + 4, number, 11, "middle", 600, "#fff")
        )
        cos = math.cos(angle[code])
        anchor = "middle" if abs(cos) < 0.2 else "start" if cos > 0 else "end"
        away = 20 if anchor != "middle" else 26
        body.append(_text(x + away * cos, y + away * math.sin(angle[code]) + 5, label[code], 13, anchor))
    return _svg(
        2 * middle, 2 * middle, "Districts and the mechanisms that they share; numbers are communities", body
    )


def similarity_picture(told: Report) -> str:
    """A matrix of all pairs, communities side by side; the darker, the more alike.

    Of many districts those `MOST_ALIKE` that share most: nobody looks at a square for each of all pairs.
    """
    every = [c for group in told.communities for c in group.districts] + list(told.alone)
    sharing = Counter(code for p in told.pairs for code in (p.first, p.second) for _ in p.shared)
    most_alike = set(sorted(every, key=lambda code: -sharing[code])[:MOST_ALIKE])
    codes = [code for code in every if code in most_alike]
    label = {d.code: d.label for d in told.districts}
    cell, left, top = 30, 110, 110
    most = max((p.similarity for p in told.pairs), default=0) or 1
    body = []
    at = {code: n for n, code in enumerate(codes)}
    for code, n in at.items():
        y = top + cell * n
        body.append(_text(left - 8, y + 20, label[code], 12, "end"))
        x = left + cell * n + 19
        body.append(f"<g transform='translate({x} {top - 8}) rotate(-60)'>{_text(0, 0, label[code], 12)}</g>")
        body.append(_square(left + cell * n, y, cell, "#e5e9ef", 1.0, label[code]))
    for pair in told.pairs:
        if pair.first not in at or pair.second not in at:
            continue
        tip = f"{label[pair.first]}–{label[pair.second]}: {len(pair.shared)}/{pair.either}"
        for a, b in ((pair.first, pair.second), (pair.second, pair.first)):
            x, y = left + cell * at[b], top + cell * at[a]
            strength = float(pair.similarity / most)
            body.append(
                _square(
                    x, y, cell, _COLOURS[0] if pair.shared else "#fff", strength if pair.shared else 1, tip
                )
            )
            if pair.shared:
                colour = "#fff" if strength > 0.85 else "#111827"
                body.append(_text(x + cell / 2, y + 19, str(len(pair.shared)), 11, "middle", 400, colour))
    size = cell * len(codes)
    title = "Similarity of districts: darker is more alike, numbers are shared mechanisms"
    if len(codes) < len(every):
        title += f" ({len(codes)} of {len(every)} districts, those that share most)"
    return _svg(left + size + 20, top + size + 20, title, body)


def spread_picture(told: Report) -> str:
    """The `MOST_SPREAD` mechanisms that most districts have."""
    chosen = [use for use in told.uses if len(use.facts) > 1][:MOST_SPREAD]
    most = max((len(use.facts) for use in chosen), default=1)
    label = {d.code: d.label for d in told.districts}
    left, row, wide = 260, 26, 320
    body = []
    for n, use in enumerate(chosen):
        y = 20 + row * n
        tip = f"{use.label}: {'、'.join(label[c] for c in use.facts)}"
        body.append(_text(left - 10, y + 14, _cut(use.label, 18), 13, "end"))
        length = wide * len(use.facts) / most
        body.append(_bar(left, y, length, row - 8, _COLOURS[2], tip))
        body.append(_text(left + length + 6, y + 14, str(len(use.facts)), 12))
    return _svg(
        left + wide + 50, 30 + row * len(chosen), "Mechanisms by the number of districts that have them", body
    )


def _svg(width: float, height: float, title: str, body: Iterable[str]) -> str:
    w, h = math.ceil(width), math.ceil(height)
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{w}' height='{h}' viewBox='0 0 {w} {h}' role='img' "
        f"{_FONT}>\n<title>{escape(title)}</title>\n<rect width='{w}' height='{h}' fill='#fff'/>\n"
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _text(
    x: float,
    y: float,
    text: str,
    size: int = 12,
    anchor: str = "start",
    weight: int = 400,
    fill: str = "#111827",
) -> str:
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' font-size='{size}' text-anchor='{anchor}' font-weight='{weight}' "
        f"fill='{fill}'>{escape(text)}</text>"
    )


def _circle(x: float, y: float, radius: float, fill: str, tip: str) -> str:
    where = f"cx='{x:.1f}' cy='{y:.1f}' r='{radius:.1f}'"
    return f"<circle {where} fill='{fill}'><title>{escape(tip)}</title></circle>"


def _line(
    x1: float, y1: float, x2: float, y2: float, width: float, colour: str, tip: str = "", opacity: float = 1.0
) -> str:
    return (
        f"<line x1='{x1:.1f}' y1='{y1:.1f}' x2='{x2:.1f}' y2='{y2:.1f}' stroke='{colour}' "
        f"stroke-width='{width:.1f}' opacity='{opacity}'><title>{escape(tip)}</title></line>"
    )


def _square(x: float, y: float, size: float, fill: str, opacity: float, tip: str) -> str:
    return (
        f"<rect x='{x:.1f}' y='{y:.1f}' width='{size:.1f}' height='{size:.1f}' fill='{fill}' "
        f"fill-opacity='{opacity:.2f}' stroke='#e5e9ef'><title>{escape(tip)}</title></rect>"
    )


def _bar(x: float, y: float, width: float, height: float, fill: str, tip: str) -> str:
    return (
        f"<rect x='{x:.1f}' y='{y:.1f}' width='{width:.1f}' height='{height:.1f}' fill='{fill}'>"
        f"<title>{escape(tip)}</title></rect>"
    )


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
