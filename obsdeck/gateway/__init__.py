"""The streaming pass-through between the page and the archives (design: one checked way out)."""
