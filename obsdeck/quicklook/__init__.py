"""Pictures, spectra, tables and headers of FITS files on the server's disk."""
