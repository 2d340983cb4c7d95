"""The queue as a shell script: what this server fetches, any machine with curl can."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from obsdeck.downloads.item import Item
from obsdeck.downloads.signed import is_signed, without_signature

_HEAD = """\
#!/usr/bin/env bash
# Fetches the files below with curl, goes on with what is there in part, skips what is whole.
set -u

failed=0

# fetch ARCHIVE FILE ADDRESS
fetch() {
  local login=() try
  if [ -n "$1" ]; then login=(--config "$1.curlrc"); fi
  if [ -e "$2" ]; then return; fi
  mkdir -p -- "$(dirname -- "$2")"
  for try in 1 2 3 4 5; do
    curl --fail --location --globoff --continue-at - ${login[@]+"${login[@]}"} \\
      --output "$2.part" -- "$3"
    case $? in
      0) mv -n -- "$2.part" "$2"; return ;;
      22) break ;;                      # refused: another attempt changes nothing
      33) rm -f -- "$2.part" ;;         # cannot go on: begin anew
    esac
    sleep "$try"
  done
  echo "not fetched: $2" >&2
  failed=1
}
"""

_TAIL = '\nexit "$failed"\n'


def script_of(items: Iterable[Item]) -> str:
    """Return a bash script that fetches files.

    Nothing secret is in it: of signed addresses there is only a comment that says which
    document gives a fresh one, and what needs a sign-in reads it from a file that people write.
    """
    entries = list(items)
    archives = sorted({item.request.archive for item in entries if item.request.as_me})
    login = [_about_login(archive) for archive in archives]
    return "".join([_HEAD, *login, "\n", *map(_entry, entries), _TAIL])


def _about_login(archive: str) -> str:
    return (
        f"\n# Files of {archive} are fetched in your name. Write its sign-in into a file\n"
        f"# {archive}.curlrc that only you can read, as curl's --config takes it.\n"
    )


def _entry(item: Item) -> str:
    path, request = item.path, item.request
    if item.needs_address or is_signed(request.url):
        source = request.source
        links = without_signature(source.links) if source else ""
        where = f"{links}, ID {source.id}, {source.semantics}" if source else "its archive"
        return f"# {_one_line(path)}: its address ends soon; a fresh one is in {_one_line(where)}\n"
    login = request.archive if request.as_me else ""
    return f"fetch {shlex.quote(login)} {shlex.quote(path)} {shlex.quote(request.address)}\n"


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in text)
