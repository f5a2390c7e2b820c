"""TLS of the platform: every service takes its contexts from here."""

from .contexts import TLSFiles, client_context, server_context
from .modes import STRICT

__all__ = ["STRICT", "TLSFiles", "client_context", "server_context"]
