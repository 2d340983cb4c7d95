"""Invented observations, the same for the same seed."""
