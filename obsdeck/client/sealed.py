"""Functions whose local variables hold secrets in plain text for a moment."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def sealed(function: Callable[P, T]) -> Callable[P, T]:
    """Cut the frames of a function off the errors it raises, and what led to them.

    Detailed tracebacks (IPython's “Verbose”, rich, debuggers' reports) print local variables.
    """

    @wraps(function)
    def call(*args: P.args, **options: P.kwargs) -> T:
        try:
            return function(*args, **options)
        except BaseException as error:
            error.__cause__ = error.__context__ = None
            raise error.with_traceback(None)  # noqa: B904 - the same error, frames cut off

    return call
