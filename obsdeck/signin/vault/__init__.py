"""Where credentials are kept: memory, a file, the keyring."""
