"""Comparisons and reports against counts made independently, on the built example and on made-up ones."""

import json
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, Store

from jiceng import analysis, cli
from jiceng.analysis.corpus import Adoption, Corpus, District
from jiceng.errors import QueryError
from jiceng.graph.namespaces import JC, OA, RDFS

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def store(root):
    store = Store()
    store.load(path=str(root / "graphs" / "jiceng.ttl"), format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def corpus(store):
    return analysis.load(store)


def value(store, subject, predicate):
    return next(store.quads_for_pattern(subject, predicate, None)).object


def incidence(store):
    """The mechanisms of each division, read triple by triple."""
    found = {}
    for quad in store.quads_for_pattern(None, JC.mechanism, None):
        division = value(store, quad.subject, JC.division)
        found.setdefault(value(store, division, JC.adcode).value, set()).add(quad.object.value)
    return found


def test_similarity_is_that_of_the_triples(store, corpus):
    have = incidence(store)
    told = {(p.first, p.second): p for p in analysis.report(corpus).pairs}
    assert set(told) == set(combinations([d.code for d in corpus.districts], 2))
    for (a, b), pair in told.items():
        both, either = have.get(a, set()) & have.get(b, set()), have.get(a, set()) | have.get(b, set())
        assert set(pair.shared) == both
        assert (
            pair.similarity == (len(both) / len(either) if either else 0)
            or abs(float(pair.similarity) - len(both) / len(either)) < 1e-12
        )


def test_every_number_leads_to_facts_with_evidence(store, corpus):
    told = json.loads(analysis.report_json(analysis.report(corpus)))
    facts = [f for use in told["mechanisms"] for of in use["facts"].values() for f in of]
    assert len(facts) == len(set(facts)) == sum(1 for _ in store.quads_for_pattern(None, JC.mechanism, None))
    for use in told["mechanisms"]:
        for code, of in use["facts"].items():
            for fact in of:
                assert value(store, NamedNode(fact), JC.mechanism).value == use["mechanism"]
                assert value(store, value(store, NamedNode(fact), JC.division), JC.adcode).value == code
                assert value(store, value(store, NamedNode(fact), JC.evidence), OA.exact).value
    assert sorted(f for t in told["types"] for f in t["facts"]) == sorted(facts)
    for t in told["types"]:
        assert set(t["in several provinces"]) <= set(t["in several districts"]) <= set(t["mechanisms"])


def test_communities_part_the_districts_that_share(corpus):
    told = analysis.report(corpus)
    grouped = [code for group in told.communities for code in group.districts]
    assert sorted([*grouped, *told.alone]) == sorted(d.code for d in corpus.districts)
    sharing = {code for p in told.pairs if p.shared for code in (p.first, p.second)}
    assert set(grouped) == sharing
    assert -0.5 <= told.modularity < 1


def test_two_groups_that_share_nothing_are_two_communities():
    codes = ["1", "2", "3", "4", "5"]
    has = {"1": "ab", "2": "ab", "3": "xy", "4": "xyz", "5": "q"}
    made = Corpus(
        tuple(District(c, f"{c}区", "甲省" if c in "12" else "乙省") for c in codes),
        tuple(Adoption(f"{c}{m}", m, m, "类", c) for c in codes for m in has[c]),
        (),
        (),
    )
    told = analysis.report(made)
    assert {group.districts for group in told.communities} == {("1", "2"), ("3", "4")}
    assert told.alone == ("5",)
    assert told.modularity == pytest.approx(0.5)
    assert {use.mechanism for use in told.communities[0].bonds} in ({"a", "b"}, {"x", "y"})
    # 1–2 have the same two; 3–4 share two of three; 3–5 and 4–5 nothing: a mean of 5/9.
    assert float(told.near) == pytest.approx((1 + 2 / 3 + 0 + 0) / 4)
    assert told.far == 0


mechanisms = st.dictionaries(
    st.sampled_from("ABCDE"), st.sets(st.sampled_from("abcdefg"), min_size=1), min_size=2
)


@settings(deadline=None, max_examples=60)
@given(mechanisms)
def test_any_incidence_is_counted_right(has):
    codes = sorted(has)
    made = Corpus(
        tuple(District(c, c) for c in codes),
        tuple(Adoption(c + m, m, m, "类", c) for c in codes for m in sorted(has[c])),
        (),
        (),
    )
    told = analysis.report(made)
    for pair in told.pairs:
        assert set(pair.shared) == has[pair.first] & has[pair.second]
        assert 0 <= pair.similarity <= 1
    assert {u.mechanism: set(u.facts) for u in told.uses} == {
        m: {c for c in codes if m in has[c]} for m in set().union(*has.values())
    }
    for picture in (analysis.network_picture, analysis.similarity_picture, analysis.spread_picture):
        assert ElementTree.fromstring(picture(told)).tag == f"{SVG}svg"


def test_compare_tells_shared_and_own(store, corpus):
    pair = analysis.find(corpus, ["定陶", "350622"])
    told = analysis.compare(corpus, pair)
    have = incidence(store)
    first, second = (have[d.code] for d in pair)
    names = {m: value(store, NamedNode(m), RDFS.label).value for m in first | second}
    by_label = {use.label: set(use.facts) for use in told.uses}
    assert {label for label, of in by_label.items() if len(of) == 2} == {names[m] for m in first & second}
    text = analysis.comparison_text(told, "markdown")
    assert f"Only 定陶区: {len(first - second)} mechanisms" in text
    assert f"Shared mechanisms: {len(first & second)}" in text
    for use in told.uses:
        assert all(
            any(fact.rsplit("/", 1)[1] in line for line in text.split("\n"))
            for of in use.facts.values()
            for fact in of
        )


def test_picture_of_a_comparison_has_each_number(corpus):
    told = analysis.compare(corpus, analysis.find(corpus, ["同安区", "定陶区", "金水区"]))
    svg = ElementTree.fromstring(analysis.comparison_picture(told))
    numbers = [int(t.text) for t in svg.iter(f"{SVG}text") if t.text and t.text.isdecimal()]
    assert sum(numbers) == sum(len(use.facts) for use in told.uses)


@pytest.mark.parametrize(
    ("names", "why"), [(["不存在区", "同安区"], "no facts"), (["同安区", "同安"], "twice")]
)
def test_names_that_cannot_be_compared(corpus, names, why):
    with pytest.raises(QueryError, match=why):
        analysis.find(corpus, names)


def many(count):
    codes = [str(number) for number in range(500100, 500100 + count)]
    return Corpus(
        tuple(District(code, f"{code[3:]}溪区", "重庆市") for code in codes),
        # All have one; the last few share more.
        tuple(
            Adoption(f"{code}{m}", m, m, "类", code)
            for at, code in enumerate(codes)
            for m in ("abc" if at >= count - 5 else "a")
        ),
        (),
        (),
    )


def test_of_many_districts_those_that_share_most_are_drawn_side_by_side():
    told = analysis.report(many(80))
    svg = ElementTree.fromstring(analysis.similarity_picture(told))
    names = {text.text for text in svg.iter(f"{SVG}text")} & {d.label for d in told.districts}
    assert len(names) == 60
    assert {f"{n}溪区" for n in range(175, 180)} <= names
    assert "60 of 80 districts" in ElementTree.tostring(svg, "unicode")
    few = analysis.similarity_picture(analysis.report(many(60)))
    assert "districts, those that share most" not in few


@pytest.mark.parametrize(
    ("name", "why", "first"),
    [
        ("101溪县", "the graph has no facts of it", "101溪区 (500101)"),
        ("重庆市", "is a province", "100溪区 (500100)"),
    ],
)
def test_of_many_districts_a_message_names_the_nearest(name, why, first):
    with pytest.raises(QueryError) as error:
        analysis.find(many(80), [name, "102溪区"])
    told = str(error.value)
    assert f"{name}: {why}" in told
    assert f"there are: {first}, " in told
    assert "and 60 more" in told
    assert len(told) < 600


def test_commands(root, tmp_path, capsys):
    graph = str(root / "graphs")
    assert cli.main(["compare", "同安区", "定陶区", "-g", graph, "-o", str(tmp_path / "两地.svg")]) == 0
    assert "adoption:350212/双报到" in capsys.readouterr().out
    assert ElementTree.parse(tmp_path / "两地.svg").getroot().tag == f"{SVG}svg"
    assert cli.main(["compare", "同安区", "定陶区", "-g", graph, "-f", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["districts"]) == 2
    assert cli.main(["compare", "同安区", "-g", graph]) == 2
    assert cli.main(["compare", "同安区", "定陶区", "-g", graph, "-o", "x.png"]) == 2
    assert "SVG" in capsys.readouterr().err
    nowhere = str(tmp_path / "nowhere" / "x.svg")
    assert cli.main(["compare", "同安区", "定陶区", "-g", graph, "-o", nowhere]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert "name another file with -o" in told.err
    assert cli.main(["report", "-g", graph, "-o", str(tmp_path / "report")]) == 0
    written = {path.name for path in (tmp_path / "report").iterdir()}
    assert written == {"report.md", "report.json", "network.svg", "similarity.svg", "spread.svg"}
    first = (tmp_path / "report" / "report.md").read_bytes()
    capsys.readouterr()
    assert cli.main(["report", "-g", graph]) == 0
    text = capsys.readouterr().out
    assert "双报到" in text
    assert [line for line in first.decode().split("\n") if "svg" not in line and line] == [
        line for line in text.split("\n") if line
    ]


def test_a_report_counts_what_several_districts_share(store, corpus):
    used = [name for names in incidence(store).values() for name in names]
    shared = sum(used.count(name) > 1 for name in set(used))
    assert 0 < shared < len(set(used))
    told = analysis.report_markdown(analysis.report(corpus))
    assert f"{len(set(used))} mechanisms, {shared} of them in several districts" in told


def test_a_number_of_a_part_says_of_which(store, corpus):
    parts = {number.fact: number.part for number in corpus.numbers if number.part}
    found = {q.subject.value: q.object.value for q in store.quads_for_pattern(None, JC.subject, None)}
    assert parts
    assert {fact: found[fact] for fact in parts} == parts
    assert not {n.fact for n in corpus.numbers if not n.part} & set(found)
    code = next(number.code for number in corpus.numbers if number.part)
    districts = [d for d in corpus.districts if d.code == code]
    districts += [d for d in corpus.districts if d.code != code]
    told = analysis.comparison_text(analysis.compare(corpus, districts), "markdown", None)
    assert "| indicator | division | part | measured |" in told
    assert all(f"| {part} |" in told for fact, part in parts.items() if f"/{code}/" in fact and part in told)
