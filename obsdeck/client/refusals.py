"""Why a request is not made in somebody's name, and what to do about it."""

from __future__ import annotations

import socket
from collections.abc import Sequence

from obsdeck.archives.archive import Archive
from obsdeck.client.errors import SignInError
from obsdeck.errors import ObsdeckError
from obsdeck.signin import faults
from obsdeck.signin.held import Held

_RENEW = "Renew it in the Accounts section of JupyterLab's sidebar."


def refusal(
    archive: Archive, failures: Sequence[ObsdeckError], held: Held | None, now: float
) -> SignInError:
    """Return what is raised when no place has a credential that can be used.

    Parameters
    ----------
    archive
        Whose.
    failures
        What the servers answered that did answer.
    held
        A credential that was found here and has ended.
    now
        Unix time in seconds.
    """
    expired = next((failure for failure in failures if failure.kind == "expired"), None)
    if expired is None and held is not None and held.credential.expires is not None:
        expired = faults.ran_out(archive, held.credential.expires, now)
    if expired is not None:
        return SignInError("expired", expired.message, hint=_RENEW, archive=archive.id)
    return SignInError(
        "not-signed-in",
        f"Not signed in to {archive.name}.",
        hint=_ways(archive) if failures else f"{_ways(archive)} {_elsewhere()}",
        archive=archive.id,
    )


def _ways(archive: Archive) -> str:
    places = archive.definition["signIn"].get("places", [])
    variable = next((place["environment"] for place in places if "environment" in place), None)
    setting = f"set {variable}, " if variable else ""
    first = "Sign in under Accounts in JupyterLab's sidebar"
    return f"{first}, {setting}or ask anonymously with as_me=False."


def _elsewhere() -> str:
    return (
        f"No Jupyter server of yours answers on {socket.gethostname()}, and nothing is stored "
        "there: what one signs in to elsewhere is not known here."
    )
