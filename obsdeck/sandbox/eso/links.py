"""Links of ESO's frames and products (``eso.md``, 4)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote, urlencode

from obsdeck.sandbox.eso.files import File
from obsdeck.sandbox.files.header import band_of
from obsdeck.sandbox.files.making import weight_size
from obsdeck.sandbox.files.parts import FITS, PNG, ProductFiles
from obsdeck.sandbox.holdings import ESO_AUTHORITY
from obsdeck.sandbox.links.descriptors import Descriptor, Parameter
from obsdeck.sandbox.links.table import FIELDS, Link
from obsdeck.sandbox.output.fields import ResultField
from obsdeck.sandbox.soda.offers import SYNC

#: In ESO's order: the meaning comes before the description.
_ORDER = (
    "ID", "access_url", "service_def", "error_message", "semantics", "description",
    "content_type", "content_length",
)  # fmt: skip
_OWN = (
    ("eso_origfile", "meta.id;meta.file"),
    ("eso_category", "meta.code.class;meta.dataset"),
    ("eso_datalink", "meta.ref.url"),
)
ESO_FIELDS: tuple[ResultField, ...] = (
    *(next(field for field in FIELDS if field.name == name) for name in _ORDER),
    *(ResultField(name, "char", arraysize="*", ucd=ucd) for name, ucd in _OWN),
)

#: Both causes look alike on purpose.
NO_ACCESS = (
    "NotFoundFault: the requested file does not exist or you have no permission to access it"
)

VOCABULARY = "http://archive.eso.org/rdf/datalink/eso#"

#: Lengths that are no sizes: they stand for what is made when it is asked for.
_NOMINAL_TREE, _NOMINAL_LOG, _NOMINAL_PREVIEW = 500_000, 10_000, 5_000

_MODES = {"raw2raw": "Raw2Raw", "raw2master": "Raw2Master"}
_TREE = "application/x-votable+xml"


def no_access(identifier: str) -> Link:
    """Return the only row of what is not there, or not for whoever asks."""
    return {"ID": identifier, "semantics": "#this", "error_message": NO_ACCESS}


class EsoLinks:
    """Writes links.

    Parameters
    ----------
    base_url
        Where the archive is, with a slash at the end.
    foreign
        The foreign host, to which some rows lead, as tables of the world have it.
    files
        Tell the size of what is packed.
    """

    def __init__(self, base_url: str, foreign: str, files: ProductFiles) -> None:
        self._base_url = base_url
        self._foreign = foreign
        self._files = files

    def rows(self, identifier: str, file: File, others: Sequence[tuple[str, str]]) -> list[Link]:
        """Return the links of a file; blocks.

        Parameters
        ----------
        identifier
            As it was asked for.
        file
            The file.
        others
            Relation and identifier of what it was made from or into.
        """
        made = [self._this(file), *(self._raw(file) if file.is_raw else self._product(file))]
        made += [self._other(*other) for other in others]
        return [{"ID": identifier, **row} for row in made]

    def service(self, identifier: str, file: File) -> Descriptor | None:
        """Return what cuts a product, None where nothing does."""
        if file.is_raw:
            return None
        parameters = [
            Parameter("ID", ucd="meta.id;meta.dataset", value=identifier),
            Parameter("CIRCLE", "double", "3", "deg", "pos.outline;obs", "circle"),
        ]
        if file.product.plan.kind in ("cube", "spectrum", "points"):
            low, high = band_of(file.product.row)
            band = Parameter("BAND", "double", "2", "m", "em.wl;stat.interval", "interval")
            parameters.append(replace(band, least=f"{low!r}", most=f"{high!r}"))
        url = f"{self._base_url}dataPortal/soda/sync"
        return Descriptor(f"{file.dp_id}_soda", url, parameters, SYNC)

    def links_url(self, dp_id: str) -> str:
        """Return the address of the links of a file."""
        return f"{self._base_url}datalink/links?ID={quote(ESO_AUTHORITY + dp_id, safe='')}"

    def file_url(self, dp_id: str) -> str:
        """Return the address of a file."""
        return f"{self._base_url}dataPortal/file/{quote(dp_id, safe='')}"

    def tree_url(self, dp_id: str, mode: str) -> str:
        """Return the address of the calibrations of a frame."""
        query = {"dp_id": dp_id, "mode": mode, "responseformat": "votable"}
        return f"{self._base_url}calselector/v1/associations?{urlencode(query)}"

    def _this(self, file: File) -> Mapping[str, object]:
        size = file.product.plan.size
        return {
            "semantics": "#this",
            "description": "Requested file",
            "access_url": self.file_url(file.dp_id),
            "content_type": FITS,
            # Of what is packed it is the packed size.
            "content_length": size if size is not None else file.stored(self._files).size,
            "eso_origfile": file.name if file.is_raw else file.product.row.get("origfile"),
            "eso_category": file.category,
            "eso_datalink": self.links_url(file.dp_id),
        }

    def _raw(self, file: File) -> list[Mapping[str, object]]:
        trees = [
            {
                "semantics": f"{VOCABULARY}calSelector_{name}",
                "description": f"Calibrations associated to the raw file ({mode})",
                "access_url": self.tree_url(file.dp_id, mode),
                "content_type": _TREE,
                "content_length": _NOMINAL_TREE,
            }
            for name, mode in _MODES.items()
        ]
        log = {
            "semantics": f"{VOCABULARY}night_log",
            "description": "Comments on what happened during the observation",
            "access_url": self.file_url(f"{file.dp_id}.NL"),
            "content_type": "text/plain",
            "content_length": _NOMINAL_LOG,
            "eso_origfile": f"{file.dp_id}.NL.txt",
            "eso_category": "Night Log",
        }
        # On another host, as tables of the world have it: no credential belongs there.
        weather = {
            "semantics": f"{VOCABULARY}ambient_conditions",
            "description": "Weather of the night, on another host",
            "access_url": f"{self._foreign}/notes/{quote(file.dp_id, safe='')}",
            "content_type": "text/plain",
        }
        return [*trees, log, weather]

    def _product(self, file: File) -> list[Mapping[str, object]]:
        made: list[Mapping[str, object]] = [
            {
                "semantics": "#preview",
                "description": "Preview of the requested file",
                "access_url": f"{self._base_url}dataPortal/preview/{quote(file.dp_id, safe='')}",
                "content_type": PNG,
                "content_length": _NOMINAL_PREVIEW,
                "eso_category": "ANCILLARY.PREVIEW",
            },
            {
                "semantics": "#documentation",
                "description": "Release description, on another host",
                "access_url": f"{self._foreign}/notes/{quote(file.dp_id, safe='')}",
                "content_type": "text/plain",
            },
            {
                "semantics": "#cutout",
                "description": "Cutout service",
                "service_def": f"{file.dp_id}_soda",
                "content_type": FITS,
            },
        ]
        if file.product.plan.kind == "image":
            made.append(self._weight(file))
        return made

    def _weight(self, file: File) -> Mapping[str, object]:
        dp_id = f"{file.dp_id}.WEIGHT"
        return {
            "semantics": "#auxiliary",
            "description": "Weight map",
            "access_url": self.file_url(dp_id),
            "content_type": FITS,
            "content_length": weight_size(file.product.plan),
            "eso_origfile": "weight.fits",
            "eso_category": "ANCILLARY.WEIGHTMAP",
        }

    def _other(self, relation: str, dp_id: str) -> Mapping[str, object]:
        made_into = relation == "#derivation"
        return {
            "semantics": relation,
            "description": "Product made of this file" if made_into else "Raw file it was made of",
            "access_url": self.file_url(dp_id),
            "content_type": FITS,
            "eso_datalink": self.links_url(dp_id),
        }
