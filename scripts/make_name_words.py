"""Write ontology/words/*.txt: words by which the extraction of names finds where a name begins.

    python scripts/make_name_words.py

Names of communities, streets and firms are mostly in no dictionary; what stands in front of them (推广,
走进, 积极) is. `boundary.txt` holds such words; which of them also serve as names (建设, 解放) is said in
ontology/rules/organisations.toml. `places.txt` holds names that a dictionary does know (虹桥, 浦江).
Source: dict.txt of jieba 0.42.1 (MIT licence).
"""

from __future__ import annotations

from pathlib import Path

import jieba

WORDS = Path(__file__).resolve().parents[1] / "ontology" / "words"
BOUNDARY = {"v", "vn", "vd", "vi", "a", "ad", "d", "p", "c", "r", "u", "f", "t", "b", "uj"}
PLACES = {"ns", "nz", "nr", "nrt"}


def main() -> None:
    """Read jieba's dictionary and write both lists, sorted."""
    boundary, places = [], []
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, frequency, tag = line.split()
        if len(word) == 2 and tag in BOUNDARY and int(frequency) >= (15 if tag == "v" else 60):
            boundary.append(word)
        elif len(word) == 2 and tag in PLACES and int(frequency) >= 10:
            places.append(word)
    write(
        "boundary.txt",
        boundary,
        "Two-character verbs, adjectives, adverbs, pronouns, prepositions, conjunctions that the dict.txt\n"
        "# of jieba 0.42.1 (MIT licence) has with a frequency of 60 (verbs: 15) and more: they end a name\n"
        "# to their right.",
    )
    write(
        "places.txt",
        places,
        "Names of two characters, most of places, that the dict.txt of jieba 0.42.1 (MIT licence) marks as\n"
        "# ns, nz, nr or nrt with a frequency of 10 and more: they make a firm's or venue's name proper.",
    )


def write(name: str, words: list[str], says: str) -> None:
    """Write one list under a comment that says what it holds."""
    words = sorted(set(words))
    lines = [" ".join(words[i : i + 20]) for i in range(0, len(words), 20)]
    head = f"# {says}\n# Written by scripts/make_name_words.py.\n"
    WORDS.mkdir(exist_ok=True)
    (WORDS / name).write_text(head + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
