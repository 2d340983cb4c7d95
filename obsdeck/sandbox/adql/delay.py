"""How slow a query wants to be, so that people and tests can watch it."""

from sqlglot import exp

from obsdeck.sandbox.adql.errors import QueryError
from obsdeck.sandbox.adql.functions import DELAY

#: Seconds, at most.
LONGEST = 600.0


def delay_of(query: exp.Query) -> float:
    """Return the seconds its longest call of the function asks for; raises QueryError."""
    calls = [node for node in query.find_all(exp.Anonymous) if str(node.this).lower() == DELAY]
    return max((_seconds(node.expressions) for node in calls), default=0.0)


def _seconds(arguments: list[exp.Expr]) -> float:
    number = arguments[0] if len(arguments) == 1 else None
    if not (isinstance(number, exp.Literal) and number.is_number):
        raise QueryError(f"{DELAY} takes one number of seconds, written as digits.")
    seconds = float(number.this)
    if seconds > LONGEST:
        raise QueryError(f"{DELAY} takes at most {LONGEST:g} seconds, not {number.this}.")
    return seconds
