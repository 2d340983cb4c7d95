"""Refusals of the engine as sentences about ADQL, without its types, settings and advice."""

import re

#: Names of the engine's types as a person would say them; the first that matches wins.
_TYPES = (
    (re.compile(r"\w+\[\d*\]"), "an array"),
    (re.compile(r"VARCHAR|STRING(?:_LITERAL)?"), "text"),
    (re.compile(r"DOUBLE|FLOAT|DECIMAL(?:\(\d+, ?\d+\))?"), "a number"),
    (re.compile(r"U?(?:BIG|HUGE|SMALL|TINY)INT|INTEGER(?:_LITERAL)?|U?INT\d+"), "an integer"),
    (re.compile(r"BOOL(?:EAN)?"), "a truth value"),
    (re.compile(r"TIMESTAMP"), "a time"),
)
_TYPE = re.compile("|".join(rf"\b(?:{pattern.pattern})(?!\w)" for pattern, _ in _TYPES))

#: What the engine says of its types and of its settings, and what is left of it.
_REWRITES = (
    (re.compile(r"(\.? (You might need|In order to|Use \"|Try )| - an explicit cast is).*"), ""),
    (re.compile(r"values of type (\S+) and type "), r"\1 and "),
    (re.compile(r"Cannot concatenate types "), "Cannot concatenate "),
    (re.compile(r"Type \S+ with value (\S+) can't be cast.*"), r"the value \1 is out of range"),
    (re.compile(r"Unimplemented type for cast \((.+) -> (.+)\)"), r"\1 cannot be converted to \2"),
    (re.compile(r"Overflow in (\w+) of \w+"), r"Overflow in \1"),
)

_SIGNATURE = re.compile(
    r"(?:No function matches|best candidate function).*['\"](\S+?)\((.*)\)['\"]"
)

#: Functions of the engine that are operators in ADQL.
_OPERATORS = {"~~": "LIKE", "~~*": "ILIKE", "!~~": "NOT LIKE"}


def explained(reason: str) -> str:
    """Return a sentence for the first line of an error of the engine."""
    if "expression depth" in reason:
        return "The query is nested too deeply."
    call = _SIGNATURE.search(reason)
    if call:
        name = _OPERATORS.get(call[1], call[1].upper())
        arguments = " and ".join(map(_spoken, call[2].split(", ")))
        return f"The query cannot be answered: {name} cannot be applied to {arguments}."
    for pattern, replacement in _REWRITES:
        reason = pattern.sub(replacement, reason)
    return f"The query cannot be answered: {_spoken(reason).rstrip(' .!')}."


def _spoken(text: str) -> str:
    """Replace names of types, but not in quotation marks, where names and values of users are."""
    parts = re.split(r"('[^']*'|\"[^\"]*\")", text)
    parts[::2] = [_TYPE.sub(_name_of_type, part) for part in parts[::2]]
    return "".join(parts)


def _name_of_type(found: re.Match[str]) -> str:
    return next(name for pattern, name in _TYPES if pattern.fullmatch(found[0]))
