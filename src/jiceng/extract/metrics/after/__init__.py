"""The counted phrase behind a number: `nouns.right` finds it.

- `behind`: the phrase while it is read.
- `onset` and `qualities`: what may stand where it begins; `relatives`: the noun behind a description with 的.
- `reach`: how far it goes, over joins and names.
- `nouns` lists what is then cut off it. Its parts: `tails` (predicates), `collectives` (what is said of
  places and bodies), `remarks`, `examples` (what 等 sums up), `built` (what places of two kinds get).
"""
