"""Results as documents: VOTable (written by astropy), CSV, TSV and JSON."""
