"""An explanation shows the sentence, the rule with its data, the joins, and what was rejected beside it."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path

import pytest

from jiceng import cli, explain, pipeline
from jiceng.errors import QueryError
from jiceng.explain import again
from jiceng.extract.mechanisms.weights import read
from jiceng.lexicon import load_lexicon
from jiceng.rules import load_rules

TEXT = """四川省成都市武侯区：院落里的新办法
武侯区构建“街道党工委—社区党委—院落党支部—楼栋党小组”四级组织架构，组建86个院落党支部，走进千家万户，打通“最后一公里”。
社区推行“院落管家”制度，化解矛盾纠纷430余件。2023年，锦绣社区党委荣获“四川省先进基层党组织”称号。
力争三年内获评“全国和谐社区”。武侯区出台《关于加强院落治理的实施意见》，在《武侯日报》刊登。
武侯区委书记陈立新介绍，社区运转经费由12万元提高到15万元。
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain")
    (folder / "texts").mkdir()
    (folder / "texts" / "武侯.txt").write_text(TEXT, "utf-8")
    pipeline.build([folder / "texts"], folder / "graphs")
    return folder


def told(folder: Path, name: str) -> explain.Explanation:
    return explain.explain(folder / "graphs", iri(folder, name), [folder / "texts"])


def iri(folder: Path, name: str) -> str:
    """The short IRI of the one fact whose name holds this."""
    with pytest.raises(QueryError) as raised:
        explain.explain(folder / "graphs", name)
    near = str(raised.value).rpartition("near it are: ")[2].split(", ")
    assert len(near) == 1, near
    return near[0]


def test_the_sentence_is_shown_with_the_quote_in_it(folder: Path) -> None:
    place = told(folder, "院落党支部-86").accounts[0].place
    assert place.quote == "组建86个院落党支部"
    sentence = TEXT.split("\n")[1] + "\n"
    assert (place.before + place.quote + place.after).strip() == sentence.strip()


@pytest.mark.parametrize("whole", [False, True])
def test_whole_and_short_names_are_accepted(folder: Path, whole: bool) -> None:
    name = iri(folder, "院落党支部-86")
    long = "https://w3id.org/jiceng/id/" + name.replace(":", "/", 1)
    explanation = explain.explain(folder / "graphs", f"<{long}>" if whole else name, [folder / "texts"])
    assert explanation.recorded.iri == long
    evidence = explanation.recorded.places[0]
    assert TEXT[evidence.span.start : evidence.span.end] == evidence.exact == "组建86个院落党支部"
    assert explanation.recorded.division == "四川省 成都市 武侯区 (510107)"
    assert ("jc:value", "86") in explanation.recorded.fields


def test_the_rule_is_told_with_its_data(folder: Path) -> None:
    account = told(folder, "街道党工委-楼栋党小组").accounts[0]
    rule = account.rule
    assert rule.name == "tiers.dashed"
    assert rule.file == "ontology/rules/tiers.toml"
    assert "{arrow}" in rule.pattern
    assert rule.examples
    assert rule.about
    assert any(name == "tiers.dashed" and "楼栋党小组" in text for name, text in account.matched)
    assert {w.scheme for w in account.words} == {"organisation_types"}
    assert account.links["tier 街道党工委"] == "party.working_committee.street"


def test_words_of_the_vocabularies_and_the_indicator_are_told(folder: Path) -> None:
    account = told(folder, "院落党支部-86").accounts[0]
    assert ("组建", "actions") in {(w.text, w.scheme) for w in account.words}
    assert ("个", "units") in {(w.text, w.scheme) for w in account.words}
    assert "indicator" in account.links


def test_a_mechanism_is_told_with_its_score_features_and_what_ranked_below(folder: Path) -> None:
    account = told(folder, "院落管家").accounts[0]
    assert account.score is not None
    assert account.score > 0
    weights = read(load_rules("mechanism_weights", load_lexicon()).tables["name"])
    assert account.weighed
    assert all(round(weights[feature], 2) == weight for feature, weight in account.weighed)
    assert any(name == "cut 院落管家" for name, _ in account.alternatives)
    assert any(name.startswith("type ") for name, _ in account.alternatives)


def test_rejected_candidates_are_told_with_the_reason(folder: Path) -> None:
    rejected = told(folder, "院落党支部-86").accounts[0].rejected
    figure = next(r for r in rejected if r.text == "最后一公里")
    assert figure.kind == "mechanism"
    assert figure.score is not None
    assert figure.score <= 0
    assert figure.features
    numbers = {r.text: r.why for r in rejected if r.kind == "measurement"}
    assert "no count" in numbers["四级"]
    assert all("86" not in text for text in numbers)


def test_rules_that_leave_out_are_told(folder: Path) -> None:
    rejected = told(folder, "关于加强院落治理的实施意见").accounts[0].rejected
    assert any("documents.periodical" in r.why and "日报" in r.text for r in rejected)


def test_a_rule_that_matched_in_vain_is_told(tmp_path: Path) -> None:
    text = "四川省成都市武侯区：小区里的新办法\n社区推行“小区吹哨、部门报到”，组建86个院落党支部。\n"
    (tmp_path / "武侯.txt").write_text(text, "utf-8")
    pipeline.build([tmp_path / "武侯.txt"], tmp_path / "graphs")
    rejected = told(tmp_path, "院落党支部-86").accounts[0].rejected
    (chain,) = (r for r in rejected if r.kind == "tier chain")
    assert (chain.text, chain.why) == (
        "“小区吹哨、部门报到”",
        "tiers.quoted matched, but its checks refused it",
    )


def test_every_fact_can_be_explained(folder: Path) -> None:
    from jiceng import query

    answer = query.run(query.open_store(folder / "graphs"), "SELECT ?f { ?f jc:rule ?r }", "csv")
    facts = answer.split()[1:]
    assert len(facts) > 8
    for fact in facts:
        explanation = explain.explain(folder / "graphs", fact, [folder / "texts"])
        assert len(explanation.accounts) == 1
        assert not explanation.notes
        account = explanation.accounts[0]
        assert account.rule.name in explanation.recorded.rules
        assert account.place.quote.startswith(explanation.recorded.places[0].exact[:2])
        assert explain.render(explanation)


def test_an_explanation_does_not_depend_on_what_was_explained_before(folder: Path) -> None:
    first = told(folder, "院落管家")
    again.rereader.cache_clear()
    assert told(folder, "关于加强院落治理的实施意见").accounts
    assert told(folder, "院落管家") == first


def without_texts(folder: Path, tmp_path: Path) -> Path:
    """The built folder, as somebody may pass it on who keeps the texts."""
    shutil.copytree(folder / "graphs", tmp_path / "graphs", ignore=shutil.ignore_patterns("texts"))
    return tmp_path / "graphs"


def test_the_text_that_the_build_has_kept_is_read_where_the_file_is_not(folder: Path, tmp_path: Path) -> None:
    elsewhere = explain.explain(folder / "graphs", iri(folder, "院落管家"), [tmp_path])
    (account,) = elsewhere.accounts
    (same,) = told(folder, "院落管家").accounts
    assert dataclasses.replace(account, path=same.path) == same
    assert account.path.startswith(str(folder / "graphs" / "texts"))
    assert not elsewhere.notes


def test_a_row_of_a_table_is_explained_by_its_kept_text(tmp_path: Path) -> None:
    row = json.dumps({"text": TEXT, "date": "2023-05-11"}, ensure_ascii=False)
    (tmp_path / "页.jsonl").write_text(row, "utf-8")
    pipeline.build([tmp_path / "页.jsonl"], tmp_path / "graphs")
    explanation = explain.explain(tmp_path / "graphs", iri(tmp_path, "院落管家"), [tmp_path])
    assert len(explanation.accounts) == 1
    assert not explanation.notes


def test_a_kept_text_that_was_altered_is_not_taken(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "graphs", tmp_path / "graphs")
    for path in (tmp_path / "graphs" / "texts").iterdir():
        path.write_text("别的文字", "utf-8")
    explanation = explain.explain(tmp_path / "graphs", iri(folder, "院落管家"), [tmp_path / "none"])
    assert explanation.accounts == ()


def test_without_the_source_it_says_what_cannot_be_shown(folder: Path, tmp_path: Path) -> None:
    graphs = without_texts(folder, tmp_path)
    explanation = explain.explain(graphs, iri(folder, "院落管家"), [tmp_path])
    assert explanation.accounts == ()
    assert "--sources" in explanation.notes[0]
    assert "院落管家" in explain.render(explanation)


def test_the_name_of_a_file_is_no_pattern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = tmp_path / "docs" / "inner"
    docs.mkdir(parents=True)
    (docs / "报道[1].txt").write_text(TEXT, "utf-8")
    pipeline.build([docs], tmp_path / "graphs")
    fact = iri(tmp_path, "院落管家")
    for place, sources in ((tmp_path, [Path("docs")]), (tmp_path / "docs", [])):
        monkeypatch.chdir(place)
        (account,) = explain.explain(tmp_path / "graphs", fact, sources).accounts
        assert account.path.endswith("inner/报道[1].txt")


def test_another_text_of_the_same_name_is_not_taken_for_the_source(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "武侯.txt").write_text(TEXT.replace("86", "96"), "utf-8")
    graphs = without_texts(folder, tmp_path)
    explanation = explain.explain(graphs, iri(folder, "院落管家"), [tmp_path])
    assert explanation.accounts == ()


def test_a_fact_that_the_present_rules_do_not_find_is_said_to_be_none(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "graphs", tmp_path / "graphs")
    file = tmp_path / "graphs" / "jiceng.ttl"
    text = file.read_text("utf-8")
    file.write_text(text.replace("adoption/510107/院落管家", "adoption/510107/楼道管家"), "utf-8")
    explanation = explain.explain(tmp_path / "graphs", "adoption:510107/楼道管家", [folder / "texts"])
    assert explanation.accounts == ()
    assert "another version" in explanation.notes[0]


def test_what_is_no_fact_leads_to_those_that_refer_to_it(folder: Path) -> None:
    with pytest.raises(QueryError, match="adoption:510107/院落管家"):
        explain.explain(folder / "graphs", "mechanism:院落管家")
    with pytest.raises(QueryError, match="chain:510107/"):
        explain.explain(folder / "graphs", f"{iri(folder, '街道党工委-楼栋党小组')}/2")


@pytest.mark.parametrize("name", ["measurement:510107/院落党支部-87-0123456789", "nothing", "<a b>", "jc:"])
def test_an_unknown_name_gives_a_message(folder: Path, name: str) -> None:
    with pytest.raises(QueryError, match="no such fact"):
        explain.explain(folder / "graphs", name)


def test_joins_of_torn_text_are_told(tmp_path: Path) -> None:
    seed = Path(__file__).parents[2] / "seeds" / "004_77164031a3915413.txt"
    pipeline.build([seed], tmp_path / "graphs")
    from jiceng import query

    store = query.open_store(tmp_path / "graphs")
    answer = query.run(store, "SELECT ?f { ?f jc:doubtful true } ORDER BY ?f", "csv")
    fact = answer.split()[1]
    account = explain.explain(tmp_path / "graphs", fact, [seed]).accounts[0]
    assert account.doubtful
    join = next(j for j in account.joins if j.doubtful)
    text = seed.read_text("utf-8")
    assert text[join.raw_before - 1] == join.before[-1]
    assert text[join.raw_after] == join.after[0]


def test_the_command_prints_text_and_json(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = iri(folder, "院落管家")
    where = [str(folder / "graphs"), "--sources", str(folder / "texts")]
    assert cli.main(["explain", name, *where]) == 0
    assert "【“院落管家”】" in capsys.readouterr().out
    assert cli.main(["explain", name, *where, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["accounts"][0]["rule"]["name"] == "mechanisms.quoted"
    assert data["recorded"]["places"][0]["exact"].strip("“”") == "院落管家"
    lost = str(without_texts(folder, tmp_path))
    assert cli.main(["explain", name, lost, "--sources", lost]) == 1
    assert cli.main(["explain", "nothing", str(folder / "graphs")]) == 2
