"""What belongs to a product besides its file, and how all of it is delivered."""

# mypy: disable-error-code=import-untyped

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from astropy.io import fits

from obsdeck.sandbox.files.making import fits_file, weight_file
from obsdeck.sandbox.files.preview import SIDES, preview
from obsdeck.sandbox.files.product import Product
from obsdeck.sandbox.files.store import FileStore, StoredFile, open_file
from obsdeck.sandbox.files.texts import header_text, read_me

FITS, PNG, TEXT = "application/fits", "image/png", "text/plain; charset=utf-8"

#: Media type and end of the name of each part.
PARTS = {
    "file": (FITS, ""),
    "weight": (FITS, "_weight.fits"),
    "preview": (PNG, "_preview.png"),
    "thumbnail": (PNG, "_thumbnail.png"),
    "readme": (TEXT, "_README.txt"),
    "header": (TEXT, "_header.txt"),
}


@dataclass(frozen=True)
class ProductFiles:
    """The files of products of one archive; every method blocks.

    Attributes
    ----------
    store
        Where they are kept.
    owner
        Tells the files of archives apart that have the same identifiers.
    """

    store: FileStore
    owner: str

    def part(self, product: Product, name: str = "file") -> StoredFile:
        """Return a part of a product, one of ``PARTS``."""
        return self.store.get((self.owner, product.identifier, name), partial(_make, product, name))

    def unpacked(self, product: Product) -> StoredFile:
        """Return the file of a product before it is packed."""
        if not product.plan.packing:
            return self.part(product)
        key = (self.owner, product.identifier, "unpacked")
        return self.store.get(key, partial(_make, product, "unpacked"))

    @contextmanager
    def opened(self, product: Product) -> Iterator[fits.HDUList]:
        """Return the HDUs of a product, unpacked."""
        _, file = open_file(partial(self.unpacked, product))
        with file, fits.open(file) as hdus:
            yield hdus


def name_of(product: Product, part: str = "file") -> str:
    """Return the name of a part as it is delivered."""
    end = PARTS[part][1]
    return product.name + (end or product.plan.suffix)


def _make(product: Product, part: str) -> bytes:
    row, plan, identifier = product.row, product.plan, product.identifier
    match part:
        case "file":
            return fits_file(row, plan, identifier)
        case "unpacked":
            return fits_file(row, plan.unpacked, identifier)
        case "weight":
            return weight_file(row, plan)
        case "preview" | "thumbnail":
            return preview(row, plan, identifier, SIDES[part])
        case "readme":
            return read_me(row, plan).encode()
    return header_text(row, plan, identifier).encode()
