"""What can go wrong, one class a stage; each message says file, place and remedy."""

from __future__ import annotations


class JicengError(Exception):
    """Base of all errors that a user can mend. The message is complete: no traceback is needed."""


class ReadError(JicengError):
    """A file could not be read as text."""


class OntologyError(JicengError):
    """A vocabulary, rule or query file of the ontology is broken."""


class BuildError(JicengError):
    """A build could not be completed or written."""


class ValidationError(JicengError):
    """The graph breaks a shape, or a quote differs from its source."""


class QueryError(JicengError):
    """A query cannot be parsed or run."""


class EvaluationError(JicengError):
    """Gold annotations, their documents or a build cannot be read for comparison."""


class PublishError(JicengError):
    """A graph could not be published to a server, or not retracted from it."""
