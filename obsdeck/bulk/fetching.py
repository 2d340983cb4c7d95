"""`obsdeck.fetch`: files or cutouts of many rows, by the workers of a Dask cluster."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

from requests import Session

from obsdeck.bulk.addresses import Address, Cutout, addresses_of
from obsdeck.bulk.errand import Brought, Errand
from obsdeck.bulk.rows import rows_of
from obsdeck.bulk.worker import fetch_file
from obsdeck.client import session as archive_session
from obsdeck.downloads.signed import is_signed

Where = Literal["worker", "here", "here, as you", ""]

_AT_ONCE = 4


@dataclass(frozen=True)
class Fetched:
    """What became of one row.

    Attributes
    ----------
    address
        Of the file, without a signature.
    path
        The file as whoever fetched it sees it; None where there is none.
    size
        Its bytes.
    error
        Why there is none, one sentence; empty where there is one.
    fetched
        Who fetched it: a worker, or this kernel, which does so in your name where the archive
        asks for a sign-in: no worker gets a credential. Empty where nobody had to.
    """

    address: str
    path: Path | None
    size: int
    error: str
    fetched: Where


class FetchedFiles(Sequence[Fetched]):
    """What became of each row, in their order."""

    def __init__(self, files: Iterable[Fetched]) -> None:
        self._files = tuple(files)

    @property
    def paths(self) -> list[Path]:
        """The files that are there."""
        return [file.path for file in self._files if file.path is not None]

    @property
    def failed(self) -> list[Fetched]:
        """The rows without a file."""
        return [file for file in self._files if file.path is None]

    def __getitem__(self, index: Any) -> Any:
        return self._files[index]

    def __len__(self) -> int:
        return len(self._files)

    def __repr__(self) -> str:
        mine = sum(file.fetched == "here, as you" for file in self._files)
        parts = [f"{len(self.paths)} of {len(self)} files"]
        parts += [f"{mine} fetched here, as you"] if mine else []
        parts += [f"{len(self.failed)} failed: {self.failed[0].error}"] if self.failed else []
        return f"<obsdeck files: {', '.join(parts)}>"


def fetch(  # noqa: PLR0913 - keywords, each of which stands for itself
    selection: Any,
    client: Any = None,
    *,
    folder: str | Path = "downloads",
    archive: str | None = None,
    cutout: Cutout | None = None,
    as_me: bool = True,
) -> FetchedFiles:
    """Fetch the files of a selection, or cutouts of them, with the workers of a Dask cluster.

    Workers ask as anyone, at public or already signed addresses; no credential is ever sent to
    one. What an archive gives to people who signed in is fetched here, in your name, and the
    result says so. Where a signature ended before a worker came to the file, the row's links are
    read once more. Files that are there already are not fetched again, and partial ones are
    continued.

    Parameters
    ----------
    selection
        Rows with `access_url`: a widget's selection, an astropy or pandas table, results of
        PyVO; or a list of addresses.
    client
        A `distributed.Client` of a cluster that runs; without one, everything is fetched here.
    folder
        Where the files go; on a file system that the workers share.
    archive
        Id of the archive the rows are from, `rubin` for instance; without one, everything is
        asked as anyone.
    cutout
        A circle `(ra, dec, radius)` in ICRS degrees, parameters such as `{"BAND": (5e-7, 6e-7)}`,
        or a function that gives them for a row and None for a row to be left out.
    as_me
        False to ask as anyone, without a credential.

    Raises
    ------
    ObsdeckError
        `rejected` for something that is no selection, `not-found` for an unknown archive.
    """
    rows = rows_of(selection)
    mine = archive_session(archive, as_me=as_me) if archive is not None else None
    asking, target = mine or Session(), str(Path(folder).absolute())
    places = addresses_of(rows, cutout, asking)
    errands = [_errand(place, target) for place in places]
    # Rows with the same file share it, also where each has a signature of its own.
    wanted = {errand.key: errand for errand in errands if errand is not None}
    fetching = _Fetching(client, mine if as_me else None)
    done = fetching.run(wanted)
    old = {
        errand.key: row
        for row, errand in zip(rows, errands, strict=True)
        if errand is not None and _is_old(errand, done[errand.key].brought)
    }
    if old:
        fresh = [_errand(place, target) for place in addresses_of([*old.values()], cutout, asking)]
        again = {key: errand for key, errand in zip(old, fresh, strict=True) if errand is not None}
        done |= fetching.run({k: e for k, e in again.items() if e.url != wanted[k].url})
    return FetchedFiles(
        _fetched(errand, done[errand.key])
        if errand is not None
        else Fetched("", None, 0, place.error, "")
        for place, errand in zip(places, errands, strict=True)
    )


def _errand(place: Address, folder: str) -> Errand | None:
    return Errand(place.url, folder, place.content_type) if place.url else None


def _is_old(errand: Errand, brought: Brought) -> bool:
    return is_signed(errand.url) and not brought.path and brought.may_be_old


@dataclass
class _Done:
    brought: Brought
    where: Where


class _Fetching:
    """Sends errands to workers, and does here what they may not."""

    def __init__(self, client: Any, mine: Session | None) -> None:
        self._client = client
        self._mine = mine

    def run(self, errands: dict[str, Errand]) -> dict[str, _Done]:
        """Return what came, by the keys of the errands."""
        done = self._anonymously(errands)
        refused = {key: errands[key] for key, one in done.items() if one.brought.is_refused}
        return done | self._in_my_name(refused) if self._mine is not None else done

    def _in_my_name(self, errands: dict[str, Errand]) -> dict[str, _Done]:
        with ThreadPoolExecutor(_AT_ONCE, "obsdeck-fetch") as pool:
            brought = list(pool.map(lambda e: fetch_file(e, self._mine), errands.values()))
        done = {key: _Done(one, "here, as you") for key, one in zip(errands, brought, strict=True)}
        # The archive may only sign: what it sends us to elsewhere is for anyone who has it.
        onward = {
            key: dataclasses.replace(errands[key], url=one.brought.onward)
            for key, one in done.items()
            if one.brought.onward
        }
        return done | self._anonymously(onward)

    def _anonymously(self, errands: dict[str, Errand]) -> dict[str, _Done]:
        if self._client is None:
            with ThreadPoolExecutor(_AT_ONCE, "obsdeck-fetch") as pool:
                brought = list(pool.map(fetch_file, errands.values()))
            return {key: _Done(one, "here") for key, one in zip(errands, brought, strict=True)}
        # Keys are shown on the cluster's pages: they tell no address. The same one again would
        # bring what came the last time.
        futures = {
            key: self._client.submit(fetch_file, errand, key=f"obsdeck-{key}-{uuid4().hex}")
            for key, errand in errands.items()
        }
        return {key: _Done(_result(future), "worker") for key, future in futures.items()}


def _result(future: Any) -> Brought:
    """Return what a worker brought; one that died or cannot do it is no reason to lose the rest."""
    try:
        brought: Brought = future.result()
    except Exception as error:  # whatever the cluster raises
        return Brought(error=f"The worker failed: {type(error).__name__}.")
    return brought


def _fetched(errand: Errand, one: _Done) -> Fetched:
    brought = one.brought
    return Fetched(
        errand.address,
        Path(brought.path) if brought.path else None,
        brought.size,
        brought.error,
        "" if brought.was_there else one.where,
    )
