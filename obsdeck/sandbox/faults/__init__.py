"""Broken TAP services, made by code, for tests of how clients bear bad answers."""
