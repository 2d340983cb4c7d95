"""The JSON Schema of definitions and the one place that applies it."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any, cast

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import best_match  # type: ignore[import-untyped]

from obsdeck.addresses.url import BadAddressError, parse_target
from obsdeck.archives.archive import named_addresses


class InvalidDefinitionError(ValueError):
    """A definition that breaks the schema; the text says where and how."""


def load_schema() -> dict[str, Any]:
    """Return `definition.schema.json`."""
    text = (files("obsdeck.archives") / "definition.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def validate(definition: object) -> dict[str, Any]:
    """Return a definition that fits the schema.

    Raises
    ------
    InvalidDefinitionError
        Naming the offending member.
    """
    error = best_match(_validator().iter_errors(definition))
    if error is not None:
        raise InvalidDefinitionError(f"{error.json_path}: {error.message}")
    valid = cast(dict[str, Any], definition)
    _check_addresses(valid)
    _check_pattern(valid)
    return valid


def _check_addresses(definition: dict[str, Any]) -> None:
    """Refuse what the patterns of the schema let through and the gateway would never call."""
    try:
        for _ in named_addresses(definition):
            pass
        for url in definition["signIn"].get("issuers", []):
            parse_target(url)
    except BadAddressError as error:
        raise InvalidDefinitionError(f"$: one of its addresses is never called: {error}") from error


def _check_pattern(definition: dict[str, Any]) -> None:
    try:
        re.compile(definition["signIn"].get("pattern", ""))
    except re.error as error:
        raise InvalidDefinitionError(f"$.signIn.pattern: {error}") from error


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(load_schema())
