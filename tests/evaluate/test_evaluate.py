"""The scoreboard on a small build and gold whose numbers can be counted by hand."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng import evaluate, graph, jsonl
from jiceng.errors import EvaluationError
from jiceng.evaluate.claims import Claim
from jiceng.evaluate.compare import match, overlap, pair
from jiceng.lexicon import load_lexicon
from jiceng.model import Span

FACTS = [
    # the build has the next four just so
    {"kind": "metric", "value": 86, "unit": "个", "measured": "院落党支部", "quote": "院落党支部86个"},
    {
        "kind": "metric",
        "value": 300,
        "unit": "名",
        "measured": "党员",
        "comparator": "~",
        "quote": "近300名党员",
    },
    {"kind": "metric", "value": 5, "upper": 7, "unit": "簇", "measured": "花圃", "quote": "改造5—7簇花圃"},
    {
        "kind": "mechanism",
        "name": "“院落管家”",
        "type": "grid",
        "type_also": ["service"],
        "quote": "推行“院落管家”",
    },
    # half agrees: what is counted is told at greater length; the type of the organisation is another
    {
        "kind": "metric",
        "value": 150000000,
        "unit": "元",
        "measured": "院落设施改造资金",
        "quote": "投入1.5亿元",
    },
    {"kind": "organisation", "name": "锦绣社区", "type": "quarter", "quote": "望江街道锦绣社区"},
    {
        "kind": "tier_chain",
        "tiers": ["区委", "街道党工委", "社区党委", "院落支部", "楼栋小组"],
        "quote": "区委—街道党工委—社区党委—院落党支部",
    },
    # the build lacks these; of its own, 12, 2, 望江街道, 省级示范社区 and the policy stay over
    {"kind": "metric", "value": 2, "unit": "场", "measured": "议事会", "quote": "开2次议事会"},
    {"kind": "person", "name": "张小山", "role": "部长", "quote": "张小川"},
]


@pytest.fixture(scope="module")
def build(sample, tmp_path_factory):
    folder = tmp_path_factory.mktemp("graphs")
    corpus = sample["corpus"]()
    built = graph.build(corpus, load_lexicon(), sample["DIVISIONS"])
    (folder / "jiceng.ttl").write_bytes(graph.turtle(built))
    (folder / "articles.jsonl").write_bytes(jsonl.articles_jsonl(corpus, sample["DIVISIONS"]))
    return folder


@pytest.fixture
def gold(sample, tmp_path):
    write_gold(tmp_path, sample["WUHOU"], FACTS)
    return tmp_path


def write_gold(folder: Path, text: str, facts: list[dict]) -> None:
    (folder / "武侯.txt").write_text(text, "utf-8")
    data = {
        "source": "武侯.txt",
        "articles": [{"district": "武侯区", "adcode": "510107", "blocks": [text[:12]]}],
        "facts": [{"district": "武侯区", **fact} for fact in facts],
    }
    (folder / "武侯.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def counted(board):
    return {(r.kind, r.measure): (r.gold, r.found, r.right) for r in board.rows if r.gold or r.found}


def test_known_numbers_come_out(build, gold):
    board = evaluate.evaluate(build, gold, gold)
    assert counted(board) == {
        ("metric", "core"): (5, 6, 4),
        ("metric", "strict"): (5, 6, 3),
        ("tier_chain", "core"): (1, 1, 1),
        ("tier_chain", "strict"): (1, 1, 0),
        ("mechanism", "core"): (1, 1, 1),
        ("mechanism", "strict"): (1, 1, 1),
        ("organisation", "core"): (1, 2, 1),
        ("organisation", "strict"): (1, 2, 0),
        ("policy", "core"): (0, 1, 0),
        ("policy", "strict"): (0, 1, 0),
        ("honour", "core"): (0, 1, 0),
        ("honour", "strict"): (0, 1, 0),
        ("person", "core"): (1, 1, 0),
        ("person", "strict"): (1, 1, 0),
    }
    metric = board.rows[0]
    assert (metric.precision, metric.recall) == (4 / 6, 4 / 5)
    assert metric.f1 == pytest.approx(2 * (4 / 6) * (4 / 5) / (4 / 6 + 4 / 5))
    assert board.reading == 1.0


def test_rules_are_counted_with_what_they_got_right(build, gold):
    board = evaluate.evaluate(build, gold, gold)
    rows = [r for r in board.rows if r.measure == "core"]
    assert sum(r.found for r in board.rules) == sum(r.found for r in rows)
    assert sum(r.core for r in board.rules) == sum(r.right for r in rows)
    strict = [r for r in board.rows if r.measure == "strict"]
    assert sum(r.strict for r in board.rules) == sum(r.right for r in strict)
    assert all(r.rule for r in board.rules)
    told = evaluate.render(board, rules=True)
    assert all(
        f"| {r.rule} | {r.found} | {r.core} | {r.strict} | {r.precision:.3f} |" in told for r in board.rules
    )


def test_the_misses_say_what_differs(build, gold):
    misses = evaluate.evaluate(build, gold, gold).misses
    told = {(m.what, m.kind, m.label) for m in misses}
    assert told == {
        ("missing", "metric", "2场 议事会"),
        ("missing", "person", "张小山"),
        ("loose", "metric", "150000000元 院落设施改造资金"),
        ("loose", "organisation", "锦绣社区"),
        ("loose", "tier_chain", "区委 — 街道党工委 — 社区党委 — 院落支部 — 楼栋小组"),
        ("extra", "metric", "12个 院落党支部"),
        ("extra", "metric", "2次 议事会"),
        ("extra", "organisation", "望江街道"),
        ("extra", "honour", "省级示范社区"),
        ("extra", "policy", "武侯区院落自治办法"),
        ("extra", "person", "张小川"),
    }
    (organisation,) = [m for m in misses if m.kind == "organisation" and m.what == "loose"]
    assert organisation.differs == "type: quarter ≠ community"
    assert organisation.quote == "望江街道锦绣社区"


def test_fields_are_counted_over_the_pairs(build, gold):
    fields = {(f.kind, f.name): (f.right, f.of) for f in evaluate.evaluate(build, gold, gold).fields}
    assert fields["metric", "measured"] == (3, 4)
    assert fields["metric", "comparator"] == (4, 4)
    assert fields["mechanism", "type"] == (1, 1)


def test_the_score_goes_down_when_the_gold_says_otherwise(build, sample, tmp_path):
    spoilt = [{**fact, "value": 87} if fact.get("value") == 86 else fact for fact in FACTS]
    spoilt = [{**fact, "comparator": ">"} if fact.get("value") == 300 else fact for fact in spoilt]
    write_gold(tmp_path, sample["WUHOU"], spoilt)
    numbers = counted(evaluate.evaluate(build, tmp_path, tmp_path))
    assert numbers["metric", "core"] == (5, 6, 3)
    assert numbers["metric", "strict"] == (5, 6, 1)


def test_a_fact_elsewhere_in_the_text_is_another(build, sample, tmp_path):
    moved = [{**FACTS[0], "quote": "四川省成都市武侯区"}]
    write_gold(tmp_path, sample["WUHOU"], moved)
    assert counted(evaluate.evaluate(build, tmp_path, tmp_path))["metric", "core"] == (1, 6, 0)


def test_text_in_the_wrong_article_lowers_the_reading(build, gold, tmp_path_factory):
    folder = tmp_path_factory.mktemp("other")
    shutil.copy(build / "jiceng.ttl", folder)
    records = [json.loads(line) for line in (build / "articles.jsonl").read_text("utf-8").splitlines()]
    (start, end), *_ = records[0]["spans"]
    records[0]["spans"] = [[start, (start + end) // 2]]
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    assert 0.3 < evaluate.evaluate(folder, gold, gold).reading < 0.7


def test_both_forms_show_the_same(build, gold):
    board = evaluate.evaluate(build, gold, gold)
    table = evaluate.render(board, misses=True)
    assert "| metric | core | 5 | 6 | 4 | 0.667 | 0.800 | 0.727 |" in table
    assert "张小山" in table
    assert "张小山" not in evaluate.render(board)
    data = json.loads(evaluate.to_json(board))
    assert data["rows"][0] == {
        "kind": "metric", "measure": "core", "gold": 5, "found": 6, "right": 4,
        "precision": 4 / 6, "recall": 4 / 5, "f1": pytest.approx(8 / 11),
    }  # fmt: skip


def test_none_of_none_is_no_share(build, gold):
    shown = evaluate.table(evaluate.evaluate(build, gold, gold)).split("\n")
    assert "| policy | core | 0 | 1 | 0 | 0.000 | – | 0.000 |" in shown
    assert "| person | core | 1 | 1 | 0 | 0.000 | 0.000 | 0.000 |" in shown
    board = evaluate.compare([], evaluate.load_build(build))
    assert evaluate.table(board).split("\n")[2] == "| metric | core | 0 | 0 | 0 | – | – | – |"
    assert "text in the right article: –" in evaluate.render(board)
    row = json.loads(evaluate.to_json(board))["rows"][0]
    assert (row["precision"], row["recall"], row["f1"]) == (0.0, 0.0, 0.0)


def test_messages_name_file_and_remedy(build, gold, tmp_path_factory):
    empty = tmp_path_factory.mktemp("empty")
    with pytest.raises(EvaluationError, match="jiceng build"):
        evaluate.evaluate(empty, gold, gold)
    with pytest.raises(EvaluationError, match="no gold files"):
        evaluate.evaluate(build, empty, gold)
    with pytest.raises(EvaluationError, match=r"武侯.json.*--sources"):
        evaluate.evaluate(build, gold, empty)
    for broken in ("{", '{"source": "武侯.txt"}', "[]"):
        (gold / "武侯.json").write_text(broken, "utf-8")
        with pytest.raises(EvaluationError, match=r"武侯\.json"):
            evaluate.evaluate(build, gold, gold)


CLAIMS = st.builds(
    Claim,
    kind=st.just("metric"),
    source=st.just("x"),
    adcode=st.just("510107"),
    phrase=st.text("党支部员", min_size=1, max_size=4),
    fields=st.fixed_dictionaries({"value": st.sampled_from("12"), "unit": st.just("个")}),
    spans=st.integers(0, 9).map(lambda at: (Span(at, at + 3),)),
)


@given(st.lists(CLAIMS, max_size=6))
def test_a_list_against_itself_is_all_right(claims):
    pairs = pair(claims, claims)
    assert len(pairs) == len(claims)
    assert all(grade == 2 for _, grade in pairs.values())


@given(st.lists(CLAIMS, max_size=6), st.lists(CLAIMS, max_size=6))
def test_pairs_are_one_to_one_and_agree(wanted, found):
    pairs = pair(wanted, found)
    assert len({j for j, _ in pairs.values()}) == len(pairs)
    assert all(match(wanted[i], found[j]) == grade > 0 for i, (j, grade) in pairs.items())


@given(st.text("党支部员—“", max_size=8), st.text("党支部员—“", max_size=8))
def test_overlap_is_a_share(a, b):
    assert 0.0 <= overlap(a, b) <= 1.0
    assert overlap(a, a) in (0.0, 1.0)


@pytest.mark.parametrize(
    ("gold", "found", "grade"),
    [
        ("红色管家", "红色管家", 2),
        ("红色管家", "红色管家制度", 1),
        ("红色管家", "红", 0),
        ("红色管家", "绿色管家", 0),
        ("老街議事會", "老街议事会", 2),  # only the characters are other ones
    ],
)
def test_names_of_mechanisms(gold, found, grade):
    claims = [
        Claim("mechanism", "x", "1", name, (), {"type": "grid"}, frozenset({"grid"}))
        for name in (gold, found)
    ]
    assert match(*claims) == grade


REPORT = "四川省成都市武侯区：院落党建\n\n武侯区组建网格党支部86个，推行“院落管家”机制，化解纠纷310件。\n"


def annotated(tmp_path: Path, facts: list[dict[str, object]], encoding: str = "utf-8") -> tuple[Path, Path]:
    """A gold file and the folder of its document."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text(REPORT, encoding=encoding, newline="\r\n")
    article = {"district": "武侯区", "adcode": "510107", "blocks": ["武侯区组建"]}
    data = {"source": "a.txt", "articles": [article], "facts": facts}
    (tmp_path / "a.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return tmp_path / "a.json", tmp_path / "docs"


METRIC = {
    "kind": "metric",
    "district": "武侯区",
    "value": 86,
    "measured": "网格党支部",
    "quote": "组建网格党支部86个",
}


def test_gold_without_blocks_has_no_reading_to_compare(tmp_path: Path) -> None:
    path, sources = annotated(tmp_path, [METRIC])
    data = json.loads(path.read_text("utf-8"))
    del data["articles"][0]["blocks"]
    path.write_text(json.dumps(data), "utf-8")
    board = evaluate.compare(evaluate.load_gold(path, sources), evaluate.Build((), ()))
    assert [(r.right, r.of) for r in board.readings] == [(0, 0)]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_documents_are_read_as_a_build_reads_them(tmp_path: Path, encoding: str) -> None:
    (document,) = evaluate.load_gold(*annotated(tmp_path, [METRIC], encoding))
    assert document.text == REPORT.replace("\n", "\r\n")
    (claim,) = document.claims
    assert document.text[claim.spans[0].start : claim.spans[0].end] == "组建网格党支部86个"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "metrik"}, "'metrik' is missing, or none that there is"),
        ({"district": "青羊区"}, "'青羊区' is missing, or none that there is"),
        ({"value": "86"}, "value is '86', not a number"),
        ({"quote": 86}, "not in the gold format"),
    ],
)
def test_what_is_wrong_in_an_annotation_is_named(
    tmp_path: Path, change: dict[str, object], told: str
) -> None:
    gold, docs = annotated(tmp_path, [METRIC, {**METRIC, **change}])
    with pytest.raises(EvaluationError, match=told) as raised:
        evaluate.load_gold(gold, docs)
    assert f"{gold}: fact 2 " in str(raised.value)


def test_a_file_that_lacks_a_part_is_named(tmp_path: Path) -> None:
    gold, docs = annotated(tmp_path, [])
    gold.write_text('{"source": "a.txt", "facts": []}', "utf-8")
    with pytest.raises(EvaluationError, match="'articles' is missing; see `jiceng annotate`") as raised:
        evaluate.load_gold(gold, docs)
    assert str(gold) in str(raised.value)


@pytest.mark.parametrize("content", [b"1. \xe5", b"{", b"no JSON"])
def test_a_file_that_is_no_json_is_named_with_the_remedy(tmp_path: Path, content: bytes) -> None:
    gold, docs = annotated(tmp_path, [])
    gold.write_bytes(content)
    with pytest.raises(EvaluationError, match=r"not in the gold format: .*; see `jiceng annotate`") as raised:
        evaluate.load_gold(gold, docs)
    assert str(gold) in str(raised.value)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"adcode": 510107}, "adcode is 510107, not text in quotes"),
        ({"district": None}, "district is null, not text in quotes"),
        ({"blocks": [1]}, r"blocks is \[1\], not a list of texts in quotes"),
        ({"blocks": "武侯区"}, 'blocks is "武侯区", not a list of texts in quotes'),
        ({"deinterleaved": None}, "deinterleaved is null, not a list of texts in quotes"),
    ],
)
def test_what_is_wrong_in_an_article_is_named(tmp_path: Path, change: dict[str, object], told: str) -> None:
    gold, docs = annotated(tmp_path, [])
    data = json.loads(gold.read_text("utf-8"))
    data["articles"][0] |= change
    gold.write_text(json.dumps(data), "utf-8")
    with pytest.raises(EvaluationError, match=f"is not in the gold format: {told}; see") as raised:
        evaluate.load_gold(gold, docs)
    assert str(gold) in str(raised.value)


@pytest.mark.parametrize("tiers", [[1, 2], "街道", [None]])
def test_tiers_are_a_list_of_texts(tmp_path: Path, tiers: object) -> None:
    chain = {"kind": "tier_chain", "district": "武侯区", "tiers": tiers, "quote": "武侯区组建"}
    with pytest.raises(EvaluationError, match="fact 1 is not in the gold format: tiers is"):
        evaluate.load_gold(*annotated(tmp_path, [chain]))


def test_the_name_of_a_document_is_no_pattern(tmp_path: Path) -> None:
    gold, docs = annotated(tmp_path, [METRIC])
    for name in ("报道[1].txt", "甲*.txt", "乙?.txt"):
        shutil.copy(docs / "a.txt", docs / name)
        gold.write_text(gold.read_text("utf-8").replace("a.txt", name), "utf-8")
        (document,) = evaluate.load_gold(gold, docs)
        assert document.path == docs / name
        gold.write_text(gold.read_text("utf-8").replace(name, "a.txt"), "utf-8")
    for name in ("*", "/a.txt"):
        gold.write_text(gold.read_text("utf-8").replace("a.txt", name), "utf-8")
        with pytest.raises(EvaluationError, match="is nowhere below"):
            evaluate.load_gold(gold, docs)
        gold.write_text(gold.read_text("utf-8").replace(f'"{name}"', '"a.txt"'), "utf-8")


def test_a_field_that_no_fact_has_is_told_where_it_first_stands(tmp_path: Path) -> None:
    facts = [METRIC, {**METRIC, "perriod": "去年"}, {**METRIC, "perriod": "今年"}]
    gold, docs = annotated(tmp_path, facts)
    (document,) = evaluate.load_gold(gold, docs)
    (note,) = document.notes
    assert note.startswith(
        f"{gold}: fact 2: no fact has a field 'perriod': it counts for nothing; there are "
    )
    assert "period," in note


def test_quotes_that_show_no_place_are_told(tmp_path: Path) -> None:
    quotes = ["组建网格党支部八十六个", "武侯区", ["组建网格党支部", "区"], ["86个", "甲", "乙", "丙“丁”"]]
    gold, docs = annotated(tmp_path, [{**METRIC, "quote": quote} for quote in quotes])
    (document,) = evaluate.load_gold(gold, docs)
    assert document.notes == (
        f'{gold}: 4 quotes are not in a.txt, and show no place: "组建网格党支部八十六个", "甲", "乙" '
        "and 1 more; copy each from the text, with its punctuation and line breaks",
        f'{gold}: 1 quote is more than once in a.txt, and shows no place: "武侯区"; '
        "lengthen each until it stands there once",
    )
    assert [len(claim.spans) for claim in document.claims] == [0, 0, 2, 1]


def test_quotes_that_show_their_places_need_no_note(tmp_path: Path) -> None:
    (document,) = evaluate.load_gold(*annotated(tmp_path, [METRIC]))
    assert document.notes == ()
