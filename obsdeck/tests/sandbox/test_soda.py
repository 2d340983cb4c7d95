"""Cutouts: astropy judges where their pixels are."""

# mypy: disable-error-code=import-untyped

import numpy as np
from astropy import units as u
from astropy.coordinates import SkyCoord
from astropy.wcs import WCS

from obsdeck.tests.sandbox.products import cutout, did_of, one_row, opened


def test_a_circle_is_the_same_pixels_as_in_the_whole_image(base_url: str) -> None:
    did, ra, dec, fov = one_row(
        "obs_publisher_did, s_ra, s_dec, s_fov", "dataproduct_subtype = 'vvv.tile'"
    )
    radius = fov / 8
    part = opened(cutout(base_url, did, CIRCLE=f"{ra} {dec} {radius}").content)[0]
    whole = opened(cutout(base_url, did).content)[0]
    height, width = part.data.shape
    scale = np.abs(WCS(whole.header).proj_plane_pixel_scales()[0].to_value(u.deg))
    assert abs(width - 2 * radius / scale) <= 2
    y, x = np.mgrid[:height, :width]
    places = WCS(part.header).pixel_to_world(x, y)
    apart = places.separation(SkyCoord(ra, dec, unit="deg")).deg
    inside = np.isfinite(part.data)
    assert np.array_equal(inside, apart <= radius)
    across, up = WCS(whole.header).world_to_pixel(places)
    same = whole.data[np.round(up).astype(int), np.round(across).astype(int)]
    assert np.array_equal(part.data[inside], same[inside])


def test_no_overlap_is_204_and_no_error(base_url: str) -> None:
    did = did_of("vvv.tile")
    answer = cutout(base_url, did, CIRCLE="10 80 0.1")
    assert (answer.status_code, answer.content) == (204, b"")
