"""The embedded SQL engine, locked down, with geometry on the sphere added."""
