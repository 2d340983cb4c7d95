"""How products may be cut, as descriptors tell it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from obsdeck.sandbox.files.grid import number
from obsdeck.sandbox.files.header import band_of
from obsdeck.sandbox.files.making import plane_grid
from obsdeck.sandbox.files.plan import Kind
from obsdeck.sandbox.files.product import Product
from obsdeck.sandbox.links.descriptors import Descriptor, Parameter

SYNC, ASYNC = "ivo://ivoa.net/std/SODA#sync-1.0", "ivo://ivoa.net/std/SODA#async-1.0"

#: By what each kind of file can be cut.
CUT_BY: dict[Kind, tuple[str, ...]] = {
    "image": ("shape",),
    "raw": ("shape",),
    "exposure": ("shape",),
    "mosaic": ("shape",),
    "cube": ("shape", "band"),
    "points": ("band",),
    "events": ("shape", "time"),
    "sources": ("shape",),
    "lightcurve": ("time",),
    "visibilities": ("band",),
    "spectrum": ("band",),
}

_FITS = "application/fits"

_DID = Parameter("ID", ucd="meta.id;meta.dataset", description="Publisher DID of the product")
_SHAPE_UCD = "pos.outline;obs"


def axes_of(product: Product) -> tuple[str, ...]:
    """Return by what a product can be cut: shape, band, time, pol."""
    axes = CUT_BY[product.plan.kind]
    return (*axes, "pol") if len(product.plan.shape) == 4 else axes


def cut_parameters(product: Product, axes: tuple[str, ...]) -> list[Parameter]:
    """Return parameters with the limits of one product."""
    made: list[Parameter] = []
    if "shape" in axes:
        made += _shapes(product)
    if "band" in axes:
        low, high = band_of(product.row)
        made.append(_interval("BAND", "m", "em.wl;stat.interval", f"{low!r}", f"{high!r}"))
    if "time" in axes:
        start, end = (number(product.row, name) for name in ("t_min", "t_max"))
        least, most = (None if at is None else f"{at!r}" for at in (start, end))
        made.append(_interval("TIME", "d", "time.interval;obs.exposure", least, most))
    if "pol" in axes:
        states = tuple(str(product.row.get("pol_states") or "/I/Q/U/V/").strip("/").split("/"))
        ucd = "meta.code;phys.polarization;obs"
        made.append(Parameter("POL", ucd=ucd, description="Polarization", options=states))
    return made


def soda_services(base_url: str, products: Sequence[Product]) -> list[Descriptor]:
    """Return what cuts these products, one pair of services for each way of cutting.

    The limits of a single product stand in its descriptor; those of several differ.
    """
    by_axes: dict[tuple[str, ...], list[Product]] = {}
    for product in products:
        by_axes.setdefault(axes_of(product), []).append(product)
    return [
        service
        for axes, group in by_axes.items()
        for service in _pair(base_url, axes, group, is_only=len(products) == 1)
    ]


def service_names(product: Product) -> tuple[str, str]:
    """Return the identifiers of the synchronous and the asynchronous service."""
    name = "-".join(axes_of(product))
    return f"soda-{name}", f"soda-async-{name}"


def _pair(
    base_url: str, axes: tuple[str, ...], group: Sequence[Product], *, is_only: bool
) -> list[Descriptor]:
    first = group[0]
    cut = cut_parameters(first, axes)
    if is_only:
        parameters = [replace(_DID, value=first.identifier), *cut]
    else:
        parameters = [replace(_DID, ref="ID"), *(replace(p, least=None, most=None) for p in cut)]
    sync, asynchronous = service_names(first)
    return [
        Descriptor(sync, f"{base_url}soda/sync", parameters, SYNC, "Cuts out at once", _FITS),
        Descriptor(asynchronous, f"{base_url}soda/async", parameters, ASYNC, "Cuts out as a job"),
    ]


def _shapes(product: Product) -> list[Parameter]:
    """Return the parameters of shapes; MAX is the largest one that makes sense."""
    circle, corners = "", ""
    if product.plan.has_sky:
        grid = plane_grid(product.row, product.plan)
        reach = np.hypot(grid.width, grid.height) * grid.pixel_scale / 2
        (ra,), (dec,) = grid.positions([[(grid.width - 1) / 2, (grid.height - 1) / 2]])
        circle = f"{ra:.6f} {dec:.6f} {reach:.6f}"
        right, top = grid.width - 0.5, grid.height - 0.5
        lon, lat = grid.positions([(-0.5, -0.5), (right, -0.5), (right, top), (-0.5, top)])
        corners = " ".join(f"{a:.6f} {b:.6f}" for a, b in zip(lon, lat, strict=True))
    shape = Parameter("", "double", "*", "deg", _SHAPE_UCD)
    return [
        replace(shape, name="CIRCLE", arraysize="3", xtype="circle", most=circle or None),
        replace(shape, name="POLYGON", xtype="polygon", most=corners or None),
        Parameter("POS", ucd=_SHAPE_UCD, description="CIRCLE, RANGE or POLYGON with its numbers"),
    ]


def _interval(name: str, unit: str, ucd: str, least: str | None, most: str | None) -> Parameter:
    return Parameter(name, "double", "2", unit, ucd, "interval", least=least, most=most)
