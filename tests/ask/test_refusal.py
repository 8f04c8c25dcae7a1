"""Why a question is not understood: what is missing is named, and what a graph never tells."""

import pytest
from tests.ask.small import store_with

from jiceng import ask

STORE = store_with("")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("北京市有哪些做法", "图谱里没有北京市的报道"),
        ("渝中区有多少网格员", "图谱里没有渝中区的报道"),
        ("武侯区的效果怎么样", "没有“效果”"),
        ("哪种做法好在媒体报道里", "没有“媒体报道”"),
        ("为什么武侯区要搞积分制", "不回答“为什么”"),
        ("武侯区的青羊区", "合起来问什么没有听懂"),
        ("？！", "没有写问题"),
        ("武侯区" * 60, "请问得短一些"),
    ],
)
def test_reasons(question: str, told: str) -> None:
    answer = ask.answer(question, STORE)
    assert answer.intent is None
    assert told in answer.summary
    assert answer.summary.endswith("可以这样问：")
