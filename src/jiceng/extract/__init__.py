"""From an article to facts: one module a kind, each a pure function of the analysed article."""
