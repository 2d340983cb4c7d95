"""How many requests a person may make in a minute (``rubin.md``, 2)."""

import json
from email.utils import formatdate

from obsdeck.sandbox.accounts.guard import DeniedError
from obsdeck.sandbox.accounts.people import Person
from obsdeck.sandbox.accounts.store import Clock

#: Seconds of a window.
WINDOW = 60


class Quota:
    """Counts the requests of each person in windows of one minute.

    Parameters
    ----------
    resource
        Name of the service in the headers.
    limit
        Requests in a window.
    clock
        Returns Unix time in seconds.
    """

    def __init__(self, resource: str, limit: int, clock: Clock) -> None:
        self._resource = resource
        self._limit = limit
        self._clock = clock
        self._window = 0
        self._used: dict[str, int] = {}

    def use(self, person: Person) -> dict[str, str]:
        """Count one request and return what its answer tells of the quota.

        Raises
        ------
        DeniedError
            With 429 when the window is used up, with 403 for a quota of 0: somebody is blocked.
        """
        if self._limit == 0:
            raise self._blocked()
        window = int(self._clock() // WINDOW)
        if window != self._window:
            self._window, self._used = window, {}
        used = self._used.get(person.name, 0)
        if used >= self._limit:
            raise self._exceeded(used)
        self._used[person.name] = used + 1
        return self._headers(used + 1)

    def _headers(self, used: int) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self._limit),
            "X-RateLimit-Remaining": str(self._limit - used),
            "X-RateLimit-Reset": str(self._reset),
            "X-RateLimit-Resource": self._resource,
            "X-RateLimit-Used": str(used),
        }

    @property
    def _reset(self) -> int:
        return (self._window + 1) * WINDOW

    def _blocked(self) -> DeniedError:
        text = f"Access to {self._resource} is blocked"
        body = json.dumps({"detail": [{"msg": text, "type": "permission_denied"}]})
        return DeniedError(403, body, "application/json", self._headers(0))

    def _exceeded(self, used: int) -> DeniedError:
        text = f"Rate limit ({self._limit}/minute) exceeded"
        body = json.dumps({"detail": [{"msg": text, "type": "rate_limited"}]})
        headers = {"Retry-After": formatdate(self._reset, usegmt=True), **self._headers(used)}
        return DeniedError(429, body, "application/json", headers)
