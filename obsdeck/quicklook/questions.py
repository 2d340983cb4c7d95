"""What can be asked about a file."""

from __future__ import annotations

QUESTIONS = ("info", "picture", "header", "sky", "value", "spectrum", "rows")
"""Values of `what`; the first when nothing is said."""
