"""Tables that clients bring along (TAP 1.1, 2.5): read, bounded, and nothing in them trusted."""
