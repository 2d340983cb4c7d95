"""Tables and columns of a query: found in the catalogue, or refused with near names."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from sqlglot import exp
from sqlglot.errors import OptimizeError
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, traverse_scope
from sqlglot.schema import MappingSchema

from obsdeck.sandbox.adql.dialect import Adql
from obsdeck.sandbox.adql.errors import QueryError
from obsdeck.sandbox.adql.words import quoted
from obsdeck.sandbox.catalog.model import Catalog, Schema, Table

#: Schema of the tables that come with a request (TAP 1.1, 2.5).
UPLOADS = "TAP_UPLOAD"

#: Places where a column may be called by the alias of the select list.
_ALIAS_PLACES = (exp.Order, exp.Group, exp.Having)


class Names:
    """Resolves the names of queries against one catalogue."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._tables = {table.key: table for table in catalog.tables}
        self._schema = _mapping(catalog)

    def with_uploads(self, tables: Sequence[Table]) -> "Names":
        """Return names that hold uploaded tables as well, which are named with their schema."""
        if not tables:
            return self
        brought = Schema(UPLOADS, "Tables of this request", tables)
        return Names(replace(self._catalog, schemas=(*self._catalog.schemas, brought)))

    def resolve(self, query: exp.Query) -> exp.Query:
        """Give every table its schema and every column its table, and write out each ``*``.

        Raises
        ------
        QueryError
            For unknown or ambiguous names, with the nearest known ones.
        """
        shared = {cte.alias.lower() for cte in query.find_all(exp.CTE)}
        for node in query.find_all(exp.Table):
            self._resolve_table(node, shared)
        for join in query.find_all(exp.Join):
            self._spell_out_natural(join)
        try:
            resolved = qualify(
                query,
                schema=self._schema,
                dialect=Adql,
                expand_alias_refs=False,
                validate_qualify_columns=False,
            )
        except OptimizeError as error:
            raise QueryError(self._explained(error, query)) from None
        for scope in traverse_scope(resolved):
            self._check_columns(scope)
        return resolved

    def table(self, node: exp.Table) -> Table | None:
        """Return the published table a resolved node stands for; None for a WITH name."""
        return self._tables.get((node.db.lower(), node.name.lower()))

    def _resolve_table(self, node: exp.Table, shared: set[str]) -> None:
        if not node.db and node.name.lower() in shared:
            return
        if (node.db.lower(), node.name.lower()) not in self._tables:
            raise QueryError(self._unknown_table(node))
        # Published names keep their case (ivoa.ObsCore), also when somebody delimits them.
        for part in ("this", "db"):
            identifier = node.args[part]
            identifier.set("this", identifier.this.lower())

    def _unknown_table(self, node: exp.Table) -> str:
        written = f"{node.db}.{node.name}" if node.db else node.name
        published = {table.name.lower(): table.name for table in self._tables.values()}
        bare = {name.partition(".")[2]: name for name in published}
        near = [bare[node.name.lower()]] if node.name.lower() in bare else []
        near = near or get_close_matches(written.lower(), published, n=3)
        return f"Unknown table {written}.{_suggestion(published[name] for name in near)}"

    def _spell_out_natural(self, join: exp.Join) -> None:
        """Replace NATURAL by the USING list it stands for."""
        if join.method != "NATURAL":
            return
        select = join.find_ancestor(exp.Select)
        right = self._column_names(join.this)
        left: list[str] = []
        for source in _sources_before(select, join):
            left += self._column_names(source)
        common = [name for name in right if name in left]
        join.set("method", None)
        if common:
            join.set("using", [exp.to_identifier(name, quoted=True) for name in common])

    def _column_names(self, source: exp.Expr) -> list[str]:
        table = self.table(source) if isinstance(source, exp.Table) else None
        if table is None:
            raise QueryError("NATURAL JOIN works between tables only here; use JOIN ... USING.")
        return [stored_name(column.name) for column in table.columns]

    def _explained(self, error: OptimizeError, query: exp.Query) -> str:
        reason = str(error).splitlines()[0]
        name = reason.rpartition(" ")[2].strip("'\"")
        if not reason.startswith(("Unknown column", "Column")):
            return f"Incorrect ADQL query: {reason}."
        tables = [self.table(node) for node in query.find_all(exp.Table)]
        known = [column.name for table in tables if table for column in table.columns]
        return f"Unknown column {name}.{_suggestion(_near(name, known))}"

    def _check_columns(self, scope: Scope) -> None:
        for column in scope.columns:
            if column.table and column.table in scope.sources and not column.args.get("db"):
                continue
            if not column.table and _is_alias(column):
                continue
            raise QueryError(self._unknown_column(column, scope))

    def _unknown_column(self, column: exp.Column, scope: Scope) -> str:
        written = ".".join(part.name for part in column.parts)
        place = _place(column.this.meta)
        known = [name for source in scope.sources.values() for name in self._known(source)]
        if not column.table and known.count(column.name) > 1:
            return f"The column {written}{place} is in more than one table: write which one."
        return f"Unknown column {written}{place}.{_suggestion(_near(column.name, known))}"

    def _known(self, source: exp.Expr | Scope) -> list[str]:
        if isinstance(source, Scope):
            query = source.expression
            return query.named_selects if isinstance(query, exp.Query) else []
        table = self.table(source) if isinstance(source, exp.Table) else None
        return [stored_name(column.name) for column in table.columns] if table else []


def name_uploads(query: exp.Query) -> None:
    """Call the uploaded tables of a resolved query as the engine does."""
    for node in query.find_all(exp.Table):
        if node.db == UPLOADS.lower():
            node.set("this", exp.to_identifier(upload_name(node.name), quoted=True))
            node.set("db", None)


def upload_name(name: str) -> str:
    """Return the name an uploaded table has in the engine, where it has no schema."""
    return f"{UPLOADS.lower()}.{name.lower()}"


def stored_name(name: str) -> str:
    """Return the name a column has in the engine: lower case if it is a regular identifier."""
    return name if _needs_case(name) else name.lower()


def _needs_case(name: str) -> bool:
    """Tell whether only a delimited identifier can name this column; `size` folds, `Ra deg` not."""
    return not name.isidentifier() or not name.isascii() or name != name.lower()


def _mapping(catalog: Catalog) -> MappingSchema:
    tree: dict[str, object] = {}
    for table in catalog.tables:
        schema, name = table.key
        columns = {stored_name(c.name): c.stored_type for c in table.columns}
        branch = tree.setdefault(schema, {})
        assert isinstance(branch, dict)  # noqa: S101 - narrows the type
        branch[name] = columns
    return MappingSchema(tree, dialect=Adql, normalize=False)


def _sources_before(select: exp.Select | None, join: exp.Join) -> list[exp.Expr]:
    if select is None:
        return []
    sources: list[exp.Expr] = [select.args["from_"].this]
    for other in select.args.get("joins") or []:
        if other is join:
            break
        sources.append(other.this)
    return sources


def _is_alias(column: exp.Column) -> bool:
    place = column.find_ancestor(*_ALIAS_PLACES)
    query = place.parent if place is not None else None
    return isinstance(query, exp.Query) and column.name in query.named_selects


def _place(meta: dict[str, int]) -> str:
    """Say where a name starts; the parser notes the column of its last character."""
    if "line" not in meta:
        return ""
    return f" at line {meta['line']}, column {meta['col'] - (meta['end'] - meta['start'])}"


def _near(name: str, known: Iterable[str]) -> list[str]:
    """Return up to three known names that look like ``name``, as a query writes them."""
    by_folded = {candidate.lower(): candidate for candidate in known}
    close = get_close_matches(name.lower(), by_folded, n=3)
    return [quoted(by_folded[folded]) for folded in close]


def _suggestion(names: Iterable[str]) -> str:
    listed: Sequence[str] = list(names)
    return f" Did you mean {' or '.join(listed)}?" if listed else ""
