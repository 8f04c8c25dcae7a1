"""The test gold keeps to the guide's format: fields, enumerations, quotes that occur, codes that exist."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

GOLD = Path(__file__).parent / "gold"
FILES = sorted([*GOLD.glob("*.json"), *GOLD.glob("habits/*.json")])

FIELDS = {
    "tier_chain": {"tiers", "declared_levels", "chain_type"},
    "metric": {
        "value", "upper", "comparator", "unit", "measured", "action", "subject", "per", "period", "nature",
    },
    "mechanism": {"name", "type", "components", "level"},
    "organisation": {"name", "type", "within"},
    "policy": {"title", "issuer"},
    "honour": {"title", "recipient", "period"},
    "person": {"name", "role"},
}  # fmt: skip
MECHANISM_TYPES = {
    "organisation_system", "coordination", "grid", "property", "deliberation", "service", "membership",
    "accountability", "capacity", "digital", "rule_of_law", "culture", "resource",
}  # fmt: skip
ORGANISATION_KINDS = {
    "street", "community", "quarter", "party_org", "government", "company", "association", "facility",
    "school", "other",
}  # fmt: skip
ALLOWED = {
    ("tier_chain", "chain_type"): {"party", "administrative", "facility"},
    ("metric", "comparator"): {"=", ">", "<", "~"},
    ("metric", "nature"): {"fact", "rule"},
    ("mechanism", "type"): MECHANISM_TYPES,
    ("mechanism", "type_also"): MECHANISM_TYPES,
    ("organisation", "type"): ORGANISATION_KINDS,
    ("organisation", "type_also"): ORGANISATION_KINDS,
}


def load(path: Path) -> tuple[dict[str, Any], str]:
    data = json.loads(path.read_text("utf-8"))
    return data, (path.parent / data["source"]).read_text("utf-8")


def problems(data: dict[str, Any], text: str) -> list[str]:
    """What is wrong with a gold file, one line for each slip."""
    found = []
    districts = {a["district"] for a in data["articles"]}
    for article in data["articles"]:
        if not re.fullmatch(r"\d{6}", article["adcode"]):
            found.append(f"adcode {article['adcode']!r}")
        found += [f"block {b!r}: {text.count(b)} times" for b in article["blocks"] if text.count(b) != 1]
    for number, fact in enumerate(data["facts"]):
        kind = fact["kind"]
        told = [f"district {fact['district']!r}"] if fact["district"] not in districts else []
        told += [*field_slips(fact), *quote_slips(fact, text)] if kind in FIELDS else ["unknown kind"]
        found += [f"fact {number} ({kind}): {slip}" for slip in told]
    return found


def field_slips(fact: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the fields of a fact."""
    kind = fact["kind"]
    if fact.keys() - {"type_also"} != FIELDS[kind] | {"kind", "district", "quote"}:
        yield f"fields {sorted(fact)}"
    for (of, field), allowed in ALLOWED.items():
        values = fact.get(field, []) if isinstance(fact.get(field, []), list) else [fact[field]]
        if of == kind and not set(values) <= allowed:
            yield f"{field} {values}"
    if kind == "metric":
        if not isinstance(fact["value"], int | float):
            yield f"value {fact['value']!r}"
        if fact["upper"] is not None and fact["upper"] <= fact["value"]:
            yield f"upper {fact['upper']}"
    if kind == "tier_chain" and len(fact["tiers"]) < 2:
        yield "a chain of one"


def quote_slips(fact: dict[str, Any], text: str) -> Iterator[str]:
    """Quotes that show no place: a name may stand in the text many times, a number or a chain once."""
    for quote in fact["quote"] if isinstance(fact["quote"], list) else [fact["quote"]]:
        if quote not in text or (fact["kind"] in ("metric", "tier_chain") and text.count(quote) > 1):
            yield f"quote {quote!r} {text.count(quote)} times"


def test_there_are_enough_articles() -> None:
    assert sum(len(load(path)[0]["articles"]) for path in FILES) >= 12


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_gold_keeps_the_format(path: Path) -> None:
    assert problems(*load(path)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_blocks_begin_the_text(path: Path) -> None:
    data, text = load(path)
    first = min(text.index(b) for a in data["articles"] for b in a["blocks"])
    assert text[:first].strip() == ""


def test_a_slip_is_found() -> None:
    data, text = load(FILES[0])
    data["facts"][0]["quote"] = "这句话不在文中"
    data["articles"][0]["adcode"] = "35"
    assert len(problems(data, text)) >= 2


@pytest.mark.parametrize("path", [p for p in FILES if "negative" in p.stem], ids=lambda p: p.stem)
def test_texts_of_other_genres_hold_no_governance(path: Path) -> None:
    data, _ = load(path)
    assert not [f for f in data["facts"] if f["kind"] in ("mechanism", "tier_chain")]
