"""What a query can be refused for."""


class QueryError(Exception):
    """A query this service does not answer; the text says why, for the person who wrote it."""


class QueryStoppedError(QueryError):
    """A query that was interrupted."""
