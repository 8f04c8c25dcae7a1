"""The named questions' answers: on the samples of `seeds/`, and on a small graph that shows their sense."""

import csv
import io
import runpy
import tomllib

import pytest
from pyoxigraph import RdfFormat, Store

from jiceng import query


@pytest.fixture(scope="module")
def small(root):
    store = Store()
    store.load(path=str(root / "tests" / "query" / "small.ttl"), format=RdfFormat.TURTLE)
    return store


ROWS = [
    (
        "mechanism",
        {"mechanism": "管家"},
        [["武侯区", "院落管家", "院落管家", "服务群众", "院落", "86个院落党支部", "甲.txt", "10"]],
    ),
    ("near-mechanisms", {}, [["积分制", "2", "积分银行", "1"]]),
    ("mechanism-levels", {}, [["服务群众", "", "3", "3"], ["服务群众", "院落", "1", "1"]]),
    ("mechanism-parts", {}, [["武侯区", "院落管家", "民情员"]]),
    ("district-pairs", {}, [["青羊区", "武侯区", "1", "积分制"], ["武侯区", "云岩区", "1", "院落管家"]]),
    ("only-here", {"district": "武侯区"}, [["武侯区", "院落管家", "服务群众"]]),
    # Alone in its province: nothing is compared.
    ("only-here", {"district": "云岩区"}, []),
    ("missing-here", {"district": "武侯区"}, [["武侯区", "积分银行", "1", "青羊区"]]),
    ("missing-here", {"district": "云岩区"}, []),
    ("indicators", {}, [["count.branch", "党支部数", "2", "3"]]),
    (
        "indicator-across",
        {"notation": "count"},
        [
            [
                "云岩区",
                "count.branch",
                "党支部",
                "=",
                "120",
                "",
                "",
                "",
                "",
                "",
                "120个党支部",
                "甲.txt",
                "40",
            ],
            [
                "武侯区",
                "count.branch",
                "院落党支部",
                "=",
                "86",
                "",
                "",
                "",
                "",
                "2023年",
                "86个院落党支部",
                "甲.txt",
                "10",
            ],
        ],
    ),
    ("money", {}, [["武侯区", "经费", "=", "50000", "", "", "fact", "", "经费5万元，满意率98.5%"]]),
    (
        "shares",
        {"district": "武侯区"},
        [["武侯区", "满意率", "=", "98.5", "", "", "fact", "经费5万元，满意率98.5%"]],
    ),
    ("requirements", {}, [["云岩区", "党支部", "=", "150", "", "", "", "", "", "120个党支部", ""]]),
    ("by-period", {}, [["武侯区", "2023年", "院落党支部", "=", "86", "", "86个院落党支部"]]),
    (
        "tier-type",
        {"tier": "社区"},
        [
            ["武侯区", "社区党委", "3", "3", "街道党工委", "party", "86个院落党支部"],
            ["武侯区", "社区党委", "1", "2", "", "party", "经费5万元，满意率98.5%"],
        ],
    ),
    ("chain-depth", {}, [["武侯区", "party", "3", "区委", "社区党委"]]),
    ("sources", {}, [["甲.txt", "标题", "武侯区", "2"]]),
    ("provinces", {}, [["四川省", "2", "9", "3", "3"], ["贵州省", "1", "3", "1", "2"]]),
]


@pytest.mark.parametrize(("name", "values", "expected"), ROWS, ids=lambda x: x if isinstance(x, str) else "")
def test_what_a_question_means(small, name, values, expected):
    assert list(csv.reader(io.StringIO(query.run(small, name, "csv", values))))[1:] == expected


def test_from_a_place_in_the_source_to_its_facts(small):
    def facts(at):
        answer = query.run(small, "facts-at", "csv", {"source": "甲.txt", "at": str(at)})
        return [row[1] for row in list(csv.reader(io.StringIO(answer)))[1:]]

    assert facts(10) == facts(17) == ["urn:a1", "urn:c1", "urn:m1"]
    assert facts(18) == []


def test_answers_on_the_samples_are_the_kept_ones(root):
    script = runpy.run_path(str(root / "scripts" / "query_answers.py"))
    kept = {path.stem: path.read_bytes().decode() for path in (root / "tests/query/answers").glob("*.csv")}
    assert script["current"]() == kept, "run scripts/query_answers.py and read what changed"


def test_every_question_has_an_answer_on_the_samples(root):
    settings = tomllib.loads((root / "tests/query/answers.toml").read_text("utf-8"))
    for question in query.named():
        assert set(settings.get(question.name, {})) <= set(question.parameters)
        answer = (root / "tests" / "query" / "answers" / f"{question.name}.csv").read_text("utf-8")
        assert answer.count("\n") > 1, question.name
