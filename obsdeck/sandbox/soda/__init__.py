"""SODA 1.0: parts of products, by place, wavelength, time and polarization."""
