"""The cuts that all extractors share."""

from hypothesis import given
from hypothesis import strategies as st

from jiceng.extract.analysis import analyse
from jiceng.model import Article, Division, Paragraph, Piece, Role, Source, Span, Text


def article(text: str, roles: dict[int, Role] | None = None) -> Article:
    """A clean article of one paragraph a line."""
    paragraphs, at = [], 0
    for n, line in enumerate(text.split("\n")):
        if line:
            paragraphs.append(Paragraph(at, at + len(line), (roles or {}).get(n, Role.BODY)))
        at += len(line) + 1
    body = Text(text, (Piece(0, Span(0, len(text))),) if text else ())
    source = Source("x.txt", "0" * 64, text)
    return Article(source, Division("500103", "渝中区", "county"), "", body, tuple(paragraphs), ())


def test_sentences_end_with_their_marks_and_tile_paragraphs() -> None:
    text = "一、抓组织\n建“红色网格。”党员进；楼栋！好\n本版责编某某"
    found = analyse(article(text, {0: Role.HEADING, 2: Role.FURNITURE}))
    assert [text[s.start : s.end] for s in found.sentences] == [
        "一、抓组织",
        "建“红色网格。”",
        "党员进；",
        "楼栋！",
        "好",
    ]


def test_clauses_tile_a_sentence() -> None:
    text = "目前，全区：组建支部，化解纠纷。"
    found = analyse(article(text))
    assert [text[c.start : c.end] for c in found.clauses(found.sentences[0])] == [
        "目前，",
        "全区：",
        "组建支部，",
        "化解纠纷。",
    ]


def test_marks_pair_inside_a_line_and_nest() -> None:
    text = "推行“三会制”（即：‘民情’会）和《关于“两网”的办法》，“没有\n收尾”"
    found = analyse(article(text))
    assert [(text[b.start : b.end], b.mark, b.depth) for b in found.bracketed] == [
        ("“三会制”", "“", 0),
        ("（即：‘民情’会）", "（", 0),
        ("‘民情’", "‘", 1),
        ("《关于“两网”的办法》", "《", 0),
        ("“两网”", "“", 1),
    ]


def test_places_find_their_sentence_and_paragraph() -> None:
    text = "甲。乙。\n丙"
    found = analyse(article(text))
    assert text[found.sentence_at(3).start :].startswith("乙")
    assert found.paragraph_at(5).start == 5


@given(st.text("甲乙“”‘’（）《》。，；：\n「」", max_size=200))
def test_any_text_is_cut_without_gap_or_overlap(text: str) -> None:
    found = analyse(article(text))
    tiled = "".join(text[s.start : s.end] for s in found.sentences)
    assert tiled == text.replace("\n", "")
    for sentence in found.sentences:
        clauses = list(found.clauses(sentence))
        assert "".join(text[c.start : c.end] for c in clauses) == text[sentence.start : sentence.end]
    for one in found.bracketed:
        assert "\n" not in text[one.start : one.end]
        for other in found.bracketed:
            assert (
                one.end <= other.start
                or other.end <= one.start
                or one == other
                or (
                    (one.start < other.start and other.end < one.end)
                    or (other.start < one.start and one.end < other.end)
                )
            )
