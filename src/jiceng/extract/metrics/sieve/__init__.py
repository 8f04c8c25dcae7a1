"""What is no number at all.

- `counts`: numbers that measure nothing by their close surroundings (formulas, ordinals, names), and sums.
- `negations`: 不 and 未 made part of the noun that they turn round.
- `news`: idioms, labels and the 一 that only means “a”, before the number is read and after.
"""
