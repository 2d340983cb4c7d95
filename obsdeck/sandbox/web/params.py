"""Parameters of a DALI request: names ignore case, values do not (DALI 1.1, 3.2)."""

from collections.abc import ItemsView, Mapping, Sequence

from tornado.httputil import HTTPServerRequest


class ParameterError(Exception):
    """A request whose parameters cannot be used; the text says which and why."""


class Parameters:
    """The parameters of one request, from the URL and the body together."""

    def __init__(self, values: Mapping[str, Sequence[str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, given in values.items():
            self._values.setdefault(name.upper(), []).extend(given)

    def items(self) -> ItemsView[str, list[str]]:
        """Return all parameters, names in capitals."""
        return self._values.items()

    def every(self, name: str) -> list[str]:
        """Return all values of a parameter."""
        return self._values.get(name, [])

    def one(self, *names: str) -> str | None:
        """Return the value of a parameter that may be given once, under any of its names."""
        values = [value for name in names for value in self.every(name)]
        if len(values) > 1:
            raise ParameterError(f"{' or '.join(names)} is given {len(values)} times.")
        return values[0] if values else None


def read_parameters(request: HTTPServerRequest) -> Parameters:
    """Read the parameters of a request; parts with a file name are none.

    Raises
    ------
    ParameterError
        If a value is not UTF-8 or holds characters that XML cannot carry back.
    """
    decoded = {
        name: [_decoded(name, value) for value in values]
        for name, values in request.arguments.items()
    }
    return Parameters(decoded)


def _decoded(name: str, value: bytes) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        raise ParameterError(f"The value of {name} is not UTF-8.") from None
    if any(not _is_xml_character(character) for character in text):
        raise ParameterError(f"The value of {name} holds control characters.")
    return text


def _is_xml_character(character: str) -> bool:
    """Tell whether XML 1.0 (section 2.2) can hold a character."""
    code = ord(character)
    return code in (0x9, 0xA, 0xD) or (code >= 0x20 and code not in (0xFFFE, 0xFFFF))
