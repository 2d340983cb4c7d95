"""Many files at once, by the workers of a Dask cluster; without any credential."""
