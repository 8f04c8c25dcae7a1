"""The counted phrase where it is not simply the noun beside its number.

Finders, which look for a noun: `distant` (in a clause before, or at the sentence's beginning), `aims` (behind
a verb or 的: what a sum is for, what so many are), `outcomes` (what became of things counted before).

Steps, which answer with a reading: `roles` (the noun beside is who does, gets or holds it), `elided` (what
was counted before goes on), `bare` (a number without any noun; it lists the steps for that, with those of
`deeds`, `earlier` and `each_paid`).
"""
