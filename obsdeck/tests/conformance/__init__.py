"""Tests named after the numbered statements of the contracts."""
