"""Cutouts of products as files."""

# mypy: disable-error-code=import-untyped

import io

from obsdeck.sandbox.files.parts import ProductFiles
from obsdeck.sandbox.files.product import Product
from obsdeck.sandbox.soda.cutting import cut_out
from obsdeck.sandbox.soda.request import Cut


def cutout_file(files: ProductFiles, product: Product, cut: Cut) -> bytes:
    """Return a cutout of a product as FITS; blocks, raises what ``cut_out`` does."""
    with files.opened(product) as hdus:
        made = cut_out(list(hdus), cut)
        for hdu in made:
            hdu.header.add_history(f"Cut out of {product.name}")
        written = io.BytesIO()
        made.writeto(written)
    return written.getvalue()
