"""A sentence as the clause grammar sees it.

- `grammar`: word classes, units, lists and patterns, compiled once from the ontology; `signs`: its classes of
  single characters.
- `tokens` cuts a stretch of text into tokens (its docstring tells their kinds); `longer_words` and `run_ends`
  help it to tell where a listed word stands in a longer one, and where a verb ends a run before a number.
- `phrase`: the sentence with its tokens, how to walk over them, and the nouns that are made of them.
- `parts` reads the words inside one run; `boundaries` and `predicates` tell by them where a phrase runs into
  a verb, and what looks like a noun and is none; `plans` what has yet to be done.
"""
