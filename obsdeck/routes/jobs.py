"""The list of the user's jobs, kept while pages come and go."""

from __future__ import annotations

import asyncio

from tornado import web

from obsdeck.errors import ObsdeckError
from obsdeck.jobs.record import read_record, refused
from obsdeck.routes.base import PrivateHandler

_LONGEST_BODY = 5_000_000
"""Bytes of one record; its query is the longest part (see `obsdeck.jobs.record`)."""


class JobsHandler(PrivateHandler):
    """`GET api/jobs`."""

    @web.authenticated
    async def get(self) -> None:
        """Answer `{jobs: [IJobRecord…], problems: [sentence…]}`, newest first."""
        ledger, key = self.services.jobs, self.identity.key
        jobs = await asyncio.to_thread(ledger.read, key)
        self.finish({"jobs": jobs, "problems": list(ledger.problems(key))})


class JobHandler(PrivateHandler):
    """`PUT` and `DELETE api/jobs/<id>`."""

    @web.authenticated
    async def put(self, job: str) -> None:
        """Keep a job, in place of the one of the same id; answers its record."""
        if len(self.request.body) > _LONGEST_BODY:
            raise ObsdeckError("rejected", "The job is too long to be kept.", status=413)
        record = read_record(self.json_body())
        if record["id"] != job:
            raise refused("its id is not that of the address")
        await asyncio.to_thread(self.services.jobs.put, self.identity.key, record)
        self.finish(dict(record))

    @web.authenticated
    async def delete(self, job: str) -> None:
        """Forget a job; answers 204, also where there is none."""
        await asyncio.to_thread(self.services.jobs.drop, self.identity.key, job)
        self.set_status(204)
        self.finish()
