"""Real clients and services, unchanged, against ours."""
