"""jiceng 基层: Chinese reports on urban grassroots governance, as a knowledge graph."""

__version__ = "0.1.0"
