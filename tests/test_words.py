"""The cut of Chinese text is jieba's, character for character."""

import jieba
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
