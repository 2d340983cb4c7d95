"""DataLink 1.1: what belongs to a product, and which services take it."""
