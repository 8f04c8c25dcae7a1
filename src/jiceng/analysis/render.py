"""Comparisons and reports in words and as JSON, with the facts behind what they count."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction

from pyoxigraph import Literal

from jiceng.analysis.comparison import Comparison, Pair, Use
from jiceng.analysis.corpus import District
from jiceng.analysis.overall import Report
from jiceng.graph.namespaces import XSD, shortened
from jiceng.query import tables

_NONE = "none\n"
_WIDEST = 30
"""Mechanisms that a report lists; all are in its JSON."""


def comparison_text(told: Comparison, form: str = "table", width: int | None = None) -> str:
    """Tables of what is shared, what is not, numbers and chains; `form` is table or markdown."""
    label = {d.code: d.label for d in told.districts}
    shared = [use for use in told.uses if len(use.facts) > 1]
    parts = [
        _title("Similarity", "相似度"),
        _table(
            ("first", "second", "shared", "either", "similarity"),
            [
                (label[p.first], label[p.second], len(p.shared), p.either, _share(p.similarity))
                for p in told.pairs
            ],
            form,
            width,
        ),
        _title(f"Shared mechanisms: {len(shared)}", f"共同的机制：{len(shared)}"),
        _uses(shared, label, form, width),
    ]
    for district in told.districts:
        own = [use for use in told.uses if set(use.facts) == {district.code}]
        title = f"Only {district.label}: {len(own)} mechanisms", f"只有{district.label}的机制：{len(own)}"
        parts += [_title(*title), _uses(own, label, form, width)]
    numbers = [
        (indicator, label[n.code], n.part, n.measured, n.value, n.unit, shortened(n.fact))
        for indicator, by_code in told.numbers
        for code in label
        for n in by_code.get(code, ())
    ]
    chains = [
        (label[c.code], c.kind, len(c.tiers), "→".join(c.tiers), shortened(c.fact)) for c in told.chains
    ]
    parts += [
        _title("Numbers of the same indicator", "同一指标的数据"),
        _table(("indicator", "division", "part", "measured", "value", "unit", "fact"), numbers, form, width),
        _title("Tier chains", "组织链条"),
        _table(("division", "type", "levels", "tiers", "fact"), chains, form, width),
    ]
    return "\n".join(parts)


def report_markdown(told: Report, pictures: bool = False) -> str:
    """A report for people; with `pictures`, links to them."""
    label = {d.code: d.label for d in told.districts}
    shared = [use for use in told.uses if len(use.facts) > 1]
    own = {code: sum(code in use.facts for use in told.uses) for code in label}
    alike = sorted((p for p in told.pairs if p.shared), key=lambda p: (-p.similarity, p.first, p.second))
    names = {use.mechanism: use.label for use in told.uses}
    parts = [
        "# What districts share · 各地的异同\n",
        f"{len(told.districts)} districts, {len(told.uses)} mechanisms, {len(shared)} of them in several "
        "districts. The graph holds what reports say: what is not reported may exist all the same.\n",
    ]
    if pictures:
        parts.append(
            "![Districts and the mechanisms that they share](network.svg)\n\n"
            "![Similarity of districts](similarity.svg)\n\n![How far mechanisms spread](spread.svg)\n"
        )
    rows: list[tuple[object, ...]] = [
        (
            ", ".join(label[c] for c in group.districts),
            len(group.bonds),
            "、".join(use.label for use in group.bonds[:6]) + ("…" if len(group.bonds) > 6 else ""),
        )
        for group in told.communities
    ]
    parts += [
        _title("Communities of practice", "实践共同体", 2),
        _table(("districts", "bonds", "mechanisms that bind them"), rows),
        f"Modularity {told.modularity:.3f}"
        + (
            f"; share nothing with others: {', '.join(label[c] for c in told.alone)}.\n"
            if told.alone
            else ".\n"
        ),
        _title("Similarity", "相似度", 2),
        _table(
            ("first", "second", "shared", "either", "similarity", "mechanisms"),
            [
                (
                    label[p.first],
                    label[p.second],
                    len(p.shared),
                    p.either,
                    _share(p.similarity),
                    _names(p, names),
                )
                for p in alike[:_WIDEST]
            ],
        ),
        f"Mean similarity of two districts of one province: {_share(told.near)}; of different provinces: "
        f"{_share(told.far)}.\n",
        _title("What spreads", "传播最广的机制", 2),
        _table(
            ("mechanism", "type", "districts", "where"),
            [(u.label, u.type, len(u.facts), "、".join(label[c] for c in u.facts)) for u in shared[:_WIDEST]],
        ),
        _title("What spreads where: types", "各类机制的传播", 2),
        _table(
            ("type", "facts", "mechanisms", "in several districts", "in several provinces", "districts"),
            [
                (s.type, len(s.facts), len(s.mechanisms), len(s.shared), len(s.abroad), len(s.districts))
                for s in told.spread
            ],
        ),
        _title("Districts", "各地", 2),
        _table(
            ("district", "province", "mechanisms", "shared with others"),
            [
                (d.label, d.province, own[d.code], sum(d.code in use.facts for use in shared))
                for d in told.districts
            ],
        ),
        "Every number counts facts; `report.json` lists them: the IRIs that `jiceng explain` takes.\n",
    ]
    return "\n".join(parts)


def comparison_json(told: Comparison) -> str:
    """A comparison for programs."""
    return _json(
        {
            "districts": [_district(d) for d in told.districts],
            "pairs": [_pair(p) for p in told.pairs],
            "mechanisms": [_use(use) for use in told.uses],
            "numbers": [
                {"indicator": i, "measurements": {c: [n.fact for n in of] for c, of in by_code.items()}}
                for i, by_code in told.numbers
            ],
            "chains": [{"fact": c.fact, "district": c.code, "tiers": list(c.tiers)} for c in told.chains],
        }
    )


def report_json(told: Report) -> str:
    """A report for programs, with the facts behind each of its numbers."""
    return _json(
        {
            "districts": [_district(d) for d in told.districts],
            "mechanisms": [_use(use) for use in told.uses],
            "pairs": [_pair(p) for p in told.pairs],
            "communities": [
                {"districts": list(g.districts), "bonds": [use.mechanism for use in g.bonds]}
                for g in told.communities
            ],
            "alone": list(told.alone),
            "modularity": round(told.modularity, 6),
            "similarity within provinces": None if told.near is None else float(told.near),
            "similarity across provinces": None if told.far is None else float(told.far),
            "types": [
                {
                    "type": s.type,
                    "mechanisms": list(s.mechanisms),
                    "in several districts": list(s.shared),
                    "in several provinces": list(s.abroad),
                    "districts": list(s.districts),
                    "facts": list(s.facts),
                }
                for s in told.spread
            ],
        }
    )


def _district(district: District) -> dict[str, str]:
    return {"code": district.code, "label": district.label, "province": district.province}


def _pair(pair: Pair) -> dict[str, object]:
    return {
        "districts": [pair.first, pair.second],
        "shared": list(pair.shared),
        "either": pair.either,
        "similarity": round(float(pair.similarity), 6),
    }


def _use(use: Use) -> dict[str, object]:
    facts = {code: list(of) for code, of in use.facts.items()}
    return {"mechanism": use.mechanism, "label": use.label, "type": use.type, "facts": facts}


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _names(pair: Pair, names: dict[str, str]) -> str:
    return "、".join(names[m] for m in pair.shared)


def _uses(uses: Sequence[Use], label: dict[str, str], form: str, width: int | None) -> str:
    rows = [
        (use.type, use.label, label[code], shortened(fact))
        for use in uses
        for code in label
        for fact in use.facts.get(code, ())
    ]
    return _table(("type", "mechanism", "division", "fact"), rows, form, width)


def _title(english: str, chinese: str, level: int = 2) -> str:
    return f"{'#' * level} {english} · {chinese}\n"


def _share(value: Fraction | None) -> str:
    return "–" if value is None else f"{float(value):.3f}"


def _table(
    names: Sequence[str],
    rows: Sequence[Sequence[object]],
    form: str = "markdown",
    width: int | None = None,
) -> str:
    if not rows:
        return _NONE
    terms = [
        [Literal(str(c), datatype=XSD.integer) if isinstance(c, int) else Literal(str(c)) for c in row]
        for row in rows
    ]
    return tables.markdown(names, terms) if form == "markdown" else tables.table(names, terms, width)
