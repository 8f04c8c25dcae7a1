"""The counted phrase behind a number."""
