"""Tests of obsdeck.widgets."""
