"""Signing in: whose accounts they are, where they are kept, and what a request may carry."""
