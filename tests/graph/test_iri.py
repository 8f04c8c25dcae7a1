import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from tests.hash_seeds import printed

from jiceng.graph import iri

# RFC 3987: isegment-nz without the delimiters that we never use.
UCSCHAR = (
    "\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd"
)
SEGMENT = re.compile(f"(?:[A-Za-z0-9._~+{UCSCHAR}-]|%[0-9A-F]{{2}})+")
LABELS = st.text(st.characters(codec=None), max_size=40) | st.text("./% 　“”\t\u202e党a", max_size=6)


@given(LABELS)
def test_any_label_becomes_one_valid_path_segment(label):
    segment = iri.segment(label)
    assert SEGMENT.fullmatch(segment)
    assert segment not in {".", ".."}
    assert NamedNode(iri.mint("organisation", "510107", label)).value.endswith(segment)


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(lambda t: t.strip("."))
)
def test_a_label_can_be_read_back(label):
    import unicodedata

    assert unquote(iri.segment(label)) == unicodedata.normalize("NFC", label)


@given(LABELS, LABELS)
def test_a_slash_in_a_label_never_looks_like_a_level(one, other):
    assert iri.mint("tier", one, other).count("/") == iri.ID.count("/") + 2


@pytest.mark.parametrize(
    ("label", "segment"),
    [
        ("望江社区", "望江社区"),
        ("1+3+N模式", "1+3+N模式"),
        ("“院落管家”", "“院落管家”"),
        ("a b", "a%20b"),
        ("a%20b", "a%2520b"),
        ("甲\u3000乙", "甲%E3%80%80乙"),
        ("甲\u202e乙", "甲%E2%80%AE乙"),
        ('<>"{}|\\^`', "%3C%3E%22%7B%7D%7C%5C%5E%60"),
        ("", "~0"),
        ("..", "~2"),
    ],
)
def test_examples(label, segment):
    assert iri.segment(label) == segment


def test_long_labels_are_cut_and_stay_distinct():
    one, other = iri.segment("长" * 200 + "甲"), iri.segment("长" * 200 + "乙")
    assert one != other
    assert len(one) < 100


def test_names_of_each_kind():
    sha = "0123456789abcdef" * 4
    assert iri.division("510107") == "https://w3id.org/jiceng/id/division/510107"
    assert iri.document(sha) == "https://w3id.org/jiceng/id/document/0123456789ab"
    assert iri.article(sha, "510107") == "https://w3id.org/jiceng/id/article/0123456789ab/510107"
    assert iri.evidence(sha, 120, 140) == "https://w3id.org/jiceng/id/evidence/0123456789ab/120-140"


def test_digest_tells_parts_apart_and_is_the_same_everywhere(root):
    assert iri.digest("ab", "c") != iri.digest("a", "bc")
    assert iri.digest(None) != iri.digest("None")
    code = "from jiceng.graph.iri import digest; print(digest('党支部', 61, None, ['a']))"
    assert printed(code, root) == {iri.digest("党支部", 61, None, ["a"]) + "\n"}
