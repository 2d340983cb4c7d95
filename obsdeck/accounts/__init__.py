"""Accounts: who somebody is at each archive, and where that is kept."""
