"""Tests of obsdeck.tables."""
