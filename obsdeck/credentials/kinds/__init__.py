"""One module per way of signing in; `KINDS` finds them by the definition's `signIn.kind`."""

from __future__ import annotations

import time
from collections.abc import Mapping

from obsdeck.credentials.kinds.api_key import ApiKey
from obsdeck.credentials.kinds.base import SignIn
from obsdeck.credentials.kinds.basic import Basic
from obsdeck.credentials.kinds.bearer import Bearer
from obsdeck.credentials.kinds.drf_token import DrfToken
from obsdeck.credentials.kinds.ivoa_bearer import IvoaBearer
from obsdeck.credentials.kinds.jwt_parameter import JwtParameter
from obsdeck.credentials.kinds.oidc_password import OidcPassword
from obsdeck.credentials.kinds.parts import Clock


def kinds(clock: Clock = time.time) -> Mapping[str, SignIn]:
    """Return all ways of signing in, which go by one clock (Unix time in seconds)."""
    return {
        "oidc-password": OidcPassword(clock),
        "drf-token": DrfToken(clock),
        "bearer": Bearer(clock),
        "ivoa-bearer": IvoaBearer(clock),
        "jwt-parameter": JwtParameter(clock),
        "api-key": ApiKey(clock),
        "basic": Basic(clock),
    }


KINDS: Mapping[str, SignIn] = kinds()
"""Those of the running server; `none` has no entry, as there is nothing to sign in to."""
