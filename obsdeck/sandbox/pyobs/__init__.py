"""pyobs-archive in its three generations as the sandbox plays it (``pyobs-archive.md``)."""
