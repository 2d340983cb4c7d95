"""How a result ends."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ending:
    """QUERY_STATUS after the last row: ``OK``, ``OVERFLOW`` or ``ERROR`` with a text."""

    status: str = "OK"
    message: str | None = None

    @property
    def is_ok(self) -> bool:
        """Whether the rows are all there are."""
        return self.status == "OK"
