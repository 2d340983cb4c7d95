"""The archive of ESO as the sandbox plays it (``eso.md``): sign-in, TAP, links and files."""
