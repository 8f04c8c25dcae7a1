"""A small invented corpus with every kind of fact, for the tests of graph, validation and queries."""

from decimal import Decimal
from hashlib import sha256

from jiceng.model import (
    Article,
    Corpus,
    Division,
    Evidence,
    Fact,
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

DIVISIONS = {
    d.adcode: d
    for d in (
        Division("510000", "四川省", "province"),
        Division("510100", "成都市", "prefecture", "510000"),
        Division("510107", "武侯区", "county", "510100"),
        Division("520000", "贵州省", "province"),
        Division("520100", "贵阳市", "prefecture", "520000"),
        Division("520103", "云岩区", "county", "520100"),
    )
}

WUHOU = """四川省成都市武侯区：院落里的新办法
作者：张小川（武侯区委组织部部长）
全区搭建“区委—街道党工委—社区党委—院落党支部”四级架构，共有院落党支部86个，其中
望江街道12个。推行“院落管家”制度，设民情员、调解员。每个院落每月至少开2次议事会。
锦绣社区获评“省级示范社区”。印发《武侯区院落自治办法》。投入1.5亿元，改造5—7簇花圃。
望江街道锦绣社区近300名党员到岗，"""
YUNYAN = """贵州省贵阳市云岩区：院落也能自己管
云岩区学习外地做法，也推行“院落管家”，覆盖院落120个。
"""
LATER = """四川省成都市武侯区：再谈院落
锦绣社区的“院落管家”制度又有新内容，全区院落党支部增至90个。
"""


def source(name: str, text: str) -> Source:
    return Source(name, sha256(text.encode()).hexdigest(), text)


def article(document: Source, adcode: str) -> Article:
    text = document.text
    return Article(
        source=document,
        division=DIVISIONS[adcode],
        title=text.split("\n")[0],
        body=Text(text, (Piece(0, Span(0, len(text))),)),
        paragraphs=(Paragraph(0, len(text)),),
        spans=(Span(0, len(text)),),
    )


def state(of: Article, fact: Fact, *quotes: str, **links: object) -> Statement:
    text = of.source.text
    evidence = []
    for quote in quotes:
        assert text.count(quote) == 1, quote
        start = text.index(quote)
        evidence.append(Evidence(of.source.name, of.source.sha256, Span(start, start + len(quote)), quote))
    return Statement(fact, of.division.adcode, of.key, tuple(evidence), **links)  # type: ignore[arg-type]


def measurement(value: str, measured: str, **fields: object) -> Measurement:
    base = {
        "start": 0,
        "end": 1,
        "rule": "metric.count",
        "measured_start": 0,
        "measured_end": 1,
        "unit": "个",
    }
    return Measurement(value=Decimal(value), measured=measured, **{**base, **fields})  # type: ignore[arg-type]


def mechanism(name: str, **fields: object) -> Mechanism:
    return Mechanism(start=0, end=1, rule="mechanism.quoted", name=name, **{"type": "service", **fields})  # type: ignore[arg-type]


def corpus() -> Corpus:
    sources = (source("武侯.txt", WUHOU), source("云岩.txt", YUNYAN), source("武侯二.txt", LATER))
    first, yunyan, later = (
        article(document, code)
        for document, code in zip(sources, ("510107", "520103", "510107"), strict=True)
    )
    labels = ("区委", "街道党工委", "社区党委", "院落党支部")
    chain = TierChain(
        start=0,
        end=1,
        rule="tier.dashes",
        tiers=tuple(Tier(label, 0, 1) for label in labels),
        chain_type="party",
        declared_levels=4,
    )
    branches = Indicator("count.yard-branch", "院落党支部", "count")
    community = Organisation(
        start=0, end=1, rule="organisation.suffix", name="锦绣社区", kind="community", within="望江街道"
    )
    street = Organisation(start=0, end=1, rule="organisation.suffix", name="望江街道", kind="street")
    honour = Honour(start=0, end=1, rule="honour.quoted", title="省级示范社区", recipient="锦绣社区")
    policy = PolicyDocument(start=0, end=1, rule="policy.title", title="武侯区院落自治办法", issuer="武侯区")
    person = Person(start=0, end=1, rule="person.byline", name="张小川", role="武侯区委组织部部长")
    meetings = measurement(
        "2", "议事会", unit="次", comparator=">", per="每月", subject="每个院落", nature="rule", action="开"
    )
    return Corpus(
        sources,
        (first, yunyan, later),
        (
            state(
                first, chain, "区委—街道党工委—社区党委—院落党支部", tier_types=("a.b", "a.c", "a.d", "a.e")
            ),
            state(first, measurement("86", "院落党支部"), "院落党支部86个", indicator=branches),
            state(
                first,
                measurement("12", "院落党支部", subject="望江街道"),
                "院落党支部86个，其中",
                "望江街道12个",
                indicator=branches,
                doubtful=True,
            ),
            state(
                first,
                mechanism("院落管家", components=("民情员", "调解员"), level="院落"),
                "推行“院落管家”制度，设民情员、调解员",
                mechanism="院落管家",
            ),
            state(first, meetings, "每个院落每月至少开2次议事会"),
            state(first, honour, "锦绣社区获评“省级示范社区”"),
            state(first, policy, "《武侯区院落自治办法》"),
            state(first, measurement("150000000", "设施改造", unit="元", action="投入"), "投入1.5亿元"),
            state(first, measurement("5", "花圃", unit="簇", upper=Decimal(7)), "改造5—7簇花圃"),
            state(
                first, measurement("300", "党员", unit="名", comparator="~", period="近年来"), "近300名党员"
            ),
            state(first, community, "望江街道锦绣社区", within="望江街道"),
            state(first, street, "\n望江街道锦绣社区"),
            state(first, person, "张小川（武侯区委组织部部长）"),
            state(yunyan, mechanism("院落管家", type="grid"), "推行“院落管家”", mechanism="院落管家"),
            state(yunyan, measurement("120", "院落"), "院落120个"),
            state(later, mechanism("院落管家"), "“院落管家”制度", mechanism="院落管家"),
            state(
                later,
                Organisation(start=0, end=1, rule="organisation.suffix", name="锦绣社区", kind="community"),
                "锦绣社区",
            ),
            state(
                later,
                measurement("90", "院落党支部", action="增至"),
                "院落党支部增至90个",
                indicator=branches,
            ),
        ),
    )
