"""The grammar: sqlglot's parser with everything that is not ADQL taken away."""

from typing import ClassVar

import sqlglot
from sqlglot import exp, parser, tokens
from sqlglot.dialects.dialect import Dialect, NormalizationStrategy
from sqlglot.errors import ParseError, TokenError
from sqlglot.tokenizer_core import Token, TokenType

from obsdeck.sandbox.adql.errors import QueryError

#: Limits that keep parsing cheap; no honest query comes near them.
MAX_TOKENS = 20_000
MAX_DEPTH = 60

_AGGREGATES = frozenset({"AVG", "COUNT", "MAX", "MIN", "SUM"})
_OPENING = frozenset({TokenType.L_PAREN, TokenType.CASE, TokenType.NOT})


class Adql(Dialect):
    """ADQL 2.1: TOP instead of LIMIT, names without quotes fold, NULL sorts last.

    Only aggregates and CAST are known as functions here; every other call stays anonymous and is
    looked up in ``adql.functions``, so that no function of another dialect can slip through.
    """

    NORMALIZATION_STRATEGY = NormalizationStrategy.LOWERCASE
    NULL_ORDERING = "nulls_are_last"

    class Tokenizer(tokens.Tokenizer):
        """The keywords of SQL with TOP in place of LIMIT and FETCH."""

        KEYWORDS: ClassVar = {
            word: kind
            for word, kind in {**tokens.Tokenizer.KEYWORDS, "TOP": TokenType.TOP}.items()
            if word not in ("LIMIT", "FETCH")
        }

    class Parser(parser.Parser):
        """The parser without the functions of other dialects."""

        FUNCTIONS: ClassVar = {
            name: build for name, build in parser.Parser.FUNCTIONS.items() if name in _AGGREGATES
        }
        FUNCTION_PARSERS: ClassVar = {"CAST": parser.Parser.FUNCTION_PARSERS["CAST"]}
        NO_PAREN_FUNCTIONS: ClassVar = {}
        NO_PAREN_FUNCTION_PARSERS: ClassVar = {
            "CASE": parser.Parser.NO_PAREN_FUNCTION_PARSERS["CASE"]
        }


def parse(text: str) -> exp.Query:
    """Parse one ADQL query.

    Raises
    ------
    QueryError
        With line and column if the text is no query, is more than one, or is too big.
    """
    try:
        words = Adql().tokenize(text)
        _check_size(words)
        statements = [tree for tree in sqlglot.parse(text, dialect=Adql) if tree is not None]
    except ParseError as error:
        raise QueryError(_explained(error)) from None
    except TokenError:
        raise QueryError(
            "Incorrect ADQL query: it cannot be read; is a quotation mark or a comment left open?"
        ) from None
    except RecursionError:
        raise QueryError("The query is nested too deeply.") from None
    if len(statements) != 1:
        raise QueryError(f"Expected one query, but found {len(statements)}.")
    if not isinstance(statements[0], exp.Query):
        raise QueryError("Only SELECT queries are answered here.")
    return statements[0]


def _check_size(words: list[Token]) -> None:
    if not words:
        raise QueryError("The query is empty.")
    if len(words) > MAX_TOKENS:
        raise QueryError(f"The query is too long: more than {MAX_TOKENS} words.")
    depth = deepest = 0
    for word in words:
        if word.token_type in _OPENING:
            depth += 1
        elif word.token_type in (TokenType.R_PAREN, TokenType.END):
            depth -= 1
        deepest = max(deepest, depth)
    if deepest > 4 * MAX_DEPTH:
        raise QueryError("The query is nested too deeply.")


def _explained(error: ParseError) -> str:
    if not error.errors:
        return f"Incorrect ADQL query: {_first_line(str(error))}"
    detail = error.errors[0]
    word = detail.get("highlight") or ""
    near = f' near "{word}"' if word else ""
    # The parser gives the column of the last character of the word.
    column = int(detail.get("col") or 1) - max(len(word) - 1, 0)
    reason = "something is missing here"
    if not str(detail.get("description")).startswith("Required keyword"):
        # The parser shows its tokens after what it expected.
        description = str(detail.get("description")).partition(" but got <")[0]
        reason = description.replace("Invalid expression / U", "u").replace("Expected", "expected")
    return f"Incorrect ADQL query at line {detail.get('line')}, column {column}{near}: {reason}."


def _first_line(text: str) -> str:
    return text.splitlines()[0] if text else "it cannot be read."
