"""Credentials of archives: what they are, where they are kept, who may see them."""
