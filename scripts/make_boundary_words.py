"""Write ontology/words/boundary.txt: words that end a name to their right, from jieba's dictionary.

    python scripts/make_boundary_words.py

Names of communities, streets and firms are mostly in no dictionary; what stands in front of them (推广,
走进, 积极) is. The list holds two-character verbs, adverbs, pronouns, prepositions and conjunctions that the
dictionary has seen often. Which of them also serve as names (建设, 解放) is said in
ontology/rules/organisations.toml. Source: dict.txt of jieba 0.42.1 (MIT licence).
"""

from __future__ import annotations

from pathlib import Path

import jieba

TAGS = {"v", "vn", "vd", "vi", "d", "ad", "p", "c", "r", "u", "f", "uj"}
LEAST = 100
TARGET = Path(__file__).resolve().parents[1] / "ontology" / "words" / "boundary.txt"


def main() -> None:
    """Read jieba's dictionary and write the list, sorted, ten words a line."""
    words = []
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, frequency, tag = line.split()
        if len(word) == 2 and tag in TAGS and int(frequency) >= LEAST:
            words.append(word)
    words.sort()
    head = (
        "# Two-character verbs, adverbs, pronouns, prepositions and conjunctions of jieba 0.42.1's dict.txt\n"
        "# (MIT licence) with a frequency of 100 and more. Written by scripts/make_boundary_words.py.\n"
    )
    lines = [" ".join(words[i : i + 20]) for i in range(0, len(words), 20)]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(head + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
