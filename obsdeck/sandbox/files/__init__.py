"""Files of the sandbox: FITS with pixels, previews and texts, made of a row when asked for."""
