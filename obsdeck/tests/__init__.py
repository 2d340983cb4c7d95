"""Tests of the Python half."""
