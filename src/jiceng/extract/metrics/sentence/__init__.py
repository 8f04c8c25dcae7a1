"""A sentence as the clause grammar sees it: word classes, tokens, phrases, and where a phrase ends."""
