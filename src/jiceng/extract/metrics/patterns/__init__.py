"""Numbers that are read by a pattern of their own, whatever nouns stand beside them."""
