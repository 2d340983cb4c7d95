"""Fixtures of the conformance tests: the same sandboxes as in the tests of the sandbox."""

from obsdeck.tests.sandbox.conftest import base_url, clock, timed_url

__all__ = ["base_url", "clock", "timed_url"]
