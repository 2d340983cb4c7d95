"""The links of a product."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from obsdeck.sandbox.files.making import weight_size
from obsdeck.sandbox.files.parts import FITS, PARTS
from obsdeck.sandbox.files.product import Product
from obsdeck.sandbox.links.calibration import calibrations_of
from obsdeck.sandbox.links.descriptors import Descriptor
from obsdeck.sandbox.links.processing import processing_names, processing_services
from obsdeck.sandbox.links.table import MIME, Link
from obsdeck.sandbox.soda.offers import service_names, soda_services

#: A relation of no vocabulary, as archives have them.
OWN_RELATION = "http://obsdeck.example/rdf/sandbox#header_listing"

#: Relation, part and description of what belongs to every product.
_EVERY = (
    ("#preview", "preview", "Preview"),
    ("#thumbnail", "thumbnail", "Thumbnail"),
    ("#documentation", "readme", "What the collection is"),
    (OWN_RELATION, "header", "The headers as text"),
)

#: Terms of the vocabulary of product types by kind of file.
_QUALIFIERS = {
    "cube": "#cube", "spectrum": "#spectrum", "points": "#spectrum", "lightcurve": "#light-curve",
    "events": "#event-list", "visibilities": "#visibility", "sources": "#measurements",
}  # fmt: skip

#: Products that carry weights, and those that are not calibrated yet.
_WEIGHED, _UNCALIBRATED = ("image", "mosaic"), 1


def product_links(base_url: str, product: Product) -> list[Link]:
    """Return the links of a product, its file first.

    Parameters
    ----------
    base_url
        Where the archive is, with a slash at the end.
    product
        The product. One that is not open is linked all the same: the links say who may follow.
    """
    return [
        _file_link(base_url, product),
        *(_part_link(base_url, product, *every) for every in _EVERY),
        *_weight(base_url, product),
        *_related(base_url, product),
        *_services(product),
    ]


def services_of(base_url: str, products: Sequence[Product]) -> list[Descriptor]:
    """Return the services that the links of these products name."""
    return [*soda_services(base_url, products), *processing_services(base_url, products)]


def part_url(base_url: str, product: Product, part: str = "file") -> str:
    """Return the address of a file of a product."""
    more = {} if part == "file" else {"PART": part}
    return f"{base_url}products?{urlencode({'ID': product.identifier, **more})}"


def links_url(base_url: str, identifier: str) -> str:
    """Return the address of the links of an identifier."""
    return f"{base_url}datalink/links?ID={quote(identifier, safe='')}"


def _file_link(base_url: str, product: Product) -> Link:
    plan = product.plan
    return _link(product, "#this", f"The product ({plan.kind})") | {
        "access_url": part_url(base_url, product),
        "content_type": FITS,
        "content_length": plan.size,
        "content_qualifier": _QUALIFIERS.get(plan.kind, "#image"),
        "local_semantics": "science",
    }


def _part_link(base_url: str, product: Product, semantics: str, part: str, text: str) -> Link:
    return _link(product, semantics, text) | {
        "access_url": part_url(base_url, product, part),
        "content_type": PARTS[part][0],
    }


def _weight(base_url: str, product: Product) -> list[Link]:
    if product.plan.kind not in _WEIGHED:
        return []
    link = _part_link(base_url, product, "#weight", "weight", "Weight of each pixel")
    return [{**link, "content_length": weight_size(product.plan)}]


def _related(base_url: str, product: Product) -> list[Link]:
    """Return links to other links: calibrations that wait to be applied, or that have been."""
    level = product.row.get("calib_level")
    is_raw = isinstance(level, int) and level <= _UNCALIBRATED
    relation = "#calibration" if is_raw else "#progenitor"
    return [
        _link(product, relation, calibration.description)
        | {
            "access_url": links_url(base_url, calibration.identifier),
            "content_type": MIME,
            "local_semantics": calibration.kind,
        }
        for calibration in calibrations_of(product.row)
    ]


def _services(product: Product) -> list[Link]:
    sync, asynchronous = service_names(product)
    described = [
        ("#cutout", sync, "Cut out of the product", FITS),
        ("#cutout", asynchronous, "Cut out of the product as a job", None),
        *(("#proc", name, text, mime) for name, text, mime in processing_names(product)),
    ]
    return [
        _link(product, semantics, text) | {"service_def": name, "content_type": mime}
        for semantics, name, text, mime in described
    ]


def _link(product: Product, semantics: str, description: str) -> dict[str, object]:
    return {
        "ID": product.identifier,
        "semantics": semantics,
        "description": description,
        "link_auth": "false" if product.is_open else "true",
        "link_authorized": product.is_open,
    }
