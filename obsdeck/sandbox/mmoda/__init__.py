"""The dispatcher of MMODA as the sandbox plays it (``mmoda-gallery.md``): tokens and terms."""
