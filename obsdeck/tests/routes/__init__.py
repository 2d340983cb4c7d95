"""Tests of obsdeck.routes."""
