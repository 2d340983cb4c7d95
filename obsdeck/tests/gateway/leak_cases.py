"""The tables of the leak matrix: what is asked as me, and how far the credential may go."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from obsdeck.tests.gateway.leaks import EVIL, LOOK_ALIKES
from obsdeck.tests.gateway.wallets import TOKEN
from obsdeck.tests.upstream import answer

HOST_TOKEN = "InventedTokenOfATest0123456789"
"""One that could be a host name."""


@dataclass(frozen=True)
class Case:
    """One request as me.

    Attributes
    ----------
    url
        Address.
    signed
        Requests that carry the credential; all others, wherever they go, carry none.
    strangers
        Requests that arrive where no credential belongs (without it).
    error
        Kind of the error the page gets, None for an answer.
    archive
        In whose name.
    hops
        `Location` by path.
    status
        Of the redirects.
    options
        Method and body.
    token
        What signs in.
    """

    url: str
    signed: int = 0
    strangers: int = 0
    error: str | None = None
    archive: str = "eso"
    hops: dict[str, str] = field(default_factory=dict)
    status: str = "302 Found"
    options: dict[str, Any] = field(default_factory=dict)
    token: str = TOKEN

    def redirects(self) -> dict[str, bytes]:
        """Return the answers at the paths that redirect."""
        return {path: answer(b"", self.status, Location=to) for path, to in self.hops.items()}


ESO = "https://archive.eso.org"
MMODA = "https://www.astro.unige.ch"
RUBIN = "https://data.lsst.cloud"
TAP = f"{ESO}/tap_obs/sync"
POST = {"method": "POST", "body": "QUERY=SELECT"}

DIRECT = {
    "home": Case(TAP, signed=1),
    "home-in-capitals": Case("HTTPS://ARCHIVE.ESO.ORG/x", signed=1),
    "home-with-root-dot": Case("https://archive.eso.org./x", signed=1),
    "home-with-its-port": Case("https://archive.eso.org:443/x", signed=1),
    "home-with-empty-port": Case("https://archive.eso.org:/x", signed=1),
    "home-by-http-ESO-48": Case("http://archive.eso.org/x", signed=1),
    **{f"look-alike-{host}": Case(f"https://{host}/x", strangers=1) for host in LOOK_ALIKES},
    "host-in-the-path": Case(f"https://{EVIL}/archive.eso.org/x", strangers=1),
    "host-in-the-query": Case(f"https://{EVIL}/?u=https://archive.eso.org", strangers=1),
    "host-in-the-fragment": Case(f"https://{EVIL}/#archive.eso.org", strangers=1),
    "access-url-elsewhere-ESO-46": Case(f"https://{EVIL}/file/ADP.1", strangers=1),
    "descriptor-elsewhere-RUBIN-48": Case(f"https://{EVIL}/cutout", strangers=1, archive="rubin"),
    "another-port": Case("https://archive.eso.org:8443/x", error="unavailable"),
    "http-at-another-port": Case("http://archive.eso.org:8080/x", strangers=1),
    "http-at-443": Case("http://archive.eso.org:443/x", error="bad-answer"),
    "http-with-a-body": Case("http://archive.eso.org/x", strangers=1, options=POST),
    "http-of-a-stranger": Case(f"http://{EVIL}/x", strangers=1),
    "user-info": Case(f"https://archive.eso.org@{EVIL}/x", error="refused-address"),
    "user-info-of-home": Case(f"https://{EVIL}@archive.eso.org/x", error="refused-address"),
    "user-and-port-like-home": Case(
        f"https://archive.eso.org:443@{EVIL}/", error="refused-address"
    ),
    "backslash": Case(f"https://archive.eso.org\\@{EVIL}/x", error="refused-address"),
    "backslash-as-slash": Case(f"https://{EVIL}\\.archive.eso.org/x", error="refused-address"),
    "encoded-dot": Case(f"https://archive.eso.org%2e{EVIL}/x", error="refused-address"),
    "encoded-slash": Case(f"https://{EVIL}%2f.archive.eso.org/x", error="refused-address"),
    "decimal-address": Case("https://2130706433/x", error="unavailable"),
    "another-archives-address": Case(f"{ESO}/x", strangers=0, archive="rubin"),
    "an-archive-without-accounts": Case(f"{ESO}/x", archive="gavo"),
    "an-address-not-yet-added": Case(f"{ESO}/x", archive="new"),
    "an-archive-nobody-knows": Case(f"{ESO}/x", archive="nowhere", error="not-found"),
    "token-endpoint": Case("https://www.eso.org/sso/oidc/token", error="refused-address"),
    "token-endpoint-otherwise-spelled": Case(
        "https://www.eso.org/sso//OIDC/%74oken/?a", error="refused-address"
    ),
    "sso-of-eso": Case("https://www.eso.org/sso/oidc/accessToken", error="refused-address"),
    "issuers-site": Case("https://www.eso.org/x", strangers=1),
    **{
        f"new-token-{name}": Case(url, error="refused-address", archive=archive, options=POST)
        for name, archive, url in (
            ("MMODA", "mmoda", f"{MMODA}/mmoda/dispatch-data/update_token_email_options"),
            ("RUBIN", "rubin", f"{RUBIN}/auth/api/v1/users/ada/tokens"),
            ("RUBIN-of-an-admin", "rubin", f"{RUBIN}/auth/api/v1/tokens"),
            ("RUBIN-openid", "rubin", f"{RUBIN}/auth/openid/token"),
            ("RUBIN-otherwise-spelled", "rubin", f"{RUBIN}//auth/api/x/..;/v1/%75sers/ada"),
            ("RUBIN-hub", "rubin", f"{RUBIN}/nb/hub/api/users/ada/tokens"),
            ("AURORAX", "aurorax", "https://api.aurorax.space/api/v1/authenticate"),
        )
    },
    "token-renewal": Case(
        f"{MMODA}/mmoda/dispatch-data/refresh_token", error="refused-address", archive="mmoda"
    ),
}

_BEHIND = f"{MMODA}/mmoda/dispatch-data"

PREFIX = {
    "below": Case(f"{_BEHIND}/get_list_terms?group=x", signed=1, archive="mmoda"),
    **{
        name: Case(f"{MMODA}{path}", strangers=1, archive="mmoda")
        for name, path in {
            "above": "/mmoda/",
            "beside": "/mmoda/other/x",
            "root": "/",
            "longer-name": "/mmoda/dispatch-datax/x",
            "dotted-name": "/mmoda/dispatch-data.evil/x",
            "other-case": "/mmoda/Dispatch-Data/x",
            "two-slashes-before": "//mmoda/dispatch-data/x",
            "in-the-query": "/x?/mmoda/dispatch-data/",
            "plain-dots": "/mmoda/dispatch-data/../x",
            "plain-dots-further-down": "/mmoda/dispatch-data/a/../../x",
            "one-dot": "/mmoda/dispatch-data/./x",
            "encoded-dots": "/mmoda/dispatch-data/%2e%2e/x",
            "half-encoded-dots": "/mmoda/dispatch-data/.%2E/x",
            "encoded-slash": "/mmoda/dispatch-data/..%2fx",
            "encoded-slash-in-the-prefix": "/mmoda%2fdispatch-data/x",
            "slash-encoded-at-the-end": "/mmoda/dispatch-data%2f..%2fx",
            "encoded-backslash": "/mmoda/dispatch-data/..%5cx",
            "backslash": "/mmoda/dispatch-data/..\\x",
            "dots-with-parameter": "/mmoda/dispatch-data/..;/x",
            "parameter-with-dots": "/mmoda/dispatch-data/;/../x",
            "encoded-twice": "/mmoda/dispatch-data/%252e%252e/x",
            "encoded-slash-twice": "/mmoda/dispatch-data/..%252fx",
            "overlong-utf-8": "/mmoda/dispatch-data/%c0%ae%c0%ae/x",
            "full-width-dots": "/mmoda/dispatch-data/%EF%BC%8E%EF%BC%8E/x",
            "two-dot-leader": "/mmoda/dispatch-data/%E2%80%A5/x",
            "unicode-escape": "/mmoda/dispatch-data/%u002e%u002e/x",
            "nul": "/mmoda/dispatch-data/..%00/x",
            "line-break": "/mmoda/dispatch-data/x%0d%0aHost:%20evil.example",
        }.items()
    },
}


def _to(location: str, **changes: object) -> Case:
    known = {"signed": 1, "strangers": 1, "hops": {"/a": location}, **changes}
    return Case(f"{ESO}/a", **known)  # type: ignore[arg-type]


REDIRECTS = {
    **{
        f"{status}": _to(f"https://{EVIL}/x", status=f"{status} Moved")
        for status in (301, 302, 303, 307, 308)
    },
    **{
        f"{status}-after-post": _to(f"https://{EVIL}/x", status=f"{status} Moved", options=POST)
        for status in (301, 302, 303)
    },
    **{
        f"{status}-with-body": _to(
            f"https://{EVIL}/x",
            status=f"{status} Moved",
            options=POST,
            strangers=0,
            error="bad-answer",
        )
        for status in (307, 308)
    },
    "within-home": _to("/b", signed=2, strangers=0),
    "to-another-of-its-origins": _to("https://dataportal.eso.org/b", strangers=0),
    "without-scheme": _to(f"//{EVIL}/x"),
    "without-scheme-three-slashes": _to(f"///{EVIL}/x", strangers=0, error="bad-answer"),
    "look-alike": _to(f"https://archive.eso.org.{EVIL}/x"),
    "another-port": _to(f"{ESO}:8443/x", strangers=0, error="unavailable"),
    "to-http-of-home-is-upgraded": _to("http://archive.eso.org/x", signed=2, strangers=0),
    "to-http-at-another-port": _to("http://archive.eso.org:8080/x"),
    "to-http-of-a-stranger": _to(f"http://{EVIL}/x"),
    "user-info": _to(f"https://archive.eso.org@{EVIL}/x", strangers=0, error="bad-answer"),
    "backslash": _to(f"https://archive.eso.org\\@{EVIL}/x", strangers=0, error="bad-answer"),
    "slash-backslash": _to(f"/\\{EVIL}/x", signed=2, strangers=0),
    "script": _to("javascript:alert(1)", strangers=0, error="bad-answer"),
    "to-the-token-endpoint": _to("https://www.eso.org/sso/oidc/token"),
    "two-hops-then-away": _to(
        "/b", signed=3, hops={"/a": "/b", "/b": "/c", "/c": f"https://{EVIL}/x"}
    ),
    "away-and-back": _to("", hops={"/a": f"https://{EVIL}/b", "/b": f"{ESO}/c"}),
    "away-back-and-on": _to(
        "",
        strangers=2,
        hops={
            "/a": f"https://{EVIL}/b",
            "/b": f"{ESO}/c",
            "/c": f"{ESO}/d",
            "/d": f"https://other.{EVIL}/e",
        },
    ),
    "away-and-through": _to(
        "", strangers=2, hops={"/a": f"https://{EVIL}/b", "/b": f"https://other.{EVIL}/c"}
    ),
    "through-http-and-back": _to(
        "", hops={"/a": "http://archive.eso.org:8080/b", "/b": f"{ESO}/c"}
    ),
    "in-a-circle-over-a-stranger": _to(
        "", error="bad-answer", hops={"/a": f"https://{EVIL}/b", "/b": f"{ESO}/a"}
    ),
    "out-of-the-prefix": Case(
        f"{_BEHIND}/a",
        signed=1,
        strangers=1,
        archive="mmoda",
        hops={"/mmoda/dispatch-data/a": "/elsewhere"},
    ),
    "out-of-the-prefix-with-the-token": Case(
        f"{_BEHIND}/a",
        signed=1,
        strangers=1,
        archive="mmoda",
        hops={"/mmoda/dispatch-data/a": f"/elsewhere?token={quote(TOKEN, safe='')}&b=1"},
    ),
    "to-the-token-renewal": Case(
        f"{_BEHIND}/a",
        signed=1,
        error="refused-address",
        archive="mmoda",
        hops={"/mmoda/dispatch-data/a": "refresh_token"},
    ),
}

ECHOES = {
    name: Case(f"{ESO}/a", signed=1, error="bad-answer", hops={"/a": location}, token=token)
    for name, location, token in (
        ("in-the-query", f"https://{EVIL}/?t={TOKEN}", TOKEN),
        ("in-a-parameter", f"https://{EVIL}/?token={quote(TOKEN, safe='')}", TOKEN),
        ("with-its-scheme", f"https://{EVIL}/?t=Bearer%20{quote(TOKEN, safe='')}", TOKEN),
        ("in-the-path", f"https://{EVIL}/{quote(TOKEN)}/x", TOKEN),
        ("encoded-twice", f"https://{EVIL}/?t={quote(quote(TOKEN, safe=''), safe='')}", TOKEN),
        ("encoded-oddly", f"https://{EVIL}/?t=%49{TOKEN[1:]}", TOKEN),
        ("in-base64", f"https://{EVIL}/{b64encode(f'Bearer {TOKEN}'.encode()).decode()}", TOKEN),
        ("in-the-host", f"https://{HOST_TOKEN}.{EVIL}/x", HOST_TOKEN),
        ("in-the-host-of-home", f"https://{HOST_TOKEN}.archive.eso.org/x", HOST_TOKEN),
        ("as-user-info", f"https://{HOST_TOKEN}@{EVIL}/x", HOST_TOKEN),
        ("as-scheme", f"{HOST_TOKEN}://{EVIL}/x", HOST_TOKEN),
        ("within-home", f"/b?t={quote(TOKEN)}", TOKEN),
    )
}
