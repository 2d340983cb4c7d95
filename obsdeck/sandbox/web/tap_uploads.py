"""The parts of a request that hold uploaded tables."""

from collections.abc import Callable, Mapping, Sequence

from tornado.httputil import HTTPServerRequest

from obsdeck.sandbox.uploads.naming import Named
from obsdeck.sandbox.uploads.reading import read_upload
from obsdeck.sandbox.uploads.upload import Upload, UploadError, UploadLimits
from obsdeck.sandbox.web.params import ParameterError

#: Gives the content of a part.
Read = Callable[[], bytes]


def request_files(request: HTTPServerRequest) -> dict[str, bytes]:
    """Return the parts of a multipart form that have a file name; raises ParameterError."""
    for name, files in request.files.items():
        if len(files) > 1:
            raise ParameterError(f"The part {name} is given {len(files)} times.")
    return {name: files[0]["body"] for name, files in request.files.items()}


def uploaded(
    named: Sequence[Named], parts: Mapping[str, Read], limits: UploadLimits
) -> Callable[[], list[Upload]]:
    """Return what reads the tables of a request; it raises UploadError."""

    def read(one: Named) -> Upload:
        part = parts.get(one.part)
        if part is None:
            raise UploadError(f"The request has no part {one.part} for the table {one.name}.")
        return read_upload(one.name, part(), limits)

    return lambda: [read(one) for one in named]
