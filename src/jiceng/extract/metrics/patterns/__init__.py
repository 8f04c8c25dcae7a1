"""Numbers that are read by a pattern of their own, whatever nouns stand beside them.

- `own` lists the patterns in the order in which they are tried, with the short ones among them.
- `classes` (things told by their size class), `durations`, `figures` (changes, lists that share numbers out),
  `points` (what deeds earn, what people pay), `ranks`, `targets` (how far from another figure).
- `tables`: lines of cells, which are no sentences and are read before them.
"""
