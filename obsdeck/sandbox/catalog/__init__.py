"""The published tables: one Python description feeds the engine, TAP_SCHEMA and VOSI tables."""
