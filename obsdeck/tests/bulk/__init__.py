"""Tests of `obsdeck.bulk`."""
