"""The Rubin Science Platform as the sandbox plays it (``rubin.md``): tokens, scopes, quotas."""
