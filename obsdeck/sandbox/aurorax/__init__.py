"""AuroraX as the sandbox plays it (``aurorax.md``): keys, roles and data sources."""
