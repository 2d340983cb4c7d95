"""Addresses before anything is asked: how they are read, and which of them may be called."""
