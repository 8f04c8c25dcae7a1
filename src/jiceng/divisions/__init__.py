"""The administrative divisions of China: their vocabulary, their names in texts, and what those stand for."""
