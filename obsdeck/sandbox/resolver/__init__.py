"""A resolver of target names shaped after CDS Sesame, for use without a network."""
