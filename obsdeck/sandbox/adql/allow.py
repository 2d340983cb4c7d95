"""The allow-list: what may stand in a query. Everything not named here is refused."""

from collections.abc import Sequence

from sqlglot import exp

from obsdeck.sandbox.adql import geometry
from obsdeck.sandbox.adql.errors import QueryError
from obsdeck.sandbox.adql.functions import FUNCTIONS

_QUERY = {
    exp.Select, exp.Union, exp.Except, exp.Intersect, exp.Subquery, exp.With, exp.CTE, exp.From,
    exp.Join, exp.Where, exp.Group, exp.Having, exp.Order, exp.Ordered, exp.Limit, exp.Offset,
    exp.Distinct, exp.Table, exp.TableAlias, exp.Identifier, exp.Column, exp.Star, exp.Alias,
}  # fmt: skip
_VALUES = {
    exp.Literal, exp.Null, exp.Paren, exp.Neg, exp.Add, exp.Sub, exp.Mul, exp.Div, exp.DPipe,
    exp.Case, exp.If, exp.Cast, exp.DataType, exp.DataTypeParam, exp.Count, exp.Min, exp.Max,
    exp.Sum, exp.Avg, exp.Anonymous,
}  # fmt: skip
_CONDITIONS = {
    exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.Between,
    exp.In, exp.Is, exp.Like, exp.ILike, exp.Exists,
}  # fmt: skip
_ALLOWED = _QUERY | _VALUES | _CONDITIONS

#: Arguments of an allowed node that may be filled; where a class is absent, any may.
_ARGUMENTS: dict[type[exp.Expr], set[str]] = {
    exp.Table: {"this", "db", "alias"},
    exp.With: {"expressions"},
    exp.CTE: {"this", "alias"},
    exp.Group: {"expressions"},
    exp.Distinct: {"expressions"},
    exp.Cast: {"this", "to"},
    exp.Star: set(),
}

_CAST_TYPES = {
    exp.DType.CHAR, exp.DType.VARCHAR, exp.DType.SMALLINT, exp.DType.INT, exp.DType.BIGINT,
    exp.DType.FLOAT, exp.DType.DOUBLE, exp.DType.DECIMAL, exp.DType.TIMESTAMP,
}  # fmt: skip


def check(query: exp.Query, shapes: Sequence[str] = geometry.NAMES) -> None:
    """Check a parsed query node by node; ``shapes`` are the geometry functions of the service.

    Raises
    ------
    QueryError
        Naming the first thing that is not part of the ADQL of this service.
    """
    for node in query.walk():
        if type(node) not in _ALLOWED:
            raise QueryError(
                f"{_word(node)} is not part of the ADQL this service understands{_excerpt(node)}."
            )
        _check_arguments(node)
        if isinstance(node, exp.Anonymous):
            _check_function(node, shapes)
        elif isinstance(node, exp.DataType):
            _check_type(node)
        elif isinstance(node, exp.Select) and not node.expressions:
            raise QueryError(
                "SELECT names no columns: list them, or write * for all. "
                "Text after -- is a comment."
            )
        elif isinstance(node, exp.Table) and not isinstance(node.this, exp.Identifier):
            raise QueryError("Functions cannot be used as tables here.")


def _word(node: exp.Expr) -> str:
    return node.key.upper()


def _excerpt(node: exp.Expr) -> str:
    text = node.sql(comments=False)
    return f": {text[:60]}" if text and text.upper() != _word(node) else ""


def _check_arguments(node: exp.Expr) -> None:
    allowed = _ARGUMENTS.get(type(node))
    if allowed is None:
        return
    for key, value in node.args.items():
        if value and key not in allowed:
            raise QueryError(
                f"{key.replace('_', ' ').upper()} in {_word(node)} is not part of the ADQL this "
                "service understands."
            )


def _check_function(node: exp.Anonymous, shapes: Sequence[str]) -> None:
    name = str(node.this)
    if name.upper() in geometry.NAMES and name.upper() not in shapes:
        raise QueryError(f"{name.upper()} is not supported by this service.")
    if name.upper() not in FUNCTIONS and name.upper() not in geometry.NAMES:
        raise QueryError(f"Unknown function {name}.")


def _check_type(node: exp.DataType) -> None:
    if node.this not in _CAST_TYPES or node.args.get("nested"):
        raise QueryError(f"CAST to {node.sql()} is not possible here.")
