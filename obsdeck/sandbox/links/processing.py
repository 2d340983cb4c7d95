"""Services of no standard that take a product: rebinning, a spectrum of an aperture, numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from obsdeck.sandbox.files.parts import FITS
from obsdeck.sandbox.files.plan import Kind
from obsdeck.sandbox.files.product import Product
from obsdeck.sandbox.links.descriptors import Descriptor, Parameter

STATISTICS = ("mean", "median", "max")
FACTORS = ("2", "4", "8")

_ID = Parameter("ID", ucd="meta.id;meta.dataset", ref="ID")


@dataclass(frozen=True)
class Processing:
    """A service.

    Attributes
    ----------
    name
        Its identifier, and the end of its address; parameters of the address stand behind.
    text
        What it does.
    mime
        What it answers with.
    kinds
        Kinds of files it takes.
    parameters
        Inputs besides the identifier.
    """

    name: str
    text: str
    mime: str
    kinds: tuple[Kind, ...]
    parameters: Sequence[Parameter]


_ALL_PIXELS: tuple[Kind, ...] = ("image", "raw", "exposure", "mosaic", "cube")

SERVICES = (
    Processing(
        # The address has a parameter of its own, which clients keep.
        "rebin?edge=cut", "Rebin the image", FITS, ("image", "raw", "exposure"),
        (
            Parameter("FACTOR", "int", "1", "pixel", options=FACTORS,
                      description="Pixels that become one, along each axis"),
            Parameter("STATISTIC", description="How", options=STATISTICS),
            Parameter("CLIP", "double", "1", least="1", most="10",
                      description="Sigmas beyond which pixels are left out; none for all"),
        ),
    ),
    Processing(
        "extract", "Extract the spectrum of an aperture", "application/x-votable+xml", ("cube",),
        (
            Parameter("CIRCLE", "double", "3", "deg", "pos.outline;obs", "circle",
                      description="The aperture"),
            Parameter("STATISTIC", description="How", options=STATISTICS),
        ),
    ),
    Processing(
        "statistics", "Numbers of the pixels", "text/plain", _ALL_PIXELS,
        (Parameter("HDU", "int", "1", least="0", most="8",
                   description="Extension; none for all"),),
    ),
)  # fmt: skip


def identifier_of(service: Processing) -> str:
    """Return what ``service_def`` says."""
    return service.name.partition("?")[0]


def processing_names(product: Product) -> list[tuple[str, str, str]]:
    """Return identifier, description and media type of the services that take a product."""
    return [
        (identifier_of(service), service.text, service.mime)
        for service in SERVICES
        if product.plan.kind in service.kinds
    ]


def processing_services(base_url: str, products: Sequence[Product]) -> list[Descriptor]:
    """Return the descriptors of the services that take one of these products."""
    kinds = {product.plan.kind for product in products}
    return [
        Descriptor(
            identifier_of(service),
            f"{base_url}services/{service.name}",
            (_ID, *service.parameters),
            description=service.text,
            content_type=service.mime,
        )
        for service in SERVICES
        if kinds & set(service.kinds)
    ]
