"""Tests of the sandbox archive."""
