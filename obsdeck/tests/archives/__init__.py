"""Tests of obsdeck.archives."""
