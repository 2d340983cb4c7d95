"""The page where a person gets a token, as a web site of an archive gives one to its users."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from obsdeck.sandbox.accounts.people import Person, admit
from obsdeck.sandbox.web.base import ArchiveHandler, Service

#: What the form holds besides user name and password, by name of the field.
Choices = Mapping[str, str]


@dataclass(frozen=True)
class Desk:
    """What one page hands out.

    Attributes
    ----------
    title
        Heading of the page.
    noun
        What the archive calls it: token, API key.
    issue
        Makes one for a person and the further fields of the form.
    fields
        Those fields: name and what to write into them.
    admitted
        Finds the person of a user name and password.
    """

    title: str
    noun: str
    issue: Callable[[Person, Choices], str]
    fields: Mapping[str, str]
    admitted: Callable[[str, str], Person | None] = admit


def seconds_of(choices: Choices) -> int | None:
    """Return the field ``lifetime`` as whole seconds, None where none are given."""
    text = choices["lifetime"]
    return int(text[:9]) if text.isascii() and text.isdigit() else None


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body>
<h1>{title}</h1>
<p>Users and passwords are on the <a href="/">home page</a> of the sandbox.</p>
{result}
<form method="post">
<p><label>User name <input name="username" autocomplete="off"></label></p>
<p><label>Password <input name="password" type="password" autocomplete="off"></label></p>
{fields}
<p><button>Make a new {noun}</button></p>
</form>
</body>
</html>
"""


class DeskHandler(ArchiveHandler):
    """A form that answers with a token; as JSON for programs that accept that."""

    def initialize(self, service: Service, desk: Desk) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self._desk = desk

    def get(self) -> None:
        """Show the form."""
        self._show("")

    def post(self) -> None:
        """Hand out a token."""
        name = self.get_body_argument("username", "")
        password = self.get_body_argument("password", "", strip=False)
        person = self._desk.admitted(name, password)
        if person is None:
            self.set_status(401)
            self._show("<p>User name or password is wrong.</p>")
            return
        choices = {field: self.get_body_argument(field, "") for field in self._desk.fields}
        self._hand_out(self._desk.issue(person, choices))

    def _hand_out(self, token: str) -> None:
        self.set_header("Cache-Control", "no-store")
        if "application/json" in self.request.headers.get("Accept", ""):
            self.answer_json({"token": token})
            return
        self._show(f"<p>Your {self._desk.noun}: <code>{escape(token)}</code></p>")

    def _show(self, result: str) -> None:
        fields = [
            f'<p><label>{escape(text)} <input name="{escape(name)}"></label></p>'
            for name, text in self._desk.fields.items()
        ]
        page = _PAGE.format(
            title=escape(self._desk.title),
            noun=escape(self._desk.noun),
            fields="\n".join(fields),
            result=result,
        )
        self.finish(page)
