"""The HTTP face of the archive: one small module per service."""
