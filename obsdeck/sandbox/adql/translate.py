"""From ADQL text to SQL of the engine."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from obsdeck.sandbox.adql import allow, geometry
from obsdeck.sandbox.adql.bounds import mark_bounded
from obsdeck.sandbox.adql.delay import delay_of
from obsdeck.sandbox.adql.dialect import parse
from obsdeck.sandbox.adql.errors import QueryError
from obsdeck.sandbox.adql.functions import ENGINE_CALL, FUNCTIONS
from obsdeck.sandbox.adql.names import Names, name_uploads
from obsdeck.sandbox.adql.outputs import Output, outputs, remember_spelling
from obsdeck.sandbox.adql.reserved import Conditions, restrict


@dataclass(frozen=True)
class Translation:
    """SQL for the engine and what its columns are; both in the order of the select list.

    ``delay`` is how many seconds the query asks to be slow.
    """

    sql: str
    outputs: list[Output]
    delay: float = 0.0


def translate(
    text: str,
    names: Names,
    conditions: Conditions | None = None,
    shapes: Sequence[str] = geometry.NAMES,
) -> Translation:
    """Check and translate one ADQL query.

    Parameters
    ----------
    text
        The query as the user wrote it.
    names
        The published tables.
    conditions
        Of the rows that may be seen, for tables that hold others as well.
    shapes
        The geometry functions the service has.

    Raises
    ------
    QueryError
        With a text for the user, whatever is wrong with the query.
    """
    query = parse(text)
    try:
        allow.check(query, shapes)
        remember_spelling(query)
        resolved = names.resolve(query)
        described = outputs(resolved, names)
        delay = delay_of(resolved)
        mark_bounded(resolved, names)
        restrict(resolved, conditions or {})
        name_uploads(resolved)
        sql = _rewritten(resolved).sql(dialect="duckdb", comments=False)
    except RecursionError:
        raise QueryError("The query is nested too deeply.") from None
    return Translation(sql, described, delay)


def _rewritten(query: exp.Query) -> exp.Expr:
    """Replace calls of ADQL functions from the outside in.

    Outer geometry functions must see the inner ones as calls: the distance of two points needs no
    text in between.
    """
    pending: list[exp.Expr] = [query]
    while pending:
        node = pending.pop()
        condition = _condition(node)
        if condition is not None:
            node.replace(condition)
            pending.append(condition)
        elif isinstance(node, exp.Anonymous) and ENGINE_CALL not in node.meta:
            replacement = _translated_call(node)
            node.replace(replacement)
            pending.append(replacement)
        else:
            pending.extend(node.iter_expressions())
    return query


def _condition(node: exp.Expr) -> exp.Expr | None:
    """Return what a geometry function compared with 1 means, where that has a faster form."""
    if not isinstance(node, exp.EQ):
        return None
    for one, other in ((node.this, node.expression), (node.expression, node.this)):
        if isinstance(one, exp.Literal) and one.name == "1" and isinstance(other, exp.Anonymous):
            return geometry.condition(str(other.this).upper(), other.expressions)
    return None


def _translated_call(node: exp.Anonymous) -> exp.Expr:
    name = str(node.this).upper()
    if name in geometry.NAMES:
        return geometry.translate(name, node.expressions)
    return FUNCTIONS[name](node.expressions)
