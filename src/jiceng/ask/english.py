"""Simple questions in English, said in Chinese by the forms of `ontology/ask/english.toml`.

Terms are the English labels of the vocabularies, or stand in Chinese characters, as names of divisions do.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jiceng.ask.grammar import Grammar
from jiceng.ask.reading import UNKNOWN, readings
from jiceng.ask.terms import EXACT, Terms, english_labels, gazetteer
from jiceng.ask.understand import LONGEST, Intent, understand
from jiceng.errors import OntologyError
from jiceng.resources import ontology_directory

_TOKEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?|\d+|[\u4e00-\u9fff][\u4e00-\u9fff、]*")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_WORDS = re.compile(r"[A-Za-z]{2,}")
_EMPTY = {"a", "an", "the", "please", "'s", "any", "some"}
_KIND = {"district", "county", "city", "province"}
"""Words behind a division's name in Chinese characters that say what it is: 云岭 district."""
_BELOW = {"street": "街道", "subdistrict": "街道", "community": "社区"}
"""Those behind other names, which they are a part of: 金水 street is not 金水 district."""
_MOST_TOKENS = 40


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms with what each is in Chinese, terms by their words, and what is offered: terms, examples."""

    forms: tuple[tuple[tuple[str, ...], str], ...]
    words: Mapping[str, str]
    terms: Mapping[tuple[str, ...], tuple[str, ...]]
    offered: tuple[tuple[str, str], ...]
    examples: tuple[str, ...]

    def tokens(self, text: str) -> tuple[str, ...]:
        """The words of a question as forms have them."""
        told: list[str] = []
        for found in _TOKEN.findall(text.replace("’", "'")):
            bare = found.lower().removesuffix("'s")
            word, before = self._word(bare), told[-1] if told and _CHINESE.match(told[-1]) else ""
            if before and bare in _BELOW:
                told[-1] = before.removesuffix(_BELOW[bare]) + _BELOW[bare]
            elif found.lower() not in _EMPTY and not (word in _KIND and gazetteer().named(before)):
                told.append(word)
        return tuple(told)

    def _word(self, word: str) -> str:
        if word in self.words:
            return self.words[word]
        single = word.rstrip("'")
        if single.endswith("ies") and len(single) > 4:
            single = f"{single[:-3]}y"
        elif single.endswith(("ches", "shes", "sses", "xes")):
            single = single[:-2]
        elif single.endswith("s") and not single.endswith(("ss", "us", "is")) and len(single) > 2:
            single = single[:-1]
        return self.words.get(single, single)


def is_english(question: str) -> bool:
    """Whether a question is put in English: it has no Chinese, or two words and more in Latin letters."""
    return len(_WORDS.findall(question)) > 1 or not _CHINESE.search(question)


def said(question: str, terms: Terms, grammar: Grammar) -> tuple[str, Intent] | None:
    """What a question in English is in Chinese, and what that means; None where no form takes all of it."""
    forms = load()
    tokens = forms.tokens(question)
    if not tokens or len(question) > 2 * LONGEST or len(tokens) > _MOST_TOKENS:
        return None
    for form, chinese in forms.forms:
        for filling in _fillings(form, tokens, forms):
            text = chinese.format(**filling)
            intent = understand(text, terms, grammar)
            if intent is not None:
                return text, intent
    return None


def _fillings(form: Sequence[str], tokens: Sequence[str], forms: Forms) -> Iterator[dict[str, str]]:
    """The ways in which a form takes all tokens, each with what its slots hold in Chinese."""
    if not form:
        if not tokens:
            yield {}
        return
    word, rest = form[0], form[1:]
    if word[0] == "{":
        for end in range(1, len(tokens) + 1):
            for value in _values(word[1], tuple(tokens[:end]), forms):
                yield from ({word[1]: value, **more} for more in _fillings(rest, tokens[end:], forms))
        return
    choices = word.split("|")
    if tokens and any(tokens[0] == choice.removesuffix("?") for choice in choices):
        yield from _fillings(rest, tokens[1:], forms)
    if any(choice.endswith("?") for choice in choices):
        yield from _fillings(rest, tokens, forms)


def _values(slot: str, tokens: tuple[str, ...], forms: Forms) -> tuple[str, ...]:
    if len(tokens) == 1 and _CHINESE.match(tokens[0]):
        return tokens
    return forms.terms.get(tokens, ()) if slot == "x" else ()


def reason(question: str, terms: Terms, grammar: Grammar) -> str:
    """Why a question in English is not understood: a place without reports, a word that nothing explains."""
    unknown = _unknown(question, terms, grammar)
    if places := [word for word in unknown if gazetteer().find(word)]:
        return f"The graph has no reports on {', '.join(places)}. Such questions can be asked:"
    words = ", ".join(f"“{word}”" for word in unknown)
    why = (
        f"neither the graph nor its vocabularies have {words}"
        if words
        else "all words are known, but not this way to ask"
    )
    return (
        f"This question is not understood: {why}. Names of districts stand in Chinese characters; "
        "more can be asked in Chinese, by `jiceng query --list`, or in SPARQL. "
        "这个问题没有听懂，用中文能问得更多。Such questions can be asked:"
    )


def _unknown(question: str, terms: Terms, grammar: Grammar) -> tuple[str, ...]:
    """The words of a question that neither a form nor a term has; Chinese ones that nothing explains."""
    forms = load()
    every = {w.removesuffix("?") for form, _ in forms.forms for part in form for w in part.split("|")}
    every.update(word for term in forms.terms for word in term)

    def strange(word: str) -> bool:
        if _CHINESE.match(word):
            return any(piece.role == UNKNOWN for piece in readings(word, terms, grammar)[0].pieces)
        return word not in every

    return tuple(filter(strange, forms.tokens(question)))


def nearest(question: str, terms: Terms, grammar: Grammar, count: int = 4) -> tuple[str, ...]:
    """Questions in English that this graph can be asked, those that look most like one first."""
    forms = load()
    labels = list(dict.fromkeys(place.label for places in terms.names.values() for place in places))
    named = [w for w in forms.tokens(question) if any(p.label == w for p in terms.names.get(w, ()))]
    first = next(iter((*named, *labels)), "")
    second = next((label for label in (*named, *labels) if label != first), "")
    filling = {"d": first, "e": second, "x": _counted(terms), "m": terms.shown.get("mechanism", "")}
    able = [e for e in forms.examples if all(filling[name] for name in filling if f"{{{name}}}" in e)]
    given = [example.format(**filling) for example in able]
    like = {e: difflib.SequenceMatcher(None, question.lower(), e.lower()).ratio() for e in given}
    order = sorted(given, key=lambda e: -like[e])
    return tuple(e for e in order if said(e, terms, grammar))[:count]


def _counted(terms: Terms) -> str:
    """An English name of something that the graph counts."""
    return next(
        (name for name, word in load().offered if terms.words.get(word, {}).get("measure") == EXACT), ""
    )


@cache
def load() -> Forms:
    """The forms; raises OntologyError where the file is broken."""
    path = ontology_directory() / "ask" / "english.toml"
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        words = {form: word for word, others in data["words"].items() for form in others.split()}
        bare = Forms((), words, {}, (), ())
        own = {(word,) for word in words.values()}  # mean what forms ask for: area (面积) is a district, too
        terms: dict[tuple[str, ...], dict[str, None]] = {}
        for word, names in data["terms"].items():
            for name in names.split(";"):
                terms.setdefault(bare.tokens(name), {})[word] = None
        for scheme in ("indicators", "mechanisms", "organisation_types", "mechanism_types"):
            for name, word in english_labels(scheme):
                called = bare.tokens(name)
                if called not in own:
                    terms.setdefault(called, {})[word] = None
        forms = tuple((tuple(f.split()), chinese) for chinese, of in data["forms"].items() for f in of)
        offered = tuple((names.split(";")[0].strip(), word) for word, names in data["terms"].items())
        known = {name: tuple(of) for name, of in terms.items()}
        return Forms(forms, words, known, offered, tuple(data["examples"]["forms"]))
    except (OSError, KeyError, ValueError, tomllib.TOMLDecodeError) as error:
        raise OntologyError(f"{path}: cannot be used as forms: {error}; install jiceng again") from error
