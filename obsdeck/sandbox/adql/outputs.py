"""What is known of the columns of a result before it runs: names, and metadata of plain columns."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.optimizer.scope import Scope, build_scope

from obsdeck.sandbox.adql import geometry
from obsdeck.sandbox.adql.names import Names, stored_name
from obsdeck.sandbox.catalog.model import Column

_SPELLING = "spelling"
#: Aggregates of a column that keep its unit.
_SAME_UNIT = (exp.Min, exp.Max, exp.Avg)


@dataclass(frozen=True)
class Output:
    """One column of a result.

    ``source`` is the published column it shows unchanged; otherwise unit and xtype are what can be
    said of the expression.
    """

    label: str
    source: Column | None = None
    unit: str | None = None
    xtype: str | None = None


def remember_spelling(query: exp.Query) -> None:
    """Note how each alias was written, before names without quotes are folded."""
    for alias in query.find_all(exp.Alias):
        identifier = alias.args.get("alias")
        if isinstance(identifier, exp.Identifier):
            identifier.meta[_SPELLING] = identifier.this


def outputs(query: exp.Query, names: Names) -> list[Output]:
    """Describe the columns of a resolved query whose functions are not yet translated.

    A set operation takes names from its first member, and no metadata: its other members may come
    from elsewhere.
    """
    scope = build_scope(query)
    return [_output(projection, scope, names) for projection in query.selects]


def _output(projection: exp.Expr, scope: Scope | None, names: Names) -> Output:
    label = projection.alias_or_name
    if isinstance(projection, exp.Alias):
        label = projection.args["alias"].meta.get(_SPELLING, label)
    value = projection.unalias()
    source = _source(value, scope, names)
    if source is not None:
        return Output(label, source)
    unit = None
    if isinstance(value, _SAME_UNIT):
        measured = _source(value.this, scope, names)
        unit = measured.unit if measured else None
    return Output(label, None, unit, geometry.value_xtype(value))


def _source(value: exp.Expr, scope: Scope | None, names: Names) -> Column | None:
    """Follow a column through subqueries down to the published column it shows."""
    if scope is None:
        return None
    if isinstance(value, exp.Coalesce):
        # Resolving USING makes these: both sides hold the same value.
        value = value.this
    if not isinstance(value, exp.Column):
        return None
    origin = scope.sources.get(value.table)
    if isinstance(origin, exp.Table):
        table = names.table(origin)
        columns = table.columns if table else ()
        return next((c for c in columns if stored_name(c.name) == value.name), None)
    if isinstance(origin, Scope) and isinstance(origin.expression, exp.Select):
        inner = _projection(origin.expression, value.name)
        return _source(inner, origin, names) if inner is not None else None
    return None


def _projection(select: exp.Select, name: str) -> exp.Expr | None:
    found: Iterator[exp.Expr] = (p for p in select.selects if p.alias_or_name == name)
    projection = next(found, None)
    return projection.unalias() if projection is not None else None
