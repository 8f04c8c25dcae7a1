"""Simple questions in English are said in Chinese, and told so; what no form takes is refused in English."""

import tomllib
from itertools import product

import pytest
from tests.ask.small import cells, column, store_with

from jiceng import ask
from jiceng.ask import english, grammar, terms
from jiceng.resources import ontology_directory

STORE = store_with("")
KNOWN = terms.load(STORE)


def said(question: str) -> str:
    found = english.said(question, KNOWN, grammar.load())
    return found[0] if found else ""


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("How many grid party branches are there in 武侯区?", "武侯区有多少网格党支部"),
        ("How many grid workers does the 云岩 district have?", "云岩有多少网格员"),
        ("How many grid workers do 武侯 and 青羊 districts have?", ""),
        ("Compare 武侯 and 青羊 districts", "比较武侯和青羊"),
        ("How many grid workers does 云岩 street have?", "云岩街道有多少网格员"),
        ("How many 积分制 districts are there?", ""),
        ("grid workers by district", "各区有多少网格员"),
        ("Which district has the most grid workers?", "哪个区的网格员最多"),
        ("Which districts use a points system?", "哪些区有积分制"),
        ("Where is 积分制 used?", "哪些区有积分制"),
        ("Which districts don't use 红色物业", ""),
        ("Which districts do not use red property management?", "哪些区没有红色物业"),
        ("Does 武侯区 have 积分制?", "武侯区有没有积分制"),
        ("What is 院落管家?", "什么是院落管家"),
        ("Which digital governance mechanisms does 云岩区 have?", "云岩区有哪些数字治理的机制"),
        ("What practices does 武侯区 use?", "武侯区有哪些机制"),
        ("compare 武侯区 and 青羊区", "比较武侯区和青羊区"),
        ("What do 武侯区 and 青羊区 have in common?", "武侯区和青羊区有哪些共同的机制"),
        ("What is the organization structure of 武侯区's party?", ""),
        ("What is the organization structure of 武侯区?", "武侯区的组织架构是什么"),
        ("How many districts are there in 四川?", "四川有多少个区"),
        ("Who is the party secretary of 武侯区?", "武侯区的区委书记是谁"),
        ("What honors has 武侯区 won?", "武侯区获得了哪些荣誉"),
        ("Which policy documents were issued by 武侯区?", "武侯区出台了哪些文件"),
        ("Tell me about 武侯区", "介绍一下武侯区"),
        ("When was 积分制 first reported?", "积分制最早是什么时候报道的"),
        ("How many mechanisms does each district have?", "各区有多少机制"),
        ("Which district has the most levels?", "哪个区的组织层级最多"),
        ("Which district has the longest tier chain?", "哪个区的组织层级最多"),
        ("What is above the community party committee?", "社区党委的上级是什么"),
    ],
)
def test_what_a_question_is_in_chinese(question: str, chinese: str) -> None:
    assert said(question) == chinese


@pytest.mark.parametrize(
    "question",
    [
        "Why does 武侯区 use 积分制?",
        "How many female grid workers are there in 武侯区?",
        "How many grid workers will 武侯区 have?",
        "Which districts have no more than ten grid workers?",
        "What mechanisms does 武侯区 not have?",
        "grid workers grid workers",
        "a",
    ],
)
def test_no_word_is_passed_over(question: str) -> None:
    told = ask.answer(question, STORE)
    assert told.intent is None
    assert "This question is not understood" in told.summary


def test_the_answer_tells_how_the_question_was_read() -> None:
    told = ask.answer("How many grid party branches are there in 武侯区?", STORE)
    assert told.summary.startswith(
        "Read as “武侯区有多少网格党支部”, with 1 row. The graph holds what reports say"
    )
    assert column(told, "value") == ["86"]
    assert cells(told, "division", "quote") == [("武侯区", "武侯区的原文，锦绣社区")]


def test_words_that_nothing_explains_are_named() -> None:
    told = ask.answer("What is the weather in 武侯区?", STORE)
    assert "neither the graph nor its vocabularies have “weather”" in told.summary
    assert "Tell me about 武侯区" in told.nearest


def test_a_place_without_reports_is_named() -> None:
    told = ask.answer("How many grid workers are there in 余杭区?", STORE)
    assert told.summary.startswith("The graph has no reports on 余杭区.")
    told = ask.answer("What will 武侯区 and 四川 do about 竹影清风?", STORE)
    assert "have “will”, “竹影清风”." in told.summary


def test_no_label_of_a_vocabulary_takes_a_word_that_forms_ask_for() -> None:
    """The area (面积) of a district, or how many people (人数) something has, is not what is asked for."""
    assert said("How many areas are there in 四川?") == "四川有多少个区"
    assert said("people in 武侯区") == "武侯区提到了哪些人"
    assert said("How many people are there in 武侯区?") == ""


def test_what_is_offered_can_be_asked() -> None:
    offered = english.nearest("grid workers", KNOWN, grammar.load(), count=50)
    assert len(offered) == len(english.load().examples)
    assert all(said(question) for question in offered)


def test_every_word_of_a_form_is_one_that_questions_are_read_as() -> None:
    forms = english.load()
    words = {w.removesuffix("?") for form, _ in forms.forms for part in form for w in part.split("|")}
    assert [word for word in words if word[0] != "{" and forms.tokens(word) != (word,)] == []


def test_no_word_is_said_for_two() -> None:
    words = tomllib.loads((ontology_directory() / "ask" / "english.toml").read_text("utf-8"))["words"]
    listed = [word for others in words.values() for word in others.split()]
    assert sorted(set(listed)) == sorted(listed)


def test_every_form_is_understood() -> None:
    """Each form with each slot filled is a question that the graph can be asked."""
    words, places = ("网格员", "积分制", "服务群众", "社区党委"), ("武侯区", "四川省")
    for form, chinese in english.load().forms:
        meant = [
            intent
            for word, place in product(words, places)
            if (intent := ask.understand(chinese.format(x=word, d=place, e="青羊区"), KNOWN, grammar.load()))
        ]
        assert meant, (form, chinese)


def test_english_is_told_from_chinese_with_latin_letters() -> None:
    assert not english.is_english("武侯区和青羊区pk")
    assert not english.is_english("1+N机制有哪些区用")
    assert english.is_english("compare 武侯区 and 青羊区")
    assert english.is_english("hello")


def test_long_and_repeated_questions_end() -> None:
    for question in ("grid workers in " * 20, "how many " * 30, "武侯区 and " * 30):
        assert ask.answer(question[:400], STORE).intent is None
