"""The sandbox: an embedded archive on loopback that speaks the protocols of real ones.

``python -m obsdeck.sandbox`` serves it; ``start`` does so on a running event loop, and
``make_app`` gives the Tornado application for tests. Needs the extra ``obsdeck[sandbox]``.
"""

from obsdeck.sandbox.app import close_app, make_app
from obsdeck.sandbox.server import NotLoopbackError, Sandbox, start

__all__ = ["NotLoopbackError", "Sandbox", "close_app", "make_app", "start"]
