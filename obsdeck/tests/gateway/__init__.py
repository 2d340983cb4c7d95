"""Tests of obsdeck.gateway."""
