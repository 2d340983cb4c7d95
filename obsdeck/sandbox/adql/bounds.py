"""Bounding circles of region columns, which the engine keeps in columns that no query can name.

With them a join of regions with circles looks at few pairs instead of all.
"""

from collections.abc import Sequence

from sqlglot import exp
from sqlglot.optimizer.scope import Scope, traverse_scope

from obsdeck.sandbox.adql.functions import call
from obsdeck.sandbox.adql.names import Names, stored_name

#: Marks a column of a query whose bounds are at hand.
_BOUNDED = "bounded"

#: Degrees by which ranges are made wider, so that rounding never costs a match.
ROUNDING = "1e-6"


def bound_names(name: str) -> tuple[str, str, str]:
    """Return the columns with longitude, latitude and radius of the circles around a column."""
    return f"lon: {name}", f"lat: {name}", f"radius: {name}"


def mark_bounded(query: exp.Query, names: Names) -> None:
    """Mark the region columns of a resolved query that come straight from a table."""
    for scope in traverse_scope(query):
        for column in scope.columns:
            if _is_region(column, scope, names):
                column.meta[_BOUNDED] = True


def near(region: exp.Expr, lon: exp.Expr, lat: exp.Expr, radius: exp.Expr) -> list[exp.Expr]:
    """Return conditions that every region touching a circle fulfils; none where nothing is known.

    The first two are ranges with one table on each side, which is what the engine joins by.
    """
    if not isinstance(region, exp.Column) or not region.meta.get(_BOUNDED):
        return []
    own_lon, own_lat, own_radius = (
        exp.column(exp.to_identifier(name, quoted=True), table=region.args["table"].copy())
        for name in bound_names(region.name)
    )
    reach = _sum(radius, exp.Literal.number(ROUNDING))
    apart = call("sphere_distance", own_lon, own_lat.copy(), lon.copy(), lat.copy())
    return [
        exp.GTE(this=_sum(own_lat, own_radius), expression=_difference(lat, reach)),
        exp.LTE(this=_difference(own_lat, own_radius), expression=_sum(lat, reach)),
        exp.LTE(this=apart, expression=_sum(own_radius, reach)),
    ]


def guarded(conditions: Sequence[exp.Expr], last: exp.Expr) -> exp.Expr:
    """Return all conditions as one; the last, expensive one is looked at where the others hold."""
    if not conditions:
        return last
    *ranges, cheap = conditions
    decided = exp.Case(ifs=[exp.If(this=cheap, true=last)], default=exp.false())
    return exp.paren(exp.and_(*ranges, decided))


def _is_region(column: exp.Column, scope: Scope, names: Names) -> bool:
    source = scope.sources.get(column.table)
    table = names.table(source) if isinstance(source, exp.Table) else None
    columns = table.columns if table is not None else ()
    return any(one.is_region and stored_name(one.name) == column.name for one in columns)


def _sum(a: exp.Expr, b: exp.Expr) -> exp.Expr:
    return exp.Paren(this=exp.Add(this=a.copy(), expression=b.copy()))


def _difference(a: exp.Expr, b: exp.Expr) -> exp.Expr:
    return exp.Paren(this=exp.Sub(this=a.copy(), expression=b.copy()))
