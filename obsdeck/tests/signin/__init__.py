"""Tests of accounts: identities, vaults, the service, the broker."""
