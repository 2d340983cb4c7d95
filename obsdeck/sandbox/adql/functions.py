"""Functions a query may call, with the expression of the engine that each one becomes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from obsdeck.sandbox.adql.errors import QueryError

#: Marks a call that is meant for the engine and must not be translated again.
ENGINE_CALL = "engine call"

#: Name of the function that makes a query slow.
DELAY = "obsdeck_delay"

Build = Callable[[Sequence[exp.Expr]], exp.Expr]


@dataclass(frozen=True)
class Function:
    """An ADQL function: how many arguments it takes and what the engine gets instead."""

    name: str
    least: int
    most: int
    build: Build
    signature: str = ""
    description: str = ""

    def __call__(self, arguments: Sequence[exp.Expr]) -> exp.Expr:
        """Return the expression of the engine, or raise QueryError for a wrong argument count."""
        check_count(self.name, arguments, self.least, self.most)
        return self.build(arguments)


def check_count(name: str, arguments: Sequence[exp.Expr], least: int, most: int) -> None:
    """Raise QueryError unless a function got as many arguments as it takes."""
    if least <= len(arguments) <= most:
        return
    wanted = str(least) if least == most else f"{least} to {most}"
    raise QueryError(f"{name} takes {wanted} argument(s), not {len(arguments)}.")


def call(name: str, *arguments: exp.Expr) -> exp.Expr:
    """Return a call of a function of the engine, passed on unchanged."""
    node = exp.Anonymous(this=name, expressions=list(arguments))
    node.meta[ENGINE_CALL] = True
    return node


def double(argument: exp.Expr) -> exp.Expr:
    """Return the argument as a double: literals with a point are decimals in the engine."""
    return exp.Cast(this=argument, to=exp.DataType.build("DOUBLE"))


def _plain(
    name: str, engine: str | None = None, least: int = 1, most: int | None = None
) -> Function:
    target = engine or name.lower()
    return Function(name, least, least if most is None else most, lambda a: call(target, *a))


def _real(name: str, engine: str | None = None, least: int = 1) -> Function:
    target = engine or name.lower()
    return Function(name, least, least, lambda a: call(target, *map(double, a)))


def _rounded(name: str, engine: str) -> Function:
    """ROUND and TRUNCATE: the second argument is the number of decimals, 0 if it is absent."""
    return Function(
        name,
        1,
        2,
        lambda a: call(engine, double(a[0]), a[1] if len(a) > 1 else exp.Literal.number(0)),
    )


def _nocasematch(arguments: Sequence[exp.Expr]) -> exp.Expr:
    return _flag(exp.ILike(this=arguments[0], expression=arguments[1]))


def _hasword(arguments: Sequence[exp.Expr]) -> exp.Expr:
    padded = [_padded(argument) for argument in arguments]
    return _flag(call("contains", *padded))


def _padded(text: exp.Expr) -> exp.Expr:
    """Lower-case words with one blank around each, so that a substring test finds whole words."""
    words = call(
        "regexp_replace",
        call("lower", text),
        exp.Literal.string("[^\\p{L}\\p{N}]+"),
        exp.Literal.string(" "),
        exp.Literal.string("g"),
    )
    return call("concat", exp.Literal.string(" "), call("trim", words), exp.Literal.string(" "))


def _hashlist_has(arguments: Sequence[exp.Expr]) -> exp.Expr:
    parts = call("string_split", call("lower", arguments[0]), exp.Literal.string("#"))
    return _flag(call("list_contains", parts, call("lower", arguments[1])))


def _flag(condition: exp.Expr) -> exp.Expr:
    return exp.Cast(this=condition, to=exp.DataType.build("INT"))


MATH = (
    _plain("ABS"),
    _real("CEILING", "ceil"),
    _real("DEGREES"),
    _real("EXP"),
    _real("FLOOR"),
    _real("LOG", "ln"),
    _real("LOG10"),
    _plain("MOD", least=2),
    Function("PI", 0, 0, lambda _: call("pi")),
    _real("POWER", least=2),
    _real("RADIANS"),
    # ADQL allows a seed, which the engine can only take for a whole connection.
    Function("RAND", 0, 1, lambda _: call("random")),
    _rounded("ROUND", "round"),
    _real("SQRT"),
    _rounded("TRUNCATE", "trunc"),
    _real("ACOS"),
    _real("ASIN"),
    _real("ATAN"),
    _real("ATAN2", least=2),
    _real("COS"),
    _real("COT"),
    _real("SIN"),
    _real("TAN"),
)

TEXT = (
    _plain("COALESCE", least=1, most=100),
    _plain("LOWER"),
    _plain("NULLIF", least=2),
    _plain("UPPER"),
)

USER_DEFINED = (
    Function(
        "ivo_nocasematch",
        2,
        2,
        _nocasematch,
        "ivo_nocasematch(value VARCHAR, pattern VARCHAR) -> INTEGER",
        "1 if value matches the LIKE pattern, ignoring case.",
    ),
    Function(
        "ivo_hasword",
        2,
        2,
        _hasword,
        "ivo_hasword(haystack VARCHAR, needle VARCHAR) -> INTEGER",
        "1 if the words of needle follow each other in haystack, ignoring case.",
    ),
    Function(
        "ivo_hashlist_has",
        2,
        2,
        _hashlist_has,
        "ivo_hashlist_has(hashlist VARCHAR, item VARCHAR) -> INTEGER",
        "1 if item is one of the parts of hashlist, which are separated by #, ignoring case.",
    ),
    Function(
        "ivo_string_agg",
        2,
        2,
        lambda a: call("string_agg", *a),
        "ivo_string_agg(expression VARCHAR, delimiter VARCHAR) -> VARCHAR",
        "An aggregate: all non-null values joined with the delimiter.",
    ),
    Function(
        DELAY,
        1,
        1,
        lambda _: exp.Literal.number(1),
        f"{DELAY}(seconds DOUBLE) -> INTEGER",
        "Always 1; the query waits as many seconds before it runs, a job the first quarter of them "
        "in QUEUED and the others in EXECUTING.",
    ),
)

FUNCTIONS = {function.name.upper(): function for function in MATH + TEXT + USER_DEFINED}
