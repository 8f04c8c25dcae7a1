"""The counted phrase in front of a number: `nouns.left` finds it.

- `front`: the phrase while it is read, and how far back it reaches; `asides`: brackets and labels between.
- `nouns` lists the stages that the phrase goes through; each may shorten or lengthen it, or decide. Their
  parts: `onset` (where the counted begins, behind who acts), `objects` (verbs in it that govern the rest),
  `attributes` (what describes it), `doers` (who does or gets something), `passives` (what something
  happened to), `shares` and `extremes` (phrases with 占 or 的).
- `tails`: where the phrase that is left ends in front of what is said of it.
"""
