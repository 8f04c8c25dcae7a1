"""The counted phrase in front of a number."""
