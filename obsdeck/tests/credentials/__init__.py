"""Tests of obsdeck.credentials."""
