"""What the page shows, as plain data that JSON can carry: no layout, no markup."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Mapping

from jiceng.graph.documents import written
from jiceng.lexicon import Lexicon
from jiceng.model import (
    Article,
    Corpus,
    Division,
    Fact,
    Honour,
    Measurement,
    Mechanism,
    Organisation,
    Person,
    PolicyDocument,
    Statement,
    TierChain,
)
from jiceng.page.merging import Record, articles_of, merged

#: Vocabularies whose labels the page shows: name in the page, name of the scheme.
SCHEMES = {
    "mechanism": "mechanism_types",
    "organisation": "organisation_kinds",
    "chain": "chain_types",
    "tier": "organisation_types",
    "indicator": "indicators",
}

_NUMERAL = r"[\d０-９〇零一二三四五六七八九十百千万亿两]"
_HEDGES_BEFORE = re.compile(
    rf"(不少于|不低于|不超过|不足|不到|低于|超过|突破|至少|将近|接近|大约|约|近|超|逾)(?:了)?(?={_NUMERAL})"
)
_HEDGES_AFTER = re.compile(rf"(?<={_NUMERAL})(余|多)")
_HEDGES_END = re.compile(r"(以上|以下|以内|左右|上下)")


def prepare(
    corpus: Corpus,
    lexicon: Lexicon,
    divisions: Mapping[str, Division],
    iris: Callable[[Statement], str] | None,
) -> Record:
    """Everything but the picture: sources, articles, districts, facts and the labels of the vocabularies."""
    known = {**{a.division.adcode: a.division for a in corpus.articles}, **divisions}
    sources = {source.sha256: i for i, source in enumerate(corpus.sources)}
    facts = prepare_facts(corpus, sources, iris)
    codes = {a.division.adcode for a in corpus.articles} | {s.division for s in corpus.statements}
    return {
        "labels": labels(lexicon, {fact.get("mechanism") for fact in facts}),
        "sources": [{"name": s.name, "sha256": s.sha256, "text": s.text} for s in corpus.sources],
        "articles": [article(a, sources) for a in corpus.articles],
        "districts": [district(code, known) for code in sorted(codes)],
        "facts": facts,
    }


def prepare_facts(
    corpus: Corpus,
    sources: Mapping[str, int],
    iris: Callable[[Statement], str] | None,
    prefix: str = "",
) -> list[Record]:
    """The facts of a corpus whose sources are numbered by hash; their ids begin with `prefix`.

    Statements of the same IRI are one fact, as in the graph.
    """
    facts = merged(_statement(s, sources, iris) for s in corpus.statements)
    _number_ids(facts, prefix)
    _count_tiers(facts)
    return facts


def labels(lexicon: Lexicon, used: Collection[str | None]) -> Record:
    """What the page calls the concepts of the vocabularies, and the well-known mechanisms that are `used`."""
    return {
        **{name: _labels(lexicon, scheme) for name, scheme in SCHEMES.items()},
        "practice": _practices(lexicon, used),
    }


def _labels(lexicon: Lexicon, scheme: str) -> Record:
    if scheme not in lexicon.schemes:
        return {}
    return {c.notation: {"zh": c.label, "en": c.english or c.label} for c in lexicon.schemes[scheme].concepts}


def _practices(lexicon: Lexicon, used: Collection[str | None]) -> Record:
    """Labels of the well-known mechanisms that are used; linking takes the preferred label as their key."""
    if "mechanisms" not in lexicon.schemes:
        return {}
    concepts = lexicon.schemes["mechanisms"].concepts
    return {c.label: {"zh": c.label, "en": c.english or c.label} for c in concepts if c.label in used}


def article(article: Article, sources: Mapping[str, int]) -> Record:
    """An article with its text and the day or month of its document, if known; its source by number."""
    day = written(article.source)
    return {
        "key": article.key,
        "source": sources[article.source.sha256],
        "division": article.division.adcode,
        "title": article.title,
        **({"date": day.isoformat()} if day else {}),
        "text": article.body.value,
        "paragraphs": [[p.start, p.end, p.role.value, p.level] for p in article.paragraphs],
        "spans": [[s.start, s.end] for s in article.spans],
    }


def district(code: str, known: Mapping[str, Division]) -> Record:
    """A division with what it lies in."""
    path: list[Division] = []
    at = known.get(code)
    while at is not None and at not in path:
        path.append(at)
        at = known.get(at.parent) if at.parent else None
    above = [d.name for d in reversed(path[1:])]
    return {
        "code": code,
        "name": path[0].name if path else code,
        "above": above,
        # The first two digits of a code are its province: districts group even where names are unknown.
        "province": above[0] if above else "",
        "group": code[:2],
    }


# --- facts ------------------------------------------------------------------------------------------


def _statement(
    statement: Statement, sources: Mapping[str, int], iris: Callable[[Statement], str] | None
) -> Record:
    fact = statement.fact
    record: Record = {
        "id": "",
        **_fields(fact, statement),
        "division": statement.division,
        "article": statement.article,
        "start": fact.start,
        "end": fact.end,
        "rule": fact.rule,
        "evidence": [[sources[e.sha256], e.span.start, e.span.end, e.exact] for e in statement.evidence],
    }
    if statement.doubtful:
        record["doubtful"] = True
    if statement.doubtful_placement:
        record["doubtfulPlacement"] = True
    if iris is not None:
        record["iri"] = iris(statement)
    return {key: value for key, value in record.items() if value is not None and value != []}


def _fields(fact: Fact, statement: Statement) -> Record:
    """The kind and the fields of its own; `label` is what lists call the fact."""
    match fact:
        case TierChain():
            tiers = [t.label for t in fact.tiers]
            return {
                "kind": "tier_chain",
                "label": "—".join(tiers),
                "tiers": tiers,
                "chain": fact.chain_type,
                "declared": fact.declared_levels,
                "types": list(statement.tier_types),
            }
        case Measurement():
            return _measurement(fact, statement)
        case Mechanism():
            return {
                "kind": "mechanism",
                "label": fact.name,
                "type": fact.type,
                "components": list(fact.components),
                "level": fact.level,
                "mechanism": statement.mechanism,
            }
        case Organisation():
            return {
                "kind": "organisation",
                "label": fact.name,
                "type": fact.kind,
                "within": statement.within or fact.within,
            }
        case PolicyDocument():
            return {"kind": "policy", "label": fact.title, "issuer": fact.issuer}
        case Honour():
            return {
                "kind": "honour",
                "label": fact.title,
                "recipient": fact.recipient,
                "period": fact.period,
            }
        case Person():
            return {"kind": "person", "label": fact.name, "role": fact.role}
    raise TypeError(f"the page cannot show facts of type {type(fact).__name__}")


def _measurement(fact: Measurement, statement: Statement) -> Record:
    quote = "".join(e.exact for e in statement.evidence)
    return {
        "kind": "measurement",
        "label": fact.measured,
        "value": f"{fact.value:f}",
        "upper": None if fact.upper is None else f"{fact.upper:f}",
        "comparator": fact.comparator,
        "hedge": hedges(quote) if fact.comparator != "=" else None,
        "unit": fact.unit,
        "action": fact.action,
        "subject": fact.subject,
        "per": fact.per,
        "period": fact.period,
        "nature": fact.nature,
        "indicator": statement.indicator and statement.indicator.notation,
        "indicatorLabel": statement.indicator and statement.indicator.label,
    }


def hedges(quote: str) -> list[str]:
    """The words by which a quote hedges its number: before it, right behind it, behind the unit.

    `超过3.7万人` gives `["超过", "", ""]`, `1210余件` gives `["", "余", ""]`.
    """
    found = [pattern.search(quote) for pattern in (_HEDGES_BEFORE, _HEDGES_AFTER, _HEDGES_END)]
    return [m.group(1) if m else "" for m in found]


def _number_ids(facts: list[Record], prefix: str) -> None:
    """Give each fact a short id that stays the same while the fact does, for links to it.

    It is made of the IRI, whichever reports state the fact; without one, of where it stands.
    """
    seen: dict[str, int] = {}
    for fact in facts:
        place = "|".join(f"{start}-{end}" for _, start, end, _ in fact.get("evidence", []))
        where = (fact["iri"],) if "iri" in fact else (fact["article"], place)
        text = "|".join((fact["kind"], fact["label"], *where))
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]
        seen[digest] = seen.get(digest, 0) + 1
        fact["id"] = prefix + (digest if seen[digest] == 1 else f"{digest}-{seen[digest]}")


def _count_tiers(facts: list[Record]) -> None:
    """Tell each tier of a chain which measurement of the same report counts just that organisation.

    Another report of the district may be of another year: what several reports state is counted by each, and
    the ids of their counts are parted by spaces. Numbers of the whole district go first.
    """
    counted: dict[tuple[str, str], str] = {}
    for whole in (True, False):
        for fact in facts:
            part = fact.get("subject") is not None
            if fact["kind"] == "measurement" and fact["nature"] == "fact" and part != whole:
                for key in articles_of(fact):
                    counted.setdefault((key, fact["label"]), fact["id"])
    for fact in facts:
        if fact["kind"] == "tier_chain":
            keys = tuple(articles_of(fact))
            fact["counts"] = [
                " ".join(dict.fromkeys(counted[key, tier] for key in keys if (key, tier) in counted))
                for tier in fact["tiers"]
            ]
