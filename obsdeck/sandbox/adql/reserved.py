"""Rows that not everybody sees: permission checks written into the query, as ESO does it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from obsdeck.sandbox.adql.dialect import Adql


@dataclass(frozen=True)
class Reserved:
    """Which rows of a table wait for their release.

    Attributes
    ----------
    release
        Column with the date of release, ISO 8601; null for rows that were never reserved.
    programme
        Column with the observing programme, whose members see its rows before that.
    only
        Column and value of the rows this holds for, None for all rows.
    """

    release: str
    programme: str
    only: tuple[str, str] | None = None

    def condition(self, programmes: Sequence[str], now: str) -> exp.Condition:
        """Return the condition of a row to be seen.

        Parameters
        ----------
        programmes
            Patterns (``LIKE``) of the programmes somebody belongs to.
        now
            The present time, ISO 8601.
        """
        release = exp.column(self.release, quoted=True)
        alternatives: list[exp.Expr] = [
            exp.Is(this=release, expression=exp.null()),
            exp.LTE(this=release, expression=exp.Literal.string(now)),
        ]
        for pattern in programmes:
            column = exp.column(self.programme, quoted=True)
            alternatives.append(exp.Like(this=column, expression=exp.Literal.string(pattern)))
        if self.only is not None:
            column = exp.column(self.only[0], quoted=True)
            alternatives.append(exp.NEQ(this=column, expression=exp.Literal.string(self.only[1])))
        return exp.or_(*alternatives, dialect=Adql)


#: Conditions by schema and table name in lower case.
Conditions = Mapping[tuple[str, str], exp.Condition]


def restrict(query: exp.Query, conditions: Conditions) -> None:
    """Replace each reserved table of a resolved query by those of its rows that may be seen."""
    for node in list(query.find_all(exp.Table)):
        condition = conditions.get((node.db.lower(), node.name.lower()))
        if condition is None:
            continue
        alias = node.alias_or_name
        bare = exp.table_(node.this.copy(), db=node.args["db"].copy())
        seen = exp.select("*").from_(bare).where(condition.copy())
        node.replace(seen.subquery(exp.to_identifier(alias, quoted=True), copy=False))
