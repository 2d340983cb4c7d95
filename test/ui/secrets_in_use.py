"""Print the secrets of all accounts that are signed in, for the search of leaks."""

import json

from obsdeck.client.kernel import KernelAccounts
from obsdeck.errors import ObsdeckError

accounts = KernelAccounts()
found = []
for archive in accounts.archives():
    try:
        signature = accounts.signature(archive)
    except ObsdeckError:
        continue
    if signature is not None:
        secrets = [*signature.headers.values(), *signature.parameters.values()]
        found += [secret.reveal().rpartition(" ")[2] for secret in secrets]
print(json.dumps(found))
