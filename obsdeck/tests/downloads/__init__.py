"""Tests of the download queue."""
