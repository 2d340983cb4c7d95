"""Where the parameters that sign a request in have their place: in the query, or in its form."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import Message
from urllib.parse import unquote_plus, urlencode

from obsdeck.credentials.secret import Secret

_WITH_FORM = frozenset({"POST", "PUT", "PATCH"})


def revealed(values: Mapping[str, str | Secret]) -> dict[str, str]:
    """Return the texts behind some values, for the wire only."""
    return {name: v.reveal() if isinstance(v, Secret) else v for name, v in values.items()}


def with_query(target: str, parameters: Mapping[str, str | Secret]) -> str:
    """Put parameters in front of a query; the rest stays byte for byte."""
    path, _, query = target.partition("?")
    added = urlencode(revealed(parameters))
    return f"{path}?{added}&{query}" if query else f"{path}?{added}"


def without_query(url: str, parameters: Mapping[str, Secret]) -> str:
    """Take parameters out of a query again; the rest stays byte for byte.

    Servers that redirect repeat the whole query. Only pairs with name and value of a parameter
    are taken out: others of that name are the caller's own.
    """
    path, _, rest = url.partition("?")
    query, mark, fragment = rest.partition("#")
    pairs = query.split("&")
    kept = [pair for pair in pairs if not _is_one_of(parameters, pair)]
    if len(kept) == len(pairs):
        return url
    return f"{path}{'?' if kept else ''}{'&'.join(kept)}{mark}{fragment}"


def _is_one_of(parameters: Mapping[str, Secret], pair: str) -> bool:
    name, _, value = pair.partition("=")
    secret = parameters.get(unquote_plus(name))
    return secret is not None and unquote_plus(value) == secret.reveal()


def form_prefix(
    method: str, content_type: str, parameters: Mapping[str, str | Secret]
) -> bytes | None:
    """Return what stands before the fields of a form, None if the upload is no form.

    Parameters
    ----------
    method
        Upper-case verb.
    content_type
        Value of that header line, empty if there is none.
    parameters
        What becomes the first fields.
    """
    if method not in _WITH_FORM:
        return None
    described = Message()
    described["Content-Type"] = content_type
    boundary = described.get_boundary()
    if described.get_content_type() == "application/x-www-form-urlencoded":
        return urlencode(revealed(parameters)).encode("ascii") + b"&"
    if described.get_content_type() == "multipart/form-data" and boundary:
        parts = (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in revealed(parameters).items()
        )
        return "".join(parts).encode("utf-8")
    return None
