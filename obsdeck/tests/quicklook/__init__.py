"""Tests of quick looks at files."""
