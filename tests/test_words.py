"""The cut of Chinese text is jieba's, character for character."""

import os
import subprocess
import sys
from pathlib import Path

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jiceng import words

SYLLABLES = "社区网格员党支部小的人民街道一二三了在和龘龥长治久安邻里中心工作站点燃"


@settings(max_examples=400, deadline=None)
@given(st.text(st.sampled_from(SYLLABLES) | st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)))
def test_chinese_is_cut_as_jieba_cuts_it(text: str) -> None:
    assert words.cut(text) == tuple(jieba.lcut(text, HMM=False))


def test_words_tile_any_text() -> None:
    text = "2023年，A区建成“5G+网格”平台12个。"
    assert "".join(words.cut(text)) == text
    assert words.cut("网格员走进社区") == ("网格", "员", "走进", "社区")


@pytest.mark.parametrize("taken", [False, True])
def test_the_dictionary_is_kept_for_one_user_and_version_or_silently_not(tmp_path: Path, taken: bool) -> None:
    """What another user keeps there is neither read nor replaced, and told of to nobody."""
    others = tmp_path / "jieba.cache"
    others.write_bytes(b"another user's")
    own = tmp_path / f"jieba-{jieba.__version__}-{os.getuid()}.cache"
    if taken:
        (own / "full").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-c", "from jiceng import words; print(words.cut('网格员走进社区'))"],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "('网格', '员', '走进', '社区')\n"
    assert done.stderr == ""
    assert others.read_bytes() == b"another user's"
    assert own.is_file() != taken


@pytest.mark.parametrize(
    ("word", "part", "fragment"),
    [("度提高", "提高", True), ("量减少", "减少", True), ("运动员", "动员", False), ("居民", "民", False)],
)
def test_what_is_far_rarer_than_its_own_end_is_a_fragment(word: str, part: str, fragment: bool) -> None:
    assert words.is_word(word)
    assert words.is_fragment(word, part) is fragment
