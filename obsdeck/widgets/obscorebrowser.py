"""A query and its rows in a notebook cell."""

from __future__ import annotations

from typing import Any

from ipywidgets import DOMWidget
from traitlets import Int, Unicode

from obsdeck import __version__
from obsdeck.client.kernel import KernelAccounts
from obsdeck.errors import ObsdeckError
from obsdeck.widgets.selection import Selection

_MODULE = "obsdeck"


class ObsCoreBrowser(DOMWidget):
    """Rows of an archive in a notebook cell; what is chosen there is at hand in Python.

    The page asks the archive when the cell is executed, as anyone. A notebook that is opened
    again shows the query and asks nobody until Run is clicked. Rows never become part of the
    notebook.

    Parameters
    ----------
    archive
        Id of the archive, `rubin` for instance.
    query
        ADQL; without one, rows of the table as the archive gives them.
    table
        Name of the table that is searched; the archive's first one by default.
    maxrec
        Most rows to ask for; what the archive's form proposes by default.

    Raises
    ------
    ObsdeckError
        `not-found` if there is no such archive; the text names those that are there.

    Examples
    --------
    >>> browser = obsdeck.ObsCoreBrowser("sandbox", "SELECT * FROM ivoa.ObsCore")
    >>> browser  # then choose rows
    >>> browser.selection.table["s_ra"]
    """

    _model_name = Unicode("ObsCoreBrowserModel").tag(sync=True)
    _model_module = Unicode(_MODULE).tag(sync=True)
    _model_module_version = Unicode(f"^{__version__}").tag(sync=True)
    _view_name = Unicode("ObsCoreBrowserView").tag(sync=True)
    _view_module = Unicode(_MODULE).tag(sync=True)
    _view_module_version = Unicode(f"^{__version__}").tag(sync=True)

    archive = Unicode(help="Id of the archive.").tag(sync=True)
    table = Unicode(help="Name of the table; empty: the archive's first one.").tag(sync=True)
    adql = Unicode(help="The query; empty: all rows of the table.").tag(sync=True)
    maxrec = Int(0, min=0, help="Most rows to ask for; 0: as many as usual.").tag(sync=True)

    def __init__(
        self,
        archive: str,
        query: str | None = None,
        *,
        table: str | None = None,
        maxrec: int | None = None,
        **kwargs: Any,
    ) -> None:
        known = KernelAccounts().archive(archive)
        if not known.definition["services"].get("tap"):
            raise ObsdeckError(
                "rejected", f"{known.name} has no tables to search.", archive=known.id
            )
        super().__init__(
            archive=archive, table=table or "", adql=query or "", maxrec=maxrec or 0, **kwargs
        )
        self._runs = 1
        self._selection = Selection(self.send)
        self.on_msg(self._take)

    @property
    def selection(self) -> Selection:
        """The rows that are chosen in the cell."""
        return self._selection

    def run(self) -> None:
        """Ask the archive again, with the query as it stands."""
        self._runs += 1
        self._tell_run()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show it, and say to the page that a cell was executed: only then it may ask."""
        bundle = super()._repr_mimebundle_(**kwargs)
        self._tell_run()
        return bundle

    def _repr_keys(self) -> Any:
        return (key for key in ("archive", "table", "adql", "maxrec") if getattr(self, key))

    def _tell_run(self) -> None:
        """Send the number of the run: the page does each once, however often it is shown."""
        self.send({"type": "run", "run": self._runs})

    def _take(self, _widget: Any, content: Any, buffers: Any) -> None:
        if isinstance(content, dict) and content.get("type") == "selection":
            self._selection.take(content, buffers)
