"""Tests of obsdeck.jobs."""
